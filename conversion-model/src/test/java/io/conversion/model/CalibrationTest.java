package io.conversion.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.conversion.core.Scorer;
import io.conversion.core.shapes.Calibration;
import io.conversion.model.data.DataSet;
import io.conversion.model.data.InvalidDataException;
import io.conversion.model.fit.IsotonicBlock;
import java.io.IOException;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

class CalibrationTest {

    /** The optimum of Platt's objective by Newton's method in numpy; the model is fitted on other rows. */
    @ParameterizedTest
    @EnumSource
    void plattAgreesWithTheExactOptimum(RealUsers users) throws IOException {
        JsonNode exact = users.reference().get("calibration").get("platt").get("exact");
        Rows rows = Rows.of(users);

        Calibration.Platt platt = PlattScaling.fit(rows.logOdds, rows.converted);

        assertThat(platt.slope()).isCloseTo(-exact.get("a").doubleValue(), within(1e-9));
        assertThat(platt.intercept()).isCloseTo(-exact.get("b").doubleValue(), within(1e-9));
    }

    @ParameterizedTest
    @EnumSource
    void isotonicBlocksAgreeWithScikitLearnBeforeTheyAreBounded(RealUsers users) throws IOException {
        JsonNode thresholds = users.reference().get("calibration").get("isotonic");
        Rows rows = Rows.of(users);

        double[] rates = IsotonicBlock.of(rows.logOdds, rows.converted).stream()
                .mapToDouble(IsotonicBlock::rate)
                .toArray();

        double[] expected = thresholds
                .get("y_thresholds")
                .valueStream()
                .mapToDouble(JsonNode::doubleValue)
                .distinct()
                .toArray();
        assertThat(rates).containsExactly(expected, within(1e-12));
    }

    @Test
    void isotonicIncreasesStrictlyAndNeverIsCertain() {
        Random random = new Random(5);
        double[] logOdds =
                random.doubles(500, -3, 3).map(x -> Math.rint(x * 20) / 20).toArray();
        boolean[] converted = new boolean[logOdds.length];
        IntStream.range(0, logOdds.length)
                .forEach(i -> converted[i] = random.nextDouble() < 1 / (1 + Math.exp(-3 * logOdds[i])));

        Calibration isotonic = IsotonicScaling.fit(logOdds, converted);

        for (double x = -6; x < 6; x += 0.01) {
            assertThat(isotonic.of(x + 0.01)).isGreaterThan(isotonic.of(x));
            assertThat(Math.abs(isotonic.of(x))).isLessThan(20);
        }
    }

    @Test
    void mapThatDoesNotIncreaseIsRefused() {
        double[] logOdds = {-2, -1, 0, 1, 2, 3};
        boolean[] converted = {true, true, true, false, true, false};

        assertThatThrownBy(() -> PlattScaling.fit(logOdds, converted)).isInstanceOf(InvalidDataException.class);
    }

    @Test
    void calibratedLogOddsAreLeftAsTheyAre() {
        Random random = new Random(6);
        double[] logOdds = random.doubles(4000, -3, 3).toArray();
        boolean[] converted = new boolean[logOdds.length];
        IntStream.range(0, logOdds.length)
                .forEach(i -> converted[i] = random.nextDouble() < 1 / (1 + Math.exp(-logOdds[i])));
        int[] folds = IntStream.range(0, logOdds.length).map(i -> i % 5).toArray();

        CalibrationChoice choice = CalibrationChoice.of(CalibrationMethod.AUTO, logOdds, converted, folds);

        assertThat(choice.chosen()).isEqualTo(CalibrationMethod.NONE);
    }

    @Test
    void logOddsThatAreTooExtremeAreCalibrated() {
        Random random = new Random(6);
        double[] logOdds = random.doubles(4000, -6, 6).toArray();
        boolean[] converted = new boolean[logOdds.length];
        IntStream.range(0, logOdds.length)
                .forEach(i -> converted[i] = random.nextDouble() < 1 / (1 + Math.exp(-logOdds[i] / 2)));
        int[] folds = IntStream.range(0, logOdds.length).map(i -> i % 5).toArray();

        CalibrationChoice choice = CalibrationChoice.of(CalibrationMethod.AUTO, logOdds, converted, folds);

        assertThat(choice.chosen()).isEqualTo(CalibrationMethod.PLATT);
        assertThat(((Calibration.Platt) choice.calibration()).slope()).isCloseTo(0.5, within(0.05));
    }

    /** The calibration rows of the reference, scored by the model of the fitting rows. */
    private static final class Rows {

        private final double[] logOdds;
        private final boolean[] converted;

        private Rows(double[] logOdds, boolean[] converted) {
            this.logOdds = logOdds;
            this.converted = converted;
        }

        private static Rows of(RealUsers users) throws IOException {
            DataSet all = users.read();
            Scorer scorer = LogisticTrainer.linear()
                    .train(all.rows(row -> row % 5 < 3))
                    .overridingRefusals("a test")
                    .publish("model", "1")
                    .scorer();
            DataSet calibration = all.rows(row -> row % 5 == 3);
            double[] logOdds = IntStream.range(0, calibration.rows())
                    .mapToDouble(row -> scorer.score(calibration.signals(row)).rawLogOdds())
                    .toArray();
            return new Rows(logOdds, calibration.outcomes());
        }
    }
}
