package io.conversion.workbench.policies;

import io.conversion.core.ConversionModel;
import io.conversion.policy.Policy;
import io.conversion.workbench.console.InputFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A policy file and the model that it is verified with, if there is one. */
final class PolicyFile {

    @Parameters(paramLabel = "FILE", description = "The policy file.")
    private Path file;

    @Option(
            names = "--model",
            paramLabel = "FILE",
            order = 1,
            description = "The model of the policy, to verify that they fit (default: none).")
    private @Nullable Path model;

    InputFiles files() {
        return InputFiles.of("FILE", file).and("--model", model);
    }

    boolean hasModel() {
        return model != null;
    }

    Policy load() throws IOException {
        return Policy.load(file);
    }

    Optional<ConversionModel> loadModel() throws IOException {
        return model == null ? Optional.empty() : Optional.of(ConversionModel.load(model));
    }
}
