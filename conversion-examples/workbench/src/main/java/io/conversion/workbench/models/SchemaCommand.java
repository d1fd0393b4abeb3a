package io.conversion.workbench.models;

import io.conversion.workbench.console.Console;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The commands about signal schemas. */
@Command(
        name = "schema",
        header = "Declares the signals of a file of users.",
        customSynopsis = "workbench schema COMMAND [OPTIONS]",
        subcommands = SchemaInferCommand.class)
public final class SchemaCommand implements Runnable {

    @Mixin
    private Console console;

    /** Without a command, shows the help. */
    @Override
    public void run() {
        console.printHelp();
    }
}
