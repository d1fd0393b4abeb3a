package io.conversion.model.report;

import io.conversion.core.ConversionModel;
import io.conversion.model.evaluation.Evaluation;
import io.conversion.model.evaluation.ScoreBin;
import io.conversion.model.lifecycle.IntentVerdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What follows from the figures, and what does not. */
final class RecommendationSection {

    /** A band that holds nearly everybody tells nobody apart. */
    private static final double NEARLY_ALL = 0.8;

    private RecommendationSection() {}

    static Map<String, Object> of(ReportParts parts, List<SignalView> views) {
        return Map.of("actions", actions(parts, views), "limits", limits(parts));
    }

    private static List<String> actions(ReportParts parts, List<SignalView> views) {
        Evaluation evaluation = parts.evaluation();
        List<ScoreBin> deciles = evaluation.deciles();
        List<String> actions = new ArrayList<>();
        ScoreBin top = deciles.get(0);
        ScoreBin third = deciles.get(Math.min(2, deciles.size() - 1));
        actions.add("Begin with the highest scores: the top " + ReportText.percent(top.volume()) + " of users hold "
                + ReportText.percent(top.gain()) + " of all converters, the top " + ReportText.percent(third.volume())
                + " hold " + ReportText.percent(third.gain()) + ".");
        if (parts.policy() != null) {
            bands(parts.policy(), actions);
        }
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
        actions.add("Leave a random share of users without the action, and compare: only that shows what the action"
                + " changes.");
        return actions;
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
