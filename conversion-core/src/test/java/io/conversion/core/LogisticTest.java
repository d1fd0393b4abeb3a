package io.conversion.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.MathContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

class LogisticTest {

    private static final MathContext SIXTY_DIGITS = new MathContext(60);

    /** The width of one step of the table. */
    private static final double STEP = StrictMath.log(2) / 128;

    /** The exact exponential is {@code high + low}, as {@code logistic.py} beside the resource computed it. */
    @ParameterizedTest
    @CsvFileSource(resources = "logistic.csv", useHeadersInDisplayName = true)
    void exponentialIsWithin52HundredthsOfAnUlp(double x, double high, double low) {
        double error = (Logistic.exp(x) - high) - low;

        assertThat(Math.abs(error)).isLessThanOrEqualTo(0.52 * Math.ulp(high));
    }

    @Test
    void tableHoldsTheNearestDoubleOfEachPowerAndTheNearestOfWhatItLacks() {
        BigDecimal root = BigDecimal.valueOf(2);
        for (int halving = 1; halving <= 7; halving++) {
            root = root.sqrt(SIXTY_DIGITS);
        }

        BigDecimal power = BigDecimal.ONE;
        for (int i = 0; i < 128; i++) {
            double high = power.doubleValue();
            double low = power.subtract(new BigDecimal(high)).doubleValue();
            assertThat(Logistic.POWERS[2 * i]).as("2^(%d/128)", i).isEqualTo(high);
            assertThat(Logistic.POWERS[2 * i + 1]).as("rest of 2^(%d/128)", i).isEqualTo(low);
            power = power.multiply(root, SIXTY_DIGITS);
        }

        assertThat(Logistic.POWERS).hasSize(2 * 128);
        assertThat(power.doubleValue()).isEqualTo(2);
    }

    /** Within a step the exponential rises by construction, so with this it never falls. */
    @Test
    void exponentialNeverFallsFromAnyStepOfTheTableToTheNext() {
        int seams = 0;
        for (double step = Logistic.step(-40); step < Logistic.step(700); step++) {
            double lower = lastOf(step);
            double upper = Math.nextUp(lower);
            assertThat(Logistic.step(lower)).isEqualTo(step);
            assertThat(Logistic.step(upper)).isEqualTo(step + 1);
            assertThat(Logistic.exp(lower))
                    .as("exp at %s", lower)
                    .isBetween(Logistic.exp(Math.nextDown(lower)), Logistic.exp(upper));
            assertThat(Logistic.exp(upper))
                    .as("exp at %s", upper)
                    .isLessThanOrEqualTo(Logistic.exp(Math.nextUp(upper)));
            seams++;
        }

        assertThat(seams).isEqualTo(136_652);
    }

    /** The largest double of a step, found by bisection from the middle of the step to the middle of the next. */
    private static double lastOf(double step) {
        double middle = (step - Logistic.step(0) + 0.5) * STEP;
        long from = rank(Math.max(middle, -40));
        long to = rank(Math.min(middle + STEP, 700));
        while (to - from > 1) {
            long half = from + (to - from) / 2;
            if (Logistic.step(ofRank(half)) > step) {
                to = half;
            } else {
                from = half;
            }
        }
        return ofRank(from);
    }

    /** Ranks follow each other as doubles do; both zeros have rank 0. */
    private static long rank(double value) {
        long bits = Double.doubleToLongBits(value);
        return bits >= 0 ? bits : Long.MIN_VALUE - bits;
    }

    private static double ofRank(long rank) {
        return Double.longBitsToDouble(rank >= 0 ? rank : Long.MIN_VALUE - rank);
    }

    /** The probabilities are correctly rounded ones, printed by {@code reference.py}. */
    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
                    log-odds,            probability
                    39.99999999999999,   0x1.0000000000000p+0
                    40.0,                0x1.0000000000000p+0
                    40.00000000000001,   0x1.0000000000000p+0
                    -699.9999999999999,  0x1.14f2b0fb932a9p-1010
                    -700.0,              0x1.14f2b0fb9307fp-1010
                    -700.0000000000001,  0x1.14f2b0fb92e55p-1010
                    """)
    void probabilityIsTheLogisticFunctionOnBothSidesOfItsSeams(double logOdds, double probability) {
        assertThat(Logistic.probability(logOdds)).isCloseTo(probability, within(2 * Math.ulp(probability)));
    }

    @ParameterizedTest
    @CsvSource({"40", "-700"})
    void probabilityDoesNotFallAtItsSeams(double seam) {
        double logOdds = seam;
        for (int below = 0; below < 1000; below++) {
            logOdds = Math.nextDown(logOdds);
        }

        for (int i = 0; i < 2000; i++) {
            double next = Math.nextUp(logOdds);
            assertThat(Logistic.probability(logOdds)).isLessThanOrEqualTo(Logistic.probability(next));
            logOdds = next;
        }
        assertThat(logOdds).isGreaterThan(seam);
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
                    log-odds,                probability
                    Infinity,                1
                    1.7976931348623157e308,  1
                    4.9e-324,                0.5
                    0,                       0.5
                    -0.0,                    0.5
                    -4.9e-324,               0.5
                    -1.7976931348623157e308, 0
                    -Infinity,               0
                    NaN,                     NaN
                    """)
    void probabilityIsExactAtTheEndsAndInTheMiddle(double logOdds, Double probability) {
        assertThat(Logistic.probability(logOdds)).isEqualTo(probability);
    }
}
