package io.conversion.policy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an {@link Experiment} is made of. Ranges are empty where each arm has one, in their order. */
record ExperimentParts(
        String name,
        String version,
        String unit,
        String salt,
        Layer layer,
        String control,
        List<Arm> arms,
        List<ArmRange> ranges,
        Instant start,
        Instant end,
        @Nullable Condition eligibility,
        ExperimentMetric primary,
        List<ExperimentMetric> guardrails,
        ExperimentCriteria criteria,
        Map<String, String> forced) {

    ExperimentParts {
        arms = List.copyOf(arms);
        ranges = List.copyOf(ranges);
        guardrails = List.copyOf(guardrails);
        forced = Collections.unmodifiableMap(new LinkedHashMap<>(forced));
    }

    ExperimentParts next(String nextVersion, Map<String, Double> shares) {
        List<Arm> changed = new ArrayList<>();
        for (Arm arm : arms) {
            Double share = shares.get(arm.name());
            if (share == null || shares.size() != arms.size()) {
                throw new IllegalArgumentException("shares are given for " + shares.keySet() + "; the arms are "
                        + arms.stream().map(Arm::name).toList());
            }
            changed.add(new Arm(arm.name(), share, arm.policy()));
        }
        return new ExperimentParts(
                name,
                nextVersion,
                unit,
                salt,
                layer,
                control,
                changed,
                ArmRange.moved(ArmRange.of(this), shares),
                start,
                end,
                eligibility,
                primary,
                guardrails,
                criteria,
                forced);
    }
}
