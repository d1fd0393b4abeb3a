package io.conversion.workbench.console;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The files that a command reads. */
public final class InputFiles {

    private static final InputFiles NONE = new InputFiles(List.of());

    private final List<Input> inputs;

    private InputFiles(List<Input> inputs) {
        this.inputs = inputs;
    }

    /** A file and the option that names it. */
    record Input(String option, Path file) {}

    public static InputFiles none() {
        return NONE;
    }

    public static InputFiles of(String option, Path file) {
        return NONE.and(option, file);
    }

    public InputFiles and(String option, @Nullable Path file) {
        return file == null ? this : and(option, List.of(file));
    }

    public InputFiles and(String option, List<Path> files) {
        return and(new InputFiles(
                files.stream().map(file -> new Input(option, file)).toList()));
    }

    public InputFiles and(InputFiles others) {
        return new InputFiles(
                Stream.concat(inputs.stream(), others.inputs.stream()).toList());
    }

    List<Input> inputs() {
        return inputs;
    }

    /** Refuses the command if any of the files cannot be read twice; the message names all of those. */
    public InputFiles refuseUnreadable() {
        List<String> problems = inputs.stream()
                .map(Input::file)
                .flatMap(file -> problem(file).stream())
                .toList();
        if (!problems.isEmpty()) {
            throw new RefusedInputException(String.join("\n", problems));
        }
        return this;
    }

    private static Optional<String> problem(Path file) {
        if (!Files.exists(file)) {
            return Optional.of(file + ": there is no such file");
        } else if (Files.isDirectory(file)) {
            return Optional.of(file + " is a directory; a file was expected");
        } else if (!Files.isRegularFile(file)) {
            return Optional.of(file + " is not a regular file; it is read more than once, so save it as a file first");
        }
        return Optional.empty();
    }
}
