package io.conversion.workbench.console;

import io.conversion.policy.Policy;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a policy may say beside its bands and guardrails, in a line each. */
public final class PolicyOptions {

    private PolicyOptions() {}

    /** The lines by their names, without those that the policy does not have. */
    public static Map<String, String> of(Policy policy) {
        Map<String, String> lines = new LinkedHashMap<>();
        lines.put("owner", Wording.oneLine(policy.owner()));
        lines.put("change", Wording.oneLine(policy.changeNote()));
        lines.put(
                "effective",
                policy.effectiveFrom().map(moment -> "from " + moment).orElse(""));
        lines.put(
                "margin",
                policy.margin() == 0
                        ? ""
                        : Numbers.plain(policy.margin())
                                + "; a user stays in the previous band until the probability is" + " so far beyond it");
        lines.put(
                "control",
                policy.control()
                        .map(group -> "share " + Numbers.plain(group.share()) + " of the users with a key, action "
                                + group.action())
                        .orElse(""));
        lines.put(
                "exploration",
                policy.exploration()
                        .map(of -> "share " + Numbers.plain(of.share()) + " of the users with a key, "
                                + of.alternatives().entrySet().stream()
                                        .map(each -> each.getKey() + ": " + String.join(" or ", each.getValue()))
                                        .collect(Collectors.joining("; ")))
                        .orElse(""));
        lines.put("ranks", byAction(policy.actionRanks(), String::valueOf));
        lines.put("capacities", byAction(policy.capacities(), Numbers::count));
        lines.values().removeIf(String::isEmpty);
        return lines;
    }

    /** The lowest number first. */
    private static String byAction(Map<String, Long> numbers, Function<Long, String> text) {
        return numbers.entrySet().stream()
                .sorted(Map.Entry.comparingByValue())
                .map(entry -> entry.getKey() + " " + text.apply(entry.getValue()))
                .collect(Collectors.joining(", "));
    }
}
