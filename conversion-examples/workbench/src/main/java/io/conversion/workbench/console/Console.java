package io.conversion.workbench.console;

import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where a command speaks: what it found, what it refuses, and what is wrong with its options. */
// Without options of its own, picocli takes it for a mixin only if it says so.
@Command
public final class Console {

    /** The exit code of a command that refused its input, or found it faulty. */
    public static final int REFUSED = 1;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    public PrintWriter out() {
        return TerminalText.to(command.commandLine().getOut());
    }

    public PrintWriter err() {
        return TerminalText.to(command.commandLine().getErr());
    }

    /** To be thrown where options do not go together, or a value is none that the option takes. */
    public ParameterException misuse(String message) {
        return new ParameterException(command.commandLine(), message);
    }

    public void printHelp() {
        command.commandLine().usage(command.commandLine().getOut());
    }
}
