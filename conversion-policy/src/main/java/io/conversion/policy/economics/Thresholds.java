package io.conversion.policy.economics;

import io.conversion.policy.ModelRequirement;
import io.conversion.policy.Policy;
import java.util.List;

/**
 * The bands that gain most by some economics, tuned on one population and to be reported on another. Gains and users are
 * of the reporting population unless a method says otherwise. They are expectations by the calibrated probabilities and
 * the declared effects, not measurements. Immutable and safe to share between threads.
 *
 * @param economics what was assumed
 * @param bands the best bands
 * @param prices how capacities were kept: one entry if there is a capacity, else none
 * @param tuning the population on which capacities hold; without a capacity no bound depends on it
 * @param reporting the population that gains are reported on
 * @param leastShare the least share of the tuning population that a band was to hold
 * @param joined the bands that were smaller, and got the action of a neighbour, in the order in which they did
 */
public record Thresholds(
        Economics economics,
        ActionBands bands,
        List<CapacityPrice> prices,
        Population tuning,
        Population reporting,
        double leastShare,
        List<JoinedBand> joined)
        implements ThresholdAnswer {

    /** Copies the lists. {@inheritDoc} */
    public Thresholds {
        prices = List.copyOf(prices);
        joined = List.copyOf(joined);
    }

    /**
     * The expected gain of the bands, against doing nothing.
     *
     * @return the gain for one user, on average over the reporting population
     */
    public double gain() {
        return bands.gain(economics, reporting);
    }

    /**
     * How many users each band holds, and what is expected of them.
     *
     * @return one entry for each band, of the reporting population
     */
    public List<BandVolume> volumes() {
        return bands.volumes(economics, reporting);
    }

    /**
     * What a policy in force forgoes against the best bands.
     *
     * @param present the policy
     * @return the regret
     * @throws IllegalArgumentException if the economics lack an action of the policy
     */
    public Regret regret(Policy present) {
        ActionBands others = ActionBands.of(present);
        boolean holds = economics.capacities().stream()
                .allMatch(
                        capacity -> others.users(capacity.action(), reporting) <= capacity.allowedOf(reporting.size()));
        return new Regret(gain(), others.gain(economics, reporting), holds);
    }

    /**
     * What becomes of the bands if an assumption is wrong: each of the value, and of each action's contact cost, discount
     * and effect, made smaller and larger by a share. An assumption of 0 is left out.
     *
     * @param share the share, above 0 and below 1, such as 0.2
     * @return for each assumption first the smaller one, then the larger one
     * @throws IllegalArgumentException if the share is not between 0 and 1
     */
    public List<Sensitivity> sensitivity(double share) {
        return new SensitivityAnalysis(this).sensitivity(share);
    }

    /**
     * Bootstrap intervals of the bounds: the tuning population is drawn anew, user by user with replacement, and the
     * bands are fitted to each draw. Without a capacity no bound depends on the population, which the answer says.
     *
     * @param resamples the number of draws, at least 20
     * @param level the confidence level of the percentile intervals, between 0 and 1
     * @param seed the seed of the draws
     * @return the intervals
     * @throws IllegalArgumentException if a number is not allowed
     */
    public BoundIntervals intervals(int resamples, double level, long seed) {
        return BoundBootstrap.of(this, resamples, level, seed);
    }

    /**
     * A policy of these bands, with the assumptions in the rationale of each. Its fallback is doing nothing, and it has no
     * guardrails, margin or control group: where those of a policy in force shall stay, give its
     * {@link Policy#toBuilder builder} the bands of this one.
     *
     * @param name the name of the policy
     * @param version its version
     * @param model the model whose probabilities the populations hold
     * @return the policy
     */
    public Policy candidate(String name, String version, ModelRequirement model) {
        return Policy.of(name, version, model, new Rationale(this).bands(), economics.noAction());
    }
}
