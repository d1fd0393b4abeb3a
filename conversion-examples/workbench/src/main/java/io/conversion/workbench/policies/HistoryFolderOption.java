package io.conversion.workbench.policies;

import io.conversion.policy.history.PolicyHistory;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option of every command about the versions of a policy. */
final class HistoryFolderOption {

    @Option(
            names = "--history",
            paramLabel = "DIR",
            required = true,
            description = "The folder that holds the versions, and nothing else.")
    private Path folder;

    Path folder() {
        return folder;
    }

    PolicyHistory load() throws IOException {
        return PolicyHistory.load(folder);
    }
}
