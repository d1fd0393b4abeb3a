package io.conversion.workbench.models;

import io.conversion.core.ConversionModel;
import io.conversion.model.report.EvaluationReport;
import io.conversion.model.report.ModelReport;
import io.conversion.workbench.console.InputFiles;
import io.conversion.workbench.console.OutputFile;
import io.conversion.workbench.console.RefusedInputException;
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
        check(path);
        if (Files.isDirectory(path)) {
            for (String name : List.of(MODEL, EVALUATION, REPORT)) {
                folder.file(name);
            }
        }
        return folder;
    }

    /** Refuses what is no folder to write to, and cannot become one. */
    static void check(Path path) {
        Path nearest = nearestExisting(path.toAbsolutePath());
        if (!Files.isDirectory(nearest)) {
            throw new RefusedInputException(
                    nearest.endsWith(path)
                            ? path + " is a file; give the name of a folder to write to"
                            : path + " cannot be a folder: " + nearest + " is a file");
        } else if (!Files.isWritable(nearest)) {
            throw new RefusedInputException("the folder " + nearest + " cannot be written to");
        }
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

    private static Path nearestExisting(Path path) {
        Path parent = path.getParent();
        return Files.exists(path) || parent == null ? path : nearestExisting(parent);
    }
}
