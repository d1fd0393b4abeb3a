package io.conversion.workbench.policies;

import io.conversion.policy.history.PolicyHistory;
import io.conversion.workbench.console.Console;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Ends a pin. */
@Command(
        name = "unpin",
        header = "Ends a pin, so that the last version that is effective is in force again.",
        description = "Prints what is different from what was pinned.",
        customSynopsis = "workbench policy unpin --history DIR --author NAME --note TEXT%n"
                + "                              [OPTIONS]",
        footer = {
            "  workbench policy unpin --history policies/offers --author ben \\",
            "                         --note \"Support is back\""
        })
final class PolicyUnpinCommand implements Callable<Integer> {

    @Mixin
    private Console console;

    @Mixin
    private HistoryChange change;

    @Override
    public Integer call() throws IOException {
        change.make(change.load(), PolicyHistory::unpin, console.out());
        return 0;
    }
}
