package io.conversion.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import io.conversion.core.artifact.InvalidArtifactException;
import io.conversion.core.shapes.BaseRate;
import io.conversion.core.shapes.Calibration;
import io.conversion.core.shapes.Shape;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalSchema;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CalibrationTest {

    private static final Calibration.Isotonic POINTS =
            new Calibration.Isotonic(List.of(-2.0, 0.0, 1.0), List.of(-3.0, -1.0, 3.0));

    @Test
    void plattIsALine() {
        assertThat(new Calibration.Platt(0.5, -1).of(3)).isEqualTo(0.5);
        assertThat(new Calibration.None().of(3)).isEqualTo(3);
    }

    @Test
    void isotonicHasLinesBetweenItsPointsAndSlopeOneOutside() {
        assertThat(List.of(-5.0, -2.0, -1.0, 0.0, 0.25, 1.0, 4.0))
                .extracting(POINTS::of)
                .containsExactly(-6.0, -3.0, -2.0, -1.0, 0.0, 3.0, 6.0);
        assertThat(POINTS.of(Double.NaN)).isNaN();
    }

    @Test
    void scoreHasCalibratedAndRawLogOdds() {
        Score score = score(model(POINTS), 0.25);

        assertThat(score.rawLogOdds()).isEqualTo(0.25);
        assertThat(score.logOdds()).isZero();
        assertThat(score.probability()).isEqualTo(0.5);
        assertThat(score(model(new Calibration.None()), 0.25).rawLogOdds()).isEqualTo(0.25);
    }

    /** The raw difference of 2 becomes 4 by the line through both users; 1 less than 2 is one half of it. */
    @Test
    void contributionsAreScaledByTheLineThroughBothUsers() {
        SignalSchema schema = SignalSchema.of("two", "1", Signal.numeric("a"), Signal.numeric("b"));
        ConversionModel model = ConversionModel.builder("m", "1", schema)
                .shapes(Map.of("a", new Shape.Linear(1, 0, 0), "b", new Shape.Linear(1, 0, 0)))
                .intercept(-1)
                .calibration(POINTS)
                .build();
        Scorer scorer = model.scorer();

        Explanation explanation =
                scorer.explain(schema.signals().set("a", 1.5).set("b", 0.5).build(), 1);

        assertThat(explanation.difference()).isEqualTo(5.0);
        assertThat(explanation.contributions().get(0).logOdds()).isEqualTo(3.75);
        assertThat(explanation.rest()).isEqualTo(1.25);
        assertThat(scorer.explain(schema.signals().set("a", 1).set("b", -1).build())
                        .contributions())
                .extracting(Contribution::logOdds)
                .as("the slope to the right of the reference user")
                .containsExactly(1.0, -1.0);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
                    SLOPE | INTERCEPT | PROBLEM
                    0     | 0         | slope is 0.0; a calibration increases, so it must be above 0
                    -1    | 0         | slope is -1.0; a calibration increases, so it must be above 0
                    NaN   | 0         | slope is NaN; a calibration increases, so it must be above 0
                    1     | NaN       | intercept is NaN; every number must be finite
                    """)
    void plattThatDoesNotIncreaseIsRefused(double slope, double intercept, String problem) {
        assertRefused(new Calibration.Platt(slope, intercept), "calibration \"platt\": " + problem);
    }

    @Test
    void isotonicThatDoesNotIncreaseIsRefused() {
        assertRefused(
                new Calibration.Isotonic(List.of(0.0, 0.0), List.of(1.0, 1.0)),
                "calibration \"isotonic\": raw/1 is 0.0; expected a number above the one before, 0.0\n"
                        + "  calibration \"isotonic\": calibrated/1 is 1.0; expected a number above the one before, 1.0");
        assertRefused(
                new Calibration.Isotonic(List.of(), List.of(1.0)),
                "calibration \"isotonic\": raw is 0 numbers; expected at least 1\n"
                        + "  calibration \"isotonic\": calibrated is 1 numbers; expected 0, one for each of the raw ones");
        assertRefused(
                new Calibration.Isotonic(List.of(0.0, Double.MIN_VALUE), List.of(0.0, 1.0)),
                "calibration \"isotonic\": raw/1 is 4.9E-324; it is too near to the one before, 0.0, "
                        + "for a double to hold the slope");
    }

    private static void assertRefused(Calibration calibration, String problem) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> model(calibration))
                .withMessage("model \"m\" 1: " + problem);
    }

    @Test
    void calibrationOfAnArtifactThatDoesNotIncreaseIsRefusedByItsPointer() {
        String json =
                Fixtures.replaced(model(new Calibration.Platt(0.5, 0)).toJson(), "\"slope\": 0.5", "\"slope\": -1");

        assertThatExceptionOfType(InvalidArtifactException.class)
                .isThrownBy(() -> ConversionModel.fromJson(json))
                .withMessage("model: /calibration/slope is -1.0; a calibration increases, so it must be above 0");
    }

    @Test
    void unknownCalibrationAndImpossibleRateAreRefusedByTheirPointers() {
        ConversionModel model = model(new Calibration.Platt(0.5, 0), 0.5).withBaseRate(0.25);

        assertThatExceptionOfType(InvalidArtifactException.class)
                .isThrownBy(() -> ConversionModel.fromJson(Fixtures.replaced(model.toJson(), "platt", "beta")))
                .withMessage("model: /calibration/kind is \"beta\"; expected one of platt, isotonic");
        assertThatExceptionOfType(InvalidArtifactException.class)
                .isThrownBy(() -> ConversionModel.fromJson(
                        Fixtures.replaced(model.toJson(), "\"declared\": 0.25", "\"declared\": 1")))
                .withMessage("model: /base_rate/declared is 1.0; expected a number above 0 and below 1");
    }

    /** {@code python3 -c "from math import log; print(log(.02/.98) - log(.1/.9))"}. */
    @Test
    void baseRateShiftsTheLogOddsAfterCalibration() {
        ConversionModel model = model(new Calibration.Platt(2, 0), 0.1);

        ConversionModel rarer = model.withBaseRate(0.02);

        assertThat(score(rarer, 1.5).logOdds()).isCloseTo(3 - 1.6945957207744073, within(1e-15));
        assertThat(score(rarer, 1.5).rawLogOdds()).isEqualTo(1.5);
        assertThat(rarer.baseRate()).contains(new BaseRate(0.1, 0.02));
        assertThat(rarer.reference()).isNotEqualTo(model.reference());
        assertThat(ConversionModel.fromJson(rarer.toJson()).reference()).isEqualTo(rarer.reference());
        assertThat(rarer.scorer().explain(rarer.referenceUser()).baseRate()).hasValue(0.02);
    }

    @Test
    void secondBaseRateReplacesTheFirst() {
        ConversionModel model = model(POINTS, 0.1);

        assertThat(model.withBaseRate(0.02).withBaseRate(0.3).reference())
                .isEqualTo(model.withBaseRate(0.3).reference());
        assertThat(score(model.withBaseRate(0.02).withBaseRate(0.1), 0.7).logOdds())
                .isEqualTo(score(model, 0.7).logOdds());
    }

    @Test
    void trainingRateIsTheOneOfTheProvenance() {
        assertThat(Fixtures.MODEL.withBaseRate(0.2).baseRate()).contains(new BaseRate(0.115, 0.2));
    }

    @Test
    void modelWithoutATrainingRateTakesNoOther() {
        ConversionModel byHand = Fixtures.identity();

        assertThatIllegalStateException()
                .isThrownBy(() -> byHand.withBaseRate(0.2))
                .withMessage("model " + byHand.reference() + " states no base rate of its training rows, so there is "
                        + "nothing to correct; build it with baseRate(training, declared)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Fixtures.MODEL.withBaseRate(1))
                .withMessage("the declared base rate is 1.0; it must be above 0 and below 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Fixtures.MODEL.withBaseRate(Double.NaN))
                .withMessage("the declared base rate is NaN; it must be above 0 and below 1");
    }

    private static ConversionModel model(Calibration calibration) {
        return parts(calibration).build();
    }

    private static ConversionModel model(Calibration calibration, double trainingRate) {
        return parts(calibration).baseRate(trainingRate, trainingRate).build();
    }

    private static ConversionModelBuilder parts(Calibration calibration) {
        return ConversionModel.builder("m", "1", SignalSchema.of("one", "1", Signal.numeric("x")))
                .shapes(Map.of("x", new Shape.Linear(1, 0, 0)))
                .calibration(calibration);
    }

    private static Score score(ConversionModel model, double x) {
        return model.scorer().score(model.schema().signals().set("x", x).build());
    }
}
