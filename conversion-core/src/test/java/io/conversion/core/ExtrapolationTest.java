package io.conversion.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.conversion.core.provenance.ReferenceDistribution;
import io.conversion.core.provenance.SignalDistribution;
import io.conversion.core.shapes.Shape;
import io.conversion.core.signals.Evidence;
import io.conversion.core.signals.Evidence.Rule;
import io.conversion.core.signals.Evidence.Substitution;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalBinding;
import io.conversion.core.signals.SignalSchema;
import io.conversion.core.signals.Signals;
import io.conversion.core.signals.WhenMissing;
import io.conversion.core.signals.WhenOutOfRange;
import java.lang.invoke.MethodHandles;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A number beyond those of all training rows is scored as it is, and named as what it is. */
class ExtrapolationTest {

    private static final SignalSchema SCHEMA = SignalSchema.of(
            "trial",
            "1",
            Signal.numeric("sessions").unit("sessions"),
            Signal.numeric("hours")
                    .range(-50, 100)
                    .whenMissing(WhenMissing.IMPUTE)
                    .whenOutOfRange(WhenOutOfRange.CLIP),
            Signal.flag("weekend"));

    private static final ConversionModel MODEL = model(0, 40, MinimumEvidence.NONE);

    record User(double sessions, double hours, boolean weekend) {}

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
                    SESSIONS,               HOURS, EXTRAPOLATED
                    0,                      -2.5,  false
                    40,                     7,     false
                    40.00000000000001,      0,     true
                    9007199254740992,       0,     true
                    1e300,                  0,     true
                    -4.9e-324,              0,     true
                    -1,                     0,     true
                    -0.0,                   0,     false
                    """)
    void everyPathSaysTheSame(double sessions, double hours, boolean extrapolated) {
        Map<String, Object> map = Map.of("sessions", sessions, "hours", hours, "weekend", false);
        Signals byMap = SCHEMA.read(map).orElseThrow();
        Signals byRecord = SignalBinding.of(User.class, SCHEMA, MethodHandles.lookup())
                .signalsOf(new User(sessions, hours, false));
        SignalBatch columns = batch(new double[] {sessions}, new double[] {hours});
        Evidence evidence = MODEL.scorer().score(byMap).evidence();

        assertThat(evidence.signals(Rule.EXTRAPOLATED)).isEqualTo(extrapolated ? List.of("sessions") : List.of());
        assertThat(evidence.isComplete()).isEqualTo(!extrapolated);
        assertThat(evidence.observedShare()).isOne();
        assertThat(MODEL.scorer().score(byRecord).evidence()).isEqualTo(evidence);
        Score ofBatch = MODEL.scorer().score(columns).score(0).orElseThrow();
        assertThat(ofBatch.evidence()).isEqualTo(evidence);
        assertThat(ofBatch.probability()).isEqualTo(MODEL.scorer().score(byMap).probability());
    }

    @Test
    void whatTheSchemaReplacesKeepsItsOwnRule() {
        Evidence evidence = MODEL.scorer()
                .score(SCHEMA.read(Map.of("sessions", 41, "hours", 101, "weekend", true))
                        .orElseThrow())
                .evidence();
        Evidence missing = MODEL.scorer()
                .score(SCHEMA.read(Map.of("sessions", 4, "weekend", true)).orElseThrow())
                .evidence();

        assertThat(evidence.substitutions())
                .containsExactly(
                        new Substitution("sessions", Rule.EXTRAPOLATED, "41"),
                        new Substitution("hours", Rule.CLIPPED, "101"));
        assertThat(missing.signals(Rule.EXTRAPOLATED)).isEmpty();
    }

    @Test
    void minimumMayAskForNumbersWithinTraining() {
        ConversionModel strict = model(0, 40, MinimumEvidence.NONE.onlyWithinTraining());
        Score far = strict.scorer().score(user(900, 0));
        Score near = strict.scorer().score(user(3, 0));
        ScoredBatch batch = strict.scorer().score(batch(new double[] {3, 900}, new double[] {0, 0}));

        assertThat(near.hasSufficientEvidence()).isTrue();
        assertThat(far.hasSufficientEvidence()).isFalse();
        assertThat(far.evidence().shortfalls())
                .containsExactly("signal \"sessions\" lies beyond the training rows, which reach from 0.0 to 40.0");
        assertThat(batch.isSufficient(0)).isTrue();
        assertThat(batch.isSufficient(1)).isFalse();
    }

    @Test
    void explanationSaysIt() {
        Explanation explanation = MODEL.scorer().explain(user(900, 1), 3);

        Contribution strongest = explanation.contributions().get(0);
        assertThat(strongest.isExtrapolated()).isTrue();
        assertThat(strongest.value()).isEqualTo("900 sessions (beyond the training rows)");
        assertThat(explanation.contributions().get(1).isExtrapolated()).isFalse();
    }

    @Test
    void fileKeepsTheRangeAndOneWithoutItIsReadAsBefore() {
        ConversionModel strict = model(-3.5, 1e9, MinimumEvidence.of(0.5).onlyWithinTraining());

        ConversionModel read = ConversionModel.fromJson(strict.toJson());
        assertThat(read.toJson()).isEqualTo(strict.toJson()).contains("\"lowest\": -3.5", "\"within_training\": true");
        assertThat(read.minimumEvidence()).isEqualTo(strict.minimumEvidence());

        ConversionModel without = model(Double.NaN, Double.NaN, MinimumEvidence.NONE.onlyWithinTraining());
        assertThat(without.toJson()).containsOnlyOnce("\"lowest\"");
        assertThat(without.scorer().score(user(1e200, 0)).evidence()).isSameAs(Evidence.COMPLETE);
    }

    @ParameterizedTest
    @CsvSource({"NaN, 4", "3, NaN", "4, 3", "-Infinity, 2"})
    void halfARangeIsNone(double lowest, double highest) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> numbers(lowest, highest))
                .withMessage("distribution: its range is from " + lowest + " to " + highest
                        + ", not between two finite numbers that ascend");
    }

    private static SignalBatch batch(double[] sessions, double[] hours) {
        return SignalBatch.of(
                SCHEMA,
                Map.of(
                        "sessions",
                        SignalColumn.numbers(sessions),
                        "hours",
                        SignalColumn.numbers(hours),
                        "weekend",
                        SignalColumn.flags(new boolean[sessions.length])));
    }

    private static Signals user(double sessions, double hours) {
        return SCHEMA.read(Map.of("sessions", sessions, "hours", hours, "weekend", false))
                .orElseThrow();
    }

    private static SignalDistribution.Numbers numbers(double lowest, double highest) {
        return new SignalDistribution.Numbers(List.of(5.0), List.of(10L, 10L), 0, lowest, highest);
    }

    private static ConversionModel model(double lowest, double highest, MinimumEvidence minimum) {
        return ConversionModel.builder("trial", "1", SCHEMA)
                .shapes(Map.of(
                        "sessions",
                        new Shape.Linear(0.1, 10, 0),
                        "hours",
                        new Shape.Linear(0.02, 1, 0),
                        "weekend",
                        new Shape.Flag(0.5, 0)))
                .weights(Map.of("sessions", 1.0, "hours", 1.0, "weekend", 1.0))
                .minimumEvidence(minimum)
                .referenceDistribution(ReferenceDistribution.of(
                        Map.of(
                                "sessions",
                                numbers(lowest, highest),
                                "hours",
                                new SignalDistribution.Numbers(List.of(1.0), List.of(10L, 10L), 0, -2.5, 7),
                                "weekend",
                                new SignalDistribution.Flags(10, 10, 0)),
                        new SignalDistribution.Numbers(List.of(0.5), List.of(10L, 10L), 0)))
                .build();
    }
}
