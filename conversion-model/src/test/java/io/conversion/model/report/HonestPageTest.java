package io.conversion.model.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.conversion.core.ConversionModel;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalSchema;
import io.conversion.model.LogisticTrainer;
import io.conversion.model.TrainingResult;
import io.conversion.model.data.DataSet;
import io.conversion.model.evaluation.Evaluation;
import io.conversion.model.evaluation.Fitness;
import io.conversion.model.lifecycle.IntentHorizons;
import io.conversion.model.signals.SignalValidation;
import io.conversion.model.signals.ValidationOptions;
import io.conversion.model.synthetic.StreamingProduct;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What the page claims, against what was measured. */
class HonestPageTest {

    private static final SignalSchema SCHEMA =
            SignalSchema.of("three", "1", Signal.numeric("sessions"), Signal.numeric("hours"), Signal.numeric("age"));

    private static final DataSet TRAINING = users(3000, 1, -1.5, 1);
    private static final TrainingResult RESULT = LogisticTrainer.linear().train(TRAINING);
    private static final ConversionModel MODEL = RESULT.publish("honest", "1");

    /** Hours go with sessions, and have all of the effect and more. */
    private static DataSet users(int count, long seed, double intercept, double effect) {
        Random random = new Random(seed);
        DataSet.Builder builder = DataSet.builder(SCHEMA);
        for (int i = 0; i < count; i++) {
            double sessions = random.nextGaussian();
            double hours = sessions + 0.3 * random.nextGaussian();
            double logOdds = intercept + effect * (2 * hours - 1.5 * sessions);
            builder.add(
                    Map.of("sessions", sessions, "hours", hours, "age", random.nextGaussian()),
                    random.nextDouble() < 1 / (1 + Math.exp(-logOdds)));
        }
        return builder.build("converted");
    }

    private static String page(DataSet measured) {
        return ModelReport.of(MODEL, Evaluation.of(MODEL, measured)).toHtml();
    }

    @Test
    void verdictStandsOnTopWithItsReasonsAndAMark() {
        assertThat(page(users(4000, 2, -1.5, 1)))
                .contains("<div class=\"verdict good\">", "✓", "Fit for ranking and for its probabilities.");

        // A campaign of which far more convert: the ranking holds, the probabilities do not.
        assertThat(page(users(4000, 3, 0.5, 1)))
                .contains("<div class=\"verdict look\">", "◐", "Fit for ranking, not for its probabilities.")
                .containsPattern("It says that 2\\d(\\.\\d)? % convert, and 6\\d(\\.\\d)? % did\\.");

        // Users whom no signal tells apart.
        assertThat(page(users(4000, 4, -1.5, 0)))
                .contains("<div class=\"verdict bad\">", "✕", "Fit neither for ranking nor for its probabilities.")
                .contains("Its ranking cannot be told from chance");
    }

    /** The verdict follows from the figures that stand below it. */
    @Test
    void fitnessFollowsFromTheIntervals() {
        for (int seed = 10; seed < 30; seed++) {
            Random random = new Random(seed);
            DataSet measured =
                    users(200 + random.nextInt(3000), seed, 3 * random.nextDouble() - 2.5, 2 * random.nextDouble());
            Evaluation evaluation = Evaluation.of(MODEL, measured);
            Fitness fitness = evaluation.fitness();

            assertThat(fitness.ranks()).isEqualTo(evaluation.rocAuc().lower() > 0.5);
            if (fitness.predicts()) {
                assertThat(evaluation.logLoss()).isLessThan(evaluation.nullLogLoss());
            }
            assertThat(fitness.reasons().isEmpty()).isEqualTo(fitness.predicts() && !fitness.isInDoubt());
        }
    }

    @Test
    void noCheckIsClaimedThatWasNotMade() {
        ModelReport report = ModelReport.of(MODEL, Evaluation.of(MODEL, users(2000, 2, -1.5, 1)));

        assertThat(report.signals(SignalValidation.of(TRAINING)).toHtml())
                .contains("before the model was trained: does it tell converters from others and does another signal"
                        + " tell the same?")
                .contains("Note: temporal validity was not assessed")
                .contains("Note: stability was not assessed")
                .doesNotContain("is it known in time", "does it hold in every cohort");
        assertThat(report.signals(SignalValidation.of(
                                TRAINING,
                                ValidationOptions.defaults().predictionDay(7).availableOn(Map.of("hours", 3))))
                        .toHtml())
                .contains("does it tell converters from others, is it known in time and does another signal tell the"
                        + " same?")
                .doesNotContain("does it hold in every cohort");
    }

    @Test
    void signThatFlipsIsMarkedInTableAndFigure() {
        String page = page(users(2000, 2, -1.5, 1));

        assertThat(page.split("raises the probability alone and lowers it beside the other signals, above all", -1))
                .as("in the list of signals, below the curve and among the findings of the gate, there twice")
                .hasSize(5);
        assertThat(page).contains("<span class=\"pill look\">◐ see below</span>");
    }

    @Test
    void filesAreNamedAndALogIsNotTakenForTheModelsOwn() {
        ModelReport report = ModelReport.of(MODEL, Evaluation.of(MODEL, users(2000, 2, -1.5, 1)))
                .horizons(IntentHorizons.defaults().measure(StreamingProduct.log(1500, 3)))
                .files(Map.of("users measured on", "holdout.csv", "log of events", "signups.csv, events.csv"));

        assertThat(report.toHtml())
                .contains("<th scope=\"row\">Users measured on</th><td>holdout.csv</td>")
                .contains("These figures are of a log (signups.csv, events.csv), by counts of its own events and not by"
                        + " the signals of this model: whether it is a log of the same product is not checked.");
    }
}
