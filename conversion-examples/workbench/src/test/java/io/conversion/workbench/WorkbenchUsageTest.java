package io.conversion.workbench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.conversion.policy.Policy;
import io.conversion.policy.economics.Economics;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** Help, and how options may not be used. */
class WorkbenchUsageTest {

    /** Every command, as a line that names it. */
    static Stream<String> commands() {
        return below("", Workbench.commands());
    }

    private static Stream<String> below(String line, CommandLine command) {
        return Stream.concat(
                Stream.of(line),
                command.getSubcommands().entrySet().stream()
                        .flatMap(each ->
                                below(line.isEmpty() ? each.getKey() : line + " " + each.getKey(), each.getValue())));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void helpFitsATerminal(String line) {
        Outcome outcome = Outcome.of(line, "--help");

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out().lines())
                .hasSizeGreaterThan(5)
                .allSatisfy(printed -> assertThat(printed)
                        .hasSizeLessThanOrEqualTo(80)
                        .doesNotContain("@|")
                        .doesNotContain("${"));
        // A longer line would be broken anywhere.
        UsageMessageSpec help = command(line).getCommandSpec().usageMessage();
        assertThat(Stream.of(help.header(), help.description(), help.footer())
                        .flatMap(Stream::of)
                        .map(written -> written.replace("%%", "%")))
                .allSatisfy(written -> assertThat(written).hasSizeLessThanOrEqualTo(80));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void helpShowsAnExample(String line) {
        assumeThat(command(line).getSubcommands()).isEmpty();

        assertThat(Outcome.of(line, "--help").out())
                .containsPattern("Example:\n(  mkdir .*\n)?  workbench " + line + " ");
    }

    private static CommandLine command(String line) {
        CommandLine command = Workbench.commands();
        for (String name : line.isEmpty() ? new String[0] : line.split(" ")) {
            command = Objects.requireNonNull(command.getSubcommands().get(name));
        }
        return command;
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
                    LINE,   HELP
                    '',     --help
                    schema, schema --help
                    policy, policy --help
                    """)
    void aGroupWithoutACommandShowsItsHelp(String line, String help) {
        assertThat(Outcome.of(line)).isEqualTo(Outcome.of(help));
    }

    @Test
    void thePolicyOfTheHelpIsOne() {
        String help = Outcome.of("policy check --help").out();

        Policy policy = Policy.fromJson(help.substring(help.indexOf('{')));

        assertThat(policy.bands()).hasSize(3);
    }

    @Test
    void helpOfPolicyThresholdsShowsWholeEconomics() {
        String help = Outcome.of("policy thresholds --help").out();

        Economics economics = Economics.fromJson(help.substring(help.indexOf('{')));

        assertThat(economics.actions()).hasSize(1);
    }

    @Test
    void theHelpNamesTheExitCodes() {
        assertThat(Outcome.of("").out()).contains("""
                        Exit codes:
                          0    Done.
                          1    Refused input, or with --strict a refused row. Standard error says why.
                          2    Usage: an option that does not exist, lacks its value, or is missing.
                          70   A bug in the workbench. Please report it with its --stack-trace.
                        """);
    }

    @Test
    void theVersionIsPrinted() {
        assertThat(Outcome.of("--version").out().lines().toList())
                .containsExactly("workbench development", "Java " + Runtime.version());
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, delimiter = '|', textBlock = """
                    LINE                                              | MESSAGE
                    train --data u.csv --out m                        | Missing required option: '--label=COLUMN'
                    train --data u.csv --label y --out m --fast       | Unknown option: '--fast'
                    train --data u.csv --label y --out m --penalty lo | --penalty is "lo"; cv or a number of at least 0 is needed, such as 1
                    train --data u.csv --label y --out m --penalty -1 | --penalty: the penalty is -1.0; it must be a finite number of at least 0
                    train --data u.csv --label y --out m --shapes any | --shapes is "any"; linear and auto are the kinds that exist
                    train --data u.csv --label y --out m --tails any | --tails is "any"; open and flat are the kinds that exist
                    train --data u.csv --label y --out m --tails flat --shapes linear | --tails flat and --shapes linear exclude each other: a straight line has no flat tails
                    train --data u.csv --label y --out m --calibrate x| --calibrate is "x"; none, platt, isotonic and auto are the kinds that exist
                    train --data u.csv --label y --out m --tolerate x | Invalid value for option '--tolerate': "x" is not a whole number of at least 0
                    """)
    void aWrongOptionIsAUsageError(String line, String message) {
        Outcome outcome = Outcome.of(line);

        assertThat(outcome)
                .isEqualTo(new Outcome(2, "", message + "\n\"workbench train --help\" explains the options\n"));
    }

    @Test
    void aMisspeltOptionIsOfferedTheNearestOneAlthoughTheRightOneIsMissing() {
        assertThat(Outcome.of("train --data u.csv --labl y --out m")).isEqualTo(new Outcome(2, "", """
                                Unknown options: '--labl', 'y'
                                Possible solutions: --label
                                "workbench train --help" explains the options
                                """));
    }

    @Test
    void atLeastOneUserIsGenerated() {
        assertThat(Outcome.of("generate --users 0 --out users.csv"))
                .isEqualTo(new Outcome(
                        2,
                        "",
                        "--users is 0; at least 1 is needed\n\"workbench generate --help\" explains the options\n"));
    }

    @Test
    void aMisspeltCommandIsOfferedTheNearestOne() {
        assertThat(Outcome.of("polcy")).isEqualTo(new Outcome(2, "", """
                                Unmatched argument at index 0: 'polcy'
                                Did you mean: workbench policy or workbench report?
                                "workbench --help" explains the options
                                """));
    }

    @Test
    void aBugSaysSoInOneLine() {
        StringWriter err = new StringWriter();

        int exitCode = broken(err).execute();

        assertThat(exitCode).isEqualTo(70);
        assertThat(err)
                .hasToString("this is a bug in the workbench: java.lang.IllegalStateException: no wheels;"
                        + " run the command again with --stack-trace and report it\n");
    }

    @Test
    void aBugShowsItsStackTraceOnDemand() {
        StringWriter err = new StringWriter();

        broken(err).execute("--stack-trace");

        assertThat(err.toString().lines())
                .startsWith(
                        "this is a bug in the workbench: java.lang.IllegalStateException: no wheels",
                        "java.lang.IllegalStateException: no wheels")
                .anyMatch(line -> line.startsWith("\tat io.conversion.workbench."));
    }

    private static CommandLine broken(StringWriter err) {
        CommandLine broken = new CommandLine(new Broken())
                .setErr(new PrintWriter(err, true))
                .setExecutionExceptionHandler(Failures::execution);
        broken.getCommandSpec()
                .addOption(OptionSpec.builder(Failures.STACK_TRACE)
                        .type(boolean.class)
                        .build());
        return broken;
    }

    @Command(name = "broken")
    private static final class Broken implements Callable<Integer> {

        @Override
        public Integer call() {
            throw new IllegalStateException("no wheels");
        }
    }
}
