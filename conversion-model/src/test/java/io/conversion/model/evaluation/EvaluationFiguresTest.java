package io.conversion.model.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.conversion.core.provenance.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against the numbers that {@code src/test/reference/evaluation.py} prints, by scipy, scikit-learn and definitions. */
class EvaluationFiguresTest {

    private static final Offset<Double> ROUNDING = within(1e-14);

    private final ParkMillerUsers users = new ParkMillerUsers(500);
    private final Evaluation evaluation = Evaluation.of(users.p, users.converted);

    @Test
    void brierScoreIsTakenApartByIsotonicRegression() {
        BrierDecomposition brier = evaluation.brier();

        assertThat(brier.miscalibration()).isCloseTo(0.0549559585808827, ROUNDING);
        assertThat(brier.discrimination()).isCloseTo(0.035063158580882686, ROUNDING);
        assertThat(brier.uncertainty()).isCloseTo(0.20838399999999999, ROUNDING);
    }

    @Test
    void largestSeparationIsTheKolmogorovSmirnovStatistic() {
        assertThat(evaluation.largestSeparation().separation()).isCloseTo(0.3532708845208845, ROUNDING);
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
                    THRESHOLD, CHOSEN, HITS, NET_BENEFIT
                    0.3,       349,    126,  0.06085714285714283
                    0.62,      175,    85,   -0.12368421052631576
                    """)
    void usersOnAThresholdAreChosen(double threshold, int chosen, int hits, double netBenefit) {
        Threshold at = evaluation.at(threshold);

        assertThat(at.chosen()).isEqualTo(chosen);
        assertThat(at.hits()).isEqualTo(hits);
        assertThat(at.netBenefit()).isCloseTo(netBenefit, ROUNDING);
        assertThat(at.precision()).isEqualTo((double) hits / chosen);
        assertThat(at.recall()).isEqualTo(hits / 148.0);
        assertThat(at.lift()).isCloseTo(at.precision() / 0.296, ROUNDING);
    }

    /** As published by the dcurves project for its data set {@code df_binary}, of which the file is a copy. */
    @Test
    void netBenefitAgreesWithDcurves() throws IOException {
        Path file = Path.of(System.getProperty("conversion.data", ""), "dca.csv");
        assumeThat(file)
                .as("%s is needed; say where with -Dconversion.data=FOLDER", file)
                .isRegularFile();
        List<String> lines = Files.readAllLines(file);
        double[] probabilities = new double[lines.size() - 1];
        boolean[] converted = new boolean[probabilities.length];
        for (int i = 0; i < probabilities.length; i++) {
            String[] cells = lines.get(i + 1).split(",", -1);
            probabilities[i] = Double.parseDouble(cells[9]);
            converted[i] = cells[1].equals("1");
        }

        Threshold at = Evaluation.of(probabilities, converted).at(0.25);

        assertThat(at.netBenefit()).isCloseTo(0.0640, within(0.00005));
        // Treating all: 0.14 - 0.86 / 3.
        assertThat(at.netBenefitOfAll()).isCloseTo(0.14 - 0.86 / 3, within(1e-12));
    }

    @Test
    void decilesHoldEverybodyOnceAndKeepTiesTogether() {
        List<ScoreBin> deciles = evaluation.deciles();

        assertThat(deciles).hasSize(10);
        assertThat(deciles.stream().mapToInt(ScoreBin::rows).sum()).isEqualTo(500);
        assertThat(deciles.stream().mapToInt(ScoreBin::positives).sum()).isEqualTo(148);
        assertThat(deciles.get(9).gain()).isEqualTo(1);
        assertThat(deciles.get(9).volume()).isEqualTo(1);
        for (int k = 1; k < deciles.size(); k++) {
            assertThat(deciles.get(k).highest()).isLessThan(deciles.get(k - 1).lowest());
        }
        for (ScoreBin bin : deciles) {
            Threshold at = evaluation.at(bin.lowest());
            assertThat(bin.gain()).isEqualTo(at.recall());
            assertThat(bin.volume()).isEqualTo(at.volume());
            assertThat(bin.meanPredicted()).isBetween(bin.lowest(), bin.highest());
        }
    }

    @Test
    void rangeHoldsItsLowerEndAndNotItsUpperOneButFor1() {
        Evaluation three = Evaluation.of(new double[] {0.2, 0.4, 1}, new boolean[] {false, true, true});

        ScoreBin low = three.between(0.2, 0.4).orElseThrow();
        ScoreBin high = three.between(0.4, 1).orElseThrow();

        assertThat(low.rows()).isEqualTo(1);
        assertThat(high.rows()).isEqualTo(2);
        assertThat(high.meanPredicted()).isEqualTo(0.7);
        assertThat(three.between(0, 0.2)).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> three.between(0.4, 0.4))
                .withMessage("the range is 0.4 to 0.4; its ends must be from 0 to 1 and ascend");
    }

    @Test
    void oneProbabilityForEverybodyIsOneBin() {
        Evaluation constant = Evaluation.of(new double[] {0.2, 0.2, 0.2}, new boolean[] {true, false, false});

        assertThat(constant.deciles()).hasSize(1);
        assertThat(constant.deciles().get(0).lift()).isEqualTo(1);
        assertThat(constant.brier().discrimination()).isCloseTo(0, ROUNDING);
        assertThat(constant.calibrationLine()).isEmpty();
    }

    @Test
    void metricsCarryTheirIntervals() {
        List<Metric> metrics = evaluation.metrics();

        assertThat(metrics)
                .extracting(Metric::name)
                .containsExactly(
                        "roc_auc",
                        "pr_auc",
                        "log_loss",
                        "brier_score",
                        "expected_calibration_error",
                        "calibration_error_equal_widths");
        Metric brier = metrics.get(3);
        assertThat(brier.value()).isEqualTo(evaluation.brierScore());
        assertThat(brier.lower()).isLessThan(brier.value());
        assertThat(brier.upper() - brier.value()).isCloseTo(brier.value() - brier.lower(), ROUNDING);
    }

    @Test
    void calibrationLineIsThatOfTheLogOdds() {
        double[] inside = new double[users.p.length];
        for (int i = 0; i < inside.length; i++) {
            inside[i] = 0.01 + 0.98 * users.p[i];
        }

        Evaluation finite = Evaluation.of(inside, users.converted);

        assertThat(finite.metrics())
                .extracting(Metric::name)
                .endsWith("calibration_slope", "calibration_shift")
                .hasSize(8);
        // Predicted too high on average, so the shift is down.
        assertThat(finite.calibrationLine().orElseThrow().shift().upper()).isNegative();
    }

    @Test
    void thresholdOutsideZeroToOneIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> evaluation.at(1.5))
                .withMessage("the threshold is 1.5; it must be from 0 to 1");
    }

    @Test
    void groupsAreMeasuredByThemselves() {
        List<GroupEvaluation> groups = GroupEvaluation.of(
                new double[] {0.9, 0.2, 0.6, 0.5, 0.1},
                new double[] {2.2, -1.4, 0.4, 0, -2.2},
                new boolean[] {true, false, true, true, false},
                List.of("a", "a", "b", "b", "a"));

        assertThat(groups).extracting(GroupEvaluation::group).containsExactly("a", "b");
        assertThat(groups.get(0).evaluation().orElseThrow().rocAuc().value()).isEqualTo(1);
        assertThat(groups.get(0).rate()).isEqualTo(1 / 3.0);
        assertThat(groups.get(1).meanPredicted()).isEqualTo(0.55);
        assertThat(groups.get(1).evaluation()).isEmpty();
    }
}
