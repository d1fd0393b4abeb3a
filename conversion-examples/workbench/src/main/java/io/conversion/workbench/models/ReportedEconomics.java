package io.conversion.workbench.models;

import io.conversion.model.report.ReportEconomics;
import io.conversion.policy.Decision;
import io.conversion.policy.Policy;
import io.conversion.policy.economics.ActionEconomics;
import io.conversion.policy.economics.Economics;
import io.conversion.policy.economics.Effect;
import io.conversion.policy.economics.PolicyGain;
import io.conversion.workbench.console.Numbers;
import io.conversion.workbench.console.RefusedInputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** What a policy is expected to gain on the users of a report. For one thread. */
final class ReportedEconomics {

    /** By which share each assumption is tried smaller and larger, as "policy thresholds" does. */
    private static final double CHANGE = 0.2;

    private final Economics economics;
    private final PolicyGain gain;

    private ReportedEconomics(Economics economics, PolicyGain gain) {
        this.economics = economics;
        this.gain = gain;
    }

    static ReportedEconomics of(Economics economics, Path file, Policy policy) {
        try {
            return new ReportedEconomics(economics, PolicyGain.of(economics, policy));
        } catch (IllegalArgumentException e) {
            throw new RefusedInputException(
                    file.getFileName() + " does not fit policy " + policy + ": " + e.getMessage());
        }
    }

    void add(Decision decision) {
        gain.add(decision);
    }

    ReportEconomics counted() {
        Map<String, Double> byAction = gain.byAction();
        List<ReportEconomics.Gain> gains = economics.actions().stream()
                .filter(action -> byAction.containsKey(action.action()))
                .map(action -> new ReportEconomics.Gain(
                        action.action(),
                        byAction.getOrDefault(action.action(), 0.0),
                        text(action.effect(), action.effect().by()),
                        action.effect().source(),
                        turningPoint(action)))
                .toList();
        List<ReportEconomics.Change> changes = gain.sensitivity(CHANGE).stream()
                .map(change -> new ReportEconomics.Change(
                        change.assumption(), change.assumed(), change.changed(), change.gain()))
                .toList();
        return new ReportEconomics(economics.value(), gains, changes, limits());
    }

    private List<String> limits() {
        List<String> limits = new ArrayList<>();
        limits.add("Each assumption is tried a fifth smaller and larger, one at a time, with the same bands; \"policy"
                + " thresholds\" finds those that gain most.");
        if (gain.withoutProbability() > 0) {
            limits.add(Numbers.count(gain.withoutProbability(), "user")
                    + " got the fallback and count nothing, since they have no probability.");
        }
        return limits;
    }

    private String turningPoint(ActionEconomics action) {
        OptionalDouble least = gain.breakEven(action.action());
        if (least.isEmpty()) {
            return gain.byAction().getOrDefault(action.action(), 0.0) == 0
                    ? "nobody gets it"
                    : "no effect makes it pay";
        }
        return "it pays from " + text(action.effect(), least.getAsDouble()) + " on";
    }

    private static String text(Effect effect, double by) {
        if (effect instanceof Effect.LogOdds) {
            return String.format(Locale.ROOT, "%+.3f on log-odds", by);
        }
        return String.format(Locale.ROOT, "%+.1f", 100 * by)
                + (effect instanceof Effect.Relative ? " % of the rate" : " percentage points");
    }
}
