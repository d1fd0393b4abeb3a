package io.conversion.workbench.policies;

import io.conversion.policy.history.PolicyHistory;
import io.conversion.policy.signing.SigningKeys;
import io.conversion.workbench.console.InputFiles;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option of every command about the versions of a policy. */
final class HistoryFolderOption {

    @Option(
            names = "--history",
            paramLabel = "DIR",
            required = true,
            description = "The folder that holds the versions, and nothing else.")
    private Path folder;

    @Option(
            names = "--key-file",
            paramLabel = "FILE",
            description = "The keys that sign new entries, and by which signed entries are verified (default: none, and"
                    + " no signature is looked at).")
    private @Nullable Path keyFile;

    Path folder() {
        return folder;
    }

    /** Whether signatures are verified. */
    boolean verifies() {
        return keyFile != null;
    }

    PolicyHistory load() throws IOException {
        if (keyFile == null) {
            return PolicyHistory.load(folder);
        }
        InputFiles.none().and("--key-file", keyFile).refuseUnreadable();
        return PolicyHistory.load(folder, SigningKeys.load(keyFile));
    }
}
