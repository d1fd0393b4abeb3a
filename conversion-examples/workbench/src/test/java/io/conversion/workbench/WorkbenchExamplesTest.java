package io.conversion.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** The examples of the help can be pasted: each is a command line that its command accepts. */
class WorkbenchExamplesTest {

    private static final String WORKBENCH = "workbench ";

    /** A file or a folder that an example names. */
    private static final Pattern FILE =
            Pattern.compile("[a-z0-9-]+(/[a-z0-9-]+)*\\.(csv|jsonl?|html)|model|product|day7|policies/offers");

    static List<String> examples() {
        return commands(Workbench.commands().getCommandSpec())
                .flatMap(command -> examples(command.usageMessage().footer()).stream())
                .toList();
    }

    private static Stream<CommandSpec> commands(CommandSpec command) {
        return Stream.concat(
                Stream.of(command),
                command.subcommands().values().stream()
                        .map(CommandLine::getCommandSpec)
                        .flatMap(WorkbenchExamplesTest::commands));
    }

    /** The command lines of a footer, those that go on behind a backslash joined as a shell does. */
    private static List<String> examples(String... footer) {
        String text = Arrays.stream(footer).map(String::formatted).collect(Collectors.joining("\n"));
        return text.replaceAll(" *\\\\\n *", " ")
                .lines()
                .filter(line -> line.startsWith("  " + WORKBENCH))
                .map(String::strip)
                .toList();
    }

    /** The words of a line, where quotes of either kind keep blanks together. */
    private static String[] words(String line) {
        List<String> words = new ArrayList<>();
        Matcher word = Pattern.compile("(?:[^\\s'\"]|'[^']*'|\"[^\"]*\")+").matcher(line);
        while (word.find()) {
            words.add(word.group().replaceAll("['\"]", ""));
        }
        return words.toArray(String[]::new);
    }

    /** In the order in which each finds the files that it reads; the others need files of the user's own. */
    private static final List<String> JOURNEY = List.of(
            "generate",
            "schema infer",
            "train",
            "score",
            "explain",
            "evaluate",
            "signals",
            "policy check",
            "policy thresholds",
            "policy diff",
            "policy impact",
            "policy publish",
            "policy log",
            "policy pin",
            "policy unpin",
            "policy rollback",
            "policy at",
            "decide",
            "replay",
            "drift",
            "report",
            "horizons",
            "experiment plan",
            "experiment simulate");

    private static final Set<String> WITH_FILES_OF_ONES_OWN = Set.of(
            "experiment assign", "experiment check", "experiment readout", "policy value", "policy threshold-effects");

    @Test
    void theExamplesRunOneAfterAnotherInAnEmptyFolder(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("policy.json"), json("policy check"));
        Files.writeString(folder.resolve("actions.json"), json("policy thresholds"));

        // What "policy publish" shows before its example.
        assertThat(command("policy publish").usageMessage().footer()).startsWith("  mkdir -p policies/offers");
        Files.createDirectories(folder.resolve("policies/offers"));

        for (String command : JOURNEY) {
            for (String example : examples(command(command).usageMessage().footer())) {
                String[] words = words(example.substring(WORKBENCH.length()));
                Outcome outcome = Outcome.of("", (Object[]) Arrays.stream(words)
                        .map(word -> FILE.matcher(word).matches()
                                ? folder.resolve(word).toString()
                                : word)
                        .toArray(String[]::new));

                assertThat(outcome.exitCode())
                        .as("%s: %s", example, outcome.err())
                        .isZero();
            }
        }
    }

    @Test
    void everyCommandIsInTheJourney() {
        assertThat(commands(Workbench.commands().getCommandSpec())
                        .filter(command -> command.subcommands().isEmpty())
                        .map(command -> command.qualifiedName().substring(WORKBENCH.length())))
                .containsExactlyInAnyOrderElementsOf(Stream.concat(JOURNEY.stream(), WITH_FILES_OF_ONES_OWN.stream())
                        .toList());
    }

    private static CommandSpec command(String line) {
        CommandLine command = Workbench.commands();
        for (String name : line.split(" ", -1)) {
            command = Objects.requireNonNull(command.getSubcommands().get(name));
        }
        return command.getCommandSpec();
    }

    /** The JSON that the help of a command shows. */
    private static String json(String command) {
        String help = Outcome.of(command + " --help").out();
        return help.substring(help.indexOf('{'));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void anExampleIsAccepted(String example) {
        ParseResult parsed = Workbench.commands()
                .setExpandAtFiles(false)
                .registerConverter(Path.class, Path::of)
                .parseArgs(words(example.substring(WORKBENCH.length())));

        assertThat(parsed.unmatched()).isEmpty();
        assertThat(parsed.hasSubcommand()).isTrue();
    }
}
