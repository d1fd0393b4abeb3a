package io.conversion.policy.testkit;

import io.conversion.core.signals.CategoricalSignal;
import io.conversion.core.signals.NumericSignal;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalSchema;
import io.conversion.core.signals.WhenMissing;
import io.conversion.core.signals.WhenOutOfRange;
import io.conversion.core.signals.WhenUnseen;
import io.conversion.policy.Condition;
import io.conversion.policy.Guardrail;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Draws the values of one user, signal by signal; an empty value is missing. */
final class SignalValues {

    private static final double FAR = 1e6;
    private static final double HUGE = 1e300;
    private static final String UNSEEN = "a level that no schema lists";

    private final SignalSchema schema;
    private final List<Arbitrary<Optional<Object>>> bySignal;

    private SignalValues(SignalSchema schema, List<Arbitrary<Optional<Object>>> bySignal) {
        this.schema = schema;
        this.bySignal = bySignal;
    }

    /** Values that the schema accepts. */
    static SignalValues accepted(SignalSchema schema, List<Guardrail> guardrails) {
        List<Arbitrary<Optional<Object>>> bySignal = new ArrayList<>();
        for (Signal signal : schema.declared()) {
            List<Arbitrary<Optional<Object>>> choices = new ArrayList<>();
            Arbitrary<Optional<Object>> valid = valid(signal, guardrails).map(Optional::of);
            choices.add(valid);
            choices.add(valid);
            if (signal.whenMissing() == WhenMissing.IMPUTE) {
                choices.add(Arbitraries.just(Optional.empty()));
            }
            replaced(signal).ifPresent(values -> choices.add(values.map(Optional::of)));
            bySignal.add(Arbitraries.oneOf(choices));
        }
        return new SignalValues(schema, bySignal);
    }

    /** Values of the right type that the schema accepts or refuses, as columns can hold them. */
    static SignalValues typed(SignalSchema schema, List<Guardrail> guardrails) {
        return withFaults(schema, guardrails, false);
    }

    /** Values that the schema accepts or refuses. */
    static SignalValues any(SignalSchema schema, List<Guardrail> guardrails) {
        return withFaults(schema, guardrails, true);
    }

    private static SignalValues withFaults(SignalSchema schema, List<Guardrail> guardrails, boolean otherTypes) {
        SignalValues accepted = accepted(schema, guardrails);
        List<Arbitrary<Optional<Object>>> bySignal = new ArrayList<>();
        for (int i = 0; i < accepted.bySignal.size(); i++) {
            Signal signal = schema.declared().get(i);
            List<Optional<Object>> faults = new ArrayList<>(List.of(Optional.empty()));
            if (signal instanceof NumericSignal numeric) {
                faults.add(Optional.of(Double.NaN));
                faults.add(Optional.of(Double.POSITIVE_INFINITY));
                faults.add(Optional.of(numeric.min() - 1));
                faults.add(Optional.of(numeric.max() + 1));
                faults.add(Optional.of(0.5));
            } else if (signal instanceof CategoricalSignal) {
                faults.add(Optional.of(UNSEEN));
            }
            if (otherTypes) {
                faults.add(Optional.of(List.of("a list")));
                faults.add(Optional.of(signal instanceof NumericSignal ? "9" : 9));
            }
            Arbitrary<Optional<Object>> valid = accepted.bySignal.get(i);
            bySignal.add(Arbitraries.oneOf(List.of(valid, valid, valid, valid, valid, Arbitraries.of(faults))));
        }
        return new SignalValues(schema, bySignal);
    }

    Arbitrary<Map<String, Object>> asMap() {
        return Combinators.combine(bySignal)
                .as(values -> {
                    Map<String, Object> map = new LinkedHashMap<>();
                    for (int i = 0; i < values.size(); i++) {
                        String name = schema.declared().get(i).name();
                        values.get(i).ifPresent(value -> map.put(name, value));
                    }
                    return map;
                })
                // The edges of all signals together are too many, and each signal draws its own often.
                .withoutEdgeCases();
    }

    private static Arbitrary<Object> valid(Signal signal, List<Guardrail> guardrails) {
        if (signal instanceof NumericSignal numeric) {
            List<Double> compared = comparedWith(numeric, guardrails);
            Arbitrary<Double> inside = inside(numeric);
            return (compared.isEmpty() ? inside : Arbitraries.oneOf(inside, Arbitraries.of(compared))).map(x -> x);
        } else if (signal instanceof CategoricalSignal categorical) {
            return Arbitraries.of(categorical.levels()).map(x -> x);
        }
        return Arbitraries.of(true, false).map(x -> x);
    }

    /** Numbers inside the range of a signal, its ends, zero and, without a range, huge ones among them. */
    static Arbitrary<Double> inside(NumericSignal signal) {
        double min = Math.max(signal.min(), Math.min(-FAR, signal.max() - FAR));
        double max = Math.min(signal.max(), Math.max(FAR, min + FAR));
        List<Double> ends =
                fitting(signal, List.of(min, Math.nextUp(min), 0.0, 1.0, 2.0, Math.nextDown(max), max, -HUGE, HUGE));
        Arbitrary<Double> between = PolicyArbitraries.probabilities().map(part -> {
            double number = min + part * (max - min);
            return signal.whole() ? Math.max(StrictMath.ceil(min), StrictMath.floor(number)) : number;
        });
        return ends.isEmpty() ? between : Arbitraries.oneOf(between, Arbitraries.of(ends));
    }

    /** The numbers that guardrails compare the signal with, and those next to them. */
    private static List<Double> comparedWith(NumericSignal signal, List<Guardrail> guardrails) {
        List<Double> numbers = new ArrayList<>();
        for (Guardrail guardrail : guardrails) {
            for (Condition condition : guardrail.condition().parts()) {
                if (condition instanceof Condition.NumberIs is && is.signal().equals(signal.name())) {
                    double number = is.number();
                    numbers.addAll(List.of(number - 1, Math.nextDown(number), number, Math.nextUp(number), number + 1));
                }
            }
        }
        return fitting(signal, numbers);
    }

    private static List<Double> fitting(NumericSignal signal, List<Double> numbers) {
        return numbers.stream()
                .filter(number -> number >= signal.min() && number <= signal.max())
                .filter(number -> !signal.whole() || number == StrictMath.rint(number))
                .distinct()
                .toList();
    }

    /** Values in place of which the schema takes another one; empty if it refuses them. */
    private static Optional<Arbitrary<Object>> replaced(Signal signal) {
        if (signal instanceof NumericSignal numeric && numeric.whenOutOfRange() == WhenOutOfRange.CLIP) {
            List<Object> outside = new ArrayList<>();
            if (numeric.min() > -Double.MAX_VALUE) {
                outside.add(StrictMath.floor(numeric.min() - 1));
            }
            if (numeric.max() < Double.MAX_VALUE) {
                outside.add(StrictMath.ceil(numeric.max() + 1));
            }
            return outside.isEmpty() ? Optional.empty() : Optional.of(Arbitraries.of(outside));
        } else if (signal instanceof CategoricalSignal categorical
                && !(categorical.whenUnseen() instanceof WhenUnseen.Refuse)) {
            return Optional.of(Arbitraries.just(UNSEEN));
        }
        return Optional.empty();
    }
}
