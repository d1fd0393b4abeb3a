package io.conversion.workbench.models;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The commands about signal schemas. */
@Command(
        name = "schema",
        header = "Declares the signals of a file of users.",
        customSynopsis = "workbench schema COMMAND [OPTIONS]",
        subcommands = SchemaInferCommand.class)
// picocli sets the spec. To be removed when NullAway knows its annotations.
@SuppressWarnings("NullAway.Init")
public final class SchemaCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    /** Without a command, shows the help. */
    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
