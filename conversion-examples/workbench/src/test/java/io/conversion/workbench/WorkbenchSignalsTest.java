package io.conversion.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import io.conversion.model.data.CsvDataSet;
import io.conversion.model.signals.SignalValidation;
import io.conversion.model.signals.ValidationOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The validation of signals on the command line; its figures are those of the library. */
class WorkbenchSignalsTest {

    @TempDir
    static Path folder;

    private static Path users;

    /** Generated users, with a signup month and a signal that is the outcome. */
    @BeforeAll
    static void generate() throws IOException {
        Path generated = folder.resolve("generated.csv");
        Outcome.of("generate --users", 1000, "--seed", 3, "--out", generated);
        List<String> lines = new ArrayList<>();
        for (String line : Files.readAllLines(generated)) {
            String converted = line.substring(line.lastIndexOf(',') + 1);
            lines.add(
                    lines.isEmpty()
                            ? line + ",signup,renewed"
                            : line + ",2026-0" + (1 + lines.size() % 4) + "-15," + converted);
        }
        users = Files.write(folder.resolve("users.csv"), lines);
    }

    @Test
    void theTableShowsEachSignalOnceWithTheStrongestFirst() {
        Outcome outcome = signals("--cohort", "signup");

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.err()).isEmpty();
        List<String> lines = outcome.out().lines().toList();
        assertThat(lines).startsWith("  rows       1,000");
        assertThat(lines.get(2)).matches("  signal +kind +AUC +interval +IV +shape +agree +VIF +verdict");
        assertThat(lines.get(3)).startsWith("  renewed ").endsWith("  drop");
        assertThat(lines.subList(3, 10))
                .extracting(line -> line.strip().replaceFirst(" .*", ""))
                .containsExactlyInAnyOrder(
                        "days_since_signup",
                        "sessions_7d",
                        "content_hours_7d",
                        "downloads_7d",
                        "paywall_views_7d",
                        "country_tier",
                        "renewed");
        assertThat(lines).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
    }

    @Test
    void reasonsAreSentencesThatFitATerminal() {
        Outcome outcome = signals("--prediction-day", 7, "--available", "sessions_7d=7, downloads_7d=8");

        assertThat(outcome.out())
                .contains("drop:\n  renewed\n    leakage: its ROC AUC alone is 1.000, above 0.950;")
                .contains(
                        "  downloads_7d\n    temporal validity: it is known on day 8 only, and users are scored on day"
                                + " 7\n");
        assertThat(outcome.out()).contains("conditional:\n");
        assertThat(outcome.out().lines().skip(10))
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    }

    @Test
    void theFileIsTheReportOfTheLibrary() throws IOException {
        Path out = folder.resolve("signals.json");

        Outcome outcome = signals(
                "--cohort",
                "signup",
                "--prediction-day",
                7,
                "--available",
                "sessions_7d=7,downloads_7d=8",
                "--out",
                out);

        SignalValidation expected = SignalValidation.of(
                CsvDataSet.read(users, CsvDataSet.label("converted").attributes("signup")),
                ValidationOptions.defaults()
                        .cohort("signup")
                        .predictionDay(7)
                        .availableOn(Map.of("sessions_7d", 7, "downloads_7d", 8)));
        assertThat(outcome.out().lines()).endsWith("wrote " + out);
        assertThat(out).usingCharset(StandardCharsets.UTF_8).hasContent(expected.toJson());
    }

    @Test
    void aSignalOfTheSchemaMayTellTheCohort() {
        Path schema = folder.resolve("schema.json");
        Outcome.of("schema infer --data", users, "--label", "converted", "--out", schema);

        Outcome outcome = signals("--schema", schema, "--cohort", "country_tier");

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out().lines())
                .anySatisfy(
                        line -> assertThat(line).startsWith("  country_tier").contains("cat"));
    }

    @Test
    void daysWithoutAPredictionDayAreAUsageError() {
        assertThat(signals("--available", "sessions_7d=7")).isEqualTo(new Outcome(2, "", """
                        --available needs --prediction-day, the day on which users are scored
                        "workbench signals --help" explains the options
                        """));
    }

    @Test
    void aSignalThatDoesNotExistIsRefused() {
        Outcome outcome = signals("--prediction-day", 7, "--available", "session_7d=7");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err())
                .contains("\nthere is no signal \"session_7d\" to be available on day 7; the signals are [");
    }

    @Test
    void aDayThatDoesNotExistIsNoCohort() throws IOException {
        for (String day : List.of("2026-02-30", "2026-13-01", "2025-02-29T10:00:00Z")) {
            Path file = folder.resolve("days.csv");
            Files.writeString(file, Files.readString(users).replaceFirst("2026-03-15", day));

            Outcome outcome = Outcome.of("signals --label converted --cohort signup --data", file);

            assertThat(outcome)
                    .isEqualTo(new Outcome(
                            1,
                            "",
                            "column \"signup\", line 3: there is no day \"" + day
                                    + "\"; correct it, or leave the cell empty\n"));
        }
    }

    @Test
    void aDayFarAwayFromAllOthersIsNoCohort() throws IOException {
        for (String day : List.of("2926-03-15", "9999-12-31", "1970-01-01 00:00:00")) {
            Path file = folder.resolve("days.csv");
            Files.writeString(file, Files.readString(users).replaceFirst("2026-03-15", day));

            Outcome outcome = Outcome.of("signals --label converted --cohort signup --data", file);

            assertThat(outcome.exitCode()).isEqualTo(1);
            assertThat(outcome.err())
                    .startsWith("column \"signup\", line 3: " + day.substring(0, 10) + " lies ")
                    .containsPattern(" days (before|after) all other days, which (begin|end) on 2026-")
                    .endsWith("; correct it, or leave the cell empty\n");
        }
    }

    @Test
    void aCohortThatDoesNotExistIsRefused() {
        Outcome outcome = signals("--cohort", "sign_up");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).contains("\"sign_up\"");
    }

    private static Outcome signals(Object... options) {
        return Outcome.with(options, "signals --label converted --data", users);
    }
}
