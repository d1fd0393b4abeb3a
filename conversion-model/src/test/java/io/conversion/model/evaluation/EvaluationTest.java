package io.conversion.model.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.conversion.core.ConversionModel;
import io.conversion.core.shapes.Shape;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalSchema;
import io.conversion.model.data.DataSet;
import io.conversion.model.data.InvalidDataException;
import java.util.Arrays;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EvaluationTest {

    private static final Offset<Double> ROUNDING = within(1e-14);

    /** By scikit-learn 1.2.1: the numbers that {@code src/test/reference/evaluation.py} prints. */
    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, delimiter = '|', textBlock = """
                    case              | probabilities                           | outcomes | mean   | roc auc | pr auc              | log loss            | brier    | ece
                    without ties      | .9 .8 .35 .6 .55 .1 .45 .05             | 11101000 | .475   | .8125   | 0.8541666666666666  | 0.45586809186268584 | .15625   | .325
                    ties              | .5 .5 .5 .2 .2 .9 .9 .9 .7 .7           | 1010110100 | .6   | .5      | 0.5666666666666667  | 0.8833274738389717  | .324     | .32
                    one value         | .25 .25 .25 .25                         | 0100     | .25    | .5      | .25                 | 0.5623351446188083  | .1875    | 0
                    perfect           | .1 .2 .7 1                              | 0011     | .5     | 1       | 1                   | 0.17129475272769237 | .035     | .15
                    reversed          | .99 .6 .3 0                             | 0011     | .4725  | 0       | 0.41666666666666663 | 10.316052529274717  | .707525  | .8225
                    certain and wrong | 0 1 .5 .5                               | 1010     | .5     | .125    | 0.41666666666666663 | 17.616161687092863  | .625     | .5
                    """)
    void metricsAgreeWithScikitLearn(
            String title,
            String probabilities,
            String outcomes,
            double meanPredicted,
            double rocAuc,
            double prAuc,
            double logLoss,
            double brierScore,
            double calibrationError) {
        boolean[] converted = outcomes(outcomes);

        Evaluation evaluation = Evaluation.of(probabilities(probabilities), converted);

        assertThat(evaluation.rows()).as(title).isEqualTo(converted.length);
        assertThat(evaluation.positives())
                .isEqualTo((int) outcomes.chars().filter(c -> c == '1').count());
        assertThat(evaluation.meanPredicted()).isCloseTo(meanPredicted, ROUNDING);
        assertThat(evaluation.rocAuc().value()).isCloseTo(rocAuc, ROUNDING);
        assertThat(evaluation.prAuc()).isCloseTo(prAuc, ROUNDING);
        assertThat(evaluation.logLoss()).isCloseTo(logLoss, within(1e-13));
        assertThat(evaluation.brierScore()).isCloseTo(brierScore, ROUNDING);
        assertThat(evaluation.expectedCalibrationError()).isCloseTo(calibrationError, ROUNDING);
    }

    @Test
    void baseRateIsTheRateOfConversion() {
        Evaluation evaluation = Evaluation.of(probabilities(".1 .2 .3 .4"), outcomes("0001"));

        assertThat(evaluation.baseRate()).isEqualTo(0.25);
    }

    /**
     * At a low rate all users are in one bin of equal width, where errors of opposite sign cancel; tenths tell them apart.
     * By scikit-learn 1.2.1: {@code calibration_curve(y, p, n_bins=10, strategy="quantile")} on these users.
     */
    @Test
    void calibrationErrorLooksWhereUsersAre() {
        double[] p = new double[1000];
        boolean[] converted = new boolean[p.length];
        for (int i = 0; i < p.length; i++) {
            p[i] = i < 500 ? 0.01 + 1e-6 * i : 0.03 + 1e-6 * i;
            // 3 % convert of those who are said to by 1 %, and the other way round.
            converted[i] = i < 500 ? i % 33 == 0 : i % 100 == 0;
        }

        Evaluation evaluation = Evaluation.of(p, converted);

        assertThat(evaluation.meanPredicted() - evaluation.baseRate()).isCloseTo(0, within(0.0006));
        assertThat(evaluation.expectedCalibrationError()).isCloseTo(0.02125, within(1e-12));
        assertThat(evaluation.calibrationErrorOfEqualWidths()).isLessThan(0.0006);
    }

    @Test
    void binOfEqualWidthIsItsLowerBound() {
        // 0.3 opens the fourth bin and 0.2999 belongs to the third, so their errors of opposite sign do not cancel.
        Evaluation evaluation = Evaluation.of(probabilities(".3 .2999"), outcomes("10"));

        assertThat(evaluation.calibrationErrorOfEqualWidths()).isCloseTo((0.7 + 0.2999) / 2, ROUNDING);
        assertThat(Evaluation.of(probabilities(".95 1"), outcomes("01")).calibrationErrorOfEqualWidths())
                .isCloseTo(0.475, ROUNDING);
    }

    /** By hand: sum of (y - p)(1 - 2p) is 0.1 * 0.8 - 0.2 * 0.6, its variance 0.09 * 0.64 + 0.16 * 0.36. */
    @Test
    void calibrationTestIsSpiegelhalters() {
        CalibrationTest test =
                Evaluation.of(probabilities(".9 .2"), outcomes("10")).calibrationTest();

        double z = ((1 - 0.9) * (1 - 1.8) + (0 - 0.2) * (1 - 0.4)) / Math.sqrt(0.64 * 0.09 + 0.36 * 0.16);
        assertThat(test.z()).isCloseTo(z, within(1e-12));
        assertThat(test.p()).isBetween(0.5, 0.6);
        assertThat(Evaluation.of(probabilities(".5 .5"), outcomes("10")).calibrationTest())
                .isEqualTo(new CalibrationTest(Double.NaN, 1));
    }

    @Test
    void modelIsEvaluatedByItsScores() {
        SignalSchema schema = SignalSchema.of("numbers", "1", Signal.numeric("x"));
        ConversionModel model = ConversionModel.of("identity", "1", schema, 0, Map.of("x", new Shape.Linear(1, 0, 0)));
        DataSet data = DataSet.builder(schema)
                .add(Map.of("x", 0), true)
                .add(Map.of("x", Math.log(3)), true)
                .add(Map.of("x", -Math.log(4)), false)
                .build("converted");

        Evaluation evaluation = Evaluation.of(model, data);

        assertThat(evaluation.meanPredicted()).isCloseTo((0.5 + 0.75 + 0.2) / 3, ROUNDING);
        assertThat(evaluation.brierScore()).isCloseTo((0.25 + 0.0625 + 0.04) / 3, ROUNDING);
        assertThat(evaluation.rocAuc().value()).isEqualTo(1);
    }

    @Test
    void dataOfAnotherSchemaAreRefused() {
        SignalSchema schema = SignalSchema.of("numbers", "1", Signal.numeric("x"));
        SignalSchema other = SignalSchema.of("numbers", "2", Signal.numeric("x").wholeNumbers());
        ConversionModel model = ConversionModel.of("identity", "1", schema, 0, Map.of("x", new Shape.Linear(1, 0, 0)));
        DataSet data = DataSet.builder(other)
                .add(Map.of("x", 0), true)
                .add(Map.of("x", 1), false)
                .build("converted");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Evaluation.of(model, data))
                .withMessage(
                        "signals of schema \"numbers\" 2 (%s) cannot be scored by model %s, which has schema"
                                + " \"numbers\" 1 (%s)",
                        other.digest(), model.reference(), schema.digest());
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1.1, Double.NaN, Double.POSITIVE_INFINITY, -Double.MIN_VALUE})
    void probabilityOutsideZeroToOneIsRefused(double probability) {
        double[] probabilities = {0.5, probability};

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Evaluation.of(probabilities, outcomes("01")))
                .withMessage("a probability is " + probability + "; it must be from 0 to 1");
    }

    @Test
    void oneOutcomeForEachProbabilityIsNeeded() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Evaluation.of(probabilities(".1 .2 .3"), outcomes("01")))
                .withMessage("3 probabilities do not match 2 outcomes");
    }

    @ParameterizedTest
    @CsvSource({"111, 3, no negative", "00, 2, no positive"})
    void bothOutcomesAreNeeded(String outcomes, int rows, String lacking) {
        double[] probabilities = new double[rows];

        assertThatExceptionOfType(InvalidDataException.class)
                .isThrownBy(() -> Evaluation.of(probabilities, outcomes(outcomes)))
                .withMessage("the " + rows + " rows hold " + lacking + " outcome; both are needed");
    }

    @Test
    void noRowsAreRefused() {
        assertThatExceptionOfType(InvalidDataException.class)
                .isThrownBy(() -> Evaluation.of(new double[0], new boolean[0]))
                .withMessage("the 0 rows hold no positive outcome; both are needed");
    }

    private static double[] probabilities(String text) {
        return Arrays.stream(text.split(" ", -1))
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    private static boolean[] outcomes(String text) {
        boolean[] converted = new boolean[text.length()];
        for (int i = 0; i < converted.length; i++) {
            converted[i] = text.charAt(i) == '1';
        }
        return converted;
    }
}
