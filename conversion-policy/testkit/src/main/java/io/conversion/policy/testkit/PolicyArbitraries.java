package io.conversion.policy.testkit;

import io.conversion.core.ConversionModel;
import io.conversion.core.Score;
import io.conversion.core.signals.CategoricalSignal;
import io.conversion.core.signals.NumericSignal;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalSchema;
import io.conversion.core.signals.Signals;
import io.conversion.policy.Band;
import io.conversion.policy.Comparison;
import io.conversion.policy.Condition;
import io.conversion.policy.ControlGroup;
import io.conversion.policy.DecisionContext;
import io.conversion.policy.Exploration;
import io.conversion.policy.Guardrail;
import io.conversion.policy.ModelRequirement;
import io.conversion.policy.Policy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tuple;

/**
 * Draws policies, users and scores for properties of one's own. Pure and safe to share between threads.
 */
public final class PolicyArbitraries {

    private static final int MOST_BANDS = 8;
    private static final int MOST_GUARDRAILS = 4;

    private PolicyArbitraries() {}

    /**
     * Draws probabilities, evenly.
     *
     * @return whole multiples of 2^-53 from 0 to 1
     */
    public static Arbitrary<Double> probabilities() {
        return Arbitraries.longs()
                .between(0, 1L << 53)
                .withDistribution(RandomDistribution.uniform())
                .map(numerator -> numerator * 0x1p-53);
    }

    /**
     * Draws doubles to ask a policy for: its edges, probabilities, and any other double.
     *
     * @param policy the policy
     * @return any double, a third of them edges and a third probabilities
     */
    public static Arbitrary<Double> numbers(Policy policy) {
        Arbitrary<Double> any = Arbitraries.longs()
                .withDistribution(RandomDistribution.uniform())
                .map(Double::longBitsToDouble);
        return Arbitraries.oneOf(Edges.of(policy), probabilities(), any);
    }

    /**
     * Draws the signals of users: each numeric signal inside its range, at its ends, and, if the schema clips, outside;
     * each level and, if the schema takes them, unseen ones; missing signals where the schema takes them.
     *
     * @param schema the schema
     * @return signals that the schema accepts
     */
    public static Arbitrary<Signals> signals(SignalSchema schema) {
        return values(schema).map(values -> schema.read(values).orElseThrow());
    }

    /**
     * Draws the signals of users as values by name, as a request brings them.
     *
     * @param schema the schema
     * @return values that the schema accepts, as {@link #signals(SignalSchema)} has them
     */
    public static Arbitrary<Map<String, Object>> values(SignalSchema schema) {
        return SignalValues.accepted(schema, List.of()).asMap();
    }

    /**
     * Draws the signals of users as values by name, some of them at and next to the numbers that the guardrails of a
     * policy compare with.
     *
     * @param schema the schema
     * @param policy the policy
     * @return values that the schema accepts
     */
    public static Arbitrary<Map<String, Object>> values(SignalSchema schema, Policy policy) {
        return SignalValues.accepted(schema, policy.guardrails()).asMap();
    }

    /**
     * Draws requests: values that the schema accepts, and, in half of them, some that it refuses, such as a number out of
     * range, NaN, an unseen level, a value of another type or of an unknown name.
     *
     * @param schema the schema
     * @param policy the policy whose guardrails give numbers to try
     * @return values by name
     */
    public static Arbitrary<Map<String, Object>> requests(SignalSchema schema, Policy policy) {
        return Arbitraries.oneOf(
                values(schema, policy),
                SignalValues.any(schema, policy.guardrails()).asMap());
    }

    /**
     * Draws scores of a model.
     *
     * @param model the model
     * @return the scores of users as {@link #signals(SignalSchema)} draws them
     */
    public static Arbitrary<Score> scores(ConversionModel model) {
        return signals(model.schema()).map(model.scorer()::score);
    }

    /**
     * Draws what may be known of a user of a policy.
     *
     * @param policy the policy
     * @return contexts with and without a previous segment, one that the policy does not know among them, and with and
     *     without a key
     */
    public static Arbitrary<DecisionContext> contexts(Policy policy) {
        List<String> segments = new ArrayList<>();
        policy.bands().forEach(band -> segments.add(band.segment()));
        segments.add("a segment of no band");
        Arbitrary<DecisionContext> previous = Arbitraries.of(segments)
                .map(DecisionContext.NONE::previousSegment)
                .injectNull(0.3)
                .map(context -> context == null ? DecisionContext.NONE : context);
        Arbitrary<String> keys = Arbitraries.integers().between(0, 9999).map(number -> "user-" + number);
        return Combinators.combine(previous, keys, Arbitraries.of(true, false))
                .as((context, key, known) -> known ? context.userKey(key) : context);
    }

    /**
     * Draws policies without guardrails.
     *
     * @param model the model that they are tuned for
     * @return policies of 1 to 8 bands, next to one another by one ulp at times, some with a margin, some with a control
     *     group, some that explore
     */
    public static Arbitrary<Policy> policies(String model) {
        return policies(model, Arbitraries.just(List.of()));
    }

    /**
     * Draws policies with guardrails.
     *
     * @param model the model that they are tuned for
     * @param schema the schema of its signals
     * @return policies as {@link #policies(String)} draws them, with up to 4 guardrails that fit the schema
     */
    public static Arbitrary<Policy> policies(String model, SignalSchema schema) {
        return policies(model, guardrails(schema));
    }

    private static Arbitrary<Policy> policies(String model, Arbitrary<List<Guardrail>> guardrails) {
        Arbitrary<Double> margin = Arbitraries.frequencyOf(
                Tuple.of(2, Arbitraries.just(0.0)),
                Tuple.of(1, Arbitraries.of(Double.MIN_VALUE, 0x1p-54, 0.05, 0.3, Math.nextDown(1.0))));
        Arbitrary<Double> share = Arbitraries.of(-1.0, 0.0, 0.1, 0.5, 1.0);
        return Combinators.combine(
                        bounds(),
                        margin,
                        guardrails,
                        share,
                        Arbitraries.integers().between(1, 3),
                        Arbitraries.of(-1.0, 0.0, 0.3, 1.0))
                .as((from, held, rails, control, actions, explored) -> Policy.builder(
                                "arbitrary", "1", ModelRequirement.named(model))
                        .bands(bands(from, actions))
                        .margin(held)
                        .guardrails(rails)
                        .control(control < 0 ? null : new ControlGroup(control, "salt", "control_action"))
                        .exploration(explored < 0 ? null : exploration(explored, bands(from, actions)))
                        .fallbackAction("fallback_action")
                        .build())
                .withoutEdgeCases();
    }

    /** Of every other band, among its own action and others. */
    private static Exploration exploration(double share, List<Band> bands) {
        Map<String, List<String>> alternatives = new LinkedHashMap<>();
        for (int i = 0; i < bands.size(); i += 2) {
            alternatives.put(
                    bands.get(i).segment(), List.of("tried_action", bands.get(i).action(), "other_action"));
        }
        return new Exploration(share, "exploration salt", alternatives);
    }

    private static Arbitrary<List<Double>> bounds() {
        Arbitrary<Double> edges = Arbitraries.of(
                Double.MIN_VALUE,
                Double.MIN_NORMAL,
                0.4,
                Math.nextUp(0.4),
                0.7,
                Math.nextDown(0.7),
                Math.nextDown(1.0),
                1.0);
        return Arbitraries.oneOf(edges, probabilities())
                .list()
                .ofMaxSize(MOST_BANDS - 1)
                .map(bounds -> {
                    TreeSet<Double> ascending = new TreeSet<>(Comparator.naturalOrder());
                    ascending.add(0.0);
                    ascending.addAll(bounds);
                    return List.copyOf(ascending);
                });
    }

    private static List<Band> bands(List<Double> from, int actions) {
        List<Band> bands = new ArrayList<>();
        for (int i = 0; i < from.size(); i++) {
            bands.add(Band.of("segment_" + (i + 1), from.get(i), "action_" + (i % actions + 1)));
        }
        return bands;
    }

    private static Arbitrary<List<Guardrail>> guardrails(SignalSchema schema) {
        Arbitrary<Condition> several =
                part(schema).list().ofMinSize(2).ofMaxSize(3).map(Condition.AllOf::new);
        Arbitrary<Condition> condition = Arbitraries.oneOf(part(schema), part(schema), several);
        return condition.list().ofMaxSize(MOST_GUARDRAILS).map(conditions -> {
            List<Guardrail> guardrails = new ArrayList<>();
            for (Condition one : conditions) {
                String name = "guardrail_" + (guardrails.size() + 1);
                guardrails.add(new Guardrail(name, one, "action_of_" + name, "Holds where " + one + "."));
            }
            return guardrails;
        });
    }

    private static Arbitrary<Condition> part(SignalSchema schema) {
        Arbitrary<Condition> general = Arbitraries.of(
                new Condition.InsufficientEvidence(),
                new Condition.ObservedShareBelow(0.5),
                new Condition.ObservedShareBelow(1),
                new Condition.IntervalContains(0.4, 0.95));
        return Arbitraries.frequencyOf(
                Tuple.of(1, general),
                Tuple.of(4, Arbitraries.of(schema.declared()).flatMap(PolicyArbitraries::ofSignal)));
    }

    private static Arbitrary<Condition> ofSignal(Signal signal) {
        Arbitrary<Condition> missing = Arbitraries.just(new Condition.Missing(signal.name()));
        return Arbitraries.oneOf(missing, ofValue(signal), ofValue(signal));
    }

    private static Arbitrary<Condition> ofValue(Signal signal) {
        if (signal instanceof NumericSignal numeric) {
            Arbitrary<Condition> compared = Combinators.combine(
                            Arbitraries.of(Comparison.values()), SignalValues.inside(numeric))
                    .as((comparison, number) -> new Condition.NumberIs(signal.name(), comparison, number));
            return Arbitraries.frequencyOf(
                    Tuple.of(7, compared), Tuple.of(1, Arbitraries.just(new Condition.Extrapolated(signal.name()))));
        } else if (signal instanceof CategoricalSignal categorical) {
            Arbitrary<List<String>> levels = Arbitraries.of(categorical.levels())
                    .set()
                    .ofMinSize(1)
                    .ofMaxSize(3)
                    .map(List::copyOf);
            return Combinators.combine(levels, Arbitraries.of(true, false))
                    .as((some, negated) -> new Condition.LevelIn(signal.name(), some, negated));
        }
        return Arbitraries.of(true, false).map(value -> new Condition.FlagIs(signal.name(), value));
    }
}
