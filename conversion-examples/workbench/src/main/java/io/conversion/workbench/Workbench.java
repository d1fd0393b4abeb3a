package io.conversion.workbench;

import io.conversion.workbench.console.Console;
import io.conversion.workbench.console.PathConverter;
import io.conversion.workbench.experiments.ExperimentCommand;
import io.conversion.workbench.models.EvaluateCommand;
import io.conversion.workbench.models.GenerateCommand;
import io.conversion.workbench.models.HorizonsCommand;
import io.conversion.workbench.models.ReportCommand;
import io.conversion.workbench.models.SchemaCommand;
import io.conversion.workbench.models.SignalsCommand;
import io.conversion.workbench.models.TrainCommand;
import io.conversion.workbench.policies.PolicyCommand;
import io.conversion.workbench.users.DecideCommand;
import io.conversion.workbench.users.DriftCommand;
import io.conversion.workbench.users.ExplainCommand;
import io.conversion.workbench.users.ReplayCommand;
import io.conversion.workbench.users.ScoreCommand;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command line of the library, for data scientists and product managers. */
@Command(
        name = "workbench",
        header = "From a file of users to a model, a score for each user, and a decision.",
        customSynopsis = "workbench COMMAND [OPTIONS]",
        versionProvider = Version.class,
        exitCodeList = {
            "0:Done.",
            "1:Refused input, or with --strict a refused row. Standard error says why.",
            "2:Usage: an option that does not exist, lacks its value, or is missing.",
            "70:A bug in the workbench. Please report it with its --stack-trace."
        },
        footerHeading = "%n@|bold A whole journey:|@%n",
        footer = {
            "  workbench generate --users 5000 --out users.csv",
            "  workbench train --data users.csv --label converted \\",
            "                  --name trial-conversion --out model",
            "  workbench score --model model/model.json --data users.csv --out scores.csv",
            "  workbench explain --model model/model.json --data users.csv --row 0",
            "  workbench policy check policy.json --model model/model.json",
            "  workbench decide --model model/model.json --policy policy.json \\",
            "                   --data users.csv --out decisions.jsonl",
            "",
            "\"workbench COMMAND --help\" explains a command and shows an example of it, and",
            "\"workbench policy check --help\" a policy. \"workbench\" is short for \"java -jar",
            "conversion-examples/workbench/target/workbench.jar\".",
            "",
            "CSV files are UTF-8 with a header, separated by comma or semicolon, and numbers",
            "have a decimal point; --separator, --decimal and --thousands say otherwise. An",
            "output file is written completely or not at all, and replaces an older one."
        },
        subcommands = {
            GenerateCommand.class,
            SchemaCommand.class,
            SignalsCommand.class,
            TrainCommand.class,
            ScoreCommand.class,
            DecideCommand.class,
            ExplainCommand.class,
            EvaluateCommand.class,
            ReportCommand.class,
            HorizonsCommand.class,
            PolicyCommand.class,
            ExperimentCommand.class,
            ReplayCommand.class,
            DriftCommand.class
        })
// picocli reads the options. To be removed when Error Prone knows its annotations.
@SuppressWarnings("UnusedVariable")
public final class Workbench implements Runnable {

    @Mixin
    private Console console;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            order = HelpLayout.LAST,
            scope = ScopeType.INHERIT,
            description = "Shows this help.")
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            order = HelpLayout.LAST,
            description = "Shows the version of the workbench and of Java.")
    private boolean version;

    @Option(
            names = Failures.STACK_TRACE,
            order = HelpLayout.LAST,
            scope = ScopeType.INHERIT,
            description = "Shows where in the code a bug arose.")
    private boolean stackTrace;

    private Workbench() {}

    /**
     * Runs a command and ends the virtual machine with its exit code.
     *
     * @param args the command and its options
     */
    public static void main(String[] args) {
        System.exit(run(commands(), args, utf8(System.out), utf8(System.err)));
    }

    /** What is printed is UTF-8 as files are, whatever the locale. */
    private static PrintWriter utf8(OutputStream out) {
        return new PrintWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), true);
    }

    static CommandLine commands() {
        return new CommandLine(new Workbench());
    }

    /**
     * Runs a command.
     *
     * @param args the command and its options
     * @param out where to say what was done
     * @param err where to say what was refused
     * @return the exit code: 0 done, 1 refused input, 2 usage, 70 a bug
     */
    public static int run(String[] args, PrintWriter out, PrintWriter err) {
        return run(commands(), args, out, err);
    }

    private static int run(CommandLine commands, String[] args, PrintWriter out, PrintWriter err) {
        commands.setOut(out)
                .setErr(err)
                // Lists of names need the quotes of those that hold a comma; other values lose them here.
                .registerConverter(String.class, Workbench::withoutQuotes)
                .registerConverter(Path.class, text -> Path.of(withoutQuotes(text)))
                // A value that begins with @ is a value, not a file of arguments.
                .setExpandAtFiles(false)
                .setParameterExceptionHandler(Failures::usage)
                .setExecutionExceptionHandler(Failures::execution);
        commands.registerConverter(Path.class, new PathConverter());
        HelpLayout.apply(commands);
        try {
            Optional<String> undecodable =
                    Arrays.stream(args).filter(Failures::isUndecodable).findFirst();
            return undecodable.isPresent() ? Failures.undecodable(undecodable.get(), err) : commands.execute(args);
        } catch (OutOfMemoryError e) {
            err.println("there is not enough memory; give Java more of it, as in: java -Xmx8g -jar workbench.jar ...");
            return Console.REFUSED;
        } finally {
            out.flush();
            err.flush();
        }
    }

    private static String withoutQuotes(String text) {
        return text.length() > 1 && text.startsWith("\"") && text.endsWith("\"")
                ? text.substring(1, text.length() - 1)
                : text;
    }

    /** Without a command, shows the help. */
    @Override
    public void run() {
        console.printHelp();
    }
}
