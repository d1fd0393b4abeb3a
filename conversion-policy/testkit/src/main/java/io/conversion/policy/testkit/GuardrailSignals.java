package io.conversion.policy.testkit;

import io.conversion.core.shapes.Shape;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalSchema;
import io.conversion.core.signals.WhenMissing;
import io.conversion.policy.Condition;
import io.conversion.policy.Guardrail;
import io.conversion.policy.Policy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The signals that the guardrails of a policy are about, beside one for the log-odds and one for the evidence. */
record GuardrailSignals(
        SignalSchema schema, Map<String, Shape> shapes, List<String> names, String logOdds, String evidence) {

    private static final String OTHER_LEVEL = "other";

    /** What the guardrails say of one signal. */
    private static final class Use {
        private final Set<String> kinds = new LinkedHashSet<>();
        private final Set<String> levels = new LinkedHashSet<>();

        void add(Condition.OfSignal condition) {
            if (!condition.kind().isEmpty()) {
                kinds.add("a " + condition.kind());
            }
            if (condition instanceof Condition.LevelIn in) {
                levels.addAll(in.levels());
            }
        }

        Signal signal(String name) {
            if (kinds.contains("a flag")) {
                return Signal.flag(name).whenMissing(WhenMissing.IMPUTE);
            } else if (levels.isEmpty()) {
                return Signal.numeric(name).whenMissing(WhenMissing.IMPUTE);
            }
            List<String> all = new ArrayList<>(levels);
            all.add(unused(OTHER_LEVEL, levels));
            return Signal.categorical(name, all).whenMissing(WhenMissing.IMPUTE);
        }

        Shape shape() {
            if (kinds.contains("a flag")) {
                return new Shape.Flag(0, 0);
            } else if (levels.isEmpty()) {
                return new Shape.Linear(0, 0, 0);
            }
            Map<String, Double> values = new LinkedHashMap<>();
            levels.forEach(level -> values.put(level, 0.0));
            values.put(unused(OTHER_LEVEL, levels), 0.0);
            return new Shape.Levels(values, 0, 0, Set.of());
        }
    }

    static GuardrailSignals of(Policy policy) {
        Map<String, Use> uses = new LinkedHashMap<>();
        for (Guardrail guardrail : policy.guardrails()) {
            for (Condition condition : guardrail.condition().parts()) {
                if (condition instanceof Condition.OfSignal part) {
                    uses.computeIfAbsent(part.signal(), name -> new Use()).add(part);
                }
            }
        }
        String logOdds = unused("log_odds", uses.keySet());
        String evidence = unused("evidence", uses.keySet());
        List<Signal> signals = new ArrayList<>(
                List.of(Signal.numeric(logOdds), Signal.flag(evidence).whenMissing(WhenMissing.IMPUTE)));
        Map<String, Shape> shapes = new LinkedHashMap<>();
        shapes.put(logOdds, new Shape.Linear(1, 0, 0));
        shapes.put(evidence, new Shape.Flag(0, 0));
        uses.forEach((name, use) -> {
            if (use.kinds.size() > 1) {
                throw new IllegalArgumentException("policy " + policy + " takes signal \"" + name + "\" for "
                        + String.join(" and for ", use.kinds) + "; no model has both");
            }
            signals.add(use.signal(name));
            shapes.put(name, use.shape());
        });
        return new GuardrailSignals(
                SignalSchema.of("chosen", "1", signals), shapes, List.copyOf(uses.keySet()), logOdds, evidence);
    }

    /** One weight for each signal of a guardrail, or for the evidence if there is none. */
    Map<String, Double> weights() {
        Map<String, Double> weights = new LinkedHashMap<>(Map.of(logOdds, 0.0, evidence, 0.0));
        names.forEach(name -> weights.put(name, 1.0));
        if (names.isEmpty()) {
            weights.put(evidence, 1.0);
        }
        return weights;
    }

    private static String unused(String name, Set<String> used) {
        String unused = name;
        while (used.contains(unused)) {
            unused += "_";
        }
        return unused;
    }
}
