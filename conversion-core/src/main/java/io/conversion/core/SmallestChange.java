package io.conversion.core;

import io.conversion.core.shapes.Shape;
import io.conversion.core.signals.CategoricalSignal;
import io.conversion.core.signals.NumericSignal;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.Signals;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * Searches the smallest change of one signal of one user that brings the probability to a target. It asks the arithmetic
 * of scoring itself, which is monotone in a number between the cuts of its shape, so the answer is exact to the last bit;
 * with a signed logarithm, to the last bit of the logarithm. Values that no training row supports are not offered. For one
 * thread.
 */
final class SmallestChange {

    private final CompiledShapes compiled;
    private final Map<String, Shape> shapes;
    private final EvidenceCheck evidence;
    private final Signals signals;
    private final double target;

    SmallestChange(
            CompiledShapes compiled,
            Map<String, Shape> shapes,
            EvidenceCheck evidence,
            Signals signals,
            double target) {
        this.compiled = compiled;
        this.shapes = shapes;
        this.evidence = evidence;
        this.signals = signals;
        this.target = target;
    }

    Change of(int position) {
        Signal signal = signals.schema().declared().get(position);
        Object from = signals.value(position);
        if (from == null) {
            return new Change.NotObserved(signal);
        } else if (probability(position, signals.at(position)) >= target) {
            return new Change.Reaches(signal, from, from, probability(position, signals.at(position)));
        } else if (signal instanceof NumericSignal numeric) {
            return number(position, numeric, (double) from);
        } else if (signal instanceof CategoricalSignal categorical) {
            return level(position, categorical, from);
        }
        return flag(position, signal, (boolean) from);
    }

    private Change number(int position, NumericSignal signal, double from) {
        List<Double> cuts = shapes.get(signal.name()) instanceof Shape.OfNumber shape ? shape.cuts() : List.of();
        Change.TrainingRange within = evidence.range(position).orElse(null);
        NumberPieces pieces = new NumberPieces(signal, within, cuts);
        double above = nearest(position, from, pieces.above(from), signal.whole());
        double below = nearest(position, from, pieces.below(from), signal.whole());
        if (Double.isNaN(above) && Double.isNaN(below)) {
            double best = best(position, from, pieces);
            return within == null
                    ? new Change.CannotReach(signal, from, best, probability(position, best))
                    : new Change.NotWithinTraining(signal, from, best, probability(position, best), within);
        }
        double to = Double.isNaN(above) || (!Double.isNaN(below) && isNearer(below, above, from)) ? below : above;
        return new Change.Reaches(signal, from, to, probability(position, to), within);
    }

    /** The first reaching number of pieces that lead away from {@code from}; NaN if none reaches. */
    private double nearest(int position, double from, List<NumberPieces.Piece> pieces, boolean whole) {
        for (NumberPieces.Piece piece : pieces) {
            if (probability(position, piece.near()) >= target) {
                return piece.near();
            } else if (probability(position, piece.far()) >= target) {
                double to = firstDouble(position, piece.near(), piece.far());
                // Adding zero turns -0.0 into 0.0.
                return !whole ? to : (to > from ? StrictMath.ceil(to) : StrictMath.floor(to)) + 0.0;
            }
        }
        return Double.NaN;
    }

    private static boolean isNearer(double below, double above, double from) {
        // Exact: the rounded differences of two doubles may be equal where the differences are not.
        BigDecimal middle = new BigDecimal(from);
        return middle.subtract(new BigDecimal(below)).compareTo(new BigDecimal(above).subtract(middle)) < 0;
    }

    /** Where the probability is highest: at the end of some piece, and at a cut or an end of the range if it can be. */
    private double best(int position, double from, NumberPieces pieces) {
        double best = from;
        for (double candidate : pieces.candidates(from)) {
            best = probability(position, candidate) > probability(position, best) ? candidate : best;
        }
        return best;
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
        int start = (int) signals.at(position);
        int nearest = start;
        int best = start;
        for (int code = Signals.FIRST_LEVEL; code < Signals.FIRST_LEVEL + levels.size(); code++) {
            if (shape == null
                    || !evidence.hasRows(position, code)
                    || shape.notEstimated().contains(levels.get(code - Signals.FIRST_LEVEL))) {
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
        int other = from ? Signals.FIRST_LEVEL : Signals.TRUE;
        double unchanged = probability(position, signals.at(position));
        double flipped = evidence.hasRows(position, other) ? probability(position, other) : unchanged;
        if (flipped >= target) {
            return new Change.Reaches(signal, from, !from, flipped);
        }
        return flipped > unchanged
                ? new Change.CannotReach(signal, from, !from, flipped)
                : new Change.CannotReach(signal, from, from, unchanged);
    }

    private double probability(int position, double value) {
        return Logistic.probability(compiled.map().of(compiled.rawLogOdds(signals, position, value)));
    }
}
