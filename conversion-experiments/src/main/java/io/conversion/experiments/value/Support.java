package io.conversion.experiments.value;

import java.util.List;

/**
 * What a log holds for another policy. Immutable and safe to share between threads.
 *
 * @param decisions the decisions
 * @param users the users; as many as decisions if no users were told apart
 * @param meanWeight the mean of the weights w, the probability of the logged action under the policy over its propensity; 1 is
 *     expected
 * @param meanWeightError the error of that mean
 * @param meanWeightPValue how well weights that are right would explain it
 * @param effectiveUsers {@code (sum w)^2 / sum w^2}, of the weights of users
 * @param largestShare the share of the weight that the user with the largest one has
 * @param boundedShare the share of the weight of decisions whose weight is beyond the bound of the limits
 * @param effectiveOutcomes {@code (sum w y)^2 / sum (w y)^2}, of the outcomes of users
 * @param actions for each action that was drawn, whether it was taken as often as its propensities say
 * @param gaps what the policy would do that was never logged
 */
public record Support(
        long decisions,
        long users,
        double meanWeight,
        double meanWeightError,
        double meanWeightPValue,
        double effectiveUsers,
        double largestShare,
        double boundedShare,
        double effectiveOutcomes,
        List<ActionCheck> actions,
        List<Gap> gaps) {

    /** Copies the lists. {@inheritDoc} */
    public Support {
        actions = List.copyOf(actions);
        gaps = List.copyOf(gaps);
    }

    /**
     * Whether an action was taken as often as its propensities say.
     *
     * @param action the action
     * @param decisions how often it was taken by chance
     * @param meanInverse the mean of its inverse propensities over decisions that could have had it; 1 is expected
     * @param standardError the error of that mean
     * @param z how many errors it is from 1
     * @param pValue how well right propensities would explain that
     */
    public record ActionCheck(
            String action, long decisions, double meanInverse, double standardError, double z, double pValue) {}

    /**
     * An action of the policy that no user of a band got.
     *
     * @param band the band of the policy
     * @param action the action
     * @param decisions the decisions of the band in which the policy could take it
     * @param share the share of all decisions that the policy would give it to there
     */
    public record Gap(String band, String action, long decisions, double share) {}
}
