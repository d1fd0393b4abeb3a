package io.conversion.policy.economics;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Finds the price at which one action's capacity holds on a population: the users for whom the action gains most over
 * their next best one get it. Resamples of the population differ only in how many users have each probability, so that
 * they share the order. For one thread.
 */
final class CapacitySearch {

    /** What came of a search. */
    record Outcome(ActionBands bands, CapacityPrice price) {}

    private final Economics economics;
    private final Capacity capacity;
    private final double[] probabilities;

    /** What the action gains over the next best one, by probability. */
    private final double[] advantages;

    /** The probabilities of users who want the action, the largest advantage first. */
    private final List<Integer> wanting;

    private final Map<Double, ActionBands> byPrice = new HashMap<>();

    CapacitySearch(Economics economics, Capacity capacity, Population population) {
        this.economics = economics;
        this.capacity = capacity;
        this.probabilities = population.probabilities();
        this.advantages = new double[probabilities.length];
        List<ActionEconomics> others = economics.choices().stream()
                .filter(choice -> !choice.action().equals(capacity.action()))
                .toList();
        ActionEconomics action = economics.find(capacity.action());
        for (int i = 0; i < advantages.length; i++) {
            double nextBest = Double.NEGATIVE_INFINITY;
            for (ActionEconomics other : others) {
                nextBest = Math.max(nextBest, other.gain(economics.value(), probabilities[i]));
            }
            advantages[i] = action.gain(economics.value(), probabilities[i]) - nextBest;
        }
        ActionBands free = bands(0);
        this.wanting = IntStream.range(0, probabilities.length)
                .filter(i -> free.actionAt(probabilities[i]).equals(capacity.action()))
                .boxed()
                .sorted((i, j) -> Double.compare(advantages[j], advantages[i]))
                .toList();
    }

    /** The best bands that keep the capacity, given how many users have each probability. */
    Outcome fit(int[] users) {
        long size = IntStream.of(users).asLongStream().sum();
        long allowed = capacity.allowedOf(size);
        long wanted = bands(0).users(capacity.action(), probabilities, users);
        double leftOut = wanted > allowed ? firstLeftOut(users, allowed) : 0;
        double price = wanted > allowed ? price(users, allowed, leftOut) : 0;
        ActionBands bands = bands(price);
        long used = bands.users(capacity.action(), probabilities, users);
        double gap = wanted > allowed ? (allowed - used) * Math.max(0, leftOut) / size : 0;
        return new Outcome(bands, new CapacityPrice(capacity, allowed, wanted, used, price, gap));
    }

    /** The advantage of the first users who do not fit any more. */
    private double firstLeftOut(int[] users, long allowed) {
        long used = 0;
        int next = 0;
        while (next < wanting.size()) {
            double advantage = advantages[wanting.get(next)];
            long tied = 0;
            for (; next < wanting.size() && advantages[wanting.get(next)] == advantage; next++) {
                tied += users[wanting.get(next)];
            }
            if (used + tied > allowed) {
                return advantage;
            }
            used += tied;
        }
        return 0;
    }

    /** Halfway between the first users left out and the last ones who fit. */
    private double price(int[] users, long allowed, double leftOut) {
        double lastIn = leftOut;
        for (int i : wanting) {
            if (advantages[i] <= leftOut) {
                break;
            }
            lastIn = users[i] > 0 ? advantages[i] : lastIn;
        }
        double price = Math.max(0, leftOut + (lastIn - leftOut) / 2);
        // Where two advantages differ by no more than rounding, the halfway price may not part them.
        for (double step = Math.ulp(economics.value());
                bands(price).users(capacity.action(), probabilities, users) > allowed;
                step *= 2) {
            price += step;
        }
        return price;
    }

    private ActionBands bands(double price) {
        return byPrice.computeIfAbsent(price, of -> Envelope.of(economics, capacity.action(), of));
    }
}
