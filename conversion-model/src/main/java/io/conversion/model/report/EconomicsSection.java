package io.conversion.model.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What a policy is expected to gain by declared economics, and how that hangs on what was assumed. */
final class EconomicsSection {

    private EconomicsSection() {}

    static Map<String, Object> of(ReportPolicy policy, ReportEconomics economics) {
        return Map.of(
                "value", ReportText.value(economics.value()),
                "total", money(economics.total()),
                "gains",
                        economics.gains().stream()
                                .map(gain -> gain(policy, gain))
                                .toList(),
                "changes", changes(economics),
                "limits", economics.limits());
    }

    private static Map<String, Object> gain(ReportPolicy policy, ReportEconomics.Gain gain) {
        ReportVolume volume = policy.byAction().getOrDefault(gain.action(), ReportVolume.NOBODY);
        return Map.of(
                "action", gain.action(),
                "users", ReportText.count(volume.users()),
                "effect", gain.effect(),
                "source", gain.source(),
                "paysFrom", gain.paysFrom(),
                "gain", money(gain.gain()));
    }

    /** Each assumption once, smaller and larger beside one another. */
    private static List<Map<String, Object>> changes(ReportEconomics economics) {
        List<Map<String, Object>> rows = new ArrayList<>();
        Set<String> assumptions = new LinkedHashSet<>();
        economics.changes().forEach(change -> assumptions.add(change.assumption()));
        for (String assumption : assumptions) {
            List<ReportEconomics.Change> of = economics.changes().stream()
                    .filter(change -> change.assumption().equals(assumption))
                    .toList();
            ReportEconomics.Change first = of.get(0);
            ReportEconomics.Change last = of.get(of.size() - 1);
            rows.add(Map.of(
                    "assumption", assumption,
                    "assumed", ReportText.value(first.assumed()),
                    "smaller", ReportText.value(first.changed()),
                    "gainSmaller", money(first.gain()),
                    "larger", ReportText.value(last.changed()),
                    "gainLarger", money(last.gain())));
        }
        return rows;
    }

    /** From which effect on each action pays, and which assumptions decide whether the policy does. */
    static List<String> turningPoints(ReportEconomics economics) {
        List<String> sentences = new ArrayList<>();
        for (ReportEconomics.Gain gain : economics.gains()) {
            if (!gain.paysFrom().isEmpty()) {
                sentences.add("Another effect of " + gain.action() + " than " + gain.effect() + " (" + gain.source()
                        + "): " + gain.paysFrom() + ".");
            }
        }
        double total = economics.total();
        economics.changes().stream()
                .filter(change -> Math.signum(change.gain()) != Math.signum(total))
                .forEach(change -> sentences.add(ReportText.capitalised(change.assumption()) + " of "
                        + ReportText.value(change.changed()) + " instead of "
                        + ReportText.value(change.assumed()) + ": the policy then gains " + money(change.gain())
                        + " instead of " + money(total) + "."));
        return sentences;
    }

    /** What an action is expected to gain, as the end of a sentence. */
    static String verdict(ReportEconomics.Gain gain) {
        String by = " by the declared effect of " + gain.effect() + " (" + gain.source() + ")";
        return gain.gain() < 0
                ? "It loses " + money(-gain.gain()) + by + ", unless an experiment shows a larger one."
                : "It gains " + money(gain.gain()) + by + ", if that is true.";
    }

    private static String money(double amount) {
        return String.format(Locale.ROOT, "%,.2f", amount);
    }
}
