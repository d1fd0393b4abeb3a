package io.conversion.policy;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a policy is made of, in the order of its file. Immutable.
 *
 * @param name the name of the policy
 * @param version its version
 * @param owner who answers for it; may be empty
 * @param changeNote what is new in this version; may be empty
 * @param effectiveFrom from when it is meant to apply; null if that is not said
 * @param model the model that it was tuned for
 * @param bands the bands in ascending order
 * @param margin how far a probability must leave the previous band, 0 for none
 * @param guardrails the guardrails in the order in which they are asked
 * @param control the control group; null if there is none
 * @param exploration the share whose action is drawn; null if there is none
 * @param fallbackAction what the host is to do where no decision can be made
 * @param actionRanks the ranks of actions
 * @param capacities how many users may get an action at most
 */
record PolicyParts(
        String name,
        String version,
        String owner,
        String changeNote,
        @Nullable Instant effectiveFrom,
        ModelRequirement model,
        List<Band> bands,
        double margin,
        List<Guardrail> guardrails,
        @Nullable ControlGroup control,
        @Nullable Exploration exploration,
        String fallbackAction,
        Map<String, Long> actionRanks,
        Map<String, Long> capacities) {

    /** Copies the collections and keeps their order. {@inheritDoc} */
    PolicyParts {
        bands = List.copyOf(bands);
        guardrails = List.copyOf(guardrails);
        actionRanks = Collections.unmodifiableMap(new LinkedHashMap<>(actionRanks));
        capacities = Collections.unmodifiableMap(new LinkedHashMap<>(capacities));
    }

    Set<String> actions() {
        Set<String> actions = new LinkedHashSet<>();
        bands.forEach(band -> actions.add(band.action()));
        guardrails.forEach(guardrail -> actions.add(guardrail.action()));
        if (control != null) {
            actions.add(control.action());
        }
        if (exploration != null) {
            exploration.alternatives().values().forEach(actions::addAll);
        }
        actions.add(fallbackAction);
        return Collections.unmodifiableSet(actions);
    }
}
