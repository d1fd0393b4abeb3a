package io.conversion.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.conversion.core.artifact.InvalidArtifactException;
import io.conversion.core.json.JsonText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** A sealed file in which one node was damaged is refused by name, or read as the policy that it was. */
class PolicyFuzzPropertyTest {

    private static final List<Object> OTHERS =
            List.of("", "text", 0.0, 1.0, -0.0, 1e300, true, false, List.of(), Map.of(), List.of("a"), Map.of("a", 1));

    @Property(tries = 3000)
    void damagedFileIsRefusedOrThePolicyThatItWas(@ForAll Random random) {
        Policy policy = RandomPolicies.complete(random);
        Object file = PolicyFormat.file(policy.parts(), policy.reference().digest());
        int[] countdown = {random.nextInt(nodes(file))};
        String json = JsonText.pretty(damaged(file, countdown, random));

        try {
            assertThat(Policy.fromJson(json).reference()).as(json).isEqualTo(policy.reference());
        } catch (InvalidArtifactException refusal) {
            assertThat(refusal.problems()).as(json).isNotEmpty();
        }
    }

    private static int nodes(Object value) {
        int nodes = 0;
        if (value instanceof Map<?, ?> map) {
            for (Object field : map.values()) {
                nodes += 1 + nodes(field);
            }
        } else if (value instanceof List<?> list) {
            for (Object element : list) {
                nodes += 1 + nodes(element);
            }
        }
        return nodes;
    }

    /** A copy in which the node that the countdown ends at is left out, duplicated, retyped or moved. */
    private static Object damaged(Object value, int[] countdown, Random random) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> copy = new LinkedHashMap<>();
            map.forEach((name, field) -> {
                if (countdown[0]-- != 0) {
                    copy.put((String) name, damaged(field, countdown, random));
                } else if (random.nextInt(3) > 0) {
                    copy.put(random.nextInt(3) == 0 ? name + "s" : (String) name, other(random));
                }
            });
            return copy;
        } else if (value instanceof List<?> list) {
            List<Object> copy = new ArrayList<>();
            for (Object element : list) {
                if (countdown[0]-- != 0) {
                    copy.add(damaged(element, countdown, random));
                } else {
                    damage(copy, element, random);
                }
            }
            return copy;
        }
        return value;
    }

    private static void damage(List<Object> copy, Object element, Random random) {
        switch (random.nextInt(4)) {
            case 0 -> copy.addAll(List.of(element, element));
            case 1 -> copy.add(other(random));
            case 2 -> {
                copy.add(element);
                Collections.reverse(copy);
            }
            default -> {
                // Left out.
            }
        }
    }

    private static Object other(Random random) {
        return OTHERS.get(random.nextInt(OTHERS.size()));
    }
}
