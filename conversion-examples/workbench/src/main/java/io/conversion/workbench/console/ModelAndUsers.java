package io.conversion.workbench.console;

import io.conversion.core.ConversionModel;
import io.conversion.model.data.CsvDialect;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of every command that reads users for a model. */
public final class ModelAndUsers {

    @Option(names = "--model", paramLabel = "FILE", required = true, description = "The model, as \"train\" writes it.")
    private Path model;

    @Option(names = "--data", paramLabel = "FILE", required = true, description = "The CSV file of users.")
    private Path data;

    @Mixin
    private IgnoredColumns ignored;

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
        return ignored.in(other, loaded);
    }

    /** How the files of users are spelt. */
    public CsvDialect dialect() {
        return ignored.dialect();
    }
}
