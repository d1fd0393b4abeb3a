package io.conversion.policy.economics;

import io.conversion.policy.internal.Wording;
import java.util.List;
import java.util.Optional;

/**
 * Finds the bands of probability that gain most by declared economics.
 *
 * <p>For each action a, {@code gain_a(p) = value * (q - p) - contactCost - q * discount}, where q is the probability under
 * the action by its declared effect; doing nothing gains 0. The bands are the upper envelope of the gains, found in exact
 * arithmetic. They need not rise with p: users who convert anyway need no discount. That p is calibrated is assumed, and
 * that the effects are what they are declared to be; nothing here can tell.
 *
 * <p>A capacity is kept by a price for each place of its action (a Lagrange multiplier), which cuts the bands back to
 * the probabilities where the action gains most over the next best one. Bounds that do not touch a capacity do not depend
 * on any population. What is tuned on one population is reported on another, never on the same one. Immutable and safe
 * to share between threads.
 */
public final class ThresholdSearch {

    private final Economics economics;
    private final double leastShare;

    private ThresholdSearch(Economics economics, double leastShare) {
        this.economics = economics;
        this.leastShare = leastShare;
    }

    /**
     * Makes the search by some economics.
     *
     * @param economics the economics
     * @return the search
     */
    public static ThresholdSearch of(Economics economics) {
        return new ThresholdSearch(economics, 0);
    }

    /**
     * Asks for bands that hold a share of the tuning population at least. A smaller one, also one without any user, gets the
     * action of the neighbour that costs least, and {@link Thresholds#joined} tells; where the places of a capacity do not
     * suffice for that, it stays.
     *
     * @param share the least share of users of a band, 0 to below 0.5; 0 for bands of any size
     * @return the changed copy
     * @throws IllegalArgumentException if the share is out of range
     */
    public ThresholdSearch leastShare(double share) {
        if (!(share >= 0 && share < 0.5)) {
            throw new IllegalArgumentException(
                    "the least share of users of a band is " + share + "; expected a number from 0 to below 0.5");
        }
        return new ThresholdSearch(economics, share);
    }

    /**
     * Finds the best bands on one half of a population, to be reported on the other half.
     *
     * @param population the population
     * @param seed the seed of its {@link Population#halves(long) halves}
     * @return the bands, or why there are none
     * @throws IllegalArgumentException if the population has one user only
     */
    public ThresholdAnswer search(Population population, long seed) {
        List<Population> halves = population.halves(seed);
        return answer(halves.get(0), halves.get(1));
    }

    /**
     * Finds the best bands on one population, to be reported on another one.
     *
     * @param tuning the population on which capacities are to hold
     * @param reporting other users, on whom gains and volumes are reported
     * @return the bands, or why there are none
     * @throws IllegalArgumentException if the populations have one name, or the very same probabilities
     */
    public ThresholdAnswer search(Population tuning, Population reporting) {
        if (tuning.name().equals(reporting.name()) || tuning.hasUsersOf(reporting)) {
            throw new IllegalArgumentException("population " + tuning + " is to tune on and population " + reporting
                    + " to report on, and they have one name or the same probabilities; give other users to report on,"
                    + " or one population and a seed");
        }
        return answer(tuning, reporting);
    }

    private ThresholdAnswer answer(Population tuning, Population reporting) {
        return refusal().orElseGet(() -> {
            Fit fit = fit(economics, tuning, leastShare);
            return new Thresholds(economics, fit.bands(), fit.prices(), tuning, reporting, leastShare, fit.joined());
        });
    }

    /** The best bands on a population, the prices that keep its capacities, and the bands that were too small. */
    record Fit(ActionBands bands, List<CapacityPrice> prices, List<JoinedBand> joined) {}

    static Fit fit(Economics economics, Population tuning) {
        return fit(economics, tuning, 0);
    }

    static Fit fit(Economics economics, Population tuning, double leastShare) {
        LeastBand least = new LeastBand(economics, tuning.probabilities(), tuning.users(), leastShare);
        if (economics.capacities().isEmpty()) {
            LeastBand.Outcome outcome = least.join(Envelope.of(economics, economics.noAction(), 0));
            return new Fit(outcome.bands(), List.of(), outcome.joined());
        }
        CapacitySearch.Outcome found =
                new CapacitySearch(economics, economics.capacities().get(0), tuning).fit(tuning.users());
        LeastBand.Outcome outcome = least.join(found.bands());
        CapacityPrice price = found.price();
        long used = outcome.bands().users(price.capacity().action(), tuning);
        return new Fit(
                outcome.bands(),
                List.of(new CapacityPrice(
                        price.capacity(), price.allowed(), price.wanted(), used, price.price(), price.gap())),
                outcome.joined());
    }

    private Optional<ThresholdAnswer> refusal() {
        for (ActionEconomics action : economics.actions()) {
            if (action.effect() instanceof Effect.Absolute constant) {
                return Optional.of(new ThresholdAnswer.None(
                        ThresholdAnswer.Reason.CONSTANT_EFFECT, constantEffect(action, constant)));
            }
        }
        if (economics.capacities().size() > 1) {
            return Optional.of(new ThresholdAnswer.None(
                    ThresholdAnswer.Reason.SEVERAL_CAPACITIES,
                    "the actions "
                            + economics.capacities().stream()
                                    .map(Capacity::action)
                                    .toList()
                            + " have capacities, and bounds are found for one capacity at most; leave the others out,"
                            + " and see whether they hold on the reporting population"));
        }
        return Optional.empty();
    }

    private String constantEffect(ActionEconomics action, Effect.Absolute constant) {
        double same = economics.value() * constant.by() - action.contactCost();
        return "the effect of " + Wording.quoted(action.action()) + " is " + Amount.signed(constant.by())
                + " for everybody, so it does not say who is to get the action: before the discount it gains "
                + Amount.brief(same) + " a user at every probability"
                + (action.discount() == 0 ? "" : ", and only the discount would set a bound")
                + "; declare an effect that is relative or on the log-odds, from an experiment that measured it";
    }
}
