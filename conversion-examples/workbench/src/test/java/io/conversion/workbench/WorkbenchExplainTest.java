package io.conversion.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import io.conversion.core.ConversionModel;
import io.conversion.core.MinimumEvidence;
import io.conversion.core.provenance.TrainingProvenance;
import io.conversion.core.shapes.Shape;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalSchema;
import io.conversion.core.signals.WhenMissing;
import io.conversion.core.signals.WhenOutOfRange;
import io.conversion.core.signals.WhenUnseen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a product manager reads of one user; the numbers are binary fractions, to be added up by hand. */
class WorkbenchExplainTest {

    private static final SignalSchema SCHEMA = SignalSchema.of(
            "trial",
            "1",
            Signal.numeric("sessions_7d")
                    .unit("sessions")
                    .wholeNumbers()
                    .range(0, 50)
                    .reasons("comes back often", "hardly comes back")
                    .actionable(),
            Signal.numeric("content_hours")
                    .unit("hours")
                    .meaning("hours watched in a week")
                    .range(0, 168)
                    .whenMissing(WhenMissing.IMPUTE)
                    .whenOutOfRange(WhenOutOfRange.CLIP)
                    .actionable(),
            Signal.categorical("plan", "month", "year")
                    .whenUnseen(WhenUnseen.average())
                    .actionable(),
            Signal.flag("weekend").actionable(),
            Signal.numeric("margin").hidden());

    @TempDir
    static Path folder;

    private static ConversionModel model;
    private static Path modelFile;
    private static Path users;

    @BeforeAll
    static void write() throws IOException {
        Map<String, Double> plans = new LinkedHashMap<>();
        plans.put("month", 0.0);
        plans.put("year", 1.5);
        model = ConversionModel.builder("trial", "7", SCHEMA)
                .intercept(-2)
                .shapes(Map.of(
                        "sessions_7d", new Shape.Linear(0.25, 4, 0),
                        "content_hours", new Shape.Linear(0.0625, 2, -0.0625),
                        "plan", new Shape.Levels(plans, 0.5, 0, Set.of()),
                        "weekend", new Shape.Flag(-0.5, 0),
                        "margin", new Shape.Linear(0.125, 0, 0)))
                .weights(Map.of("content_hours", 3.0))
                .minimumEvidence(MinimumEvidence.of(0.75, "content_hours"))
                .training(new TrainingProvenance(
                        Instant.EPOCH,
                        new TrainingProvenance.Data("converted", "yes", List.of(), 200, 25, "sha256:" + "0".repeat(64)),
                        new TrainingProvenance.Fit("linear", 1, "given", true, 0, Map.of(), List.of())))
                .build();
        modelFile = folder.resolve("model.json");
        users = folder.resolve("users.csv");
        model.save(modelFile);
        Files.writeString(users, """
                user_id,sessions_7d,content_hours,plan,weekend,margin
                a,10,10,month,true,2
                b,3,,decade,false,0
                c,51,200,month,maybe,0
                d,4,200,year,false,0
                """);
    }

    /** The reference user has log-odds -2, from 4 sessions, 2 hours, a month, no weekend and no margin. */
    @Test
    void userIsExplainedOnOnePage() {
        Outcome outcome = explain("--row", 0);

        assertThat(outcome)
                .isEqualTo(new Outcome(0, """
                row 0 of users.csv, model MODEL

                  this user           43.78 %
                  the reference user  11.92 %  the median or most frequent value of every signal
                  the base rate       12.50 %  of all users that the model learned from

                  log-odds                signal         this user    reference   reason
                   +1.5000  ++++++++++++  sessions_7d    10 sessions  4 sessions  comes back often
                   +0.5000  ++++          content_hours  10 hours     2 hours     hours watched in a week: raises the probability
                   -0.5000  ----          weekend        true         false       weekend: lowers the probability
                   +0.0000                plan           month        month       plan: makes no difference

                  reference user, log-odds  -2.0000
                  contributions listed      +1.5000
                  contributions not listed  +0.2500
                  this user, log-odds       -0.2500
                the sum is exact
                """.replace("MODEL", model.reference().toString()), ""));
    }

    @Test
    void strongestFewAreListedAndTheRestAddedUp() {
        Outcome outcome = explain("--row", 0, "--top", 1);

        assertThat(outcome)
                .isEqualTo(new Outcome(0, """
                row 0 of users.csv, model MODEL

                  this user           43.78 %
                  the reference user  11.92 %  the median or most frequent value of every signal
                  the base rate       12.50 %  of all users that the model learned from

                  log-odds                signal       this user    reference   reason
                   +1.5000  ++++++++++++  sessions_7d  10 sessions  4 sessions  comes back often

                  reference user, log-odds  -2.0000
                  contributions listed      +1.5000
                  contributions not listed  +0.2500
                  this user, log-odds       -0.2500
                the sum is exact
                """.replace("MODEL", model.reference().toString()), ""));
    }

    @Test
    void ruleAndShortfallAreShown() {
        Outcome outcome = explain("--row", 1, "--top", 3);

        assertThat(outcome)
                .isEqualTo(new Outcome(0, """
                row 1 of users.csv, model MODEL

                  this user           14.03 %
                  the reference user  11.92 %  the median or most frequent value of every signal
                  the base rate       12.50 %  of all users that the model learned from

                the evidence does not suffice for a decision:
                  signal "content_hours" is required as evidence and was not observed
                  observed signals carry 0.42857142857142855 of the model's weight; at least 0.75 is required

                  log-odds                signal         this user          reference   reason
                   +0.5000  ++++++++++++  plan           "decade" (unseen)  month       plan, unseen: raises the probability
                   -0.2500  ------        sessions_7d    3 sessions         4 sessions  hardly comes back
                   -0.0625  --            content_hours  missing            2 hours     hours watched in a week, missing: lowers the probability

                  reference user, log-odds  -2.0000
                  contributions listed      +0.1875
                  this user, log-odds       -1.8125
                the sum is exact
                """.replace("MODEL", model.reference().toString()), ""));
    }

    @Test
    void modelIsAskedWhatWouldReachATarget() {
        Outcome outcome = explain("--row", 0, "--top", 0, "--target", 0.5);

        assertThat(outcome)
                .isEqualTo(new Outcome(0, """
                row 0 of users.csv, model MODEL

                  this user           43.78 %
                  the reference user  11.92 %  the median or most frequent value of every signal
                  the base rate       12.50 %  of all users that the model learned from

                  reference user, log-odds  -2.0000
                  contributions listed      +0.0000
                  contributions not listed  +1.7500
                  this user, log-odds       -0.2500
                the sum is exact

                to reach 50.00 %, each signal alone, by the model's answer (not a causal effect):
                  sessions_7d    from 10 to 11 sessions, which gives 50.00 %
                  content_hours  from 10 to 14 hours, which gives 50.00 %
                  plan           from month to year, which gives 77.73 %
                  weekend        from true to false, which gives 56.22 %
                """.replace("MODEL", model.reference().toString()), ""));
    }

    @Test
    void targetMayBeReachedOrHaveNoValueToChange() {
        assertThat(explain("--row", 3, "--target", 0.5).out()).endsWith("""
                to reach 50.00 %, each signal alone, by the model's answer (not a causal effect):
                  sessions_7d    reached as it is
                  content_hours  reached as it is
                  plan           reached as it is
                  weekend        reached as it is
                """);
        assertThat(explain("--row", 1, "--target", 0.9).out()).endsWith("""
                to reach 90.00 %, each signal alone, by the model's answer (not a causal effect):
                  sessions_7d    from 3 to 20 sessions, which gives 91.96 %
                  content_hours  was not observed, so there is no value to change
                  plan           was not observed, so there is no value to change
                  weekend        cannot; the best is false, which gives 14.03 %
                """);
    }

    @Test
    void modelWithoutAnActionableSignalSaysSo() throws IOException {
        SignalSchema still = SignalSchema.of("still", "1", Signal.flag("weekend"));
        Path file = folder.resolve("still.json");
        ConversionModel.of("still", "1", still, 0, Map.of("weekend", new Shape.Flag(1, 0)))
                .save(file);
        Path data = Files.writeString(folder.resolve("still.csv"), "weekend\nyes\n");

        Outcome outcome = Outcome.of("explain --model", file, "--data", data, "--row", 0, "--target", 0.9);

        assertThat(outcome.out())
                .contains("weekend", "+1.0000")
                .doesNotContain("base rate")
                .endsWith("\n\nno signal of the model is declared actionable\n");
    }

    @Test
    void rowThatTheFileDoesNotHaveIsRefused() {
        assertThat(explain("--row", 4))
                .isEqualTo(new Outcome(1, "", "users.csv has no row 4; rows are counted from 0\n"));
    }

    @Test
    void rowThatTheSchemaRefusesIsNotExplained() {
        assertThat(explain("--row", 2)).isEqualTo(new Outcome(1, "", """
                                row 2 is refused:
                                  signal "sessions_7d": 51 is out of range, allowed is 0 to 50 sessions
                                  signal "weekend": the text "maybe" is not true or false
                                """));
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, delimiter = '|', textBlock = """
                    OPTIONS               | MESSAGE
                    --row 0 --target 0    | --target is 0.0; a probability above 0 and up to 1 is needed
                    --row 0 --target 1.5  | --target is 1.5; a probability above 0 and up to 1 is needed
                    --row 0 --target NaN  | --target is NaN; a probability above 0 and up to 1 is needed
                    --row 0 --target half | Invalid value for option '--target': 'half' is not a double
                    --row -1              | Invalid value for option '--row': "-1" is not a whole number of at least 0
                    --row 0 --top few     | Invalid value for option '--top': "few" is not a whole number of at least 0
                    --top 1               | Missing required option: '--row=N'
                    """)
    void wrongOptionIsAUsageError(String options, String message) {
        assertThat(explain((Object[]) options.split(" ", -1)))
                .isEqualTo(new Outcome(2, "", message + "\n\"workbench explain --help\" explains the options\n"));
    }

    private static Outcome explain(Object... options) {
        return Outcome.with(options, "explain --ignore user_id --model", modelFile, "--data", users);
    }
}
