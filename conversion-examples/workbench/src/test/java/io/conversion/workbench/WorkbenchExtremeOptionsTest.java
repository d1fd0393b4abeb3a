package io.conversion.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Every option of the commands that read numbers, days and names, with values that nobody means. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WorkbenchExtremeOptionsTest {

    private static final List<String> EXTREMES = List.of(
            "",
            " ",
            "-1",
            "0",
            "2147483647",
            "-2147483648",
            "9223372036854775807",
            "99999999999999999999",
            "NaN",
            "Infinity",
            "-1e400",
            "1e-320",
            "=",
            "a=",
            "=b",
            ",",
            "+999999999-12-31",
            "-0001-01-01",
            "\0");

    private Path folder;

    /** The valid options of each command, which the extreme one follows or replaces. */
    private Map<String, List<String>> commands;

    @BeforeAll
    void write(@TempDir Path empty) throws IOException {
        folder = empty;
        StringBuilder csv = new StringBuilder("sessions,converted\n");
        for (int i = 0; i < 60; i++) {
            csv.append(i % 11).append(',').append(i * 7 % 11 > 5 ? 1 : 0).append('\n');
        }
        String users = Files.writeString(folder.resolve("users.csv"), csv).toString();
        String model = folder.resolve("model").toString();
        Outcome.of(Outcome.TRAIN + " --name m --data", users, "--out", model);
        String signups = file("signups.csv", "user,day\nu1,2024-01-01\nu2,2024-01-02\nu3,2024-01-03\n");
        String events =
                file("events.csv", "user,day,kind\nu1,2024-01-01,view\nu2,2024-01-03,view\nu3,2024-01-20,view\n");
        String purchases = file("purchases.csv", "user,day\nu1,2024-01-03\nu3,2024-01-20\n");
        String out = folder.resolve("out.json").toString();
        commands = Map.of(
                "train",
                List.of(
                        "--data",
                        users,
                        "--label",
                        "converted",
                        "--name",
                        "m",
                        "--shapes",
                        "linear",
                        "--penalty",
                        "1",
                        "--calibrate",
                        "none",
                        "--out",
                        folder.resolve("m").toString()),
                "signals",
                List.of("--data", users, "--label", "converted", "--out", out),
                "score",
                List.of("--model", model + "/model.json", "--data", users, "--out", out),
                "explain",
                List.of("--model", model + "/model.json", "--data", users, "--row", "0"),
                "evaluate",
                List.of("--model", model + "/model.json", "--data", users, "--label", "converted", "--out", out),
                "horizons",
                List.of(
                        "--signups",
                        signups,
                        "--events",
                        events,
                        "--purchases",
                        purchases,
                        "--days",
                        "1",
                        "--within",
                        "3",
                        "--out",
                        out));
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"train", "signals", "score", "explain", "evaluate", "horizons"})
    void noValueIsABug(String name) {
        CommandLine command =
                Objects.requireNonNull(Workbench.commands().getSubcommands().get(name));
        List<String> bugs = new ArrayList<>();
        for (OptionSpec option : command.getCommandSpec().options()) {
            if (option.arity().max() == 0 || List.of("--threads", "--out").contains(option.longestName())) {
                continue;
            }
            for (String extreme : EXTREMES) {
                List<String> args = new ArrayList<>(commands.getOrDefault(name, List.of()));
                int at = args.indexOf(option.longestName());
                if (at >= 0) {
                    args.subList(at, at + 2).clear();
                }
                args.add(option.longestName() + "=" + extreme);
                Outcome outcome = Outcome.of(name, args.toArray());
                if (outcome.exitCode() == Failures.BUG || outcome.err().contains("Exception")) {
                    bugs.add(option.longestName() + "=" + extreme + ": " + outcome.err());
                }
            }
        }

        assertThat(bugs).isEmpty();
    }

    @Test
    void argumentThatTheLocaleCouldNotReadIsRefusedInEveryCommand() {
        for (String words :
                List.of("train --name", "policy publish", "score --data", "generate --out", "nonsense", "")) {
            Outcome outcome = Outcome.of(words, "Verl\uFFFD\uFFFDngerung");

            assertThat(outcome.exitCode()).isEqualTo(2);
            assertThat(outcome.err())
                    .startsWith(
                            "the argument \"Verl\uFFFD\uFFFDngerung\" holds a character that Java could not read in this")
                    .contains("LC_ALL=C.UTF-8");
        }
    }
}
