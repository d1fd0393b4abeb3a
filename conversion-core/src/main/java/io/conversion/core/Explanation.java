package io.conversion.core;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Why a score is what it is: what each signal contributes to the calibrated log-odds, against the model's reference user.
 *
 * <p>The contributions are exact, not estimated: with the rest they add up to the difference between the user's
 * calibrated log-odds and the reference user's, to within rounding; so do the raw ones to the difference of the raw
 * log-odds. They explain the model, not the user: a contribution is no causal effect. Immutable and safe to share between threads.
 *
 * @param score the score that is explained
 * @param reference the score of the reference user: the median of each numeric signal and the most frequent level of
 *     each other one over the training rows. Its probability is in general not the base rate
 * @param baseRate the declared base rate of the model, otherwise the share of the training rows that converted, 0 to 1;
 *     empty for a model that was made by hand without one
 * @param contributions the contributions, strongest first and equal ones in the order of the schema; without signals
 *     that are declared hidden, and without the ones that were not asked for
 * @param rest the sum of the contributions that are not listed, in calibrated log-odds
 * @param rawRest the same in raw log-odds
 */
public record Explanation(
        Score score,
        Score reference,
        OptionalDouble baseRate,
        List<Contribution> contributions,
        double rest,
        double rawRest) {

    /** Copies the list. {@inheritDoc} */
    public Explanation {
        contributions = List.copyOf(contributions);
    }

    /**
     * An explanation of scores that are not calibrated: the raw rest is the same.
     *
     * @param score the score that is explained
     * @param reference the score of the reference user
     * @param baseRate the declared base rate, or the share of the training rows that converted; may be empty
     * @param contributions the contributions
     * @param rest the sum of the contributions that are not listed
     */
    public Explanation(
            Score score, Score reference, OptionalDouble baseRate, List<Contribution> contributions, double rest) {
        this(score, reference, baseRate, contributions, rest, rest);
    }

    /**
     * What the raw contributions and the raw rest add up to, to within rounding.
     *
     * @return the raw log-odds of the user less those of the reference user
     */
    public double rawDifference() {
        return score.rawLogOdds() - reference.rawLogOdds();
    }

    /**
     * What the contributions and the rest add up to, to within rounding.
     *
     * @return the calibrated log-odds of the user less those of the reference user
     */
    public double difference() {
        return score.logOdds() - reference.logOdds();
    }

    /**
     * The explanation as plain values, for any JSON mapper: {@code log_odds} of the user, {@code reference_log_odds} and
     * {@code base_rate}, each left out where there is none, {@code contributions} with {@code signal}, {@code log_odds},
     * {@code direction} in lower case, {@code value}, {@code reference} and {@code reason}, and {@code rest}.
     *
     * @return an unmodifiable map of numbers, texts, lists and maps, with its keys in that order
     */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        Score.putFinite(map, "log_odds", score.logOdds());
        Score.putFinite(map, "reference_log_odds", reference.logOdds());
        baseRate.ifPresent(rate -> map.put("base_rate", rate));
        map.put("contributions", contributions.stream().map(Contribution::toMap).toList());
        Score.putFinite(map, "rest", rest);
        return Collections.unmodifiableMap(map);
    }
}
