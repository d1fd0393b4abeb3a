package io.conversion.workbench.policies;

import io.conversion.workbench.console.Console;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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
            "  workbench policy rollback --history policies/offers --to 1 --as 3 \\",
            "                            --author ana --note \"Refunds doubled\""
        })
final class PolicyRollbackCommand implements Callable<Integer> {

    @Mixin
    private Console console;

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
                change.load(), (before, publication) -> before.rollBack(restores, version, publication), console.out());
        return 0;
    }
}
