package io.conversion.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import io.conversion.policy.Band;
import io.conversion.policy.ModelRequirement;
import io.conversion.policy.Policy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Every option of every command, with values that nobody means. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WorkbenchExtremeOptionsTest {

    private static final String MOMENT = "2026-01-01T00:00:00Z";

    private static final String ECONOMICS = """
            {
              "format": "conversion-economics", "format_version": 1, "value": 40, "no_action": "nothing",
              "actions": [
                {"action": "offer", "contact_cost": 1, "discount": 1,
                 "effect": {"kind": "relative", "by": 0.5, "source": "a guess"}}
              ]
            }
            """;

    private static final String EXPERIMENT = """
            {
              "format": "conversion-experiment", "format_version": 1, "name": "offer", "version": "1", "unit": "user",
              "salt": "offer-1", "layer": {"name": "all", "salt": "all-1", "share": 1}, "control": "a",
              "arms": [
                {"name": "a", "share": 0.5, "policy": {"name": "p", "version": "1", "digest": "DIGEST"}},
                {"name": "b", "share": 0.5, "policy": {"name": "p", "version": "2", "digest": "DIGEST"}}
              ],
              "start": "2026-01-01T00:00:00Z", "end": "2026-02-01T00:00:00Z",
              "primary": {"name": "converted", "kind": "proportion"},
              "planned_users": 100, "false_positives": 0.05, "false_negatives": 0.2, "smallest_effect": 0.1
            }
            """.replace("DIGEST", "sha256:" + "0".repeat(64));

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

    private static final Set<String> SLOW =
            Set.of("report", "policy thresholds", "generate --events", "horizons", "signals");

    /** For commands that take long. */
    private static final List<String> FEW_EXTREMES = List.of("", "-1", "0", "9223372036854775807", "NaN", ",", "\0");

    private Path folder;

    /** The valid options of each command, which the extreme one follows or replaces. */
    private Map<String, List<String>> commands;

    @BeforeAll
    void write(@TempDir Path empty) throws IOException {
        folder = empty;
        Files.createDirectory(folder.resolve("written"));
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
        String policy = policy("policy.json", "1", 0.5);
        String next = policy("next.json", "2", 0.6);
        String economics = file("economics.json", ECONOMICS);
        String records = folder.resolve("records.jsonl").toString();
        String history = folder.resolve("history").toString();
        String modelFile = model + "/model.json";
        List<String> scored = List.of("--model", modelFile, "--data", users);
        List<String> labelled = List.of("--data", users, "--label", "converted");
        List<String> log = List.of("--signups", signups, "--events", events, "--purchases", purchases);
        List<String> change = List.of("--history", history, "--author", "ana", "--note", "why", "--moment", MOMENT);
        String scores = file("scores.csv", "probability\n0.1\n0.2\n0.4\n");
        StringBuilder arms = new StringBuilder("group,before,converted\n");
        for (int i = 0; i < 80; i++) {
            arms.append(i % 2 == 0 ? "A," : "B,")
                    .append(i % 7)
                    .append(',')
                    .append(i % 3 == 0 ? 1 : 0)
                    .append('\n');
        }
        String ab = file("ab.csv", arms.toString());
        String logged = file("log.csv", "action,p,y\n" + "a,0.5,1\nb,0.5,0\n".repeat(40));
        String scoredOutcomes = file("scored.csv", "probability,y\n" + "0.1,1\n0.3,0\n0.5,1\n0.7,0\n".repeat(20));
        String experiment = file("experiment.json", EXPERIMENT);
        Outcome.of("decide", all(scored, "--policy", policy, "--out", records).toArray());
        Outcome.of("policy publish", all(change, policy).toArray());
        commands = Map.ofEntries(
                Map.entry(
                        "train",
                        all(
                                labelled,
                                "--name",
                                "m",
                                "--shapes",
                                "linear",
                                "--penalty",
                                "1",
                                "--calibrate",
                                "none",
                                "--out",
                                folder.resolve("m").toString())),
                Map.entry("experiment plan", List.of("--baseline", "0.08", "--effect", "0.01")),
                Map.entry(
                        "experiment simulate",
                        List.of(
                                "--data",
                                scores,
                                "--effect",
                                "0.05",
                                "--planned-users",
                                "200",
                                "--experiments",
                                "2",
                                "--looks",
                                "2")),
                Map.entry("experiment check", List.of(experiment)),
                Map.entry(
                        "experiment assign",
                        List.of("--experiment", experiment, "--data", users, "--key", "sessions", "--out", out)),
                Map.entry(
                        "experiment readout",
                        List.of(
                                "--data",
                                ab,
                                "--arm",
                                "group",
                                "--control",
                                "A",
                                "--outcome",
                                "converted",
                                "--covariate",
                                "before",
                                "--out",
                                folder.resolve("readout").toString())),
                Map.entry(
                        "policy value",
                        List.of(
                                "--data",
                                logged,
                                "--action",
                                "action",
                                "--propensity",
                                "p",
                                "--outcome",
                                "y",
                                "--uniform",
                                "--out",
                                out)),
                Map.entry(
                        "policy threshold-effects",
                        List.of("--data", scoredOutcomes, "--bound", "0.4", "--outcome", "y", "--out", out)),
                Map.entry("signals", all(labelled, "--out", out)),
                Map.entry("score", all(scored, "--out", out)),
                Map.entry("explain", all(scored, "--row", "0")),
                Map.entry("evaluate", all(scored, "--label", "converted", "--out", out)),
                Map.entry("horizons", all(log, "--days", "1", "--within", "3", "--out", out)),
                Map.entry("generate", List.of("--users", "3", "--out", out)),
                Map.entry(
                        "generate --events",
                        List.of(
                                "--users",
                                "3",
                                "--out",
                                folder.resolve("product").toString())),
                Map.entry("schema infer", all(labelled, "--out", out)),
                Map.entry("report", all(scored, "--label", "converted", "--out", out)),
                Map.entry("decide", all(scored, "--policy", policy, "--out", out)),
                Map.entry("replay", List.of("--records", records, "--model", modelFile, "--policy", policy)),
                Map.entry("drift", all(scored, "--policy", policy)),
                Map.entry("policy check", all(scored, policy)),
                Map.entry("policy diff", List.of(policy, next)),
                Map.entry("policy impact", all(scored, "--label", "converted", policy, next)),
                Map.entry("policy thresholds", all(scored, "--actions", economics, "--resamples", "2", "--out", out)),
                Map.entry("policy publish", all(change, next)),
                Map.entry("policy rollback", all(change, "--to", "1", "--as", "3")),
                Map.entry("policy pin", all(change, "1")),
                Map.entry("policy unpin", all(change)),
                Map.entry("policy log", List.of("--history", history)),
                Map.entry("policy at", List.of("--history", history, "--moment", MOMENT, "--out", out)));
    }

    private static List<String> all(List<String> first, String... more) {
        return Stream.concat(first.stream(), Stream.of(more)).toList();
    }

    private String policy(String name, String version, double bound) throws IOException {
        Policy.of(
                        "offers",
                        version,
                        ModelRequirement.named("m"),
                        List.of(Band.of("low", 0, "nothing"), Band.of("high", bound, "offer")),
                        "nothing")
                .save(folder.resolve(name));
        return folder.resolve(name).toString();
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    Set<String> names() {
        return new TreeSet<>(commands.keySet());
    }

    @ParameterizedTest
    @MethodSource("names")
    void noValueIsABug(String name) {
        List<String> valid = commands.getOrDefault(name, List.of());
        List<String> bugs = new ArrayList<>();
        // Else no option would be reached.
        assertThat(Outcome.of(name, valid.toArray()).err()).doesNotContain("explains the options", "Exception");
        for (OptionSpec option : command(name).getCommandSpec().options()) {
            if (option.arity().max() == 0) {
                continue;
            }
            for (String extreme : SLOW.contains(name) ? FEW_EXTREMES : EXTREMES) {
                if (option.longestName().equals("--users") && extreme.matches("\\d{2,}")) {
                    // So many users can be meant.
                    continue;
                }
                List<String> args = new ArrayList<>(valid);
                int at = args.indexOf(option.longestName());
                if (at >= 0) {
                    args.subList(at, at + 2).clear();
                }
                args.add(option.longestName() + "=" + value(option, extreme));
                Outcome outcome = Outcome.of(name, args.toArray());
                if (outcome.exitCode() == Failures.BUG || outcome.err().contains("Exception")) {
                    bugs.add(option.longestName() + "=" + extreme + ": " + outcome.err());
                }
            }
        }

        assertThat(bugs).isEmpty();
    }

    /** Every command is walked: a new one is to be added above. */
    @Test
    void everyCommandIsThere() {
        Set<String> known = new TreeSet<>();
        Workbench.commands().getSubcommands().forEach((name, command) -> {
            if (command.getSubcommands().isEmpty()) {
                known.add(name);
            }
            command.getSubcommands().keySet().forEach(sub -> known.add(name + " " + sub));
        });
        known.removeIf(name -> name.endsWith("help"));

        assertThat(names()).containsAll(known);
    }

    private static CommandLine command(String name) {
        CommandLine command = Workbench.commands();
        for (String word : name.replace(" --events", "").split(" ", -1)) {
            command = Objects.requireNonNull(command.getSubcommands().get(word));
        }
        return command;
    }

    /** What is written stays in the folder. */
    private String value(OptionSpec option, String extreme) {
        return List.of("--out", "--page", "--history", "--flips").contains(option.longestName())
                        && !extreme.equals("\0")
                ? folder.resolve("written") + "/" + extreme
                : extreme;
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
