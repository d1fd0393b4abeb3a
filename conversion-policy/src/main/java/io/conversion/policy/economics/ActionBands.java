package io.conversion.policy.economics;

import io.conversion.policy.Band;
import io.conversion.policy.Policy;
import java.util.ArrayList;
import java.util.List;

/**
 * Which action each probability from 0 to 1 gets, as bands without gaps. Immutable.
 *
 * @param bands the bands in ascending order, the first one from 0
 */
public record ActionBands(List<ActionBand> bands) {

    /** Checks that the bands are complete. {@inheritDoc} */
    public ActionBands {
        bands = List.copyOf(bands);
        double next = 0;
        for (ActionBand band : bands) {
            if (!(band.from() == next && band.next() <= 1 && (band.next() > next || next == 1))) {
                throw new IllegalArgumentException(
                        "band [" + band.from() + ", " + band.next() + ") does not go on where the one before ends, at "
                                + next + ", up to at most 1; give bands without gaps");
            }
            next = band.next();
        }
        if (next != 1) {
            throw new IllegalArgumentException("the bands end at " + next + "; expected bands from 0 to 1");
        }
    }

    /**
     * The bands of a policy, merged where neighbours have one action.
     *
     * @param policy the policy
     * @return its bands
     */
    public static ActionBands of(Policy policy) {
        return of(
                policy.bands().stream().map(Band::from).toList(),
                policy.bands().stream().map(Band::action).toList());
    }

    /** The bands with these lower bounds and actions, merged where neighbours have one action. */
    static ActionBands of(List<Double> from, List<String> actions) {
        List<ActionBand> bands = new ArrayList<>();
        double next = 1;
        for (int i = actions.size() - 1; i >= 0; i--) {
            if (i == 0 || !actions.get(i).equals(actions.get(i - 1))) {
                bands.add(0, new ActionBand(from.get(i), next, actions.get(i)));
                next = from.get(i);
            }
        }
        return new ActionBands(bands);
    }

    /**
     * The action of a probability.
     *
     * @param probability the probability, 0 to 1
     * @return the action
     * @throws IllegalArgumentException if it is no probability
     */
    public String actionAt(double probability) {
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException(probability + " is no probability; expected a number from 0 to 1");
        }
        int band = bands.size() - 1;
        while (probability < bands.get(band).from()) {
            band--;
        }
        return bands.get(band).action();
    }

    /**
     * Names for the bands as segments of a policy: the action, and where several bands have it, the action beside it.
     *
     * @return a name of its own for each band
     */
    public List<String> segments() {
        return Rationale.segments(this);
    }

    /**
     * The bounds between bands, ascending.
     *
     * @return the lower bounds of all bands but the first
     */
    public List<Double> bounds() {
        return bands.stream().skip(1).map(ActionBand::from).toList();
    }

    /**
     * How many users of a population get an action.
     *
     * @param action the action
     * @param population the population
     * @return the number of users
     */
    public long users(String action, Population population) {
        return users(action, population.probabilities(), population.users());
    }

    /** The users of an action, given how many have each of ascending probabilities. */
    long users(String action, double[] probabilities, int[] users) {
        long sum = 0;
        int band = 0;
        for (int i = 0; i < probabilities.length; i++) {
            band = bandFrom(band, probabilities[i]);
            sum += bands.get(band).action().equals(action) ? users[i] : 0;
        }
        return sum;
    }

    /**
     * The expected gain for each user of a population, on average, against doing nothing.
     *
     * @param economics the economics, which must have each action of the bands
     * @param population the population
     * @return the gain for one user, in the unit of the value
     * @throws IllegalArgumentException if the economics lack an action
     */
    public double gain(Economics economics, Population population) {
        return volumes(economics, population).stream()
                        .mapToDouble(BandVolume::gain)
                        .sum()
                / population.size();
    }

    /**
     * How many users of a population each band holds, and what is expected of them.
     *
     * @param economics the economics, which must have each action of the bands
     * @param population the population
     * @return one entry for each band
     * @throws IllegalArgumentException if the economics lack an action
     */
    public List<BandVolume> volumes(Economics economics, Population population) {
        List<BandVolume> volumes = new ArrayList<>();
        double[] probabilities = population.probabilities();
        int i = 0;
        for (int k = 0; k < bands.size(); k++) {
            ActionEconomics action = economics.find(bands.get(k).action());
            long users = 0;
            double without = 0;
            double with = 0;
            double gain = 0;
            for (; i < probabilities.length && bandFrom(k, probabilities[i]) == k; i++) {
                int tied = population.users()[i];
                users += tied;
                without += tied * probabilities[i];
                with += tied * action.effect().probability(probabilities[i]);
                gain += tied * action.gain(economics.value(), probabilities[i]);
            }
            volumes.add(new BandVolume(bands.get(k), users, without, with, gain));
        }
        return volumes;
    }

    /** The index of the band of a probability that is not below the given one. */
    private int bandFrom(int band, double probability) {
        int found = band;
        while (found + 1 < bands.size() && probability >= bands.get(found + 1).from()) {
            found++;
        }
        return found;
    }
}
