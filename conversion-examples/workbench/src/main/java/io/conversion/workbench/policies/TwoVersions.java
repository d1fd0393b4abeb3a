package io.conversion.workbench.policies;

import io.conversion.policy.Policy;
import io.conversion.workbench.console.InputFiles;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Parameters;

/** The files of two versions of a policy that are compared. */
final class TwoVersions {

    @Parameters(index = "0", paramLabel = "OLD", description = "The old policy file.")
    private Path before;

    @Parameters(index = "1", paramLabel = "NEW", description = "The new policy file.")
    private Path after;

    InputFiles files() {
        return InputFiles.of("OLD", before).and("NEW", after);
    }

    Policy loadBefore() throws IOException {
        return Policy.load(before);
    }

    Policy loadAfter() throws IOException {
        return Policy.load(after);
    }
}
