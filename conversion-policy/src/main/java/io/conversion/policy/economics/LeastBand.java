package io.conversion.policy.economics;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Joins bands of too few users to the neighbour that costs least, the smallest band first. A band whose neighbours' places
 * do not suffice stays as it is. Immutable.
 */
final class LeastBand {

    /** What came of it. */
    record Outcome(ActionBands bands, List<JoinedBand> joined) {}

    private final Economics economics;
    private final double[] probabilities;
    private final int[] users;
    private final long size;
    private final double least;

    LeastBand(Economics economics, double[] probabilities, int[] users, double share) {
        this.economics = economics;
        this.probabilities = probabilities;
        this.users = users;
        this.size = IntStream.of(users).asLongStream().sum();
        this.least = share * size;
    }

    Outcome join(ActionBands given) {
        List<JoinedBand> joined = new ArrayList<>();
        Set<ActionBand> kept = new HashSet<>();
        ActionBands bands = given;
        while (bands.bands().size() > 1) {
            int smallest = smallest(bands, kept);
            if (smallest < 0) {
                break;
            }
            JoinedBand best = null;
            for (int neighbour : new int[] {smallest - 1, smallest + 1}) {
                best = better(best, candidate(bands, smallest, neighbour));
            }
            if (best == null) {
                kept.add(bands.bands().get(smallest));
            } else {
                joined.add(best);
                bands = with(bands, smallest, best.into());
            }
        }
        return new Outcome(bands, List.copyOf(joined));
    }

    /** The band of the fewest users, if they are too few; -1 if there is none. */
    private int smallest(ActionBands bands, Set<ActionBand> kept) {
        int smallest = -1;
        for (int i = 0; i < bands.bands().size(); i++) {
            ActionBand band = bands.bands().get(i);
            long count = users(band);
            if (count < least
                    && !kept.contains(band)
                    && (smallest < 0 || count < users(bands.bands().get(smallest)))) {
                smallest = i;
            }
        }
        return smallest;
    }

    private @Nullable JoinedBand candidate(ActionBands bands, int smallest, int neighbour) {
        if (neighbour < 0 || neighbour == bands.bands().size()) {
            return null;
        }
        ActionBand band = bands.bands().get(smallest);
        String into = bands.bands().get(neighbour).action();
        long count = users(band);
        long needed = bands.users(into, probabilities, users) + count;
        boolean fits = economics.capacities().stream()
                .filter(capacity -> capacity.action().equals(into))
                .allMatch(capacity -> count == 0 || needed <= capacity.allowedOf(size));
        return fits ? new JoinedBand(band, count, into, gain(band, band.action()) - gain(band, into)) : null;
    }

    /** The one that costs less; of two that cost the same doing nothing, then the lower band. */
    private @Nullable JoinedBand better(@Nullable JoinedBand one, @Nullable JoinedBand other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        boolean isCheaper = other.cost() < one.cost()
                || (other.cost() == one.cost() && other.into().equals(economics.noAction()));
        return isCheaper ? other : one;
    }

    private static ActionBands with(ActionBands bands, int changed, String action) {
        List<String> actions =
                new ArrayList<>(bands.bands().stream().map(ActionBand::action).toList());
        actions.set(changed, action);
        return ActionBands.of(bands.bands().stream().map(ActionBand::from).toList(), actions);
    }

    private long users(ActionBand band) {
        return IntStream.range(0, users.length)
                .filter(i -> holds(band, probabilities[i]))
                .mapToLong(i -> users[i])
                .sum();
    }

    private double gain(ActionBand band, String action) {
        return IntStream.range(0, users.length)
                .filter(i -> holds(band, probabilities[i]))
                .mapToDouble(i -> users[i] * economics.gain(action, probabilities[i]))
                .sum();
    }

    private static boolean holds(ActionBand band, double probability) {
        return probability >= band.from() && (probability < band.next() || band.next() == 1);
    }
}
