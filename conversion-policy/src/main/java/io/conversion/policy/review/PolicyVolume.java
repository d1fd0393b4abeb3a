package io.conversion.policy.review;

import io.conversion.policy.PolicyReference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How many users one policy gives which outcome and action. Immutable and safe to share between threads.
 *
 * @param policy the policy
 * @param outcomes the outcomes in order: bands, guardrails, the control group if there is one, fallbacks by reason; also
 *     those that nobody has
 * @param byAction how many users get each action of the policy
 * @param capacities how many users may get an action at most, where the policy says so
 */
public record PolicyVolume(
        PolicyReference policy,
        List<OutcomeVolume> outcomes,
        Map<String, Long> byAction,
        Map<String, Long> capacities) {

    /** Copies the collections. {@inheritDoc} */
    public PolicyVolume {
        outcomes = List.copyOf(outcomes);
        byAction = Collections.unmodifiableMap(new LinkedHashMap<>(byAction));
        capacities = Collections.unmodifiableMap(new LinkedHashMap<>(capacities));
    }

    /**
     * An action that more users get than may.
     *
     * @param action the action
     * @param users how many users get it
     * @param capacity how many may
     */
    public record Breach(String action, long users, long capacity) {}

    /**
     * The actions that more of these users get than may. The capacity is compared with the users as they were given; if
     * they are a sample, so is what they need.
     *
     * @return the breaches, in the order of the policy
     */
    public List<Breach> breaches() {
        List<Breach> breaches = new ArrayList<>();
        capacities.forEach((action, capacity) -> {
            long users = byAction.getOrDefault(action, 0L);
            if (users > capacity) {
                breaches.add(new Breach(action, users, capacity));
            }
        });
        return List.copyOf(breaches);
    }
}
