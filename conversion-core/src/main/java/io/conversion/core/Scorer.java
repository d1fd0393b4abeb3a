package io.conversion.core;

import io.conversion.core.signals.Evidence;
import io.conversion.core.signals.SignalSchema;
import io.conversion.core.signals.Signals;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * Maps signals to a score. {@link ConversionModel#scorer()} is the library's own, which evaluates the shapes of an
 * artifact to the same bits on every JVM.
 *
 * <p>A team that has another model, such as a tree ensemble or one behind a network, implements the three methods without
 * a default, and gets policies, guardrails, records and monitoring over it:
 *
 * <pre>{@code
 * record TreeScorer(ModelReference model, SignalSchema schema, DecisionTree tree) implements Scorer {
 *     public Score score(Signals signals) {
 *         return Score.of(this, signals, tree.probability(signals.at(0), signals.at(1)));
 *     }
 * }
 * }</pre>
 *
 * <p>A scorer that wraps another one hands on its scores, and delegates what it does not want to lose: batches,
 * explanations, intervals, evidence. The model of its scores is its own {@link #model()}.
 *
 * <p>Implementations are pure as far as they can be, and safe to share between threads. What not every scorer can do
 * (explanations, intervals, smallest changes) is an answer that may be absent.
 */
public interface Scorer {

    /**
     * The model that this scorer evaluates. A policy asks for it by name, and by digest if it names one.
     *
     * @return its reference
     */
    ModelReference model();

    /**
     * The schema of the signals that this scorer takes.
     *
     * @return the schema
     */
    SignalSchema schema();

    /**
     * Scores one user.
     *
     * @param signals signals of this model's schema
     * @return the score; what a scorer throws reaches the caller, so one that has no answer gives a probability of NaN
     * @throws IllegalArgumentException if the signals are of another schema
     */
    Score score(Signals signals);

    /**
     * Scores many users, on the calling thread.
     *
     * @param batch signals of this model's schema
     * @return the scores by row; the rows that the schema refuses are refused
     * @throws IllegalArgumentException if the signals are of another schema
     */
    default ScoredBatch score(SignalBatch batch) {
        return score(batch, Runnable::run, 1);
    }

    /**
     * Scores many users on the calling thread and others at once. The scores do not depend on how many there are. Without
     * an implementation of its own, a scorer is asked row by row; {@link ScoredBatch#of} makes the answer of one that
     * computes many rows at once.
     *
     * @param batch signals of this model's schema
     * @param executor runs the other threads' work; if it does not come to that, the calling thread does it all
     * @param threads how many threads may work at once, the calling one included, at least 1
     * @return the scores by row; the rows that the schema refuses are refused
     * @throws IllegalArgumentException if the signals are of another schema, or {@code threads} is below 1
     * @throws IllegalStateException if a row failed; the cause is what it threw
     */
    default ScoredBatch score(SignalBatch batch, Executor executor, int threads) {
        requireSchema(this, batch.schema());
        return ScoredBatch.rowByRow(this, batch, executor, threads);
    }

    /**
     * Scores one user and says why, with every contribution.
     *
     * @param signals signals of this model's schema
     * @return the score with the contribution of each signal that is not hidden
     * @throws IllegalArgumentException if the signals are of another schema
     * @throws UnsupportedOperationException if the scorer explains nothing; see {@link #explanation}
     */
    default Explanation explain(Signals signals) {
        return explain(signals, schema().size());
    }

    /**
     * Scores one user and says why, with the strongest contributions only.
     *
     * @param signals signals of this model's schema
     * @param strongest how many contributions to list at most, at least 0
     * @return the score with its strongest contributions
     * @throws IllegalArgumentException if the signals are of another schema, or {@code strongest} is negative
     * @throws UnsupportedOperationException if the scorer explains nothing; see {@link #explanation}
     */
    default Explanation explain(Signals signals, int strongest) {
        return explanation(signals, strongest)
                .orElseThrow(() ->
                        new UnsupportedOperationException("the scorer of model " + model() + " explains no scores"));
    }

    /**
     * Scores one user and says why, if the scorer can.
     *
     * @param signals signals of this model's schema
     * @param strongest how many contributions to list at most, at least 0
     * @return the score with its strongest contributions; empty if the scorer explains nothing
     * @throws IllegalArgumentException if the signals are of another schema, or {@code strongest} is negative
     */
    default Optional<Explanation> explanation(Signals signals, int strongest) {
        return Optional.empty();
    }

    /**
     * How far the probability of all users with these signals may lie off for want of training rows.
     *
     * <p>Of a model of shapes it is the Wald interval {@code f +- z * sqrt(g' C g)} on the scale of raw log-odds, mapped
     * through the calibration and the base rate to probabilities. Here {@code f} is the raw log-odds, {@code C} the
     * covariance of the model's numbers, {@code g} the derivative of {@code f} with respect to each of them, and
     * {@code z} the standard normal quantile of {@code (1 + level) / 2}. It leaves out the uncertainty of the calibration
     * and that of the choice of shapes, and takes numbers that the covariance does not list to be known exactly. For a
     * fit with an L2 penalty the covariance is the inverse of the penalised Hessian, and the interval leaves out the bias
     * of the penalty. Deterministic to the bit.
     *
     * @param signals signals of this model's schema
     * @param level the confidence level, above 0 and below 1, such as 0.95
     * @return the interval, which contains the probability of the score; empty if the model has no covariance
     * @throws IllegalArgumentException if the signals are of another schema, or the level is out of range
     */
    default Optional<ProbabilityInterval> interval(Signals signals, double level) {
        return Optional.empty();
    }

    /**
     * Asks the model, for each actionable signal alone, which smallest change of it would bring the user's probability
     * to a target. It is the model's answer, not a causal effect: see {@link Change}.
     *
     * @param signals signals of this model's schema
     * @param targetProbability the probability to reach, above 0 and at most 1
     * @return an answer for each signal that is declared actionable, in the order of the schema; empty if the scorer
     *     cannot tell
     * @throws IllegalArgumentException if the signals are of another schema, or the target is out of range
     */
    default Optional<List<Change>> whatWouldChange(Signals signals, double targetProbability) {
        return Optional.empty();
    }

    /**
     * What a score of the signals rests on. Without an implementation of its own, a scorer has no minimum of evidence, and
     * all signals have the same weight.
     *
     * @param signals signals of this model's schema
     * @return the evidence
     */
    default Evidence evidence(Signals signals) {
        return Evidence.of(signals);
    }

    /**
     * Tells whether the evidence of a user suffices: {@link Evidence#isSufficient} for whoever asks for nothing else.
     *
     * @param signals the signals, of the scorer's schema
     * @return whether there is no shortfall
     */
    default boolean hasSufficientEvidence(Signals signals) {
        return evidence(signals).isSufficient();
    }

    /**
     * The log-odds of a score before calibration.
     *
     * @param score a score of this scorer
     * @return the raw log-odds; those of the score where the scorer knows no others
     */
    default double rawLogOdds(Score score) {
        return score.logOdds();
    }

    /**
     * Refuses signals that a scorer does not take.
     *
     * @param scorer the scorer
     * @param given the schema of the signals
     * @throws IllegalArgumentException if it is not the scorer's; the message names both
     */
    static void requireSchema(Scorer scorer, SignalSchema given) {
        SignalSchema schema = scorer.schema();
        if (!schema.equals(given)) {
            throw new IllegalArgumentException("signals of schema " + given + " (" + given.digest()
                    + ") cannot be scored by model " + scorer.model() + ", which has schema " + schema + " ("
                    + schema.digest() + ")");
        }
    }
}
