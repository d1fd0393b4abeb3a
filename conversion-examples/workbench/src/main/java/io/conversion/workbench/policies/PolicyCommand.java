package io.conversion.workbench.policies;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

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
            PolicyPublishCommand.class,
            PolicyLogCommand.class,
            PolicyAtCommand.class,
            PolicyRollbackCommand.class,
            PolicyPinCommand.class,
            PolicyUnpinCommand.class
        })
// picocli sets the spec. To be removed when NullAway knows its annotations.
@SuppressWarnings("NullAway.Init")
public final class PolicyCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    /** Without a command, shows the help. */
    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
