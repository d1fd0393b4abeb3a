package io.conversion.workbench.policies;

import io.conversion.workbench.console.Console;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Holds one version of a policy in force. */
@Command(
        name = "pin",
        header = "Holds one version of a policy in force, whatever else is published.",
        description = {
            "The version is in force until it is unpinned or another one is pinned. Prints",
            "what is different from what was in force."
        },
        customSynopsis = "workbench policy pin VERSION --history DIR --author NAME --note TEXT%n"
                + "                            [OPTIONS]",
        footer = {
            "  workbench policy pin 1 --history policies/offers --author ben \\",
            "                       --note \"Support is short of people\""
        })
final class PolicyPinCommand implements Callable<Integer> {

    @Mixin
    private Console console;

    @Parameters(paramLabel = "VERSION", description = "The version.")
    private String version;

    @Mixin
    private HistoryChange change;

    @Override
    public Integer call() throws IOException {
        change.make(change.load(), (before, publication) -> before.pin(version, publication), console.out());
        return 0;
    }
}
