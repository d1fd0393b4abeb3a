package io.conversion.experiments.value;

import io.conversion.core.json.ArtifactText;
import io.conversion.experiments.Finding;
import io.conversion.experiments.Refusal;
import io.conversion.experiments.internal.NumberTexts;
import io.conversion.experiments.value.Support.ActionCheck;
import io.conversion.experiments.value.Support.Gap;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What limits make of the support of a log: why no value is given, with what would have to be logged, or what to look into. */
final class SupportVerdict {

    /** The share of a band's users by which exploration is told about. */
    private static final double SHARE = 0.1;

    private final Support support;
    private final SupportLimits limits;
    private final double rate;

    /** With the share of logged decisions that had an outcome other than 0. */
    SupportVerdict(Support support, SupportLimits limits, double rate) {
        this.support = support;
        this.limits = limits;
        this.rate = rate;
    }

    List<Refusal> refusals() {
        List<Refusal> refusals = new ArrayList<>();
        support.gaps().forEach(gap -> refusals.add(gap(gap)));
        // What was never done lowers the mean by itself.
        if (support.gaps().isEmpty() && support.meanWeightPValue() < limits.alpha()) {
            refusals.add(new Refusal(
                    "mean_weight",
                    "the mean of the weights is " + number(support.meanWeight()) + " +- "
                            + number(support.meanWeightError()) + " and should be 1 ("
                            + NumberTexts.pValue(support.meanWeightPValue())
                            + "): the propensities are not those by which actions were drawn, or the policy does what"
                            + " could not be drawn",
                    "look where propensities are written down; decision records hold exact ones"));
        }
        wrongPropensity().ifPresent(refusals::add);
        if (!support.gaps().isEmpty()) {
            return refusals;
        }
        double needed = Math.max(limits.effectiveUsers(), limits.effectiveShare() * support.users());
        if (support.effectiveUsers() < needed) {
            refusals.add(new Refusal(
                    "few_effective_users",
                    "the decisions count as " + number(support.effectiveUsers()) + " users of "
                            + NumberTexts.count(support.users()) + ", since few of them carry the weight; "
                            + number(needed) + " are needed",
                    explore()));
        }
        if (support.largestShare() > limits.largestShare()) {
            refusals.add(new Refusal(
                    "one_user_dominates",
                    "one user carries " + percent(support.largestShare()) + " of the weight; at most "
                            + percent(limits.largestShare()) + " is allowed",
                    explore()));
        }
        if (support.effectiveOutcomes() < limits.effectiveOutcomes()) {
            refusals.add(new Refusal(
                    "few_effective_outcomes",
                    "the outcomes other than 0 count as " + number(support.effectiveOutcomes()) + "; "
                            + number(limits.effectiveOutcomes()) + " are needed",
                    explore()));
        }
        return refusals;
    }

    private Refusal gap(Gap gap) {
        return new Refusal(
                "action_not_logged",
                "in band " + ArtifactText.quoted(gap.band()) + " none of the " + NumberTexts.count(gap.decisions())
                        + " users got " + ArtifactText.quoted(gap.action())
                        + " to whom the policy would give it",
                "let the policy in force explore " + ArtifactText.quoted(gap.action()) + " in band "
                        + ArtifactText.quoted(gap.band()) + " with a share of " + SHARE + " for about "
                        + usersToExplore()
                        + " users of the band");
    }

    /** The smallest p-value over actions, times their number. */
    private Optional<Refusal> wrongPropensity() {
        int tested = support.actions().size();
        return support.actions().stream()
                .min(Comparator.comparingDouble(ActionCheck::pValue))
                .filter(worst -> worst.pValue() * tested < limits.alpha())
                .map(worst -> new Refusal(
                        "action_propensity",
                        "action " + ArtifactText.quoted(worst.action()) + " was taken "
                                + number(worst.meanInverse()) + " times as often as its propensities say (z = "
                                + number(worst.z()) + ", " + NumberTexts.pValue(Math.min(1, tested * worst.pValue()))
                                + " over "
                                + tested + (tested == 1 ? " action)" : " actions)"),
                        "look where propensities are written down, and whether some decisions are missing"));
    }

    private String explore() {
        return "let the policy in force explore what this policy would do, with a share of " + SHARE + " for about "
                + usersToExplore() + " users";
    }

    /** So many that the explored action has the effective users and outcomes that are needed. */
    private String usersToExplore() {
        double forOutcomes = rate > 0 ? limits.effectiveOutcomes() / rate : limits.effectiveUsers();
        double exact = Math.max(limits.effectiveUsers(), forOutcomes) / SHARE;
        double unit = Math.pow(10, Math.max(0, Math.floor(Math.log10(exact)) - 1));
        return NumberTexts.count((long) (Math.ceil(exact / unit) * unit));
    }

    List<Finding> findings(List<ValueEstimate> estimates) {
        List<Finding> findings = new ArrayList<>();
        if (support.boundedShare() > 0.25) {
            findings.add(new Finding(
                    "large_weights",
                    Finding.Severity.WARNS,
                    percent(support.boundedShare()) + " of the weight is of decisions with a weight above "
                            + number(limits.weightBound())));
        }
        disagreement(estimates).ifPresent(findings::add);
        return findings;
    }

    /** Estimators that are right of the same value should agree within their errors. */
    private static Optional<Finding> disagreement(List<ValueEstimate> estimates) {
        List<ValueEstimate> unbiased = estimates.stream()
                .filter(of -> of.estimator() == Estimator.IPS
                        || of.estimator() == Estimator.SNIPS
                        || of.estimator() == Estimator.DOUBLY_ROBUST)
                .toList();
        for (ValueEstimate one : unbiased) {
            for (ValueEstimate other : unbiased) {
                double error = Math.max(one.standardError(), other.standardError());
                if (one.value() - other.value() > 2 * error) {
                    return Optional.of(new Finding(
                            "estimates_disagree",
                            Finding.Severity.WARNS,
                            name(one) + " says " + number(one.value()) + " and " + name(other) + " "
                                    + number(other.value()) + ", more than two errors (" + number(error)
                                    + ") apart; propensities or the log may be wrong"));
                }
            }
        }
        return Optional.empty();
    }

    private static String name(ValueEstimate estimate) {
        return estimate.estimator().name().toLowerCase(Locale.ROOT);
    }

    private static String percent(double share) {
        return number(100 * share) + " %";
    }

    private static String number(double value) {
        return NumberTexts.number(value);
    }
}
