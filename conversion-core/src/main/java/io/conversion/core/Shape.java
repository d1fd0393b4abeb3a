package io.conversion.core;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The function of one signal that a model adds up: from the value of the signal to log-odds. Shapes are what a reader
 * of a model sees; means, standard deviations and indicator columns of the training are folded into them. Immutable.
 */
public sealed interface Shape {

    /**
     * What the shape adds when the signal is missing and the schema imputes, in log-odds.
     *
     * @return the value for missing
     */
    double missing();

    /**
     * A straight line for a numeric signal: {@code slope * (x - centre)}. The centre keeps its digits where the values
     * of a signal lie far from zero.
     *
     * @param slope log-odds per unit of the signal
     * @param centre where the shape is zero, in the signal's unit: the mean of the training rows, or 0
     * @param missing the value for missing, in log-odds
     */
    record Linear(double slope, double centre, double missing) implements OfNumber {

        @Override
        public double at(double x) {
            return slope * (x - centre);
        }
    }

    /**
     * A straight line over the signed logarithm of a numeric signal:
     * {@code slope * (sign(x) * log(1 + |x|) - centre)}. The logarithm is {@link StrictMath#log1p}, the same bits on
     * every JVM and within one unit in the last place of the true value. That the shape rises or falls with {@code x}
     * is therefore exact wherever two signed logarithms differ by more than that, and not guaranteed for the last bit.
     *
     * @param slope log-odds per unit of the signed logarithm
     * @param centre where the shape is zero, as a signed logarithm
     * @param missing the value for missing, in log-odds
     */
    record Log(double slope, double centre, double missing) implements OfNumber {

        @Override
        public double at(double x) {
            return slope * (Scale.SIGNED_LOG.of(x) - centre);
        }
    }

    /**
     * Straight lines between knots for a numeric signal, on a scale; flat before the first knot and after the last one.
     *
     * <p>At a knot the shape is exactly the knot's value, and between two knots it never leaves the interval of their
     * values. On the plain scale it is monotone to the last bit between neighbouring knots, and everywhere if its
     * values are. On the scale of the signed logarithm the same holds between knots as far as it does of
     * {@link Log}, and exactly from knot to knot.
     *
     * @param scale the scale on which the lines are straight
     * @param knots the knots, in the signal's unit, strictly ascending, at least two
     * @param values the values at the knots, in log-odds
     * @param missing the value for missing, in log-odds
     */
    record Piecewise(Scale scale, List<Double> knots, List<Double> values, double missing) implements OfNumber {

        /** Copies the lists. {@inheritDoc} */
        public Piecewise {
            knots = List.copyOf(knots);
            values = List.copyOf(values);
        }

        @Override
        public double at(double x) {
            int next = Segments.atOrBelow(knots, x);
            if (Double.isNaN(x)) {
                return x;
            } else if (next == 0 || next == knots.size()) {
                return values.get(next == 0 ? 0 : next - 1);
            }
            return Segments.between(
                    scale.of(x),
                    scale.of(knots.get(next - 1)),
                    scale.of(knots.get(next)),
                    values.get(next - 1),
                    values.get(next));
        }
    }

    /**
     * One value for each range of a numeric signal.
     *
     * @param bounds where the next range begins, in the signal's unit, strictly ascending, at least one; a bound belongs
     *     to the range above it
     * @param values the values of the ranges, in log-odds, one more than there are bounds
     * @param missing the value for missing, in log-odds
     */
    record Steps(List<Double> bounds, List<Double> values, double missing) implements OfNumber {

        /** Copies the lists. {@inheritDoc} */
        public Steps {
            bounds = List.copyOf(bounds);
            values = List.copyOf(values);
        }

        @Override
        public double at(double x) {
            return Double.isNaN(x) ? x : values.get(Segments.atOrBelow(bounds, x));
        }
    }

    /**
     * A separate value of a numeric signal at one number that many users have, such as zero, and another shape elsewhere.
     *
     * @param at the number, in the signal's unit
     * @param value the value there, in log-odds
     * @param elsewhere the shape of all other numbers, which is no point mass itself
     */
    record PointMass(double at, double value, OfNumber elsewhere) implements OfNumber {

        @Override
        public double missing() {
            return elsewhere.missing();
        }

        @Override
        public double at(double x) {
            return x == at ? value : elsewhere.at(x);
        }
    }

    /** The shape of a numeric signal. */
    sealed interface OfNumber extends Shape {

        /**
         * What the shape adds for a number.
         *
         * @param x the value of the signal, clipped to its range, in the signal's unit
         * @return the value of the shape, in log-odds; NaN for NaN
         */
        double at(double x);
    }

    /** The scale of a numeric signal on which lines are straight. */
    enum Scale {
        /** The signal's own. */
        PLAIN,
        /** {@code sign(x) * log(1 + |x|)}. */
        SIGNED_LOG;

        /**
         * A number on this scale.
         *
         * @param x a number in the signal's unit
         * @return the number on this scale
         */
        public double of(double x) {
            return this == PLAIN ? x : signedLog(x);
        }

        static double signedLog(double x) {
            return Math.copySign(StrictMath.log1p(Math.abs(x)), x);
        }
    }

    /**
     * One value for a flag that is true; false adds nothing.
     *
     * @param whenTrue the value for true, in log-odds
     * @param missing the value for missing, in log-odds
     */
    record Flag(double whenTrue, double missing) implements Shape {}

    /**
     * One value for each level of a categorical signal.
     *
     * @param values the values by level, in log-odds and in the order of the schema
     * @param unseen the value for a level that the schema does not list, in log-odds
     * @param missing the value for missing, in log-odds
     * @param notEstimated the levels that the training rows say nothing about; they have the value of the first level
     */
    record Levels(Map<String, Double> values, double unseen, double missing, Set<String> notEstimated)
            implements Shape {

        /** Copies the values and keeps their order. {@inheritDoc} */
        public Levels {
            values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
            notEstimated = Collections.unmodifiableSet(new TreeSet<>(notEstimated));
        }
    }
}
