package io.conversion.core.shapes;

import io.conversion.core.internal.Segments;
import io.conversion.core.signals.Signals;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

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
     * The estimated numbers that the shape is made of, and linear in.
     *
     * @return their names, as {@link ShapeNumber#number} has them, in the order of the shape; missing comes last
     */
    List<String> numbers();

    /**
     * The derivative of what the shape adds, in log-odds, with respect to one of its numbers.
     *
     * @param number the name of the number
     * @param value the value of the signal, as {@link Signals#at} gives it
     * @return the derivative; 0 for a number that has no part in what the shape adds there
     */
    double derivative(String number, double value);

    /**
     * Answers by the kind of the shape.
     *
     * @param cases an answer for each kind
     * @param <T> the type of the answer
     * @return the answer for this one
     */
    <T> T match(Cases<T> cases);

    /** An answer for each kind of shape, so that the compiler finds who has none for a new one. */
    interface Cases<T> extends NumberCases<T> {

        /**
         * Answers for a flag.
         *
         * @param shape the shape
         * @return the answer
         */
        T flag(Flag shape);

        /**
         * Answers for levels.
         *
         * @param shape the shape
         * @return the answer
         */
        T levels(Levels shape);
    }

    /** An answer for each kind of shape of a numeric signal. */
    interface NumberCases<T> {

        /**
         * Answers for a line.
         *
         * @param shape the shape
         * @return the answer
         */
        T linear(Linear shape);

        /**
         * Answers for a line over the signed logarithm.
         *
         * @param shape the shape
         * @return the answer
         */
        T log(Log shape);

        /**
         * Answers for lines between knots.
         *
         * @param shape the shape
         * @return the answer
         */
        T piecewise(Piecewise shape);

        /**
         * Answers for values of ranges.
         *
         * @param shape the shape
         * @return the answer
         */
        T steps(Steps shape);

        /**
         * Answers for a point mass.
         *
         * @param shape the shape
         * @return the answer
         */
        T pointMass(PointMass shape);
    }

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

        @Override
        public List<String> numbers() {
            return List.of(ShapeNumber.SLOPE, ShapeNumber.MISSING);
        }

        @Override
        public double derivativeAt(String number, double x) {
            return x - centre;
        }

        @Override
        public List<Double> cuts() {
            return List.of();
        }

        @Override
        public double middle() {
            return centre;
        }

        @Override
        public <T> T match(NumberCases<T> cases) {
            return cases.linear(this);
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

        @Override
        public List<String> numbers() {
            return List.of(ShapeNumber.SLOPE, ShapeNumber.MISSING);
        }

        @Override
        public double derivativeAt(String number, double x) {
            return Scale.SIGNED_LOG.of(x) - centre;
        }

        @Override
        public List<Double> cuts() {
            return List.of();
        }

        @Override
        public double middle() {
            double magnitude = Math.min(StrictMath.expm1(Math.abs(centre)), Double.MAX_VALUE);
            return Math.copySign(magnitude, centre);
        }

        @Override
        public <T> T match(NumberCases<T> cases) {
            return cases.log(this);
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

        @Override
        public List<String> numbers() {
            return ShapeNumber.values(values.size());
        }

        /** How much of the value at one knot the line through {@code x} takes: 1 at the knot, 0 at its neighbours. */
        @Override
        public double derivativeAt(String number, double x) {
            int position = ShapeNumber.position(number);
            int next = Segments.atOrBelow(knots, x);
            int last = knots.size() - 1;
            if (next == 0 || next > last) {
                return position == (next == 0 ? 0 : last) ? 1 : 0;
            } else if (position != next && position != next - 1) {
                return 0;
            }
            double share =
                    Segments.between(scale.of(x), scale.of(knots.get(next - 1)), scale.of(knots.get(next)), 0, 1);
            return position == next ? share : 1 - share;
        }

        @Override
        public List<Double> cuts() {
            return knots;
        }

        @Override
        public double middle() {
            return knots.get(knots.size() / 2);
        }

        @Override
        public <T> T match(NumberCases<T> cases) {
            return cases.piecewise(this);
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

        @Override
        public List<String> numbers() {
            return ShapeNumber.values(values.size());
        }

        @Override
        public double derivativeAt(String number, double x) {
            return Segments.atOrBelow(bounds, x) == ShapeNumber.position(number) ? 1 : 0;
        }

        @Override
        public List<Double> cuts() {
            return bounds;
        }

        @Override
        public double middle() {
            return bounds.get(bounds.size() / 2);
        }

        @Override
        public <T> T match(NumberCases<T> cases) {
            return cases.steps(this);
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

        @Override
        public List<String> numbers() {
            List<String> numbers = new ArrayList<>(List.of(ShapeNumber.POINT_MASS));
            numbers.addAll(elsewhere.numbers());
            return numbers;
        }

        @Override
        public double derivativeAt(String number, double x) {
            boolean there = x == at;
            if (there || number.equals(ShapeNumber.POINT_MASS)) {
                return there && number.equals(ShapeNumber.POINT_MASS) ? 1 : 0;
            }
            return elsewhere.derivativeAt(number, x);
        }

        @Override
        public List<Double> cuts() {
            // Adding zero keeps -0.0 and 0.0 from being two.
            return Stream.concat(Stream.of(at), elsewhere.cuts().stream())
                    .map(cut -> cut + 0.0)
                    .distinct()
                    .sorted()
                    .toList();
        }

        @Override
        public double middle() {
            return elsewhere.middle();
        }

        @Override
        public <T> T match(NumberCases<T> cases) {
            return cases.pointMass(this);
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

        /**
         * {@link #derivative} for a number and a value that are not missing.
         *
         * @param number the name of one of the shape's numbers, other than missing
         * @param x the value of the signal, in the signal's unit, not NaN
         * @return the derivative
         */
        double derivativeAt(String number, double x);

        @Override
        default double derivative(String number, double value) {
            return Double.isNaN(value) || number.equals(ShapeNumber.MISSING)
                    ? ShapeNumber.ofMissing(number, Double.isNaN(value))
                    : derivativeAt(number, value);
        }

        /**
         * Where the shape changes from one piece to the next: knots, bounds and the point mass.
         *
         * @return the cuts in ascending order; between two of them the shape is monotone
         */
        List<Double> cuts();

        /**
         * A number in the middle of where the shape bends.
         *
         * @return the centre of a line, the middle one of knots or bounds, in the signal's unit
         */
        double middle();

        /**
         * Answers by the kind of the shape.
         *
         * @param cases an answer for each kind
         * @param <T> the type of the answer
         * @return the answer for this one
         */
        <T> T match(NumberCases<T> cases);

        @Override
        default <T> T match(Cases<T> cases) {
            return match((NumberCases<T>) cases);
        }
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
            return this == PLAIN ? x : Math.copySign(StrictMath.log1p(Math.abs(x)), x);
        }
    }

    /**
     * One value for a flag that is true; false adds nothing.
     *
     * @param whenTrue the value for true, in log-odds
     * @param missing the value for missing, in log-odds
     */
    record Flag(double whenTrue, double missing) implements Shape {

        @Override
        public List<String> numbers() {
            return List.of(ShapeNumber.TRUE, ShapeNumber.MISSING);
        }

        @Override
        public double derivative(String number, double value) {
            boolean absent = value == Signals.MISSING;
            return absent || number.equals(ShapeNumber.MISSING)
                    ? ShapeNumber.ofMissing(number, absent)
                    : value == Signals.TRUE ? 1 : 0;
        }

        @Override
        public <T> T match(Cases<T> cases) {
            return cases.flag(this);
        }
    }

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

        @Override
        public List<String> numbers() {
            List<String> numbers = new ArrayList<>();
            values.keySet().forEach(level -> numbers.add(ShapeNumber.VALUES + level));
            numbers.add(ShapeNumber.UNSEEN);
            numbers.add(ShapeNumber.MISSING);
            return numbers;
        }

        @Override
        public double derivative(String number, double value) {
            boolean absent = value == Signals.MISSING;
            return absent || number.equals(ShapeNumber.MISSING)
                    ? ShapeNumber.ofMissing(number, absent)
                    : numberOf(value).equals(number) ? 1 : 0;
        }

        private String numberOf(double code) {
            return code == Signals.UNSEEN
                    ? ShapeNumber.UNSEEN
                    : ShapeNumber.VALUES
                            + values.keySet().stream()
                                    .skip((long) code - Signals.FIRST_LEVEL)
                                    .findFirst()
                                    .orElseThrow();
        }

        @Override
        public <T> T match(Cases<T> cases) {
            return cases.levels(this);
        }
    }
}
