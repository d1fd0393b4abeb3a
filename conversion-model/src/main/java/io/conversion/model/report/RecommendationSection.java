package io.conversion.model.report;

import io.conversion.core.ConversionModel;
import io.conversion.model.evaluation.Evaluation;
import io.conversion.model.evaluation.ScoreBin;
import io.conversion.model.lifecycle.IntentVerdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What follows from the figures, and what does not. */
final class RecommendationSection {

    /** A band that holds nearly everybody tells nobody apart. */
    private static final double NEARLY_ALL = 0.8;

    private RecommendationSection() {}

    static Map<String, Object> of(ReportParts parts, List<SignalView> views) {
        ReportPolicy policy = parts.policy();
        List<Map<String, Object>> experiment = policy == null ? List.of() : ExperimentSection.of(policy);
        return Map.of(
                "actions",
                actions(parts, views),
                "experiment",
                experiment.isEmpty() ? List.of() : List.of(Map.of("rows", experiment)),
                "economics",
                policy == null || parts.economics() == null
                        ? List.of()
                        : List.of(EconomicsSection.of(policy, parts.economics())),
                "changes",
                changes(parts),
                "limits",
                limits(parts));
    }

    private static List<String> actions(ReportParts parts, List<SignalView> views) {
        List<String> actions = new ArrayList<>();
        actions.add(ranking(parts.evaluation()));
        if (parts.policy() != null) {
            volumes(parts.policy(), parts.economics(), actions);
            bands(parts.policy(), actions);
        }
        actions.add(control(parts));
        if (parts.horizons() != null && parts.horizons().verdict() instanceof IntentVerdict.Emerges emerges) {
            actions.add(
                    emerges.day() < emerges.lastDay()
                            ? "Decide from day " + emerges.day() + " after signup on: earlier, the signals know less."
                            : "Score users early and again: no day before day " + emerges.lastDay()
                                    + " knows as much, and by then " + ReportText.percent(emerges.shareOfBuyers())
                                    + " of the buyers have bought.");
        }
        List<String> movable = views.stream()
                .filter(view -> view.signal().isActionable() && view.share() > 0.01)
                .limit(3)
                .map(view -> view.signal().name())
                .toList();
        if (!movable.isEmpty()) {
            actions.add("Of the signals that the product can move, " + ReportText.list(movable)
                    + " weigh most. That they foretell conversion does not say that moving them brings it about.");
        }
        return actions;
    }

    /** Where converters are, which is not where an action pays. */
    private static String ranking(Evaluation evaluation) {
        List<ScoreBin> deciles = evaluation.deciles();
        ScoreBin top = deciles.get(0);
        ScoreBin third = deciles.get(Math.min(2, deciles.size() - 1));
        return "Use the scores to foretell who converts: the top " + ReportText.percent(top.volume())
                + " of users hold " + ReportText.percent(top.gain()) + " of all converters, the top "
                + ReportText.percent(third.volume()) + " hold " + ReportText.percent(third.gain())
                + ". They do not say whom to target: users with high scores convert most without any action, and where an"
                + " action changes most is not measured here.";
    }

    /** What the policy would do, action by action, and whether that pays. */
    private static void volumes(ReportPolicy policy, @Nullable ReportEconomics economics, List<String> actions) {
        double users = Math.max(1, policy.total().users());
        policy.byAction().forEach((action, volume) -> {
            if (volume.users() > 0 && !action.equals(policy.withoutAction())) {
                Optional<ReportEconomics.Gain> gain = economics == null ? Optional.empty() : economics.gain(action);
                String expected = volume.scored() == 0
                        ? "."
                        : ", of whom " + ReportText.expected(volume.expected())
                                + " are expected to convert as things were.";
                actions.add((gain.isPresent() && gain.get().gain() < 0 ? "Leave out " : "Plan ") + action + " for "
                        + ReportText.count(volume.users(), "user") + " ("
                        + ReportText.percent(volume.users() / users) + ")" + expected
                        + lacking(policy.capacities().get(action), volume)
                        + gain.map(each -> " " + EconomicsSection.verdict(each)).orElse(""));
            }
        });
    }

    private static String lacking(@Nullable Long capacity, ReportVolume volume) {
        return capacity == null || capacity >= volume.users()
                ? ""
                : " That is " + ReportText.count(volume.users() - capacity, "place")
                        + " too many: raise the bound of its band, or the capacity.";
    }

    private static void bands(ReportPolicy policy, List<String> actions) {
        double users = Math.max(1, policy.total().users());
        for (ReportBand band : policy.bands()) {
            double share = band.volume().users() / users;
            if (share > NEARLY_ALL) {
                actions.add("Move the bounds of the policy: its band " + band.segment() + " decides on "
                        + ReportText.percent(share) + " of users and so hardly tells them apart.");
            } else if (share == 0) {
                actions.add("Look at the band " + band.segment() + " of the policy: it decides on nobody.");
            }
        }
    }

    /** Every action wants an experiment, whose size follows from the rates. */
    private static String control(ReportParts parts) {
        String compare =
                "Leave a random share of users without the action, and compare: only that shows what the action"
                        + " changes.";
        if (parts.policy() != null) {
            return compare + " How many users it takes is below.";
        }
        double rate = parts.evaluation().baseRate();
        ExperimentSize size = ExperimentSize.of(rate);
        return compare + " To tell a rate of " + ReportText.percent(size.treated()) + " from the "
                + ReportText.percent(rate) + " of all users, it takes "
                + ReportText.count((long) Math.ceil(size.perGroup()))
                + " users with the action and as many without (power 80\u00a0%, two-sided level 5\u00a0%).";
    }

    /** What would make another recommendation of this one. */
    private static List<String> changes(ReportParts parts) {
        List<String> changes = new ArrayList<>();
        changes.add(
                "An experiment that shows what an action changes, and for whom: then who gains most goes first, be it the"
                        + " highest scores or others.");
        if (parts.policy() == null) {
            changes.add("A policy, which says who gets what: then volumes and the size of an experiment follow.");
        } else if (parts.economics() == null) {
            changes.add(
                    "What a conversion is worth, and what an action costs: then it follows from which effect on an action"
                            + " pays. None of that was given with this report.");
        } else {
            EconomicsSection.turningPoints(parts.economics()).forEach(changes::add);
        }
        changes.add(
                "Other users or another base rate: volumes and expected conversions are of the users of this report.");
        return changes;
    }

    private static List<String> limits(ReportParts parts) {
        ConversionModel model = parts.model();
        List<String> limits = new ArrayList<>();
        limits.add("The model foretells who converts under the treatment that was in force when the data arose. It does"
                + " not say what an offer would change.");
        limits.add("Contributions and odds ratios describe the model. They are no causal effects.");
        limits.add("Signals are added up: what only a combination of two signals would tell is not in the model."
                + (parts.comparison() == null
                        ? ""
                        : parts.comparison().isBeyondNoise()
                                ? " On these users that costs something; the comparison with black boxes says how much."
                                : " On these users no black box showed that this costs anything beyond noise."));
        limits.add(
                "Intervals leave out that the shapes were chosen and the calibration was fitted on the same users, and"
                        + (model.training()
                                        .map(training -> training.fit().penalty() > 0)
                                        .orElse(false)
                                ? " that the penalty pulls every curve towards no effect."
                                : " that tomorrow's users may differ from these."));
        if (model.covariance().isEmpty()) {
            limits.add("The artifact has no covariance, so curves have no intervals.");
        }
        model.baseRate()
                .ifPresent(rate -> limits.add("Probabilities are shifted to a declared base rate of "
                        + ReportText.percent(rate.declared())
                        + ", which assumes that signals are distributed as before within each outcome."));
        limits.add("Watch the signals for drift, and train anew when users or the product change.");
        return limits;
    }
}
