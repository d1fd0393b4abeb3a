package io.conversion.policy.testkit;

import io.conversion.core.ConversionModel;
import io.conversion.core.MinimumEvidence;
import io.conversion.core.Score;
import io.conversion.core.Scorer;
import io.conversion.core.shapes.Covariance;
import io.conversion.core.shapes.ShapeNumber;
import io.conversion.core.signals.SignalSchema;
import io.conversion.policy.Policy;
import io.conversion.policy.PolicyEngine;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Scores with chosen probabilities, for tests of a policy without its model. They are made by a model in memory and its
 * {@link Scorer}, as in production: the log-odds are the value of one signal, and the logistic function gives the
 * probability.
 *
 * <p>A probability can be chosen exactly if the logistic function gives it for a double. That is so for every double from
 * 0.5 to 0.7, for half of them near 1, for four of five at 0.2, and for a quarter at 0.001.
 * {@link #score(double)} takes the nearest one; {@link #atLeast(double)} and {@link #below(double)} are the two sides of
 * a threshold, whatever it is.
 *
 * <p>The model has the signals of the guardrails of its policy, too, which add nothing to the log-odds, and a flag that
 * stands for all evidence: where it is missing, the evidence is insufficient. The signals of guardrails have one weight
 * each, so that the observed share is that of the given ones. Intervals have a standard error of 0.1 in log-odds.
 *
 * <p>Pure and safe to share between threads.
 */
public final class ChosenScores {

    private static final double STANDARD_ERROR = 0.1;

    private final PolicyEngine engine;
    private final GuardrailSignals signals;
    private final ConversionModel model;

    private ChosenScores(Policy policy) {
        this.engine = PolicyEngine.of(CopyOfPolicy.ofAnyDigest(policy));
        this.signals = GuardrailSignals.of(policy);
        SignalSchema schema = signals.schema();
        double variance = STANDARD_ERROR * STANDARD_ERROR;
        this.model = ConversionModel.builder(policy.model().name(), "chosen", schema)
                .shapes(signals.shapes())
                .weights(signals.weights())
                .covariance(Covariance.of(List.of(ShapeNumber.INTERCEPT), new double[][] {{variance}}))
                .minimumEvidence(MinimumEvidence.of(0, signals.evidence()))
                .build();
    }

    /**
     * Makes scores for a policy.
     *
     * @param policy the policy
     * @return scores of a model that has the name and the signals that the policy asks for
     * @throws IllegalArgumentException if two guardrails take one signal for different kinds of signals
     */
    public static ChosenScores of(Policy policy) {
        return new ChosenScores(policy);
    }

    /**
     * The engine to decide on these scores by.
     *
     * @return the engine of the policy. If the policy asks for the digest of a model, it is that of a copy that does not,
     *     since the model of these scores has another one
     */
    public PolicyEngine engine() {
        return engine;
    }

    /**
     * The model of the scores.
     *
     * @return a model made for the policy
     */
    public ConversionModel model() {
        return model;
    }

    /**
     * The signals that the guardrails are about.
     *
     * @return their names, in the order of the policy
     */
    public List<String> guardrailSignals() {
        return signals.names();
    }

    /**
     * The name of the flag that stands for all evidence. It is given unless a caller says that it is missing.
     *
     * @return the name, {@code evidence} unless a guardrail is about a signal of that name
     */
    public String evidenceSignal() {
        return signals.evidence();
    }

    /**
     * A score with the probability that is nearest to a chosen one; of two that are equally near, the lower one.
     *
     * @param probability the probability, from 0 to 1
     * @return the score; the signals of guardrails are missing
     * @throws IllegalArgumentException if the number is no probability
     */
    public Score score(double probability) {
        return score(probability, Map.of());
    }

    /**
     * A score with the probability that is nearest to a chosen one, and with chosen signals.
     *
     * @param probability the probability, from 0 to 1
     * @param values the signals of guardrails by name, as a request brings them; those that are not given are missing.
     *     {@code null} for the {@linkplain #evidenceSignal() evidence} makes it missing, too
     * @return the score
     * @throws IllegalArgumentException if the number is no probability
     * @throws io.conversion.core.signals.InvalidSignalsException if the values are not of the signals' kinds
     */
    public Score score(double probability, Map<String, ?> values) {
        double above = logOddsOfAtLeast(probability);
        double under = Math.nextDown(above);
        boolean upper = probabilityOf(above) - probability < probability - probabilityOf(under);
        return ofLogOdds(upper ? above : under, values);
    }

    /**
     * The score of the lowest probability that is not below a threshold.
     *
     * @param threshold the threshold, from 0 to 1
     * @return the score; its probability is the threshold itself where it can be chosen exactly
     * @throws IllegalArgumentException if the threshold is no probability
     */
    public Score atLeast(double threshold) {
        return ofLogOdds(logOddsOfAtLeast(threshold), Map.of());
    }

    /**
     * The score of the highest probability that is below a threshold.
     *
     * @param threshold the threshold, above 0 and up to 1
     * @return the score
     * @throws IllegalArgumentException if the threshold is 0 or no probability
     */
    public Score below(double threshold) {
        if (threshold == 0) {
            throw new IllegalArgumentException("no probability is below 0");
        }
        return ofLogOdds(Math.nextDown(logOddsOfAtLeast(threshold)), Map.of());
    }

    /**
     * A score of chosen log-odds.
     *
     * @param logOdds the log-odds, finite
     * @param values the signals of guardrails by name; those that are not given are missing
     * @return the score, whose log-odds are exactly the chosen ones
     * @throws io.conversion.core.signals.InvalidSignalsException if the log-odds are not finite, or the values are not of the
     *     signals' kinds
     */
    public Score ofLogOdds(double logOdds, Map<String, ?> values) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put(signals.evidence(), true);
        all.putAll(values);
        return scored(logOdds, all);
    }

    /** The same with the evidence missing unless it is among the values. */
    Score scored(double logOdds, Map<String, ?> values) {
        Map<String, Object> all = new LinkedHashMap<>(values);
        all.put(signals.logOdds(), logOdds);
        return model.scorer().score(model.schema().read(all).orElseThrow());
    }

    private double probabilityOf(double logOdds) {
        return ofLogOdds(logOdds, Map.of()).probability();
    }

    /** The lowest log-odds whose probability is not below a threshold; found by bisection, since it never falls. */
    private double logOddsOfAtLeast(double threshold) {
        if (!(threshold >= 0 && threshold <= 1)) {
            throw new IllegalArgumentException(threshold + " is no probability; a number from 0 to 1 is allowed");
        }
        long below = place(-800.0);
        long above = place(800.0);
        while (below + 1 < above) {
            // The mean of both, rounded down, without their sum, which may be too large.
            long middle = (below & above) + ((below ^ above) >> 1);
            if (probabilityOf(at(middle)) >= threshold) {
                above = middle;
            } else {
                below = middle;
            }
        }
        return at(above);
    }

    /** Numbers all doubles in their order, 0 and -0.0 with two numbers. */
    private static long place(double number) {
        long bits = Double.doubleToRawLongBits(number);
        return bits >= 0 ? bits : Long.MIN_VALUE - bits - 1;
    }

    private static double at(long place) {
        return Double.longBitsToDouble(place >= 0 ? place : Long.MIN_VALUE - place - 1);
    }
}
