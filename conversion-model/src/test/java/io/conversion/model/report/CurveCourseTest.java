package io.conversion.model.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.conversion.core.ConversionModel;
import io.conversion.core.SignalEffect;
import io.conversion.core.shapes.Covariance;
import io.conversion.core.shapes.Shape;
import io.conversion.core.shapes.ShapeNumber;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalSchema;
import io.conversion.model.evaluation.Interval;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * What is said of a curve against the curve and the intervals of all pairs of its values, on values of this test's own.
 * {@code -Dconversion.fuzz=10000} tries that many random shapes.
 */
class CurveCourseTest {

    private static final int CASES = Integer.getInteger("conversion.fuzz", 400);
    private static final double HIGH = 20;

    /** Users are spread evenly. */
    private static final CurveCourse.Below EVEN = x -> Math.min(1, Math.max(0, x / HIGH));

    @Test
    void noSentenceContradictsACurveAndItsInterval() {
        Map<CurveCourse.Kind, Integer> kinds = new EnumMap<>(CurveCourse.Kind.class);
        for (int seed = 0; seed < CASES; seed++) {
            Random random = new Random(seed);
            Shape.OfNumber shape = shape(random);
            SignalEffect effect = effect(shape, covariance(shape, random));

            CurveCourse course = CurveCourse.of(effect, grid(shape, 80), EVEN);

            kinds.merge(course.kind(), 1, Integer::sum);
            new Claims(effect, grid(shape, 47)).check(course, "seed " + seed + ": " + shape);
        }
        // Each of them occurs.
        assertThat(kinds).containsOnlyKeys(CurveCourse.Kind.values());
    }

    @Test
    void jumpAndLevelStretchesAreNamed() {
        assertThat(sentence(new Shape.Steps(List.of(5.0), List.of(0.0, 1.0), 0)))
                .isEqualTo("the probability goes up at 5 and is level on both sides");
        assertThat(sentence(new Shape.Piecewise(Shape.Scale.PLAIN, List.of(0.0, 8.0, 20.0), List.of(0.0, 1.0, 1.0), 0)))
                .isEqualTo("the probability rises until 7.75 and is level from there on");
        assertThat(sentence(
                        new Shape.Piecewise(Shape.Scale.PLAIN, List.of(0.0, 10.0, 20.0), List.of(0.0, 0.0, -1.0), 0)))
                .isEqualTo("the probability falls from 10.5 and is level up to there");
        assertThat(sentence(new Shape.Linear(0.1, 0, 0))).isEqualTo("higher values raise the probability");
        assertThat(sentence(new Shape.Linear(0, 0, 0))).isEqualTo("makes next to no difference");
        assertThat(sentence(
                        new Shape.Piecewise(Shape.Scale.PLAIN, List.of(0.0, 10.0, 20.0), List.of(0.0, 1.0, 0.0), 0)))
                .isEqualTo("the probability is highest around 10");
        assertThat(sentence(new Shape.Piecewise(
                        Shape.Scale.PLAIN, List.of(0.0, 5.0, 15.0, 20.0), List.of(0.0, 1.0, 1.0, 0.0), 0)))
                .isEqualTo("the probability is highest from 5 to 15");
    }

    /** Between two values that differ by less than their interval there is no direction. */
    @Test
    void aDirectionTakesAnIntervalThatExcludesNone() {
        Shape.OfNumber line = new Shape.Linear(0.1, 0, 0);

        assertThat(CurveCourse.of(effect(line, slope(0.04)), grid(line, 80), EVEN)
                        .kind())
                .isEqualTo(CurveCourse.Kind.RISES);
        assertThat(CurveCourse.of(effect(line, slope(0.06)), grid(line, 80), EVEN)
                        .sentence(ReportText::value))
                .isEqualTo("no clear difference between its values");
    }

    private static Covariance slope(double error) {
        return Covariance.of(List.of(new ShapeNumber("x", "slope")), new double[][] {{error * error}});
    }

    private static String sentence(Shape.OfNumber shape) {
        Covariance known = Covariance.of(List.of(ShapeNumber.INTERCEPT), new double[][] {{1e-4}});
        return CurveCourse.of(effect(shape, known), grid(shape, 80), EVEN).sentence(ReportText::value);
    }

    private static SignalEffect effect(Shape.OfNumber shape, Covariance covariance) {
        SignalSchema schema = SignalSchema.of("one", "1", Signal.numeric("x"));
        return ConversionModel.builder("curve", "1", schema)
                .shapes(Map.of("x", shape))
                .referenceUser(schema.signals().set("x", 3).build())
                .covariance(covariance)
                .build()
                .effect("x");
    }

    private static List<Double> grid(Shape.OfNumber shape, int steps) {
        TreeSet<Double> at = new TreeSet<>();
        for (int i = 0; i <= steps; i++) {
            at.add(HIGH * i / steps);
        }
        List<Double> cuts = shape.cuts();
        for (int i = 0; i < cuts.size(); i++) {
            double cut = cuts.get(i);
            if (cut > 0 && cut < HIGH) {
                at.add(cut);
                at.add(Math.nextDown(cut));
                at.add(Math.max(i == 0 ? cut : (cuts.get(i - 1) + cut) / 2, 0));
            }
        }
        return List.copyOf(at);
    }

    private static Shape.OfNumber shape(Random random) {
        double size = Math.exp(random.nextGaussian() - 1);
        int kind = random.nextInt(20);
        if (kind == 0) {
            return new Shape.Linear(1e-4 * random.nextGaussian(), 1, 0);
        } else if (kind < 3) {
            return new Shape.Linear(size * random.nextGaussian() / 10, 1, 0);
        } else if (kind < 5) {
            return new Shape.Log(size * random.nextGaussian(), 1, 0);
        }
        TreeSet<Double> cuts = new TreeSet<>();
        for (int count = 2 + random.nextInt(5); cuts.size() < count; ) {
            cuts.add(random.nextBoolean() ? Math.rint(HIGH * random.nextDouble()) : HIGH * random.nextDouble());
        }
        List<Double> values = new ArrayList<>();
        int drift = random.nextInt(3) - 1;
        double value = 0;
        for (int i = 0; i <= cuts.size(); i++) {
            value += random.nextInt(4) == 0 ? 0 : size * (random.nextGaussian() + 1.5 * drift);
            values.add(value);
        }
        return kind < 9
                ? new Shape.Steps(List.copyOf(cuts), values, 0)
                : new Shape.Piecewise(
                        random.nextBoolean() ? Shape.Scale.PLAIN : Shape.Scale.SIGNED_LOG,
                        List.copyOf(cuts),
                        values.subList(0, cuts.size()),
                        0);
    }

    /** Of random directions and sizes, so that the values of a curve are known well or badly, together or apart. */
    private static Covariance covariance(Shape.OfNumber shape, Random random) {
        List<ShapeNumber> numbers = shape.numbers().stream()
                .map(number -> new ShapeNumber("x", number))
                .toList();
        int size = numbers.size();
        double scale = Math.exp(1.5 * random.nextGaussian() - 3) / (shape instanceof Shape.Linear ? 10 : 1);
        double[][] root = new double[size][size];
        for (double[] row : root) {
            for (int j = 0; j < size; j++) {
                row[j] = scale * random.nextGaussian();
            }
        }
        double[][] matrix = new double[size][size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j <= i; j++) {
                for (int k = 0; k < size; k++) {
                    matrix[i][j] += root[i][k] * root[j][k];
                }
                matrix[j][i] = matrix[i][j];
            }
        }
        return Covariance.of(numbers, matrix);
    }

    /** All pairs of some values of a curve. */
    private static final class Claims {

        private final List<Double> at;
        private final double[] heights;
        private final Interval[][] differences;
        private final double span;

        Claims(SignalEffect effect, List<Double> at) {
            this.at = at;
            this.heights = at.stream().mapToDouble(x -> effect.at(x).logOdds()).toArray();
            this.differences = new Interval[heights.length][heights.length];
            for (int i = 0; i < heights.length; i++) {
                for (int j = i + 1; j < heights.length; j++) {
                    differences[i][j] =
                            CurveCourse.interval(effect.against(at.get(i)).at(at.get(j)));
                }
            }
            this.span = height(0, HIGH, true) - height(0, HIGH, false);
        }

        private double height(double from, double to, boolean highest) {
            double found = highest ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
            for (int i = 0; i < heights.length; i++) {
                if (at.get(i) >= from && at.get(i) <= to) {
                    found = highest ? Math.max(found, heights[i]) : Math.min(found, heights[i]);
                }
            }
            return found;
        }

        /**
         * Whether two values differ in that direction, by what one can see and by a hundredth more than the half of their
         * interval: between the values that were looked at may lie some that are a hair surer.
         */
        private boolean isProven(double from, double to, boolean up) {
            double least = Math.max(CurveCourse.FLAT, Math.min(0.05 * span, 0.1));
            for (int i = 0; i < heights.length; i++) {
                for (int j = i + 1; j < heights.length; j++) {
                    if (at.get(i) >= from && at.get(j) <= to) {
                        double change = up ? heights[j] - heights[i] : heights[i] - heights[j];
                        Interval of = differences[i][j];
                        if (change > least && change > 1.01 * (of.upper() - of.lower()) / 2) {
                            return true;
                        }
                    }
                }
            }
            return false;
        }

        void check(CurveCourse course, String of) {
            switch (course.kind()) {
                case FLAT -> assertThat(span).as(of).isLessThanOrEqualTo(CurveCourse.FLAT);
                case UNCLEAR -> {
                    assertThat(isProven(0, HIGH, true)).as(of).isFalse();
                    assertThat(isProven(0, HIGH, false)).as(of).isFalse();
                }
                case RISES, FALLS -> checkMove(course, course.kind() == CurveCourse.Kind.RISES, of);
                case TOP, BOTTOM -> checkTurn(course, course.kind() == CurveCourse.Kind.TOP, of);
                case WAVES -> assertThat(span).as(of).isGreaterThan(CurveCourse.FLAT);
            }
        }

        private void checkMove(CurveCourse course, boolean up, String of) {
            assertThat(isProven(0, HIGH, !up)).as(of).isFalse();
            if (!Double.isNaN(course.from())) {
                assertThat(course.from()).as(of).isBetween(0.0999 * HIGH, HIGH);
                checkLevel(course, 0, course.from(), of);
            }
            if (!Double.isNaN(course.to())) {
                assertThat(course.to()).as(of).isBetween(0.0, 0.9001 * HIGH);
                checkLevel(course, course.to(), HIGH, of);
            }
        }

        private void checkLevel(CurveCourse course, double from, double to, String of) {
            if (course.isLevelOutside()) {
                assertThat(height(from, to, true) - height(from, to, false))
                        .as(of)
                        .isLessThanOrEqualTo(Math.min(0.101 * span, 0.2));
            }
        }

        private void checkTurn(CurveCourse course, boolean top, String of) {
            assertThat(course.from()).as(of).isPositive();
            assertThat(course.to()).as(of).isLessThan(HIGH);
            assertThat(isProven(0, course.from(), !top)).as(of).isFalse();
            assertThat(isProven(course.to(), HIGH, top)).as(of).isFalse();
            double there = height(course.from(), course.to(), top);
            assertThat(Math.abs(there - height(0, HIGH, top))).as(of).isLessThan(0.051 * span);
        }
    }
}
