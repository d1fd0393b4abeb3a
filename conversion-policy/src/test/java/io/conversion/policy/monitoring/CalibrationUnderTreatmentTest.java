package io.conversion.policy.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CalibrationUnderTreatmentTest {

    /** Each has next to no variance; what a model says that is far off on either side. */
    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
                    USERS, CONVERSIONS, PROBABILITY, OFF
                    2000,  900,         1e-15,       true
                    2000,  900,         1,           true
                    50,    20,          0.0001,      true
                    50,    30,          0.9999999,   true
                    9,     9,           0,           true
                    3,     3,           0,           false
                    1000,  2,           0.0005,      false
                    1000,  999,         1,           false
                    40000, 0,           0.0000004,   false
                    40000, 11,          0.0003,      false
                    """)
    void probabilitiesNextToCertaintyAreOffOnlyBeyondAllChance(
            long users, long conversions, double probability, boolean off) {
        CalibrationCounts counts = new CalibrationCounts(
                users,
                conversions,
                users * Math.round(1e6 * probability),
                users * Math.round(1e6 * probability * (1 - probability)));

        CalibrationUnderTreatment row = CalibrationUnderTreatment.of("high", counts, 0.01);

        assertThat(row.hasTooFewUsers()).isTrue();
        assertThat(row.isOff()).isEqualTo(off);
    }

    /** numpy's numbers, by {@code src/test/reference/monitoring.py calibration}. */
    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
            users, conversions, expected,          variance,          z,                    ratio,              off
            1000,  197,         200.885218,        146.2567513243,    -0.32126057389298646, 1.019721918781726,  false
            5000,  713,         989.7805880000001, 717.7353623266799, -10.331263907514101,  1.3881915680224406, true
            """)
    void statisticIsThatOfNumpy(
            long users, long conversions, double expected, double variance, double z, double ratio, boolean off) {
        CalibrationUnderTreatment row = CalibrationUnderTreatment.of(
                "low",
                new CalibrationCounts(users, conversions, Math.round(expected * 1e6), Math.round(variance * 1e6)),
                0.001 / 7);

        assertThat(row.limit()).isCloseTo(14.46409029013898, within(1e-10));
        assertThat(row.z()).isCloseTo(z, within(1e-7));
        assertThat(row.expectedToObserved().orElseThrow()).isCloseTo(ratio, within(1e-7));
        assertThat(row.expectedRate()).isCloseTo(expected / users, within(1e-9));
        assertThat(row.isOff()).isEqualTo(off);
    }

    @Test
    void withoutUsersThereIsNothingToSay() {
        CalibrationUnderTreatment row = CalibrationUnderTreatment.of("low", CalibrationCounts.NONE, 0.001);

        assertThat(row.hasTooFewUsers()).isTrue();
        assertThat(row.isOff()).isFalse();
        assertThat(row.z()).isZero();
        assertThat(row.expectedRate()).isZero();
        assertThat(row.observed()).isEmpty();
        assertThat(row.expectedToObserved()).isEmpty();
    }

    @Test
    void fromTheSmallestVarianceOnThereIsAVerdict() {
        assertThat(ofVariance(24_999_999).isOff()).isFalse();
        assertThat(ofVariance(25_000_000).isOff()).isTrue();
    }

    private static CalibrationUnderTreatment ofVariance(long millionths) {
        return CalibrationUnderTreatment.of("low", new CalibrationCounts(1_000, 50, 30_000_000, millionths), 0.001);
    }

    /** Rarely converting users at the smallest variance: 1.0 % is to be expected, a little more for the skewness. */
    @Test
    void chanceIsCalledOffAsOftenAsTheRateSays() {
        SplittableRandom random = new SplittableRandom(8);
        int off = 0;
        for (int i = 0; i < 20_000; i++) {
            long conversions = 0;
            for (int user = 0; user < 550; user++) {
                conversions += random.nextDouble() < 0.05 ? 1 : 0;
            }
            CalibrationCounts counts = new CalibrationCounts(550, conversions, 27_500_000, 26_125_000);
            off += CalibrationUnderTreatment.of("low", counts, 0.01).isOff() ? 1 : 0;
        }

        assertThat(off / 20_000.0).isBetween(0.007, 0.015);
    }

    @Test
    void countsThatCannotBeAreRefused() {
        assertThatThrownBy(() -> new CalibrationCounts(1, 2, 0, 0))
                .hasMessage("2 of 1 users cannot have converted; expected 0 to 2^43 users, and from 0 to all of them");
        assertThatThrownBy(() -> new CalibrationCounts(1, 1, 1_000_001, 0))
                .hasMessage("the 1 users cannot have an expectation of 1000001 millionths with a variance of 0; "
                        + "expected at most 1,000,000 and 250,000 each");
        assertThatThrownBy(() -> new CalibrationCounts(1, 1, 0, 250_001)).isInstanceOf(IllegalArgumentException.class);
    }
}
