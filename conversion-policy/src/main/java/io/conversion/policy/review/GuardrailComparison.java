package io.conversion.policy.review;

import io.conversion.policy.Guardrail;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Tells which guardrails of a policy are new, gone, moved or changed. */
final class GuardrailComparison {

    private GuardrailComparison() {}

    static List<GuardrailChange> of(List<Guardrail> before, List<Guardrail> after) {
        List<GuardrailChange> changes = new ArrayList<>();
        List<String> names = after.stream().map(Guardrail::name).toList();
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < before.size(); i++) {
            places.put(before.get(i).name(), i);
            if (!names.contains(before.get(i).name())) {
                changes.add(GuardrailChange.removed(before.get(i), i + 1));
            }
        }
        List<Guardrail> kept =
                after.stream().filter(each -> places.containsKey(each.name())).toList();
        boolean[] inOrder = longestAscent(kept.stream()
                .mapToInt(each -> places.getOrDefault(each.name(), -1))
                .toArray());
        for (int i = 0; i < after.size(); i++) {
            Guardrail guardrail = after.get(i);
            Integer place = places.get(guardrail.name());
            if (place == null) {
                changes.add(GuardrailChange.added(guardrail, i + 1));
                continue;
            }
            Guardrail old = before.get(place);
            if (!inOrder[kept.indexOf(guardrail)]) {
                changes.add(GuardrailChange.moved(old, guardrail, i + 1));
            }
            if (!old.equals(guardrail)) {
                changes.add(GuardrailChange.changed(old, guardrail, i + 1));
            }
        }
        return List.copyOf(changes);
    }

    /** Marks a longest ascending subsequence of distinct numbers: the fewest others have moved. */
    private static boolean[] longestAscent(int[] numbers) {
        int[] length = new int[numbers.length];
        int[] previous = new int[numbers.length];
        int end = -1;
        for (int i = 0; i < numbers.length; i++) {
            length[i] = 1;
            previous[i] = -1;
            for (int j = 0; j < i; j++) {
                if (numbers[j] < numbers[i] && length[j] + 1 > length[i]) {
                    length[i] = length[j] + 1;
                    previous[i] = j;
                }
            }
            end = end < 0 || length[i] > length[end] ? i : end;
        }
        boolean[] marked = new boolean[numbers.length];
        for (int i = end; i >= 0; i = previous[i]) {
            marked[i] = true;
        }
        return marked;
    }
}
