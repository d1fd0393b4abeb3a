package io.conversion.core;

import io.conversion.core.signals.Evidence;
import io.conversion.core.signals.Signals;
import java.util.Optional;

/**
 * What a model says of one user: the calibrated probability of conversion, the log-odds behind it, the signals it was
 * computed from and what it rests on. Made by {@link Scorer#score(Signals)}; immutable and safe to share between
 * threads.
 */
public final class Score {

    private final Scorer scorer;
    private final Signals signals;
    private final double logOdds;
    private final double probability;

    Score(Scorer scorer, Signals signals, double logOdds, double probability) {
        this.scorer = scorer;
        this.signals = signals;
        this.logOdds = logOdds;
        this.probability = probability;
    }

    /**
     * The calibrated probability of conversion, {@code 1 / (1 + exp(-logOdds))}, computed in plain arithmetic.
     *
     * @return a number from 0 to 1; NaN only if a signal is so large that its shape overflowed
     */
    public double probability() {
        return probability;
    }

    /**
     * The calibrated log-odds, the natural logarithm of {@code p / (1 - p)}; for a model with a declared base rate, with
     * the shift to it.
     *
     * @return the log-odds
     */
    public double logOdds() {
        return logOdds;
    }

    /**
     * The log-odds before calibration: the intercept plus the sum of the shapes, computed anew.
     *
     * @return the raw log-odds; equal to {@link #logOdds()} for a model without calibration and declared base rate
     */
    public double rawLogOdds() {
        return scorer.rawLogOdds(signals, logOdds);
    }

    /**
     * The model that computed the score.
     *
     * @return its reference
     */
    public ModelReference model() {
        return scorer.model();
    }

    /**
     * The signals that the score was computed from.
     *
     * @return the signals
     */
    public Signals signals() {
        return signals;
    }

    /**
     * What the score rests on: which signals were scored by a rule because they were missing, out of range, unseen or
     * not estimated.
     *
     * @return the evidence
     */
    public Evidence evidence() {
        return scorer.evidence(signals);
    }

    /**
     * The Wald interval of the probability; see {@link Scorer#interval(Signals, double)} for what it leaves out.
     *
     * @param level the confidence level, above 0 and below 1, such as 0.95
     * @return the interval, which contains the probability; empty if the model has no covariance
     * @throws IllegalArgumentException if the level is out of range
     */
    public Optional<ProbabilityInterval> interval(double level) {
        return scorer.interval(signals, level);
    }

    /** The probability, the model and the evidence; no value of a signal. */
    @Override
    public String toString() {
        return "probability " + probability + " by model " + model()
                + (evidence().isComplete()
                        ? ""
                        : ", with rules applied to "
                                + evidence().substitutions().size() + " signals");
    }
}
