package io.conversion.model.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.conversion.core.provenance.Metric;
import io.conversion.model.CalibrationMeasure;
import io.conversion.model.CalibrationMeasure.Reason;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of the calibration of models that are far off, and of those that have none. */
class CalibrationMeasureTest {

    private final double[] near = {-1.5, -1, -0.5, 0, 0.5, 1, 1.5, 2};
    private final boolean[] converted = {false, true, false, true, false, false, true, true};

    /** Probabilities are 0 and 1 to rounding from 37 and 745 on. */
    @ParameterizedTest
    @ValueSource(doubles = {33, -33, 36.9, 41, -60, 700, -746, 9e9})
    void modelThatIsFarOffHasTheSlopeOfOneThatIsNot(double off) {
        Evaluation evaluation = Evaluation.ofLogOdds(plus(off), converted);

        CalibrationMeasure slope = Evaluation.ofLogOdds(near, converted).calibrationSlope();
        assertThat(evaluation.calibrationSlope().known().orElseThrow().value())
                .isCloseTo(slope.known().orElseThrow().value(), within(1e-9 + 100 * Math.ulp(off)));
        assertThat(evaluation.calibrationShift().known().orElseThrow().value())
                .isCloseTo(
                        Evaluation.ofLogOdds(near, converted)
                                        .calibrationShift()
                                        .known()
                                        .orElseThrow()
                                        .value()
                                - off,
                        within(1e-9 + 10 * Math.ulp(off)));
        assertThat(evaluation.metrics()).extracting(Metric::name).endsWith("calibration_slope", "calibration_shift");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -80, 500})
    void separatedOutcomesHaveAShiftAndNoSlope(double off) {
        Evaluation evaluation =
                Evaluation.ofLogOdds(plus(off), new boolean[] {false, false, false, false, false, true, true, true});

        assertThat(evaluation.calibrationSlope())
                .isEqualTo(new CalibrationMeasure.CannotKnow(Reason.SEPARATED_OUTCOMES));
        assertThat(evaluation.calibrationShift().known()).isPresent();
        assertThat(evaluation.metrics())
                .extracting(Metric::name)
                .endsWith("calibration_shift")
                .hasSize(7);
    }

    @Test
    void equalLogOddsHaveAShiftAndNoSlope() {
        Evaluation evaluation =
                Evaluation.ofLogOdds(new double[] {-50, -50, -50, -50}, new boolean[] {true, false, false, false});

        assertThat(evaluation.calibrationSlope()).isEqualTo(new CalibrationMeasure.CannotKnow(Reason.EQUAL_LOG_ODDS));
        assertThat(evaluation.calibrationShift().known().orElseThrow().value())
                .isCloseTo(50 - Math.log(3), within(1e-12));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1})
    void certaintyHasNeither(double certain) {
        Evaluation evaluation =
                Evaluation.of(new double[] {0.2, 0.4, certain, 0.7}, new boolean[] {false, true, false, true});

        assertThat(evaluation.calibrationSlope().unknown()).contains(Reason.CERTAIN_PROBABILITY);
        assertThat(evaluation.calibrationShift().unknown()).contains(Reason.CERTAIN_PROBABILITY);
    }

    @Test
    void shiftWhoseIntervalIsInfiniteIsGivenWithoutOne() {
        Evaluation evaluation =
                Evaluation.ofLogOdds(new double[] {-2000, -2000, 1000, 1000}, new boolean[] {false, false, true, true});

        Metric shift = evaluation.metrics().get(6);
        assertThat(shift.name()).isEqualTo("calibration_shift");
        assertThat(shift.value()).isCloseTo(500, within(1e-9));
        assertThat(shift.hasInterval()).isFalse();
    }

    @Test
    void oneGroupFarOffIsMeasuredAsTheOthersAre() {
        double[] logOdds = {-1, 0, 1, -41, -40, -39, 60, 61, 62, 9};
        double[] probabilities = new double[logOdds.length];
        for (int i = 0; i < probabilities.length; i++) {
            probabilities[i] = 1 / (1 + Math.exp(-logOdds[i]));
        }
        boolean[] outcomes = {true, false, true, true, false, true, true, false, true, true};

        List<GroupEvaluation> groups = GroupEvaluation.of(
                probabilities, logOdds, outcomes, List.of("a", "a", "a", "b", "b", "b", "c", "c", "c", "d"));

        double ofNear = shift(groups.get(0));
        assertThat(shift(groups.get(1))).isCloseTo(ofNear + 40, within(1e-9));
        assertThat(shift(groups.get(2))).isCloseTo(ofNear - 61, within(1e-9));
        assertThat(groups.get(3).evaluation()).isEmpty();
    }

    @Test
    void groupsOfOneNameAreToldApart() {
        List<GroupEvaluation> groups = GroupEvaluation.of(
                new double[] {0.5, 0.5, 0.5, 0.5},
                new double[] {0, 0, 0, 0},
                new boolean[] {true, false, true, false},
                List.of("", "missing", "\"missing\"", "x"));

        assertThat(groups)
                .extracting(GroupEvaluation::label)
                .containsExactlyInAnyOrder("missing", "\"missing\"", "\"\"missing\"\"", "x");
    }

    private static double shift(GroupEvaluation group) {
        return group.evaluation()
                .orElseThrow()
                .calibrationShift()
                .known()
                .orElseThrow()
                .value();
    }

    private double[] plus(double off) {
        double[] far = near.clone();
        for (int i = 0; i < far.length; i++) {
            far[i] += off;
        }
        return far;
    }
}
