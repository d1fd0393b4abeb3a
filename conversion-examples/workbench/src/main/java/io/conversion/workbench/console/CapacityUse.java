package io.conversion.workbench.console;

import io.conversion.policy.Decision;
import io.conversion.policy.Policy;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Counts who takes the places of the actions that a policy has few of. For one thread. */
public final class CapacityUse {

    private final Policy policy;

    // By action, and then by what gave it to users.
    private final Map<String, Map<String, Long>> users = new LinkedHashMap<>();

    public CapacityUse(Policy policy) {
        this.policy = policy;
        policy.capacities().keySet().forEach(action -> users.put(action, new LinkedHashMap<>()));
    }

    /** Counts a decision, if its action has a capacity. */
    public void add(Decision decision) {
        Map<String, Long> ofAction = users.get(decision.action());
        if (ofAction != null) {
            ofAction.merge(name(decision), 1L, Long::sum);
        }
    }

    private static String name(Decision decision) {
        if (decision instanceof Decision.Decided decided) {
            return decided.band().segment();
        } else if (decision instanceof Decision.Overridden overridden) {
            return "guardrail " + overridden.guardrail().name();
        }
        if (decision instanceof Decision.Explored explored) {
            return explored.band().segment() + ", drawn";
        }
        return decision instanceof Decision.Control ? "control group" : "fallback";
    }

    /** Prints for each capacity how many places are used, and how many are lacking, with who takes them. */
    public void print(PrintWriter out) {
        policy.capacities().forEach((action, capacity) -> {
            Map<String, Long> takers = users.getOrDefault(action, Map.of());
            long used = takers.values().stream().mapToLong(Long::longValue).sum();
            String who = takers.entrySet().stream()
                    .map(taker -> taker.getKey() + " " + Numbers.count(taker.getValue()))
                    .collect(Collectors.joining(", "));
            Wording.print(
                    "",
                    "  ",
                    used > capacity
                            ? "capacity of " + Wording.quoted(action) + " exceeded: " + Numbers.count(used, "user")
                                    + " get it, "
                                    + Numbers.count(capacity) + " may, " + Numbers.count(used - capacity, "place")
                                    + " too many (" + who + ")"
                            : "capacity of " + Wording.quoted(action) + ": " + Numbers.count(used) + " of "
                                    + Numbers.count(capacity, "place") + " used"
                                    + (who.isEmpty() ? "" : " (" + who + ")"),
                    out);
        });
    }
}
