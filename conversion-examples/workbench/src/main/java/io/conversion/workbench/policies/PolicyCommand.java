package io.conversion.workbench.policies;

import io.conversion.workbench.console.Console;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The commands about policies. */
@Command(
        name = "policy",
        header = "Reviews policies, finds bounds for them, and keeps their versions.",
        customSynopsis = "workbench policy COMMAND [OPTIONS]",
        subcommands = {
            PolicyCheckCommand.class,
            PolicyDiffCommand.class,
            PolicyImpactCommand.class,
            PolicyThresholdsCommand.class,
            PolicyValueCommand.class,
            PolicyThresholdEffectsCommand.class,
            PolicyPublishCommand.class,
            PolicyLogCommand.class,
            PolicyAtCommand.class,
            PolicyRollbackCommand.class,
            PolicyPinCommand.class,
            PolicyUnpinCommand.class
        })
public final class PolicyCommand implements Runnable {

    @Mixin
    private Console console;

    /** Without a command, shows the help. */
    @Override
    public void run() {
        console.printHelp();
    }
}
