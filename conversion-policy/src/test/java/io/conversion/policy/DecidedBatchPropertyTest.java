package io.conversion.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.conversion.core.ConversionModel;
import io.conversion.core.Score;
import io.conversion.core.ScoredBatch;
import io.conversion.core.SignalBatch;
import io.conversion.core.SignalColumn;
import io.conversion.core.signals.SignalReading;
import io.conversion.policy.Decision.Banded;
import io.conversion.policy.Decision.Fallback;
import io.conversion.policy.Decision.Overridden;
import io.conversion.policy.Decision.Reason;
import java.util.BitSet;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class DecidedBatchPropertyTest {

    @Property
    void everyRowIsDecidedAsAlone(@ForAll Random random) {
        ConversionModel model = RandomUsers.model("trial", random);
        PolicyEngine engine = PolicyEngine.of(policy(random));
        List<Map<String, Object>> rows = rows(random);
        ScoredBatch scores = model.scorer().score(batch(rows));
        List<DecisionContext> nothing = Collections.nCopies(rows.size(), DecisionContext.NONE);
        List<DecisionContext> contexts = contexts(rows.size(), engine.policy(), random);

        assertDecidedAsAlone(engine.decide(scores), engine, model, rows, nothing);
        assertDecidedAsAlone(engine.decide(scores, contexts::get), engine, model, rows, contexts);
        assertDecidedAsAlone(wrapped(engine).decide(scores), engine, model, rows, nothing);
        assertDecidedAsAlone(wrapped(engine).decide(scores, contexts::get), engine, model, rows, contexts);
    }

    private static void assertDecidedAsAlone(
            DecidedBatch decided,
            PolicyEngine engine,
            ConversionModel model,
            List<Map<String, Object>> rows,
            List<DecisionContext> contexts) {
        assertThat(decided.rows()).isEqualTo(rows.size());
        assertThat(decided.scores().model()).isEqualTo(model.reference());
        for (int row = 0; row < rows.size(); row++) {
            Decision alone = engine.decide(model.scorer(), RandomUsers.SCHEMA.read(rows.get(row)), contexts.get(row));
            assertAlike(decided.decision(row), alone);
            assertThat(decided.action(row)).isEqualTo(alone.action());
            assertThat(decided.segment(row)).isEqualTo(alone.segment());
            assertThat(decided.band(row))
                    .isEqualTo(alone instanceof Banded one ? Optional.of(one.band()) : Optional.empty());
            assertThat(decided.guardrail(row))
                    .isEqualTo(alone instanceof Overridden one ? Optional.of(one.guardrail()) : Optional.empty());
            assertThat(decided.reason(row)).isEqualTo(alone.reason());
            assertThat(decided.fallbackReason(row))
                    .isEqualTo(alone instanceof Fallback one ? Optional.of(one.reason()) : Optional.empty());
        }
    }

    @Property(tries = 100)
    void batchOfAnotherModelFallsBackInEveryRow(@ForAll Random random) {
        ConversionModel other = RandomUsers.model("churn", random);
        List<Map<String, Object>> rows = rows(random);

        DecidedBatch decided =
                PolicyEngine.of(policy(random)).decide(other.scorer().score(batch(rows)));

        for (int row = 0; row < rows.size(); row++) {
            boolean refused = RandomUsers.SCHEMA.read(rows.get(row)) instanceof SignalReading.Refused;
            assertThat(decided.fallbackReason(row)).contains(refused ? Reason.INVALID_SIGNALS : Reason.OTHER_MODEL);
            assertThat(decided.decision(row))
                    .isInstanceOfSatisfying(
                            Fallback.class,
                            fallback -> assertThat(fallback.reason())
                                    .isEqualTo(refused ? Reason.INVALID_SIGNALS : Reason.OTHER_MODEL));
            assertThat(decided.action(row)).isEqualTo("none");
            assertThat(decided.band(row)).isEmpty();
            assertThat(decided.segment(row)).isEmpty();
        }
    }

    /** Else the laws above would say nothing of some of them. */
    @Test
    void drawnUsersMeetEveryReason() {
        Random random = new Random(5);
        Set<Reason> reasons = EnumSet.noneOf(Reason.class);
        int decisions = 0;
        int overridden = 0;
        for (int i = 0; i < 100; i++) {
            ConversionModel model = RandomUsers.model(i % 10 == 0 ? "churn" : "trial", random);
            Policy policy = policy(random);
            ScoredBatch scores = model.scorer().score(batch(rows(random)));
            DecidedBatch decided = PolicyEngine.of(policy).decide(scores, contexts(scores.rows(), policy, random)::get);
            for (int row = 0; row < decided.rows(); row++) {
                reasons.add(decided.reason(row));
                decisions += decided.reason(row) == Reason.BAND ? 1 : 0;
                overridden += decided.guardrail(row).isPresent() ? 1 : 0;
            }
        }

        assertThat(reasons)
                .containsExactly(
                        Reason.BAND,
                        Reason.HELD_BAND,
                        Reason.GUARDRAIL,
                        Reason.CONTROL,
                        Reason.INVALID_SIGNALS,
                        Reason.OTHER_MODEL,
                        Reason.UNDEFINED_PROBABILITY,
                        Reason.INSUFFICIENT_EVIDENCE);
        assertThat(decisions).isGreaterThan(200);
        assertThat(overridden).isGreaterThan(200);
    }

    private static void assertAlike(Decision inBatch, Decision alone) {
        assertThat(inBatch).hasSameClassAs(alone);
        assertThat(inBatch.action()).isEqualTo(alone.action());
        assertThat(inBatch.segment()).isEqualTo(alone.segment());
        assertThat(inBatch.reason()).isEqualTo(alone.reason());
        assertThat(inBatch.details()).isEqualTo(alone.details());
        assertThat(inBatch.propensity()).isEqualTo(alone.propensity());
        assertThat(inBatch.policy()).isEqualTo(alone.policy());
        assertThat(inBatch.model()).isEqualTo(alone.model());
        Score one = inBatch.score();
        Score other = alone.score();
        assertThat(one == null).isEqualTo(other == null);
        if (one != null && other != null) {
            assertThat(bits(one)).isEqualTo(bits(other));
            assertThat(one.signals()).isEqualTo(other.signals());
            assertThat(one.evidence()).isEqualTo(other.evidence());
        }
    }

    private static List<Long> bits(Score score) {
        return List.of(Double.doubleToRawLongBits(score.logOdds()), Double.doubleToRawLongBits(score.probability()));
    }

    private static Policy policy(Random random) {
        return RandomPolicies.plain(random)
                .guardrails(RandomPolicies.guardrails(random))
                .margin(random.nextBoolean() ? 0 : random.nextDouble() / 4)
                .control(random.nextBoolean() ? null : new ControlGroup(0.5, "salt", "wait"))
                .build();
    }

    /** Previous segments and keys, each of which may be unknown. */
    private static List<DecisionContext> contexts(int rows, Policy policy, Random random) {
        return Stream.generate(() -> {
                    Band previous =
                            policy.bands().get(random.nextInt(policy.bands().size()));
                    DecisionContext context = random.nextBoolean()
                            ? DecisionContext.NONE
                            : DecisionContext.NONE.previousSegment(previous.segment());
                    return random.nextBoolean() ? context : context.userKey("user-" + random.nextInt());
                })
                .limit(rows)
                .toList();
    }

    /** An engine of the methods alone that every engine has. */
    private static PolicyEngine wrapped(PolicyEngine engine) {
        return new PolicyEngine() {

            @Override
            public Policy policy(DecisionContext context) {
                return engine.policy(context);
            }

            @Override
            public Decision decide(Score score, DecisionContext context) {
                return engine.decide(score, context);
            }
        };
    }

    private static List<Map<String, Object>> rows(Random random) {
        return IntStream.range(0, 1 + random.nextInt(30))
                .mapToObj(row -> RandomUsers.user(random))
                .toList();
    }

    private static SignalBatch batch(List<Map<String, Object>> rows) {
        Map<String, SignalColumn> columns = new LinkedHashMap<>();
        for (String numeric : List.of("hours", "sessions")) {
            double[] values = rows.stream()
                    .mapToDouble(row -> row.get(numeric) instanceof Double number ? number : 0)
                    .toArray();
            columns.put(numeric, SignalColumn.numbers(values).missing(missing(rows, numeric)));
        }
        String[] plans = rows.stream().map(row -> row.get("plan")).toArray(String[]::new);
        columns.put("plan", SignalColumn.levels(plans));
        boolean[] weekends = new boolean[rows.size()];
        for (int row = 0; row < weekends.length; row++) {
            weekends[row] = Boolean.TRUE.equals(rows.get(row).get("weekend"));
        }
        columns.put("weekend", SignalColumn.flags(weekends).missing(missing(rows, "weekend")));
        return SignalBatch.of(RandomUsers.SCHEMA, columns);
    }

    private static BitSet missing(List<Map<String, Object>> rows, String signal) {
        BitSet missing = new BitSet();
        for (int row = 0; row < rows.size(); row++) {
            missing.set(row, !rows.get(row).containsKey(signal));
        }
        return missing;
    }
}
