package io.conversion.workbench.experiments;

import io.conversion.workbench.console.Console;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The commands about experiments. */
@Command(
        name = "experiment",
        header = "Plans experiments and reads them out: whether acting helps.",
        customSynopsis = "workbench experiment COMMAND [OPTIONS]",
        subcommands = {
            PlanCommand.class,
            SimulateCommand.class,
            CheckCommand.class,
            AssignCommand.class,
            ReadoutCommand.class
        })
public final class ExperimentCommand implements Runnable {

    @Mixin
    private Console console;

    /** Without a command, shows the help. */
    @Override
    public void run() {
        console.printHelp();
    }
}
