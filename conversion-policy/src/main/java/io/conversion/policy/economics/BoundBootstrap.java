package io.conversion.policy.economics;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Fits the bands to resamples of the tuning population. */
final class BoundBootstrap {

    private static final int FEWEST = 20;

    private BoundBootstrap() {}

    static BoundIntervals of(Thresholds thresholds, int resamples, double level, long seed) {
        if (!(resamples >= FEWEST && level > 0 && level < 1)) {
            throw new IllegalArgumentException("intervals of level " + level + " from " + resamples
                    + " resamples; expected a level between 0 and 1 and at least " + FEWEST + " resamples");
        }
        Economics economics = thresholds.economics();
        if (economics.capacities().isEmpty()) {
            return new BoundIntervals(
                    List.of(),
                    0,
                    0,
                    level,
                    seed,
                    thresholds.joined().isEmpty()
                            ? "no bound depends on the population: all are set by economics alone"
                            : "all bounds are set by economics alone; the population tells which bands are large enough");
        }
        List<ActionBands> alike = new ArrayList<>();
        Population tuning = thresholds.tuning();
        CapacitySearch search =
                new CapacitySearch(economics, economics.capacities().get(0), tuning);
        int[] owners = tuning.owners();
        SplittableRandom random = new SplittableRandom(seed);
        for (int resample = 0; resample < resamples; resample++) {
            int[] users = new int[tuning.users().length];
            for (int user = 0; user < owners.length; user++) {
                users[owners[random.nextInt(owners.length)]]++;
            }
            ActionBands bands = new LeastBand(economics, tuning.probabilities(), users, thresholds.leastShare())
                    .join(search.fit(users).bands())
                    .bands();
            if (actions(bands).equals(actions(thresholds.bands()))) {
                alike.add(bands);
            }
        }
        return new BoundIntervals(
                alike.isEmpty() ? List.of() : intervals(thresholds.bands(), alike, level),
                resamples,
                alike.size(),
                level,
                seed,
                alike.size() + " of " + resamples + " draws of the tuning population have the same actions in the same"
                        + " order; a bound whose interval is one point is set by economics alone");
    }

    private static List<String> actions(ActionBands bands) {
        return bands.bands().stream().map(ActionBand::action).toList();
    }

    private static List<BoundIntervals.Interval> intervals(ActionBands bands, List<ActionBands> alike, double level) {
        List<BoundIntervals.Interval> intervals = new ArrayList<>();
        for (int i = 0; i < bands.bounds().size(); i++) {
            int bound = i;
            double[] drawn = alike.stream()
                    .mapToDouble(other -> other.bounds().get(bound))
                    .sorted()
                    .toArray();
            intervals.add(new BoundIntervals.Interval(
                    bands.bounds().get(i), quantile(drawn, (1 - level) / 2), quantile(drawn, (1 + level) / 2)));
        }
        return intervals;
    }

    /** Hyndman and Fan's type 7: linear between the order statistics. */
    private static double quantile(double[] sorted, double share) {
        double position = share * (sorted.length - 1);
        int below = (int) position;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }
}
