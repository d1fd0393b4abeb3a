package io.conversion.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** The examples of the help can be pasted: each is a command line that its command accepts. */
class WorkbenchExamplesTest {

    private static final String WORKBENCH = "workbench ";

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
