package io.conversion.model.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines through log-odds that are far off, against bisection of the sums that are zero at the optimum. */
class FarOffLineTest {

    private static final int ROWS = 200;

    private final Random random = new Random(14);
    private final double[] x = random.doubles(ROWS, -2, 2).toArray();
    private final double[] outcomes = Arrays.stream(x)
            .map(f -> random.nextDouble() < 1 / (1 + Math.exp(-f)) ? 1.0 : 0.0)
            .toArray();

    @ParameterizedTest
    @ValueSource(
            doubles = {
                0,
                3,
                -17.5,
                31.3,
                -34.6,
                36.8,
                -40,
                400,
                -709.8,
                745.2,
                -1e4,
                12_345_678.9,
                -1e12,
                1e15,
                -1e18,
                1e100
            })
    void shiftIsThatOfBisection(double off) {
        double[] far = Arrays.stream(x).map(f -> f + off).toArray();

        double shift = LogisticShift.of(far, outcomes);

        assertThat(shift).isCloseTo(bisectedShift(far, outcomes), within(1e-9 + 4 * Math.ulp(off)));
        assertThat(shift + off).isCloseTo(LogisticShift.of(x, outcomes), within(1e-9 + ROWS * Math.ulp(off)));
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-300, 1e-160, 1e-9, 1, 50, 1e3, 1e9, 1e155, 1e200, 1e300})
    void spreadOfLogOddsMayBeAnything(double spread) {
        double[] wide = Arrays.stream(x).map(f -> f * spread).toArray();

        LogisticLine line = LogisticLine.fit(wide, outcomes);

        assertThat(line.slope() * spread)
                .isCloseTo(LogisticLine.fit(x, outcomes).slope(), within(1e-9));
        assertThat(line.intercept()).isCloseTo(LogisticLine.fit(x, outcomes).intercept(), within(1e-9));
        assertIsShift(LogisticShift.of(wide, outcomes), wide, outcomes);
    }

    @ParameterizedTest
    @ValueSource(doubles = {12, -35, 800, -2e6, 1e9})
    void lineOfShiftedLogOddsHasTheSameSlope(double off) {
        double[] far = Arrays.stream(x).map(f -> f + off).toArray();

        LogisticLine line = LogisticLine.fit(far, outcomes);
        LogisticLine near = LogisticLine.fit(x, outcomes);

        assertThat(line.slope()).isCloseTo(near.slope(), within(1e-9 + 1e3 * Math.ulp(off)));
        assertThat(line.slopeStandardError()).isCloseTo(near.slopeStandardError(), within(1e-6));
    }

    /** A few users in another unit, of one outcome or of both. */
    @ParameterizedTest
    @ValueSource(doubles = {30, -30, 600, -5e3, 7e4, -1e7, 1e10, -1e13})
    void fewRowsFarFromAllOthersAreNoObstacle(double off) {
        for (double[] targets : new double[][] {outcomes, with(0, 0, 1), with(0, 1, 1), with(0, 0, 0)}) {
            double[] some = x.clone();
            for (int i = 0; i < 3; i++) {
                some[i] += off;
            }

            LogisticLine line = LogisticLine.fit(some, targets);

            double[] bisected = bisectedLine(some, targets);
            assertThat(line.slope()).isCloseTo(bisected[1], within(1e-7 * Math.max(1e-12, Math.abs(bisected[1]))));
            assertThat(LogisticShift.of(some, targets)).isCloseTo(bisectedShift(some, targets), within(1e-7));
        }
    }

    /** Two heaps: the sum is flat between them for as far as doubles reach. */
    @Test
    void shiftIsFoundOnTheFarSideOfAFlatStretch() {
        double[] heaps = new double[100];
        double[] targets = new double[100];
        for (int i = 0; i < 100; i++) {
            heaps[i] = i < 50 ? -1000 : 1000;
            targets[i] = i < 70 ? 1 : 0;
        }

        assertThat(LogisticShift.of(heaps, targets)).isCloseTo(1000 + Math.log(20.0 / 30), within(1e-9));
        assertThat(LogisticShift.of(
                        heaps, Arrays.stream(targets).map(t -> 1 - t).toArray()))
                .isCloseTo(-1000 + Math.log(30.0 / 20), within(1e-9));
    }

    /** Where all is flat to rounding, the optimum is still where both sides weigh the same. */
    @Test
    void shiftOfHeapsThatAreBalancedIsInTheirMiddle() {
        double[] heaps = {-1000, -1000, 1000, 1000};

        double shift = LogisticShift.of(heaps, new double[] {0, 0, 1, 1});

        assertThat(shift).isCloseTo(0, within(1e-9));
        assertThat(LogisticShift.standardError(heaps, shift)).isInfinite();
    }

    @Test
    void largestDoublesDoNotOverflow() {
        double[] ends = {-Double.MAX_VALUE, -Double.MAX_VALUE, 0, Double.MAX_VALUE, Double.MAX_VALUE};

        assertThat(LogisticShift.of(ends, new double[] {0, 0, 1, 1, 1})).isBetween(0.0, Double.MAX_VALUE);
        assertThat(LogisticShift.of(ends, new double[] {1, 0, 1, 0, 0})).isFinite();
        assertThat(LogisticLine.fit(ends, new double[] {1, 0, 0, 1, 0}).slope()).isFinite();
    }

    @Test
    void anyNumbersOfAnySizeHaveTheirShift() {
        for (int run = 0; run < 2_000; run++) {
            double[] any = random.doubles(1 + random.nextInt(30), -1, 1)
                    .map(f -> f * StrictMath.pow(10, random.nextInt(24) - 6))
                    .toArray();
            double[] targets = random.doubles(any.length)
                    .map(t -> t < 0.3 ? 0 : t > 0.6 ? 1 : t)
                    .toArray();
            if (DoubleStream.of(targets).allMatch(t -> t == 1)
                    || DoubleStream.of(targets).allMatch(t -> t == 0)) {
                continue;
            }

            double shift = LogisticShift.of(any, targets);

            assertIsShift(shift, any, targets);
        }
    }

    /** The sum is zero there, or changes its sign: where it is flat, many numbers are as good. */
    private static void assertIsShift(double shift, double[] x, double[] targets) {
        double near = 1e-9 + 8 * Math.ulp(Arrays.stream(x).map(Math::abs).max().orElseThrow());
        assertThat(residual(x, targets, shift - near)).isLessThanOrEqualTo(1e-9);
        assertThat(residual(x, targets, shift + near)).isGreaterThanOrEqualTo(-1e-9);
    }

    private double[] with(double... first) {
        double[] targets = outcomes.clone();
        System.arraycopy(first, 0, targets, 0, first.length);
        return targets;
    }

    private static double bisectedShift(double[] x, double[] targets) {
        double largest = Arrays.stream(x).map(Math::abs).max().orElseThrow();
        return bisect(a -> residual(x, targets, a), -largest - 100, largest + 100);
    }

    private static double[] bisectedLine(double[] x, double[] targets) {
        DoubleUnaryOperator gradient = slope -> {
            double[] risen = Arrays.stream(x).map(f -> slope * f).toArray();
            double level = bisectedShift(risen, targets);
            double sum = 0;
            for (int i = 0; i < x.length; i++) {
                sum += residualOf(risen[i] + level, targets[i]) * x[i];
            }
            return sum;
        };
        double slope = bisect(gradient, -8, 8);
        return new double[] {bisectedShift(Arrays.stream(x).map(f -> slope * f).toArray(), targets), slope};
    }

    private static double bisect(DoubleUnaryOperator rising, double from, double to) {
        double low = from;
        double high = to;
        for (double middle = (low + high) / 2; middle > low && middle < high; middle = (low + high) / 2) {
            if (rising.applyAsDouble(middle) < 0) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static double residual(double[] x, double[] targets, double shift) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += residualOf(x[i] + shift, targets[i]);
        }
        return sum;
    }

    /** p - t, with its digits where p is next to 1. */
    private static double residualOf(double f, double t) {
        return (1 - t) / (1 + Math.exp(-f)) - t / (1 + Math.exp(f));
    }
}
