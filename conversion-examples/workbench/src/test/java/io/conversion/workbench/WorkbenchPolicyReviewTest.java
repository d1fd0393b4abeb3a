package io.conversion.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import io.conversion.core.signals.Signal;
import io.conversion.policy.Band;
import io.conversion.policy.Comparison;
import io.conversion.policy.Condition;
import io.conversion.policy.Guardrail;
import io.conversion.policy.Policy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Policies are checked and compared; users are few, so that each number can be counted by hand. */
class WorkbenchPolicyReviewTest {

    @TempDir
    static Path folder;

    private static Path model;
    private static Path before;
    private static Path after;
    private static Path users;

    @BeforeAll
    static void writeFiles() throws IOException {
        model = Trial.saveModel(
                folder.resolve("model.json"), Signal.numeric("sessions").range(0, 40));
        Policy old = Trial.offers("1", 0.7);
        before = folder.resolve("before.json");
        old.save(before);
        after = folder.resolve("after.json");
        old.toBuilder("2")
                .bands(List.of(Band.of("low", 0, "wait"), Band.of("high", 0.5, "offer")))
                .guardrail(new Guardrail(
                        "idle", new Condition.NumberIs("sessions", Comparison.BELOW, 1), "win_back", "nobody there"))
                .capacities(Map.of("offer", 1L))
                .build()
                .save(after);
        // Probabilities 0.12, 0.5, 0.73, 0.73 and none.
        users = Files.writeString(folder.resolve("users.csv"), """
                logit,sessions,converted
                -2,3,0
                0,3,1
                1,3,
                1,0,0
                much,3,1
                """);
    }

    @Test
    void theDifferenceIsPrintedInSentences() {
        assertThat(Outcome.of("policy diff", before, after)).isEqualTo(new Outcome(0, """
                from policy "offers" 1 to policy "offers" 2
                  probability 0.5 to below 0.7: action "wait" becomes "offer", segment "low" becomes "high"
                  guardrail "idle" is new, at place 1: if "sessions" < 1, action "win_back" (nobody there)
                  capacity of action "offer" is new: "1"
                """, ""));
        assertThat(Outcome.of("policy diff", before, before).out()).contains("no difference but the version");
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
                    threads
                    1
                    3
                    """)
    void theImpactIsPrintedWithItsLimits(int threads) throws IOException {
        Path flips = folder.resolve("flips.csv");

        Outcome outcome = Outcome.of(
                "policy impact",
                before,
                after,
                "--model",
                model,
                "--data",
                users,
                "--label",
                "converted",
                "--flips",
                flips,
                "--threads",
                threads);

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.err()).isEqualTo("""
                1 of 5 rows was refused:
                  row 4: signal "logit": the text "much" is not a number
                """);
        assertThat(outcome.out()).endsWith("""
                columns passed over: converted (the label)
                5 users, of whom 2 (40.0 %%) would get another action
                users by what decides, before (rows) and after (columns):
                                             low  high  guardrail: idle  fallback: invalid_signals  all
                  low                          1     1                0                          0    2
                  high                         0     1                1                          0    2
                  fallback: invalid_signals    0     0                0                          1    1
                  all                          1     2                1                          1    5
                users by action:
                  action    before   share  after   share  change
                  wait           2  40.0 %%      1  20.0 %%      -1
                  offer          2  40.0 %%      2  40.0 %%      +0
                  nothing        1  20.0 %%      1  20.0 %%      +0
                  win_back       0   0.0 %%      1  20.0 %%      +1
                after, 2 users get action "offer", whose capacity is 1: 1 too many
                conversions under past treatment, before:
                  decides                    action   users  expected    rate  observed  95 %% interval
                  low                        wait         2       0.6  0.3096    0.5000  0.0945 to 0.9055
                  high                       offer        2       1.5  0.7311    0.0000  0.0000 to 0.7935
                  fallback: invalid_signals  nothing      1         -       -    1.0000  0.2065 to 1.0000
                conversions under past treatment, after:
                  decides                    action    users  expected    rate  observed  95 %% interval
                  low                        wait          1       0.1  0.1192    0.0000  0.0000 to 0.7935
                  high                       offer         2       1.2  0.6155    1.0000  0.2065 to 1.0000
                  guardrail: idle            win_back      1       0.7  0.7311    0.0000  0.0000 to 0.7935
                  fallback: invalid_signals  nothing       1         -       -    1.0000  0.2065 to 1.0000
                what these numbers do not say:
                  These are volumes: who would get which action. What the change does to conversions cannot be known \
                without a log of actions that were drawn at random, such as a control group gives.
                  Expected conversions are sums of calibrated probabilities: what these users do under the treatment \
                that was in force when the labels of the model arose, whatever their action here.
                  Observed rates are of users under the treatment that they got then. They show that bands differ, and \
                not what an action does.
                wrote %s
                """.formatted(flips));
        assertThat(Files.readString(flips)).isEqualTo("""
                row,probability,before,action_before,after,action_after
                1,0.5,low,wait,high,offer
                3,0.7310585786300049,high,offer,guardrail: idle,win_back
                """);
    }

    @Test
    void withoutALabelNothingIsObserved() {
        Outcome outcome =
                Outcome.of("policy impact", before, after, "--model", model, "--data", users, "--ignore", "converted");

        assertThat(outcome.out()).contains("users  expected    rate\n").doesNotContain("observed", "Observed");
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, delimiter = '|', textBlock = """
                    values  | positive | message
                    yes,no  | maybe    | row 1: column "converted" has the value "no" beside "maybe" and "yes"; an outcome has two values
                    yes,yes | maybe    | column "converted" has no row with the value "maybe"; correct --label or --positive
                    no,no   |          | column "converted" has no row with the value 1, true or yes; correct --label or --positive
                    yes,nay |          | row 1: column "converted" has the value "nay"; say with --positive which value counts as converted
                    """)
    void labelsThatAreNoOutcomeAreRefused(String values, String positive, String message) throws IOException {
        String[] labels = values.split(",", -1);
        Path file = Files.writeString(
                folder.resolve("labels.csv"),
                "logit,sessions,converted\n1,1," + labels[0] + "\n2,1," + labels[1] + "\n");
        Path flips = folder.resolve("no-flips.csv");

        Outcome outcome = Outcome.with(
                positive == null ? new Object[0] : new Object[] {"--positive", positive},
                "policy impact --label converted --model",
                model,
                "--data",
                file,
                "--flips",
                flips,
                before,
                after);

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).isEqualTo(message + "\n");
        assertThat(flips).doesNotExist();
    }

    @Test
    void aLabelThatTheFileLacksIsRefused() {
        Outcome outcome = Outcome.of(
                "policy impact",
                before,
                after,
                "--model",
                model,
                "--data",
                users,
                "--label",
                "bought",
                "--ignore",
                "converted");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).isEqualTo("""
                        users.csv: there is no column "bought"; the columns are [logit, sessions, converted]
                          --ignore names "converted"
                        """);
    }

    @Test
    void aCheckWithUsersShowsWhereTheyAre() throws IOException {
        Path many = Files.writeString(
                folder.resolve("many.csv"), "logit,sessions\n" + "2,1\n".repeat(9) + "-2,1\n" + "x,1\n");

        Outcome outcome = Outcome.of("policy check", before, "--model", model, "--data", many);

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out()).endsWith("""
                bands:
                  probability  segment   action   users   share
                  [0, 0.7)     low       wait         1   9.1 %
                  [0.7, 1]     high      offer        9  81.8 %
                  no decision  fallback  nothing      1   9.1 %
                findings:
                  warning crowded_band at /bands/1
                    band "high", from 0.7 to 1, holds 90.0 % of the 10 users given; the policy hardly tells users apart, \
                so move its bounds to where users are
                """);
    }

    @Test
    void aCheckThatFindsAnErrorFails() throws IOException {
        Path faulty = folder.resolve("faulty.json");
        Policy.load(before).toBuilder("3")
                .guardrail(new Guardrail(
                        "never", new Condition.NumberIs("sessions", Comparison.ABOVE, 40), "wait", "too many"))
                .build()
                .save(faulty);

        Outcome alone = Outcome.of("policy check", faulty);
        Outcome withModel = Outcome.of("policy check", faulty, "--model", model);

        assertThat(alone.exitCode()).isZero();
        assertThat(alone.out()).endsWith("findings: none\n");
        assertThat(withModel.exitCode()).isEqualTo(1);
        assertThat(withModel.err()).isEqualTo("policy \"offers\" 3 has 1 error; the findings say what to do\n");
        assertThat(withModel.out()).endsWith("""
                findings:
                  error contradiction at /guardrails/0/condition
                    guardrail "never" never decides: no valid signals satisfy "sessions" > 40; correct the condition or \
                remove the guardrail
                """);
    }

    @Test
    void optionsThatNeedOthersSaySo() {
        assertThat(Outcome.of("policy check", before, "--data", users).err())
                .startsWith("--data needs --model, which scores the users\n");
        assertThat(Outcome.of("policy impact", before, after, "--model", model, "--data", users, "--positive", "1")
                        .err())
                .startsWith("--positive needs --label, the column of the outcome\n");
    }
}
