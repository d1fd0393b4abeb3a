package io.conversion.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.conversion.core.ConversionModel;
import io.conversion.core.provenance.GateCheck;
import io.conversion.core.provenance.GateCheck.Verdict;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalSchema;
import io.conversion.model.data.DataSet;
import io.conversion.model.design.RepeatedRows;
import io.conversion.model.evaluation.Evaluation;
import io.conversion.model.synthetic.StreamingUsers;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Faults planted between training rows and hold-out. */
class HoldoutGateTest {

    private static final SignalSchema SCHEMA =
            SignalSchema.of("two", "1", Signal.numeric("x"), Signal.categorical("plan", "basic", "pro"));
    private static final DataSet TRAINING = users(2000, 1, -1, 1);
    private static final TrainingResult RESULT = LogisticTrainer.linear().train(TRAINING);
    private static final String REMEDY = "look for rows that were drawn in another way, a drift over time, or training"
            + " rows that repeat each other or know the outcome";

    @Test
    void holdoutOfTheSameUsersPassesEveryCheck() {
        TrainingResult shown = RESULT.heldOut(users(1000, 2, -1, 1));

        assertThat(shown.gate()).allMatch(check -> check.verdict() == Verdict.PASSED);
        assertThat(shown.gate())
                .extracting(GateCheck::name)
                .endsWith(
                        "duplicated_rows",
                        "holdout_log_loss",
                        "holdout_skill",
                        "holdout_calibration_slope",
                        "holdout_calibration_intercept");
        assertThat(RESULT.gate()).hasSize(shown.gate().size() - 5);
    }

    @Test
    void lossIsThatOfThePublishedModel() {
        DataSet holdout = users(1000, 2, -1, 1);

        GateCheck loss = check(RESULT.heldOut(holdout), "holdout_log_loss");

        Evaluation evaluation = Evaluation.of(RESULT.publish("model", "1"), holdout);
        assertThat(loss.value()).isCloseTo(evaluation.logLoss(), within(1e-12));
    }

    @Test
    void signalThatHasTurnedRoundIsRefused() {
        DataSet later = users(1000, 2, -1, -1);

        TrainingResult shown = RESULT.heldOut(later);

        assertThat(check(shown, "holdout_log_loss").verdict()).isEqualTo(Verdict.WARNING);
        assertThat(check(shown, "holdout_log_loss").sentence())
                .isEqualTo(
                        "the log loss is 0.935 on the hold-out and 0.540 on training rows held out from the fit, 14.3"
                                + " standard errors apart; " + REMEDY);
        assertThat(check(shown, "holdout_calibration_slope").verdict()).isEqualTo(Verdict.REFUSED);
        assertThat(check(shown, "holdout_calibration_slope").sentence())
                .isEqualTo(
                        "on the hold-out, log-odds have the calibration slope -0.708 (95 % Wald interval -0.848 to -0.568):"
                                + " they are too extreme; " + REMEDY);
        assertThatThrownBy(() -> shown.publish("model", "1"))
                .isInstanceOf(RefusedModelException.class)
                .hasMessageContaining("holdout_calibration_slope: on the hold-out, ");
    }

    @Test
    void otherBaseRateIsWarnedOf() {
        DataSet rarer = users(1000, 2, -2, 1);

        GateCheck check = check(RESULT.heldOut(rarer), "holdout_calibration_intercept");

        assertThat(check.verdict()).isEqualTo(Verdict.WARNING);
        assertThat(check.sentence())
                .isEqualTo(
                        "on the hold-out, log-odds are off by -1.013 (95 % Wald interval -1.191 to -0.835); users convert at"
                                + " another rate there; declare the base rate where the model is to be used, or train on rows that"
                                + " were drawn like the hold-out");
    }

    @Test
    void rowsOnBothSidesOfTheSplitAreWarnedOf() {
        DataSet.Builder mixed = DataSet.builder(SCHEMA);
        DataSet fresh = users(450, 2, -1, 1);
        add(mixed, fresh, 450);
        add(mixed, TRAINING, 50);
        DataSet holdout = mixed.build("converted");

        TrainingResult shown = RESULT.heldOut(holdout);

        assertThat(check(shown, "duplicated_rows").verdict()).isEqualTo(Verdict.WARNING);
        assertThat(check(shown, "duplicated_rows").value()).isEqualTo(0.1);
        assertThat(check(shown, "duplicated_rows").sentence())
                .isEqualTo("50 of the 500 hold-out rows repeat a training row in every signal, about 0 of them by"
                        + " chance, so the hold-out is partly known to the fit; give each user once, or split by user");
        assertThat(shown.gate(GateLimits.defaults().duplicatedRows(0.1)))
                .filteredOn(check -> check.name().equals("duplicated_rows"))
                .allMatch(check -> check.verdict() == Verdict.PASSED);
    }

    @Test
    void coincidencesOfFewValuesAreNoDuplicates() {
        SignalSchema schema = SignalSchema.of("counts", "1", Signal.numeric("sessions"), Signal.flag("trial"));
        Random random = new Random(3);
        DataSet.Builder builder = DataSet.builder(schema);
        for (int i = 0; i < 1000; i++) {
            int sessions = random.nextInt(8);
            builder.add(
                    Map.of("sessions", sessions, "trial", random.nextBoolean()),
                    random.nextDouble() < 0.1 + 0.05 * sessions);
        }
        DataSet data = builder.build("converted");

        TrainingResult shown = LogisticTrainer.linear().train(data.training()).heldOut(data.holdout());

        assertThat(check(shown, "duplicated_rows").verdict()).isEqualTo(Verdict.PASSED);
        assertThat(check(shown, "duplicated_rows").sentence())
                .isEqualTo("200 of the 200 hold-out rows repeat a training row in every signal, about 200 of them by"
                        + " chance");
    }

    @Test
    void coincidencesAmongVeryManyUsersAreNoDuplicates() {
        DataSet data = StreamingUsers.generate(100_000, 1);

        RepeatedRows rows = RepeatedRows.of(data.training(), data.holdout());

        assertThat(rows.repeated()).isGreaterThan(100);
        assertThat(rows.share()).isLessThan(0.001);
    }

    @Test
    void holdoutWithTooFewRowsOfAnOutcomeIsWarnedOf() {
        DataSet holdout = users(1000, 2, -1, 1);

        for (DataSet few : List.of(holdout.rows(row -> !holdout.converted(row)), holdout.rows(row -> false))) {
            GateCheck check = check(RESULT.heldOut(few), "holdout_log_loss");
            assertThat(check.verdict()).isEqualTo(Verdict.WARNING);
            assertThat(check.sentence())
                    .isEqualTo("the hold-out cannot be compared with the training rows: the rarer outcome has 0 rows"
                            + " there and " + TRAINING.positives()
                            + " in training, and 10 are needed in each; give more"
                            + " rows");
        }
    }

    @Test
    void holdoutOfAnotherSchemaIsNoHoldout() {
        DataSet other = StreamingUsers.generate(10, 1);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> RESULT.heldOut(other))
                .withMessage(
                        "the hold-out is of schema \"streaming-signals\" 1 and the training rows of \"two\" 1, which"
                                + " has another digest; read both by the same schema");
    }

    @Test
    void overridesAndHoldoutAreKeptTogether() {
        DataSet later = users(1000, 2, -1, -1);
        String check = "holdout_calibration_slope";

        TrainingResult known = RESULT.override("holdout_skill", "known");
        ConversionModel before = known.override(check, "known").heldOut(later).publish("model", "1");
        ConversionModel after = known.heldOut(later).override(check, "known").publish("model", "1");

        assertThat(before.training().orElseThrow().gate())
                .isEqualTo(after.training().orElseThrow().gate())
                .filteredOn(found -> found.name().equals(check))
                .allMatch(found -> found.override().orElseThrow().equals("known"));
        assertThat(ConversionModel.fromJson(after.toJson()).training()).isEqualTo(after.training());
    }

    /** A later campaign of which a third converts, scored by a model that was trained on an eighth. */
    @Test
    void modelThatSaysLessThanTheBaseRateIsRefusedAndAShiftedBaseRateIsNamed() {
        TrainingResult result = LogisticTrainer.linear().train(users(5000, 2, -2.2, 0.3));
        DataSet later = users(4000, 3, -0.7, 0.3);

        GateCheck check = check(result.heldOut(later), "holdout_skill");

        assertThat(check.verdict()).isEqualTo(Verdict.REFUSED);
        assertThat(check.value()).isGreaterThan(check.limit());
        assertThat(check.sentence())
                .matches(
                        "the log loss is 0\\.\\d{3} on the hold-out, and the base rate for everybody has 0\\.\\d{3}, so"
                                + " the model says less than nothing there; 1\\d(\\.\\d)? % are said to convert and 3\\d(\\.\\d)? %"
                                + " did: if that is the share of converters where the model is used, train with the base rate"
                                + " 0\\.3\\d+ \\(--base-rate 0\\.3\\d+\\); look for .*");
        assertThatThrownBy(() -> result.heldOut(later).publish("model", "1"))
                .isInstanceOf(RefusedModelException.class)
                .hasMessageContaining("holdout_skill");
    }

    /** Rows of which half convert, drawn from users of whom one in eight does, with the rate declared. */
    @Test
    void resampledRowsWithADeclaredBaseRateArePassedByAHoldoutOfAllUsers() {
        DataSet all = users(20_000, 4, -2.5, 1);
        double baseRate = (double) all.positives() / all.rows();
        Random random = new Random(5);
        double keep = baseRate / (1 - baseRate);
        DataSet half = all.rows(row -> all.converted(row) || random.nextDouble() < keep);
        DataSet holdout = users(5000, 6, -2.5, 1);

        for (LogisticTrainer trainer : List.of(LogisticTrainer.linear(), LogisticTrainer.withDefaults())) {
            TrainingResult declared = trainer.baseRate(baseRate).train(half);

            // 5,000 users of whom one in eight converts have a standard error of 0.5 points.
            assertThat((double) half.positives() / half.rows()).isCloseTo(0.5, within(0.02));
            assertThat(Arrays.stream(declared.probabilities(holdout)).average().orElseThrow())
                    .isCloseTo((double) holdout.positives() / holdout.rows(), within(0.012));
            // The sample of half the rows has a slope of its own, which an interval of the hold-out does not know of.
            assertThat(declared.heldOut(holdout).gate())
                    .filteredOn(check -> !check.name().equals("holdout_calibration_slope"))
                    .allMatch(check -> check.verdict() == Verdict.PASSED);
            assertThat(check(declared.heldOut(holdout), "holdout_calibration_slope")
                            .verdict())
                    .isNotEqualTo(Verdict.REFUSED);

            TrainingResult silent = trainer.train(half).heldOut(holdout);
            assertThat(Arrays.stream(silent.probabilities(holdout)).average().orElseThrow())
                    .isGreaterThan(0.3);
            assertThat(check(silent, "holdout_calibration_intercept").verdict()).isEqualTo(Verdict.WARNING);
        }
    }

    private static GateCheck check(TrainingResult result, String name) {
        return result.gate().stream()
                .filter(check -> check.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static void add(DataSet.Builder builder, DataSet data, int rows) {
        IntStream.range(0, rows)
                .forEach(row -> builder.add(
                        Map.of(
                                "x",
                                data.numbers("x")[row],
                                "plan",
                                data.attribute("plan").get(row)),
                        data.converted(row)));
    }

    /** Users whose log-odds are {@code intercept + slope * x}, and 0.5 more with the plan pro. */
    private static DataSet users(int rows, long seed, double intercept, double slope) {
        Random random = new Random(seed);
        DataSet.Builder builder = DataSet.builder(SCHEMA);
        for (int i = 0; i < rows; i++) {
            double x = random.nextGaussian();
            boolean pro = random.nextInt(3) == 0;
            double logOdds = intercept + slope * x + (pro ? 0.5 : 0);
            builder.add(
                    Map.of("x", x, "plan", pro ? "pro" : "basic"), random.nextDouble() < 1 / (1 + Math.exp(-logOdds)));
        }
        return builder.build("converted");
    }
}
