package io.conversion.core;

import io.conversion.core.signals.Evidence;
import io.conversion.core.signals.Signals;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
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
    private final boolean foreign;

    Score(Scorer scorer, Signals signals, double logOdds, double probability) {
        this(scorer, signals, logOdds, probability, false);
    }

    private Score(Scorer scorer, Signals signals, double logOdds, double probability, boolean foreign) {
        this.scorer = scorer;
        this.signals = signals;
        this.logOdds = logOdds;
        this.probability = probability;
        this.foreign = foreign;
    }

    /**
     * The score of a scorer that is not the library's own. It is marked as {@link #isForeign() foreign}, since nobody else
     * can compute its probability again.
     *
     * @param scorer the scorer
     * @param signals the signals that the score was computed from, of the scorer's schema
     * @param probability the probability of conversion, 0 to 1; NaN where the scorer has none, such as one behind a
     *     network that did not answer in time, which is decided as a fallback
     * @return the score
     * @throws IllegalArgumentException if the signals are of another schema, or the probability is below 0 or above 1
     */
    public static Score of(Scorer scorer, Signals signals, double probability) {
        Scorer.requireSchema(scorer, signals.schema());
        if (probability < 0 || probability > 1) {
            throw new IllegalArgumentException("model " + scorer.model() + " gave the probability " + probability
                    + "; it must be a number from 0 to 1, or NaN where there is none");
        }
        double logOdds = StrictMath.log(probability) - StrictMath.log1p(-probability);
        return new Score(scorer, signals, logOdds, probability, true);
    }

    /**
     * Tells whether the score is of a scorer that is not the library's own, so that its probability cannot be computed
     * again from an artifact.
     *
     * @return whether it is foreign
     */
    public boolean isForeign() {
        return foreign;
    }

    /**
     * Tells whether there is a probability to decide on.
     *
     * @return false if a signal is so large that its shape overflowed, or a foreign scorer had no probability
     */
    public boolean isDefined() {
        return Double.isFinite(logOdds) || (foreign && !Double.isNaN(probability));
    }

    /**
     * The calibrated probability of conversion, {@code 1 / (1 + exp(-logOdds))}, computed in plain arithmetic; of a foreign score
     * as the scorer gave it.
     *
     * @return a number from 0 to 1; it says nothing where {@link #isDefined()} is false
     */
    public double probability() {
        return probability;
    }

    /**
     * The calibrated log-odds, the natural logarithm of {@code p / (1 - p)}; for a model with a declared base rate, with
     * the shift to it.
     *
     * @return the log-odds; infinite for a foreign probability of 0 or 1
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
        return scorer.rawLogOdds(this);
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
     * not estimated, and which ones are beyond all training rows.
     *
     * @return the evidence
     */
    public Evidence evidence() {
        return scorer.evidence(signals);
    }

    /**
     * Tells whether the evidence reaches the model's {@link MinimumEvidence}: {@link Evidence#isSufficient} for whoever asks
     * for nothing else, such as an engine that decides on every request.
     *
     * @return whether there is no shortfall; true for a model without a minimum
     */
    public boolean hasSufficientEvidence() {
        return scorer.hasSufficientEvidence(signals);
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

    /**
     * The score as plain values, for any JSON mapper: {@code probability}, {@code log_odds} and {@code raw_log_odds}, each
     * left out where it is not finite, {@code foreign}, {@code evidence} and {@code model}. No value of a signal, except
     * where a rule replaced it.
     *
     * @return an unmodifiable map of numbers, texts, truth values, lists and maps, with its keys in that order
     */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        if (isDefined()) {
            map.put("probability", probability);
            putFinite(map, "log_odds", logOdds);
            putFinite(map, "raw_log_odds", rawLogOdds());
        }
        map.put("foreign", foreign);
        map.put("evidence", evidence().toMap());
        map.put("model", model().toMap());
        return Collections.unmodifiableMap(map);
    }

    /** A number that JSON has; nothing for any other. */
    static void putFinite(Map<String, Object> map, String name, double number) {
        if (Double.isFinite(number)) {
            map.put(name, number);
        }
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
