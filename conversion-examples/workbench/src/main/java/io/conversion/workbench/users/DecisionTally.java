package io.conversion.workbench.users;

import io.conversion.policy.Band;
import io.conversion.policy.Decision;
import io.conversion.policy.Guardrail;
import io.conversion.policy.Policy;
import io.conversion.workbench.console.CapacityUse;
import io.conversion.workbench.console.Numbers;
import io.conversion.workbench.console.TextTable;
import io.conversion.workbench.console.Wording;
import java.io.PrintWriter;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Counts users by segment, and those whose band did not decide by guardrail, control group, drawn alternative or reason. For one thread. */
final class DecisionTally {

    private final Map<Band, Long> byBand = new LinkedHashMap<>();
    private final Map<Guardrail, Long> byGuardrail = new LinkedHashMap<>();
    private final Map<Decision.Reason, Long> byReason = new EnumMap<>(Decision.Reason.class);
    private final Policy policy;
    private final CapacityUse capacities;
    private final Map<String, Long> explored = new LinkedHashMap<>();
    private long inControl;
    private long users;

    DecisionTally(Policy policy) {
        policy.bands().forEach(band -> byBand.put(band, 0L));
        policy.guardrails().forEach(guardrail -> byGuardrail.put(guardrail, 0L));
        this.policy = policy;
        this.capacities = new CapacityUse(policy);
    }

    void add(Decision decision) {
        users++;
        capacities.add(decision);
        if (decision instanceof Decision.Decided decided) {
            byBand.merge(decided.band(), 1L, Long::sum);
        } else if (decision instanceof Decision.Overridden overridden) {
            byGuardrail.merge(overridden.guardrail(), 1L, Long::sum);
        } else if (decision instanceof Decision.Control) {
            inControl++;
        } else if (decision instanceof Decision.Explored drawn) {
            explored.merge(drawn.action(), 1L, Long::sum);
        } else if (decision instanceof Decision.Fallback fallback) {
            byReason.merge(fallback.reason(), 1L, Long::sum);
        }
    }

    void print(PrintWriter out) {
        TextTable table = new TextTable("lrrl").row("segment", "users", "share", "action");
        byBand.forEach((band, count) -> table.row(
                Wording.segment(band.segment()), Numbers.count(count), Numbers.share(count, users), band.action()));
        byGuardrail.forEach((guardrail, count) -> table.row(
                "guardrail: " + guardrail.name(),
                Numbers.count(count),
                Numbers.share(count, users),
                guardrail.action()));
        policy.control()
                .ifPresent(control -> table.row(
                        "control group", Numbers.count(inControl), Numbers.share(inControl, users), control.action()));
        explored.forEach((action, count) ->
                table.row("drawn alternative", Numbers.count(count), Numbers.share(count, users), action));
        byReason.forEach((reason, count) -> table.row(
                "fallback: " + Wording.of(reason),
                Numbers.count(count),
                Numbers.share(count, users),
                policy.fallbackAction()));
        table.row("all", Numbers.count(users), Numbers.share(users, users), "");
        table.print(out);
        capacities.print(out);
    }
}
