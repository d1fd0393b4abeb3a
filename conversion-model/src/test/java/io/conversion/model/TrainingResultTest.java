package io.conversion.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.conversion.core.ConversionModel;
import io.conversion.core.provenance.TrainingProvenance;
import io.conversion.core.shapes.Shape;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.WhenMissing;
import io.conversion.model.data.CsvDataSet;
import io.conversion.model.data.DataSet;
import io.conversion.model.evaluation.Evaluation;
import io.conversion.model.report.EvaluationReport;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class TrainingResultTest {

    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");
    private static final LabelledUsers USERS = LabelledUsers.trial(
            Signal.numeric("sessions"),
            Signal.numeric("hours").whenMissing(WhenMissing.IMPUTE),
            Signal.categorical("plan", "basic", "family", "student", "trial").whenMissing(WhenMissing.IMPUTE));

    @TempDir
    Path folder;

    @Test
    void modelSaysWhereItComesFrom() throws IOException {
        DataSet data = CsvText.read(
                folder,
                "id,hours,churned\na,1,No\nb,3,Yes\nc,2,Yes\nd,4,No\ne,x,No\n",
                CsvDataSet.label("churned")
                        .positive("Yes")
                        .exclude("id")
                        .schema(LabelledUsers.trial(Signal.numeric("hours")).schema())
                        .tolerate(1));

        TrainingResult result =
                LogisticTrainer.linear().penalty(0.5).standardise(false).train(data);
        TrainingProvenance training = result.overridingRefusals("a test")
                .publish("retention", "3", NOON)
                .training()
                .orElseThrow();

        assertThat(training.published()).isEqualTo(NOON);
        assertThat(training.data().label()).isEqualTo("churned");
        assertThat(training.data().positive()).isEqualTo("Yes");
        assertThat(training.data().excluded()).containsExactly("id");
        assertThat(training.data().rows()).isEqualTo(4);
        assertThat(training.data().positives()).isEqualTo(2);
        assertThat(training.data().digest()).isEqualTo(data.digest());
        assertThat(training.fit().penalty()).isEqualTo(0.5);
        assertThat(training.fit().standardised()).isFalse();
        assertThat(training.fit().software())
                .containsEntry("smile", "2.6.0")
                .containsOnlyKeys("conversion-sdk", "smile", "java");
    }

    @Test
    void warningsOfTheTrainingAreWrittenIntoTheModel() {
        TrainingResult result = LogisticTrainer.linear().penalty(0).train(USERS.dataSet());

        assertThat(result.overridingRefusals("a test")
                        .publish("model", "1", NOON)
                        .training()
                        .orElseThrow()
                        .fit()
                        .warnings())
                .isEqualTo(result.diagnostics().warnings())
                .hasSize(1);
    }

    @Test
    void standardisationIsFoldedIntoTheShapes() {
        ConversionModel model = LogisticTrainer.linear()
                .train(USERS.dataSet())
                .overridingRefusals("a test")
                .publish("model", "1", NOON);

        // 226 sessions of 60 users, with a population standard deviation of 1.8107702474054759.
        assertThat(model.shapes().get("sessions")).isInstanceOfSatisfying(Shape.Linear.class, sessions -> {
            assertThat(sessions.centre()).isCloseTo(226.0 / 60, within(1e-14));
            assertThat(sessions.slope() * 1.8107702474054759)
                    .isCloseTo(
                            LogisticTrainer.linear()
                                    .train(USERS.dataSet())
                                    .coefficients()
                                    .get(0)
                                    .value(),
                            within(1e-12));
        });
        assertThat(model.shapes().keySet()).containsExactly("sessions", "hours", "plan");
    }

    @Test
    void modelSurvivesItsFile() {
        ConversionModel model = LogisticTrainer.linear()
                .train(USERS.dataSet())
                .overridingRefusals("a test")
                .publish("model", "1", NOON);

        ConversionModel copy = ConversionModel.fromJson(model.toJson());

        assertThat(copy.reference()).isEqualTo(model.reference());
        assertThat(copy.training()).isEqualTo(model.training());
        DataSet data = USERS.dataSet();
        for (int i = 0; i < data.rows(); i++) {
            assertThat(copy.scorer().score(data.signals(i)).logOdds())
                    .isEqualTo(model.scorer().score(data.signals(i)).logOdds());
        }
    }

    @Test
    void nameOfAModelMustNotBeBlank() {
        TrainingResult result = LogisticTrainer.linear().train(USERS.dataSet());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> result.overridingRefusals("a test").publish(" ", "1"))
                .withMessageStartingWith("model \" \" 1: its name or version is not valid");
    }

    @Test
    void reportHoldsTheFitAndTheMetrics() {
        TrainingResult result = LogisticTrainer.linear().penalty(0).train(USERS.dataSet());
        ConversionModel model = result.overridingRefusals("a test").publish("model", "1", NOON);
        Evaluation evaluation = Evaluation.of(model, USERS.dataSet());

        JsonNode report = JsonMapper.shared()
                .readTree(EvaluationReport.ofTraining(model, result, evaluation).toJson());

        assertThat(report.at("/model/digest").stringValue())
                .isEqualTo(model.reference().digest());
        assertThat(report.at("/training_rows/rows").intValue()).isEqualTo(60);
        assertThat(report.at("/training_rows/roc_auc").doubleValue())
                .isEqualTo(evaluation.rocAuc().value());
        assertThat(report.at("/training_rows/log_loss").doubleValue()).isEqualTo(evaluation.logLoss());
        assertThat(report.at("/fit/intercept").doubleValue()).isEqualTo(result.intercept());
        assertThat(report.at("/fit/coefficients/plan=family").doubleValue())
                .isEqualTo(result.coefficients().get(2).value());
        assertThat(report.at("/fit/left_out/0/column").stringValue()).isEqualTo("plan=trial");
        assertThat(report.at("/fit/left_out/0/reason").stringValue()).isEqualTo("single_outcome");
    }

    @Test
    void reportOfAHoldoutIsSavedWithoutAFit() throws IOException {
        ConversionModel model = LogisticTrainer.linear()
                .train(USERS.dataSet())
                .overridingRefusals("a test")
                .publish("model", "1", NOON);
        Evaluation evaluation = Evaluation.of(new double[] {0.25, 0.75}, new boolean[] {false, true});
        Path file = folder.resolve("evaluation.json");

        EvaluationReport.of(model, evaluation).save(file);

        JsonNode report = JsonMapper.shared().readTree(file.toFile());
        assertThat(report.propertyNames()).containsExactly("model", "evaluation");
        assertThat(report.at("/evaluation/mean_predicted").doubleValue()).isEqualTo(0.5);
        assertThat(report.at("/evaluation/base_rate").doubleValue()).isEqualTo(0.5);
    }
}
