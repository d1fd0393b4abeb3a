package io.conversion.workbench.models;

import io.conversion.core.ConversionModel;
import io.conversion.model.report.EvaluationReport;
import io.conversion.model.report.ModelReport;
import io.conversion.workbench.console.InputFiles;
import io.conversion.workbench.console.OutputFile;
import io.conversion.workbench.console.OutputFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The folder that a training writes to: checked before the work begins, and created when there is a model. */
final class ModelFolder {

    private static final String MODEL = "model.json";
    private static final String EVALUATION = "evaluation.json";
    private static final String REPORT = "report.html";

    private final Path folder;
    private final InputFiles inputs;

    private ModelFolder(Path folder, InputFiles inputs) {
        this.folder = folder;
        this.inputs = inputs;
    }

    /** Refuses what cannot be written, and what the command reads. */
    static ModelFolder of(Path path, InputFiles inputs) throws IOException {
        ModelFolder folder = new ModelFolder(path, inputs);
        OutputFolder.check(path);
        if (Files.isDirectory(path)) {
            for (String name : List.of(MODEL, EVALUATION, REPORT)) {
                folder.file(name);
            }
        }
        return folder;
    }

    /** Writes the files and says so. */
    void save(ConversionModel model, EvaluationReport report, ModelReport page, PrintWriter out) throws IOException {
        Files.createDirectories(folder);
        file(MODEL).write(model.toJson(), out);
        file(EVALUATION).write(report.toJson(), out);
        file(REPORT).write(page.toHtml(), out);
    }

    private OutputFile file(String name) throws IOException {
        return OutputFile.of(folder.resolve(name), inputs);
    }
}
