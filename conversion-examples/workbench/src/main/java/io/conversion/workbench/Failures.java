package io.conversion.workbench;

import io.conversion.core.artifact.InvalidArtifactException;
import io.conversion.model.RefusedModelException;
import io.conversion.model.SeparationException;
import io.conversion.model.data.InvalidDataException;
import io.conversion.policy.history.StaleHistoryException;
import io.conversion.workbench.console.Console;
import io.conversion.workbench.console.RefusedInputException;
import io.conversion.workbench.console.TerminalText;
import io.conversion.workbench.console.Wording;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Maps what went wrong to a message on standard error and an exit code. */
final class Failures {

    static final int USAGE = 2;

    /** EX_SOFTWARE of sysexits.h: an internal software error. */
    static final int BUG = 70;

    static final String STACK_TRACE = "--stack-trace";

    private Failures() {}

    static int usage(ParameterException e, String[] args) {
        CommandLine command = e.getCommandLine();
        PrintWriter err = TerminalText.to(command.getErr());
        ParameterException cause = cause(e);
        err.println(cause.getMessage());
        UnmatchedArgumentException.printSuggestions(cause, err);
        err.println("\"" + command.getCommandSpec().qualifiedName() + " --help\" explains the options");
        return USAGE;
    }

    /**
     * Whether an argument has lost what was written: Java reads bytes that the locale does not know as U+FFFD, and would keep
     * them so in files for good.
     */
    static boolean isUndecodable(String argument) {
        return argument.indexOf('\uFFFD') >= 0;
    }

    static int undecodable(String argument, PrintWriter err) {
        err.println("the argument " + Wording.quoted(argument)
                + " holds a character that Java could not read in this locale ("
                + System.getProperty("sun.jnu.encoding")
                + "); run the command with LC_ALL=C.UTF-8, or another locale of UTF-8");
        return USAGE;
    }

    /** An option that is missing may be there under a misspelt name, which is what to tell then. */
    private static ParameterException cause(ParameterException e) {
        List<String> unmatched = e.getCommandLine().getUnmatchedArguments();
        return e instanceof MissingParameterException && !unmatched.isEmpty()
                ? new UnmatchedArgumentException(e.getCommandLine(), unmatched)
                : e;
    }

    static int execution(Exception e, CommandLine command, ParseResult parsed) {
        PrintWriter err = TerminalText.to(command.getErr());
        if (e instanceof TypeConversionException) {
            // Of an option that may be a file or a word, and so is read by its command.
            return usage(new ParameterException(command, String.valueOf(e.getMessage())), new String[0]);
        }
        Optional<String> refusal = refusal(e);
        if (refusal.isPresent()) {
            err.println(refusal.get());
            return Console.REFUSED;
        }
        OptionSpec option = command.getCommandSpec().findOption(STACK_TRACE);
        boolean stackTrace = option != null && Boolean.TRUE.equals(option.getValue());
        err.println("this is a bug in the workbench: " + e
                + (stackTrace ? "" : "; run the command again with " + STACK_TRACE + " and report it"));
        if (stackTrace) {
            e.printStackTrace(err);
        }
        return BUG;
    }

    /** What to tell the user, if the input is at fault and not the workbench. */
    private static Optional<String> refusal(Exception e) {
        if (e instanceof RefusedInputException
                || e instanceof InvalidDataException
                || e instanceof InvalidArtifactException
                || e instanceof SeparationException
                || e instanceof StaleHistoryException
                || e instanceof RefusedModelException) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
        Throwable cause = e instanceof UncheckedIOException ? e.getCause() : e;
        return cause instanceof IOException io ? Optional.of(describe(io)) : Optional.empty();
    }

    private static String describe(IOException e) {
        if (e instanceof NoSuchFileException missing) {
            return missing.getFile() + ": there is no such file";
        } else if (e instanceof AccessDeniedException denied) {
            return denied.getFile() + ": access is denied";
        } else if (e instanceof FileSystemException file && file.getReason() == null) {
            return file.getFile() + ": " + file.getClass().getSimpleName();
        }
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }
}
