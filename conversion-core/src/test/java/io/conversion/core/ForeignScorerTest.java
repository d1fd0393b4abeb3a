package io.conversion.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.conversion.core.signals.Evidence.Rule;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalSchema;
import io.conversion.core.signals.Signals;
import io.conversion.core.signals.WhenMissing;
import io.conversion.core.signals.WhenUnseen;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ForeignScorerTest {

    private static final SignalSchema SCHEMA = SignalSchema.of(
            "trial-signals",
            "1",
            Signal.numeric("sessions").whenMissing(WhenMissing.IMPUTE),
            Signal.categorical("tier", "one", "two").whenUnseen(WhenUnseen.average()));
    private static final ModelReference MODEL = new ModelReference("boosting", "7", "sha256:abc");

    /** What a team would write for a model of its own: the three methods that have no default. */
    private record Stump(ModelReference model, SignalSchema schema) implements Scorer {

        @Override
        public Score score(Signals signals) {
            return Score.of(this, signals, signals.at(0) > 3 ? 0.8 : 0.2);
        }
    }

    private static final Scorer STUMP = new Stump(MODEL, SCHEMA);

    @Test
    void scoreHoldsTheProbabilityAsItWasGivenAndIsMarked() {
        Signals signals = SCHEMA.signals().set("sessions", 9).set("tier", "one").build();

        Score score = STUMP.score(signals);

        assertThat(score.probability()).isEqualTo(0.8);
        assertThat(score.logOdds()).isCloseTo(Math.log(4), within(1e-15));
        assertThat(score.rawLogOdds()).isEqualTo(score.logOdds());
        assertThat(score.model()).isEqualTo(MODEL);
        assertThat(score.isForeign()).isTrue();
        assertThat(Fixtures.MODEL.scorer().score(Fixtures.MODEL.referenceUser()).isForeign())
                .isFalse();
    }

    @Test
    void evidenceWeighsAllSignalsAlike() {
        Score score = STUMP.score(SCHEMA.signals().set("tier", "three").build());

        assertThat(score.evidence().signals(Rule.MISSING)).containsExactly("sessions");
        assertThat(score.evidence().signals(Rule.UNSEEN)).containsExactly("tier");
        assertThat(score.evidence().observedShare()).isZero();
        assertThat(score.evidence().isSufficient()).isTrue();
    }

    @Test
    void whatTheScorerCannotDoIsAnAbsentAnswer() {
        Signals signals = SCHEMA.signals().set("sessions", 9).set("tier", "one").build();

        assertThat(STUMP.explanation(signals, 3)).isEmpty();
        assertThat(STUMP.interval(signals, 0.95)).isEmpty();
        assertThat(STUMP.score(signals).interval(0.95)).isEmpty();
        assertThat(STUMP.whatWouldChange(signals, 0.9)).isEmpty();
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> STUMP.explain(signals))
                .withMessage("the scorer of model \"boosting\" 7 (sha256:abc) explains no scores");
    }

    @Test
    void batchIsItsRowsOnAnyNumberOfThreads() {
        double[] sessions = IntStream.range(0, 40_000).mapToDouble(i -> i % 7).toArray();
        SignalBatch batch = SignalBatch.of(
                SCHEMA,
                java.util.Map.of(
                        "sessions",
                        SignalColumn.numbers(sessions),
                        "tier",
                        SignalColumn.levels(IntStream.range(0, sessions.length)
                                .mapToObj(i -> i % 5 == 0 ? null : "one")
                                .toArray(String[]::new))));

        ScoredBatch alone = STUMP.score(batch);
        ScoredBatch together = STUMP.score(batch, ForkJoinPool.commonPool(), 4);

        for (int row = 0; row < batch.rows(); row++) {
            if (row % 5 == 0) {
                assertThat(alone.score(row)).isEmpty();
                assertThat(alone.probability(row)).isNaN();
                assertThat(alone.problem(row)).isPresent();
            } else {
                assertThat(alone.score(row).orElseThrow().isForeign()).isTrue();
                assertThat(alone.probability(row)).isEqualTo(row % 7 > 3 ? 0.8 : 0.2);
                assertThat(alone.isSufficient(row)).isTrue();
            }
        }
        assertThat(together.probabilities()).isEqualTo(alone.probabilities());
    }

    @Test
    void scorerThatComputesManyRowsAtOnceHandsThemOver() {
        SignalBatch batch = SignalBatch.of(
                SCHEMA,
                java.util.Map.of(
                        "sessions", SignalColumn.numbers(1, 2, 3), "tier", SignalColumn.levels("one", null, "two")));

        ScoredBatch scored = ScoredBatch.of(STUMP, batch, 0.25, 7, Double.NaN);

        assertThat(scored.score(0).orElseThrow().probability()).isEqualTo(0.25);
        assertThat(scored.score(1)).isEmpty();
        assertThat(scored.isDefined(2)).isFalse();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ScoredBatch.of(STUMP, batch, 0.25))
                .withMessage("there are 1 probabilities for 3 rows");
        assertThatIllegalArgumentException().isThrownBy(() -> ScoredBatch.of(STUMP, batch, 2, 0, 0));
    }

    @Test
    void probabilityThatIsNoneIsRefusedAndNaNStandsForNoAnswer() {
        Signals signals = SCHEMA.signals().set("sessions", 9).set("tier", "one").build();

        assertThat(Score.of(STUMP, signals, Double.NaN).probability()).isNaN();
        for (double wrong : List.of(-0.1, 1.0000001, Double.POSITIVE_INFINITY)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Score.of(STUMP, signals, wrong))
                    .withMessage("model \"boosting\" 7 (sha256:abc) gave the probability " + wrong
                            + "; it must be a number from 0 to 1, or NaN where there is none");
        }
    }

    @Test
    void signalsOfAnotherSchemaAreRefused() {
        SignalSchema other = SignalSchema.of("other", "1", Signal.flag("x"));
        Signals signals = other.signals().set("x", true).build();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> STUMP.score(signals))
                .withMessageContaining("signals of schema \"other\" 1", "which has schema \"trial-signals\" 1");
    }

    @Test
    void scorerMayBringContributionsOfItsOwn() {
        Signals user = SCHEMA.signals().set("sessions", 9).set("tier", "one").build();
        Signals reference =
                SCHEMA.signals().set("sessions", 1).set("tier", "one").build();

        Contribution contribution = Contribution.of(user, reference, 0, 1.5);

        assertThat(contribution).hasToString("sessions 1.5 (9, reference 1)");
    }
}
