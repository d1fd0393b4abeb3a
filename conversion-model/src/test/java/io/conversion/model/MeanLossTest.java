package io.conversion.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The numbers are those that {@code src/test/reference/row_losses.py} prints. */
class MeanLossTest {

    private static final double[] LOG_ODDS = {-2.5, -1.0, -0.25, 0.0, 0.5, 1.5, 3.0, -4.0};
    private static final boolean[] CONVERTED = {false, true, false, false, true, true, true, false};

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
                    weight, mean,                standardError
                    1,      0.4254331954879965,  0.15601615615039857
                    0.125,  0.3601763722902225,  0.14447313284153165
                    3,      0.46738401040085126, 0.20123121653449977
                    """)
    void meanAndStandardErrorAreThoseOfAWeightedMean(double weight, double mean, double standardError) {
        MeanLoss loss = MeanLoss.of(LOG_ODDS, CONVERTED, weight);

        assertThat(loss.value()).isCloseTo(mean, within(1e-15));
        assertThat(loss.standardError()).isCloseTo(standardError, within(1e-15));
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
                    mean, error, otherMean, otherError, above
                    0.7,  0.03,  0.5,       0.04,       4
                    0.5,  0.03,  0.7,       0.04,       -4
                    0.5,  0.03,  0.5,       0.04,       0
                    """)
    void differenceIsMeasuredInItsOwnStandardErrors(
            double mean, double error, double otherMean, double otherError, double above) {
        MeanLoss loss = new MeanLoss(mean, error);

        assertThat(loss.above(new MeanLoss(otherMean, otherError))).isCloseTo(above, within(1e-12));
    }
}
