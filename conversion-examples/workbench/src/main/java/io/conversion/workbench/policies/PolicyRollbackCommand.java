package io.conversion.workbench.policies;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Adds a version that has the content of an earlier one. */
@Command(
        name = "rollback",
        header = "Adds a version that has the content of an earlier one.",
        description = {
            "Nothing is taken out of a history: what was published stays, and the new version",
            "replaces it. Prints what is different from the version before."
        },
        customSynopsis = "workbench policy rollback --history DIR --to VERSION --as VERSION%n"
                + "                                 --author NAME --note TEXT [OPTIONS]",
        footer = {
            "  workbench policy rollback --history policies/offers --to 3 --as 5 \\",
            "                            --author ana --note \"Refunds doubled\""
        })
// picocli sets the spec and the options. To be removed when NullAway knows its annotations.
@SuppressWarnings("NullAway.Init")
final class PolicyRollbackCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private HistoryChange change;

    @Option(
            names = "--to",
            paramLabel = "VERSION",
            required = true,
            description = "The earlier version whose content is to count again.")
    private String restores;

    @Option(names = "--as", paramLabel = "VERSION", required = true, description = "What the new version is called.")
    private String version;

    @Override
    public Integer call() throws IOException {
        change.make(
                change.load(),
                (before, publication) -> before.rollBack(restores, version, publication),
                spec.commandLine().getOut());
        return 0;
    }
}
