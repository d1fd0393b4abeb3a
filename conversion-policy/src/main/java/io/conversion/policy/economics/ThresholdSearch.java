package io.conversion.policy.economics;

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

    private ThresholdSearch(Economics economics) {
        this.economics = economics;
    }

    /**
     * Makes the search by some economics.
     *
     * @param economics the economics
     * @return the search
     */
    public static ThresholdSearch of(Economics economics) {
        return new ThresholdSearch(economics);
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
            Fit fit = fit(economics, tuning);
            return new Thresholds(economics, fit.bands(), fit.prices(), tuning, reporting);
        });
    }

    /** The best bands on a population, and the prices that keep its capacities. */
    record Fit(ActionBands bands, List<CapacityPrice> prices) {}

    static Fit fit(Economics economics, Population tuning) {
        if (economics.capacities().isEmpty()) {
            return new Fit(Envelope.of(economics, economics.noAction(), 0), List.of());
        }
        CapacitySearch.Outcome outcome =
                new CapacitySearch(economics, economics.capacities().get(0), tuning).fit(tuning.users());
        return new Fit(outcome.bands(), List.of(outcome.price()));
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
        return "the effect of \"" + action.action() + "\" is " + Amount.signed(constant.by())
                + " for everybody, so it does not say who is to get the action: before the discount it gains "
                + Amount.brief(same) + " a user at every probability"
                + (action.discount() == 0 ? "" : ", and only the discount would set a bound")
                + "; declare an effect that is relative or on the log-odds, from an experiment that measured it";
    }
}
