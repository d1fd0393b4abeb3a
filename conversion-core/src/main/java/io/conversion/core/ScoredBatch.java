package io.conversion.core;

import io.conversion.core.signals.SignalReading;
import io.conversion.core.signals.Signals;
import io.conversion.core.signals.Violation;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a model says of the users of a batch, in columns. Row by row the same bits, the same evidence and the same
 * refusals as {@link Scorer#score(Signals)} gives for the same signals. Immutable and safe to share between threads.
 */
public final class ScoredBatch {

    private final Scorer scorer;
    private final SignalBatch batch;

    // The same array for a model without calibration.
    private final double[] raw;
    private final double[] logOdds;
    private final double[] probabilities;

    // Of a scorer that was asked row by row.
    private final @Nullable Score @Nullable [] scores;
    private final Shortfall shortfall;

    ScoredBatch(
            Scorer scorer,
            SignalBatch batch,
            double[] raw,
            double[] logOdds,
            double[] probabilities,
            Shortfall shortfall) {
        this.scorer = scorer;
        this.batch = batch;
        this.raw = raw;
        this.logOdds = logOdds;
        this.probabilities = probabilities;
        this.scores = null;
        this.shortfall = shortfall;
    }

    private ScoredBatch(Scorer scorer, SignalBatch batch, @Nullable Score[] scores) {
        this.scorer = scorer;
        this.batch = batch;
        this.raw = column(scores, Score::rawLogOdds);
        this.logOdds = column(scores, Score::logOdds);
        this.probabilities = column(scores, Score::probability);
        this.scores = scores;
        this.shortfall = clean -> true;
    }

    private static double[] column(@Nullable Score[] scores, ToDoubleFunction<Score> of) {
        return Arrays.stream(scores)
                .mapToDouble(score -> score == null ? Double.NaN : of.applyAsDouble(score))
                .toArray();
    }

    /** Whether a score may be insufficient, given whether its signals were all accepted as they were given. */
    @FunctionalInterface
    interface Shortfall {
        boolean isPossible(boolean clean);
    }

    /**
     * The batch of a scorer that is not the library's own and computes many rows at once.
     *
     * @param scorer the scorer
     * @param batch the signals, of the scorer's schema
     * @param probabilities the probability by row, 0 to 1; NaN where the scorer has none; of refused rows they are not looked
     *     at
     * @return the scores by row, each as {@link Score#of} makes it
     * @throws IllegalArgumentException if the signals are of another schema, there is not one probability for each row, or
     *     one is below 0 or above 1
     */
    public static ScoredBatch of(Scorer scorer, SignalBatch batch, double... probabilities) {
        Scorer.requireSchema(scorer, batch.schema());
        if (probabilities.length != batch.rows()) {
            throw new IllegalArgumentException(
                    "there are " + probabilities.length + " probabilities for " + batch.rows() + " rows");
        }
        @Nullable Score[] scores = new Score[probabilities.length];
        for (int row = 0; row < scores.length; row++) {
            if (batch.reading(row) instanceof SignalReading.Accepted accepted) {
                scores[row] = Score.of(scorer, accepted.signals(), probabilities[row]);
            }
        }
        return new ScoredBatch(scorer, batch, scores);
    }

    /** Asks a scorer for each row that the schema accepts. */
    static ScoredBatch rowByRow(Scorer scorer, SignalBatch batch, Executor executor, int threads) {
        @Nullable Score[] scores = new Score[batch.rows()];
        RowRanges.forEach(
                batch.rows(),
                RowRanges.SLOW_ROWS,
                (from, to) -> {
                    for (int row = from; row < to; row++) {
                        if (batch.reading(row) instanceof SignalReading.Accepted accepted) {
                            scores[row] = scorer.score(accepted.signals());
                        }
                    }
                },
                executor,
                threads);
        return new ScoredBatch(scorer, batch, scores);
    }

    /**
     * The number of rows, refused ones included.
     *
     * @return the number of rows
     */
    public int rows() {
        return batch.rows();
    }

    /**
     * The model that computed the scores.
     *
     * @return its reference
     */
    public ModelReference model() {
        return scorer.model();
    }

    /**
     * The signals that were scored.
     *
     * @return the batch
     */
    public SignalBatch batch() {
        return batch;
    }

    /**
     * The calibrated probability of conversion of one row.
     *
     * @param row the row, from 0
     * @return a number from 0 to 1; NaN for a refused row; says nothing where {@link #isDefined} is false
     * @throws IndexOutOfBoundsException if there is no such row
     */
    public double probability(int row) {
        return probabilities[row];
    }

    /**
     * The calibrated log-odds of one row.
     *
     * @param row the row, from 0
     * @return the log-odds; NaN for a refused row
     * @throws IndexOutOfBoundsException if there is no such row
     */
    public double logOdds(int row) {
        return logOdds[row];
    }

    /**
     * The log-odds of one row before calibration.
     *
     * @param row the row, from 0
     * @return the raw log-odds; NaN for a refused row
     * @throws IndexOutOfBoundsException if there is no such row
     */
    public double rawLogOdds(int row) {
        return raw[row];
    }

    /**
     * Tells whether there is a probability to decide on in one row.
     *
     * @param row the row, from 0
     * @return false for a refused row, and where {@link Score#isDefined()} is false
     * @throws IndexOutOfBoundsException if there is no such row
     */
    public boolean isDefined(int row) {
        Score score = scores == null ? null : scores[row];
        return score == null ? Double.isFinite(logOdds[row]) : score.isDefined();
    }

    /**
     * All probabilities.
     *
     * @return a fresh array, by row; NaN for refused rows
     */
    public double[] probabilities() {
        return probabilities.clone();
    }

    /**
     * All calibrated log-odds.
     *
     * @return a fresh array, by row; NaN for refused rows
     */
    public double[] logOdds() {
        return logOdds.clone();
    }

    /**
     * Everything that is wrong with one row.
     *
     * @param row the row, from 0
     * @return the violations of the schema; none for a row that was scored
     * @throws IndexOutOfBoundsException if there is no such row
     */
    public List<Violation> violations(int row) {
        return batch.isRefused(row) && batch.reading(row) instanceof SignalReading.Refused refused
                ? refused.violations()
                : List.of();
    }

    /**
     * Why one row has no probability.
     *
     * @param row the row, from 0
     * @return the violations of the schema, or that a shape overflowed; empty for a row with a probability
     * @throws IndexOutOfBoundsException if there is no such row
     */
    public Optional<String> problem(int row) {
        List<Violation> violations = violations(row);
        if (!violations.isEmpty()) {
            return Optional.of(violations.stream().map(Violation::message).collect(Collectors.joining("; ")));
        }
        return !isDefined(row)
                ? Optional.of("the score has log-odds " + logOdds[row] + " and no probability")
                : Optional.empty();
    }

    /**
     * The score of one row, with its signals and evidence.
     *
     * @param row the row, from 0
     * @return the score; empty for a refused row
     * @throws IndexOutOfBoundsException if there is no such row
     */
    public Optional<Score> score(int row) {
        if (scores != null) {
            return Optional.ofNullable(scores[row]);
        }
        return batch.reading(row) instanceof SignalReading.Accepted accepted
                ? Optional.of(new Score(scorer, accepted.signals(), logOdds[row], probabilities[row]))
                : Optional.empty();
    }

    /**
     * Whether the evidence of one row reaches the model's {@link MinimumEvidence}.
     *
     * @param row the row, from 0
     * @return whether it suffices; false for a refused row
     * @throws IndexOutOfBoundsException if there is no such row
     */
    public boolean isSufficient(int row) {
        if (batch.isRefused(row)) {
            return false;
        }
        return !shortfall.isPossible(batch.isClean(row))
                || score(row).orElseThrow().evidence().isSufficient();
    }
}
