package io.conversion.policy.records;

import static org.assertj.core.api.Assertions.assertThat;

import io.conversion.core.ConversionModel;
import io.conversion.core.MinimumEvidence;
import io.conversion.core.provenance.ReferenceDistribution;
import io.conversion.core.provenance.SignalDistribution.Flags;
import io.conversion.core.provenance.SignalDistribution.Levels;
import io.conversion.core.provenance.SignalDistribution.Numbers;
import io.conversion.core.shapes.Shape;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalReading;
import io.conversion.core.signals.SignalSchema;
import io.conversion.core.signals.WhenMissing;
import io.conversion.core.signals.WhenUnseen;
import io.conversion.policy.Comparison;
import io.conversion.policy.Condition.InsufficientEvidence;
import io.conversion.policy.Condition.NumberIs;
import io.conversion.policy.ControlGroup;
import io.conversion.policy.Decision.Reason;
import io.conversion.policy.DecisionContext;
import io.conversion.policy.DecisionEvent;
import io.conversion.policy.Exploration;
import io.conversion.policy.Guardrail;
import io.conversion.policy.Policy;
import io.conversion.policy.PolicyBuilder;
import io.conversion.policy.PolicyEngine;
import io.conversion.policy.RandomPolicies;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/**
 * What a record tells of a redacted signal. Two users differ in redacted values only, of a model that gives these no
 * weight, so that log-odds and action say nothing; then whatever differs in their records is told by the record itself.
 */
class RedactionPropertyTest {

    private static final SignalSchema SCHEMA = SignalSchema.of(
            "redacted",
            "1",
            Signal.numeric("age").range(16, 99),
            Signal.numeric("visits").wholeNumbers().whenMissing(WhenMissing.IMPUTE),
            Signal.categorical("tier", "a", "b", "c", "d"),
            Signal.categorical("city", "Bern", "Rome", "Oslo")
                    .whenMissing(WhenMissing.IMPUTE)
                    .whenUnseen(WhenUnseen.average()),
            Signal.flag("ill").whenMissing(WhenMissing.IMPUTE),
            Signal.numeric("logit"));

    private static final Set<String> REDACTED = Set.of("age", "visits", "tier", "city", "ill");
    private static final Redaction REDACTION = Redaction.of(SCHEMA, REDACTED, "pepper");

    /** For each redacted signal, values between which a record may not tell apart. */
    private static final Map<String, List<Object[]>> ALIKE = Map.of(
            "age",
            List.of(
                    new Object[] {18, 47.25, 60},
                    new Object[] {16, 17.5, 61, 99},
                    new Object[] {100, 1e300, 15, -1},
                    new Object[] {Double.NaN, Double.POSITIVE_INFINITY},
                    new Object[] {"old", "47", true}),
            "visits",
            List.of(
                    new Object[] {0, 47, -3},
                    new Object[] {48, 4700, -4},
                    new Object[] {0.5, 47.25},
                    new Object[] {Long.MAX_VALUE, Long.MAX_VALUE - 1},
                    new Object[] {List.of(47), "many"}),
            "tier",
            List.of(
                    new Object[] {"a", "b"},
                    new Object[] {"c", "d"},
                    new Object[] {"e", "A", "d ", "\ud83d"},
                    new Object[] {1, false}),
            "city",
            List.of(new Object[] {"Bern", "Rome", "Oslo"}, new Object[] {"bern", "Paris", ""}, new Object[] {47, true}),
            "ill",
            List.of(new Object[] {true, false}, new Object[] {"yes", "no", 1}));

    private static final List<ConversionModel> MODELS = Stream.of("churn", "trial")
            .flatMap(name -> Stream.of(
                            MinimumEvidence.of(0.5, "ill"),
                            MinimumEvidence.of(0),
                            MinimumEvidence.NONE.onlyWithinTraining())
                    .map(minimum -> model(name, minimum)))
            .toList();

    @Property
    void nothingButItsDigestTellsAValue(@ForAll Random random) {
        ConversionModel model = model(random);
        PolicyEngine engine = PolicyEngine.of(policy(random));
        Map<String, Object> one = new HashMap<>();
        Map<String, Object> other = new HashMap<>();
        users(random, one, other);
        DecisionContext context =
                DecisionContext.NONE.previousSegment("segment_1").userKey("user " + random.nextInt());
        int strongest = random.nextInt(7);

        DecisionRecord first = record(engine, model, one, context, strongest);
        DecisionRecord second = record(engine, model, other, context, strongest);

        assertThat(withoutDigests(second)).isEqualTo(withoutDigests(first));
        assertThat(first.inputs().signals()).doesNotContainKeys(REDACTED.toArray(String[]::new));
        assertThat(first.toJson()).doesNotContain("pepper", "user ");
    }

    @Test
    void usersWithRedactedSignalsMeetEveryReasonOfAPolicyThatFits() {
        Random random = new Random(3);
        Set<Reason> reasons = EnumSet.noneOf(Reason.class);
        for (int i = 0; i < 2_000; i++) {
            Map<String, Object> user = new HashMap<>();
            users(random, user, new HashMap<>());
            DecisionContext context =
                    DecisionContext.NONE.previousSegment("segment_1").userKey("user " + random.nextInt());
            reasons.add(record(PolicyEngine.of(policy(random)), model(random), user, context, 0)
                    .outcome()
                    .reason());
        }

        assertThat(reasons)
                .containsExactlyInAnyOrderElementsOf(
                        EnumSet.complementOf(EnumSet.of(Reason.POLICY_DOES_NOT_FIT, Reason.NO_POLICY)));
    }

    @Test
    void reasonsAreTheStrongestOfTheOtherSignals() {
        Redaction redaction = Redaction.of(SCHEMA, Set.of("logit"), "pepper");
        SignalReading reading = SCHEMA.read(Map.of("age", 17, "tier", "a", "logit", 1e-10));
        DecisionEvent event = DecisionEvent.decide(
                PolicyEngine.of(RandomPolicies.plain(new Random(1)).build()),
                model(new Random(1)).scorer(),
                reading,
                DecisionContext.NONE,
                "r",
                null);

        assertThat(DecisionRecord.of(event, Redaction.NONE, 2).reasons())
                .extracting(DecisionRecord.Contribution::signal)
                .containsExactly("logit", "age");
        assertThat(DecisionRecord.of(event, redaction, 2).reasons())
                .extracting(DecisionRecord.Contribution::signal)
                .containsExactly("age", "visits");
    }

    /** The guide says what a record tells all the same; this is how. */
    @Test
    void guardrailAndRulesTellWhatTheyAreAbout() {
        ConversionModel model = model(new Random(1));
        Policy policy = RandomPolicies.plain(new Random(1))
                .guardrail(new Guardrail("minor", new NumberIs("age", Comparison.BELOW, 18), "wait", "too young"))
                .build();
        Map<String, Object> user = Map.of("age", 17.25, "tier", "d", "city", "Paris", "logit", 0);

        DecisionRecord record = record(PolicyEngine.of(policy), model, user, DecisionContext.NONE, 6);

        assertThat(record.outcome().guardrail()).isEqualTo("minor");
        assertThat(record.toJson())
                .contains("{\"signal\":\"tier\",\"rule\":\"not_estimated\"}")
                .contains("{\"signal\":\"city\",\"rule\":\"unseen\"}")
                .contains("{\"signal\":\"visits\",\"rule\":\"missing\"}")
                .doesNotContain("17.25", "Paris", "\"d\"");
    }

    private static DecisionRecord record(
            PolicyEngine engine,
            ConversionModel model,
            Map<String, Object> user,
            DecisionContext context,
            int strongest) {
        SignalReading reading = SCHEMA.read(user);
        return DecisionRecord.of(
                DecisionEvent.decide(engine, model.scorer(), reading, context, "r", null), REDACTION, strongest);
    }

    private static String withoutDigests(DecisionRecord record) {
        String body = record.toJson().replaceAll(",\"digest\":\"sha256:[0-9a-f]{64}\"}$", "");
        for (String signal : REDACTED) {
            body = body.replaceAll(Pattern.quote("\"" + signal + "\":\"sha256:") + "[0-9a-f]{64}", signal);
        }
        return body;
    }

    /** Levels c and d have no estimate; log-odds may overflow, evidence may fall short, and ages beyond training. */
    private static ConversionModel model(Random random) {
        return MODELS.get((random.nextInt(8) == 0 ? 0 : 3) + random.nextInt(3));
    }

    private static ConversionModel model(String name, MinimumEvidence minimum) {
        Shape.Linear none = new Shape.Linear(0, 0, 0);
        Map<String, Double> tiers = Map.of("a", 0.0, "b", 0.0, "c", 0.0, "d", 0.0);
        return ConversionModel.builder(name, "1", SCHEMA)
                .shapes(Map.of(
                        "age", none,
                        "visits", none,
                        "tier", new Shape.Levels(tiers, 0, 0, Set.of("c", "d")),
                        "city", new Shape.Levels(Map.of("Bern", 0.0, "Rome", 0.0, "Oslo", 0.0), 0, 0, Set.of()),
                        "ill", new Shape.Flag(0, 0),
                        "logit", new Shape.Linear(1e10, 0, 0)))
                .weights(Map.of("tier", 1.0, "city", 2.0, "logit", 1.0))
                .minimumEvidence(minimum)
                .referenceDistribution(ReferenceDistribution.of(
                        Map.of(
                                "age",
                                numbers(18, 60),
                                "visits",
                                numbers(-3, 47),
                                "tier",
                                new Levels(Map.of("a", 9L, "b", 1L, "c", 0L, "d", 0L), 0, 0),
                                "city",
                                new Levels(Map.of("Bern", 8L, "Rome", 1L, "Oslo", 1L), 0, 0),
                                "ill",
                                new Flags(5, 5, 0),
                                "logit",
                                numbers(-1e300, 1e300)),
                        numbers(0, 1)))
                .build();
    }

    private static Numbers numbers(double lowest, double highest) {
        return new Numbers(List.of(0.5), List.of(5L, 5L), 0, lowest, highest);
    }

    /** Guardrails see no redacted signal, since one that does tells of it. */
    private static Policy policy(Random random) {
        PolicyBuilder policy = RandomPolicies.plain(random).margin(0.1);
        if (random.nextBoolean()) {
            policy.guardrail(new Guardrail("keen", new NumberIs("logit", Comparison.ABOVE, 0), "wait", "keen"));
        }
        if (random.nextInt(4) == 0) {
            policy.guardrail(new Guardrail("unsure", new InsufficientEvidence(), "ask", "unsure"));
        }
        if (random.nextBoolean()) {
            policy.control(new ControlGroup(0.5, "salt", "wait"));
        }
        if (random.nextBoolean()) {
            policy.exploration(new Exploration(0.5, "explored", Map.of("segment_0", List.of("tour", "call"))));
        }
        return policy.build();
    }

    private static void users(Random random, Map<String, Object> one, Map<String, Object> other) {
        for (String signal : REDACTED.stream().sorted().toList()) {
            List<Object[]> kinds = ALIKE.getOrDefault(signal, List.of());
            // Mostly a value that is accepted, lest hardly any user is decided on.
            Object[] alike = kinds.get(random.nextInt(5) > 0 ? 0 : random.nextInt(kinds.size()));
            if (random.nextInt(8) > 0) {
                one.put(signal, alike[random.nextInt(alike.length)]);
                other.put(signal, alike[random.nextInt(alike.length)]);
            }
        }
        Object[] logits = {0, 1e-11, -1e-10, 1e300, "much"};
        Object logit = logits[random.nextInt(logits.length)];
        one.put("logit", logit);
        other.put("logit", logit);
        if (random.nextInt(8) == 0) {
            one.put("agee", one.getOrDefault("age", 47));
            other.put("agee", other.getOrDefault("age", 48));
        }
    }
}
