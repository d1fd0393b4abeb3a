package io.conversion.workbench.console;

import io.conversion.core.ConversionModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** The options of every command that reads users for a model. */
// picocli sets the required options. To be removed when NullAway knows its annotations.
@SuppressWarnings("NullAway.Init")
public final class ModelAndUsers {

    @Option(names = "--model", paramLabel = "FILE", required = true, description = "The model, as \"train\" writes it.")
    private Path model;

    @Option(names = "--data", paramLabel = "FILE", required = true, description = "The CSV file of users.")
    private Path data;

    @Option(
            names = "--ignore",
            paramLabel = "A,B",
            split = ",",
            hideParamSyntax = true,
            order = 1,
            description = "More columns of the data to pass over (default: none). The label and the excluded columns of"
                    + " the training are passed over anyway; any other column that is not a signal is refused.")
    private List<String> ignore = List.of();

    public InputFiles files() {
        return InputFiles.of("--model", model).and("--data", data);
    }

    public Path data() {
        return data;
    }

    public ConversionModel loadModel() throws IOException {
        return ConversionModel.load(model);
    }

    public UserFile userFile(ConversionModel loaded) {
        return userFile(loaded, data);
    }

    /** Another file of the same columns. */
    public UserFile userFile(ConversionModel loaded, Path other) {
        return new UserFile(loaded, other, ignore);
    }
}
