package io.conversion.model.signals;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * Finds where the rate of conversion turns over ordered bins. A rise counts once a bin is above the lowest one since the
 * last turn by more than z standard errors of the difference of two rates (pooled), a fall likewise; the level of z is
 * shared among the bins.
 */
final class TurningPoints {

    private TurningPoints() {}

    static Relation relation(List<SignalBin> bins, double level) {
        double z = quantile(level, Math.max(1, bins.size() - 1));
        List<Boolean> moves = new ArrayList<>();
        int lowest = 0;
        int highest = 0;
        for (int bin = 1; bin < bins.size(); bin++) {
            boolean rising = !moves.isEmpty() && moves.get(moves.size() - 1);
            boolean falling = !moves.isEmpty() && !rising;
            if (!rising && differs(bins.get(lowest), bins.get(bin), z)) {
                moves.add(true);
                highest = bin;
            } else if (!falling && differs(bins.get(bin), bins.get(highest), z)) {
                moves.add(false);
                lowest = bin;
            } else {
                lowest = bins.get(bin).rate() < bins.get(lowest).rate() ? bin : lowest;
                highest = bins.get(bin).rate() > bins.get(highest).rate() ? bin : highest;
            }
        }
        return switch (moves.size()) {
            case 0 -> Relation.FLAT;
            case 1 -> moves.get(0) ? Relation.INCREASING : Relation.DECREASING;
            case 2 -> moves.get(0) ? Relation.INVERTED_U : Relation.U_SHAPED;
            default -> Relation.IRREGULAR;
        };
    }

    /** The two-sided normal quantile of a level that several comparisons share (Bonferroni). */
    static double quantile(double level, int comparisons) {
        return NormalDistribution.of(0, 1).inverseSurvivalProbability((1 - level) / (2 * comparisons));
    }

    private static boolean differs(SignalBin low, SignalBin high, double z) {
        return differs(low.positives(), low.rows(), high.positives(), high.rows(), z);
    }

    /** Whether the second rate is above the first one by more than z standard errors of their difference. */
    static boolean differs(double positives, double rows, double morePositives, double moreRows, double z) {
        double pooled = (positives + morePositives) / (rows + moreRows);
        double error = Math.sqrt(pooled * (1 - pooled) * (1 / rows + 1 / moreRows));
        return morePositives / moreRows - positives / rows > z * error;
    }
}
