package io.conversion.policy.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

class ChiSquareTest {

    /** scipy.stats.chi2.ppf, by {@code src/test/reference/monitoring.py}. */
    @ParameterizedTest
    @CsvFileSource(resources = "/io/conversion/policy/monitoring/chi-square.csv", useHeadersInDisplayName = true)
    void quantileIsThatOfScipy(int degrees, double level, double quantile) {
        // The difference to 1 is exact from a half on.
        double tail = 1 - level;

        assertThat(ChiSquare.upperQuantile(degrees, tail)).isCloseTo(quantile, withinPercentage(1e-8));
    }

    @Test
    void tailIsOneAtZeroAndFallsToZero() {
        assertThat(ChiSquare.upperTail(3, 0)).isEqualTo(1);
        assertThat(ChiSquare.upperTail(3, 1e6)).isZero();
    }

    @ParameterizedTest
    @CsvSource({"0, 0.5", "1, 0", "1, 1", "1, NaN"})
    void whatHasNoQuantileIsRefused(int degrees, double tail) {
        assertThatThrownBy(() -> ChiSquare.upperQuantile(degrees, tail))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no chi-square quantile of " + degrees + " degrees with " + tail
                        + " above it; expected at least 1 degree, and a probability above 0 and below 1");
    }
}
