package io.conversion.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.conversion.core.shapes.Shape;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalReading;
import io.conversion.core.signals.SignalSchema;
import io.conversion.core.signals.WhenMissing;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchThreadsTest {

    /** More than three ranges of 16 * 1024 rows, the last one shorter. */
    private static final int ROWS = 50_000;

    private static final SignalSchema SCHEMA = SignalSchema.of(
            "numbers",
            "1",
            Signal.numeric("hours").range(0, 100).whenMissing(WhenMissing.IMPUTE),
            Signal.numeric("sessions"),
            Signal.flag("weekend"));

    private static final Scorer SCORER = ConversionModel.of(
                    "numbers",
                    "1",
                    SCHEMA,
                    -1.5,
                    Map.of(
                            "hours", new Shape.Linear(0.03, 41.7, 0.2),
                            "sessions", new Shape.Linear(-0.4, 0.3, 0),
                            "weekend", new Shape.Flag(0.7, 0)))
            .scorer();

    /** Every 1000th row is missing its hours, and the one after it is out of range. */
    private static final SignalBatch BATCH = SignalBatch.of(
            SCHEMA,
            Map.of(
                    "hours",
                    SignalColumn.orMissing(IntStream.range(0, ROWS)
                            .mapToDouble(row -> row % 1000 == 0 ? Double.NaN : row % 1000 == 1 ? -1 : row * 0.0019)
                            .toArray()),
                    "sessions",
                    SignalColumn.numbers(
                            IntStream.range(0, ROWS).map(row -> row % 17).toArray()),
                    "weekend",
                    SignalColumn.flags(new boolean[ROWS])));

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 100})
    void rowsOfSeveralRangesAreEachScoredAsAlone(int threads) {
        ExecutorService executor = Executors.newFixedThreadPool(3);
        try {
            ScoredBatch scored = SCORER.score(BATCH, executor, threads);

            assertScored(scored);
        } finally {
            executor.shutdownNow();
        }
    }

    @Test
    void executorThatNeverRunsAnythingLeavesTheWorkToTheCaller() {
        AtomicInteger asked = new AtomicInteger();

        ScoredBatch scored = SCORER.score(BATCH, work -> asked.incrementAndGet(), 3);

        assertScored(scored);
        assertThat(asked).hasValue(2);
    }

    @Test
    void executorThatRunsOnTheCallersOwnThreadIsGoodEnough() {
        assertScored(SCORER.score(BATCH, Runnable::run, 4));
    }

    @Test
    void executorThatRejectsLeavesTheWorkToTheCaller() {
        ExecutorService closed = Executors.newFixedThreadPool(1);
        closed.shutdown();

        ScoredBatch scored = SCORER.score(BATCH, closed, 3);

        assertScored(scored);
    }

    @Test
    void executorThatRejectsLaterLeavesTheRestToTheOthers() {
        AtomicInteger asked = new AtomicInteger();
        Executor full = work -> {
            if (asked.getAndIncrement() > 0) {
                throw new RejectedExecutionException("full");
            }
            work.run();
        };

        assertScored(SCORER.score(BATCH, full, 4));
    }

    @Test
    void workThatIsRunTooLateDoesNothing() {
        AtomicInteger late = new AtomicInteger();
        Runnable[] kept = new Runnable[2];
        ScoredBatch scored = SCORER.score(BATCH, work -> kept[late.getAndIncrement()] = work, 3);
        double[] before = scored.logOdds();

        for (Runnable work : kept) {
            work.run();
        }

        assertThat(scored.logOdds()).containsExactly(before);
    }

    @Test
    void interruptOfTheCallerIsKeptAndTheResultIsComplete() {
        Thread.currentThread().interrupt();

        ScoredBatch scored = SCORER.score(BATCH, Runnable::run, 2);

        assertThat(Thread.interrupted()).isTrue();
        assertScored(scored);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1})
    void thereIsAtLeastOneThread(int threads) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SCORER.score(BATCH, Runnable::run, threads))
                .withMessage("the number of threads is " + threads + "; at least 1 is allowed");
    }

    @Test
    void failureOfOneRangeIsThrownWhenTheOthersAreDone() {
        AtomicInteger done = new AtomicInteger();
        IllegalStateException failure = new IllegalStateException("no range");
        RowRanges.Work work = (from, to) -> {
            if (from == 0) {
                throw failure;
            }
            done.addAndGet(to - from);
        };

        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> RowRanges.forEach(ROWS, RowRanges.QUICK_ROWS, work, Runnable::run, 1))
                .withMessage("a batch could not be scored")
                .withCause(failure);
        assertThat(done).hasValue(ROWS - 16 * 1024);
    }

    private static void assertScored(ScoredBatch scored) {
        assertThat(scored.batch().refusedRows()).isEqualTo(50);
        for (int row = 0; row < ROWS; row += row % 1000 < 5 || ROWS - row < 10 ? 1 : 97) {
            if (BATCH.reading(row) instanceof SignalReading.Accepted accepted) {
                Score alone = SCORER.score(accepted.signals());
                assertThat(scored.logOdds(row)).as("row %s", row).isEqualTo(alone.logOdds());
                assertThat(scored.probability(row)).isEqualTo(alone.probability());
            } else {
                assertThat(scored.logOdds(row)).as("row %s", row).isNaN();
                assertThat(scored.problem(row)).contains("signal \"hours\": -1 is out of range, allowed is 0 to 100");
            }
        }
    }
}
