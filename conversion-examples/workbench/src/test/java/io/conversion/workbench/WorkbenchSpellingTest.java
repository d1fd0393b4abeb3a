package io.conversion.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every command that reads CSV reads the same users from a file with decimal commas, points between thousands and tabs. */
class WorkbenchSpellingTest {

    private static final String SPELT = " --decimal comma --thousands . --separator tab";

    @TempDir
    static Path folder;

    private static Path plain;
    private static Path spelt;

    @BeforeAll
    static void writeBothSpellings() throws IOException {
        plain = folder.resolve("plain/users.csv");
        spelt = folder.resolve("spelt/users.csv");
        Files.createDirectories(plain.getParent());
        Files.createDirectories(spelt.getParent());
        Outcome.of("generate --users", 400, "--out", plain);
        Files.writeString(
                spelt,
                Files.readString(plain)
                        .lines()
                        .map(line -> line.replace(',', '\t').replace('.', ','))
                        .collect(Collectors.joining("\n")));
        Files.writeString(folder.resolve("policy.json"), """
                {
                  "format": "conversion-policy", "format_version": 1,
                  "name": "trial", "version": "4", "model": {"name": "users"},
                  "bands": [
                    {"segment": "low_intent", "from": 0, "action": "nothing"},
                    {"segment": "high_intent", "from": 0.7, "action": "offer_annual_plan"}
                  ],
                  "fallback": {"action": "show_default"}
                }
                """);
        assertThat(run("train --label converted --shapes linear --penalty 1 --calibrate none --out model", plain))
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "schema infer --label converted --out OUT",
                "signals --label converted --out OUT",
                "score --model model/model.json --out OUT",
                "decide --model model/model.json --policy policy.json --out OUT",
                "evaluate --model model/model.json --label converted --out OUT",
                "policy impact policy.json policy.json --model model/model.json --label converted --flips OUT"
            })
    void aCommandReadsEitherSpelling(String command) throws IOException {
        Path first = folder.resolve("first");
        Path second = folder.resolve("second");

        int exitCode = run(command.replace("OUT", "first"), plain);
        int spelled = run(command.replace("OUT", "second") + SPELT, spelt);

        assertThat(exitCode).isZero();
        assertThat(spelled).isZero();
        assertThat(second).hasSameTextualContentAs(first);
    }

    @ParameterizedTest
    @CsvSource({
        "explain, explain --model model/model.json --row 3",
        "report, report --model model/model.json --label converted --out report.html",
        "check, policy check policy.json --model model/model.json"
    })
    void otherCommandsReadItToo(String name, String command) {
        assertThat(run(command + SPELT, spelt)).isZero();
        assertThat(run(command, spelt)).isEqualTo(1);
    }

    @Test
    void aLogOfEventsIsReadToo() throws IOException {
        Path product = folder.resolve("product");
        Outcome.of("generate --events --users 600 --out", product);
        for (String table : new String[] {"signups", "events", "purchases"}) {
            Path file = product.resolve(table + ".csv");
            Files.writeString(file, Files.readString(file).replace(',', ';').replace('.', ','));
        }
        String files = "horizons --signups product/signups.csv --events product/events.csv"
                + " --purchases product/purchases.csv --days 3 --tolerate 0";

        assertThat(run(files + " --decimal comma", null)).isZero();
        Outcome refused = outcome(files, null);
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err()).contains("is one with a decimal comma: read the file with --decimal comma");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--decimal comma --thousands comma | --decimal and --thousands: the decimal mark and the thousands separator are"
                        + " both \",\"; a number has different ones",
                "--decimal dot | Invalid value for option '--decimal': \"dot\" is none of point, comma",
                "--separator x | Invalid value for option '--separator': \"x\" is none of detected, comma, semicolon, tab,"
                        + " pipe"
            })
    void aSpellingThatCannotBeIsAMisuse(String options, String message) {
        Outcome outcome = outcome("score --model model/model.json --out never.csv " + options, plain);

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err()).startsWith(message);
    }

    private static int run(String command, @Nullable Path data) {
        Outcome outcome = outcome(command, data);
        assertThat(outcome.exitCode()).as(outcome.err()).isLessThan(2);
        return outcome.exitCode();
    }

    /** Runs a command whose files are in the folder. */
    private static Outcome outcome(String command, @Nullable Path data) {
        String words = Arrays.stream(command.split(" ", -1))
                .map(word -> word.matches(".*\\.(json|csv|html)|model|first|second|product")
                        ? folder.resolve(word).toString()
                        : word)
                .collect(Collectors.joining(" "));
        return data == null ? Outcome.of(words) : Outcome.of(words + " --data", data);
    }
}
