package io.conversion.workbench.policies;

import io.conversion.policy.history.PolicyHistory;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

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
// picocli sets the spec. To be removed when NullAway knows its annotations.
@SuppressWarnings("NullAway.Init")
final class PolicyUnpinCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private HistoryChange change;

    @Override
    public Integer call() throws IOException {
        change.make(change.load(), PolicyHistory::unpin, spec.commandLine().getOut());
        return 0;
    }
}
