package io.conversion.experiments.threshold;

import io.conversion.experiments.Finding;
import io.conversion.experiments.Refusal;
import java.util.Optional;

/** What refuses an effect at a bound, each with its reason and what would make the effect possible. */
final class ThresholdRefusals {

    private static final String LONGER = "log for longer, or ask about a bound with more users near it";

    private final ThresholdPlan plan;
    private final ThresholdLimits limits;
    private final ThresholdUsers users;

    ThresholdRefusals(ThresholdPlan plan, ThresholdUsers users) {
        this.plan = plan;
        this.limits = plan.limits();
        this.users = users;
    }

    /** Before anything is known of how near users count. */
    Optional<Refusal> ofAll(Side below, Side above, boolean isShare) {
        if (plan.boundKnown()) {
            return refusal(
                    "bound_known",
                    "users can know the bound and get past it on purpose, so those on its sides differ in more than the action",
                    "compare by an experiment: let a draw decide for a share of the users around the bound");
        }
        return ofCounts(below, above, isShare, "");
    }

    /** Of those users whose distance counts. */
    Optional<Refusal> ofNear(Side below, Side above, boolean isShare, Bandwidths bandwidths) {
        double others = othersShare(bandwidths);
        if (others > limits.mostDecidedByOthers()) {
            return refusal(
                    "others_decided",
                    "the margin of the policy or a guardrail decided about " + ThresholdTexts.percent(others)
                            + " of the users near the bound; without them its sides are not alike (at most "
                            + ThresholdTexts.percent(limits.mostDecidedByOthers()) + ")",
                    "take the margin away, or ask about users without an earlier segment and outside of the guardrails");
        }
        double exceptions = (double) users.exceptions(plan.bound(), bandwidths.h()) / (below.size() + above.size());
        if (exceptions > limits.mostExceptions()) {
            return refusal(
                    "not_sharp",
                    ThresholdTexts.percent(exceptions)
                            + " of the users near the bound got the action of its other side: the action does not switch at the"
                            + " bound (at most " + ThresholdTexts.percent(limits.mostExceptions()) + ")",
                    "check that the bound and the probability are those that were decided on, and say what else decided");
        }
        return ofCounts(below, above, isShare, " near the bound");
    }

    Optional<Refusal> ofDensity(DensityTest density) {
        if (density.pValue() >= limits.densityAlpha()) {
            return Optional.empty();
        }
        return refusal(
                "users_crowd",
                "users crowd on one side of the bound: the density jumps from " + ThresholdTexts.number(density.below())
                        + " to " + ThresholdTexts.number(density.above()) + " ("
                        + ThresholdTexts.pValue(density.pValue()) + "), so somebody or something sorts them",
                "find out what moves users past the bound, such as a rule before it or rounded probabilities; an experiment"
                        + " needs no such assumption");
    }

    /** Where numbers that should be there are not. */
    Refusal undefined() {
        return new Refusal(
                "too_few_values",
                "the users around the bound do not tell how the outcome runs there: too few of them differ",
                "log for longer, or take a running variable with more different values");
    }

    /** Of whoever they are, by their number alone. */
    Optional<Refusal> ofCounts(Side below, Side above, boolean isShare, String where) {
        long rows = Math.min(below.size(), above.size());
        if (rows < limits.leastUsers()) {
            return refusal(
                    "too_few_users",
                    "there are only " + ThresholdTexts.count(rows) + " users on a side of the bound" + where
                            + " whom it decided about; at least " + ThresholdTexts.count(limits.leastUsers())
                            + " are needed",
                    LONGER);
        }
        long values = Math.min(below.distinct(), above.distinct());
        if (values < limits.leastValues()) {
            return refusal(
                    "too_few_values",
                    "users on a side of the bound" + where + " have only " + values
                            + " different values of the running variable; at least " + limits.leastValues()
                            + " are needed to tell a jump from a slope",
                    "use a probability that is not rounded or put into steps, such as the one before a calibration by steps");
        }
        long units = Math.min(below.clusterCount(), above.clusterCount());
        if (units < limits.leastUnits()) {
            return refusal(
                    "too_few_users",
                    "the decisions on a side of the bound" + where + " are about only " + ThresholdTexts.count(units)
                            + " different users; at least " + ThresholdTexts.count(limits.leastUnits()) + " are needed",
                    LONGER);
        }
        long outcomes = Math.min(ThresholdAnalysis.rarerOutcome(below), ThresholdAnalysis.rarerOutcome(above));
        if (isShare && outcomes < limits.leastOutcomes()) {
            return refusal(
                    "too_few_outcomes",
                    "on a side of the bound" + where + " only " + ThresholdTexts.count(outcomes)
                            + " users have the rarer outcome; at least " + ThresholdTexts.count(limits.leastOutcomes())
                            + " are needed",
                    LONGER);
        }
        return Optional.empty();
    }

    /** Says how many users were left out, though few enough. */
    Optional<Finding> leftOut(Bandwidths bandwidths) {
        double others = othersShare(bandwidths);
        return others == 0
                ? Optional.empty()
                : Optional.of(new Finding(
                        "users_left_out",
                        Finding.Severity.NOTES,
                        "The margin or a guardrail decided about " + ThresholdTexts.percent(others)
                                + " of the users near the bound; they are left out."));
    }

    /** Says how many users got the other action, though few enough. */
    Optional<Finding> exceptions(double distance) {
        long exceptions = users.exceptions(plan.bound(), distance);
        return exceptions == 0
                ? Optional.empty()
                : Optional.of(new Finding(
                        "exceptions",
                        Finding.Severity.WARNS,
                        "Near the bound " + ThresholdTexts.count(exceptions) + (exceptions == 1 ? " user" : " users")
                                + " got the action of the other side; they count on the side of their probability, which makes"
                                + " the effect look smaller than it is."));
    }

    /** Of users who count for the lines or for their bias. */
    private double othersShare(Bandwidths bandwidths) {
        double distance = Math.max(bandwidths.h(), bandwidths.b());
        long others = users.near(plan.bound(), distance, Decider.MARGIN)
                + users.near(plan.bound(), distance, Decider.GUARDRAIL);
        return others == 0 ? 0 : others / (double) (others + users.near(plan.bound(), distance, Decider.BOUND));
    }

    private static Optional<Refusal> refusal(String code, String reason, String remedy) {
        return Optional.of(new Refusal(code, reason, remedy));
    }
}
