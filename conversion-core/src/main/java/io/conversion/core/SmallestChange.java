package io.conversion.core;

import java.util.List;
import java.util.Map;

/**
 * Searches the smallest change of one signal of one user that brings the probability to a target. It asks the arithmetic
 * of scoring itself, which is monotone in a number, so the answer is exact to the last bit. For one thread.
 */
final class SmallestChange {

    private final CompiledShapes compiled;
    private final Map<String, Shape> shapes;
    private final Signals signals;
    private final double target;

    SmallestChange(CompiledShapes compiled, Map<String, Shape> shapes, Signals signals, double target) {
        this.compiled = compiled;
        this.shapes = shapes;
        this.signals = signals;
        this.target = target;
    }

    Change of(int position) {
        Signal signal = signals.schema().declared().get(position);
        Object from = signals.value(position);
        if (from == null) {
            return new Change.NotObserved(signal);
        } else if (probability(position, signals.values()[position]) >= target) {
            return new Change.Reaches(signal, from, from, probability(position, signals.values()[position]));
        } else if (signal instanceof NumericSignal numeric) {
            return number(position, numeric, (double) from);
        } else if (signal instanceof CategoricalSignal categorical) {
            return level(position, categorical, from);
        }
        return flag(position, signal, (boolean) from);
    }

    private Change number(int position, NumericSignal signal, double from) {
        Shape shape = shapes.get(signal.name());
        double slope = shape instanceof Shape.Linear linear ? linear.slope() : 0;
        double end = slope > 0
                ? Math.min(signal.max(), Double.MAX_VALUE)
                : slope < 0 ? Math.max(signal.min(), -Double.MAX_VALUE) : from;
        if (!(probability(position, end) >= target)) {
            double unchanged = probability(position, from);
            double best = probability(position, end) > unchanged ? end : from;
            return new Change.CannotReach(signal, from, best, probability(position, best));
        }
        double to = firstDouble(position, from, end);
        if (signal.whole()) {
            to = to > from ? StrictMath.ceil(to) : StrictMath.floor(to);
        }
        return new Change.Reaches(signal, from, to, probability(position, to));
    }

    /** The reaching number nearest to {@code from}, which does not reach; {@code end} does. */
    private double firstDouble(int position, double from, double end) {
        long below = rank(from);
        long reaching = rank(end);
        // Ranks of numbers of different sign may lie further apart than a long can say, but never their halves.
        while (Math.abs(reaching / 2 - below / 2) > 1 || Math.abs(reaching - below) > 1) {
            long middle = Math.floorDiv(below, 2) + Math.floorDiv(reaching, 2) + (below & reaching & 1);
            if (probability(position, atRank(middle)) >= target) {
                reaching = middle;
            } else {
                below = middle;
            }
        }
        return atRank(reaching) + 0.0;
    }

    /** Numbers all doubles in their order; -0.0 and 0.0 are neighbours. */
    private static long rank(double value) {
        long bits = Double.doubleToRawLongBits(value);
        return bits >= 0 ? bits : Long.MIN_VALUE - bits - 1;
    }

    private static double atRank(long rank) {
        return Double.longBitsToDouble(rank >= 0 ? rank : Long.MIN_VALUE - rank - 1);
    }

    private Change level(int position, CategoricalSignal signal, Object from) {
        Shape.Levels shape = (Shape.Levels) shapes.get(signal.name());
        List<String> levels = signal.levels();
        int start = (int) signals.values()[position];
        int nearest = start;
        int best = start;
        for (int code = Signals.FIRST_LEVEL; code < Signals.FIRST_LEVEL + levels.size(); code++) {
            if (shape == null || shape.notEstimated().contains(levels.get(code - Signals.FIRST_LEVEL))) {
                continue;
            }
            best = compiled.term(position, code) > compiled.term(position, best) ? code : best;
            if (probability(position, code) >= target
                    && (nearest == start || compiled.term(position, code) < compiled.term(position, nearest))) {
                nearest = code;
            }
        }
        String bestLevel = levels.get(best - Signals.FIRST_LEVEL);
        return nearest == start
                ? new Change.CannotReach(signal, from, bestLevel, probability(position, best))
                : new Change.Reaches(
                        signal, from, levels.get(nearest - Signals.FIRST_LEVEL), probability(position, nearest));
    }

    private Change flag(int position, Signal signal, boolean from) {
        double flipped = probability(position, from ? Signals.FIRST_LEVEL : Signals.TRUE);
        double unchanged = probability(position, signals.values()[position]);
        if (flipped >= target) {
            return new Change.Reaches(signal, from, !from, flipped);
        }
        return flipped > unchanged
                ? new Change.CannotReach(signal, from, !from, flipped)
                : new Change.CannotReach(signal, from, from, unchanged);
    }

    private double probability(int position, double value) {
        double[] changed = signals.values().clone();
        changed[position] = value;
        return Logistic.probability(compiled.logOdds(changed));
    }
}
