package io.conversion.workbench.console;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The files that a command reads.
 *
 * @param inputs the files, each with the option that names it
 */
public record InputFiles(List<Input> inputs) {

    /** A file and the option that names it. */
    public record Input(String option, Path file) {}

    public InputFiles {
        inputs = List.copyOf(inputs);
    }

    public static InputFiles of(String option, Path file) {
        return new InputFiles(List.of(new Input(option, file)));
    }

    public static InputFiles none() {
        return new InputFiles(List.of());
    }

    public InputFiles and(String option, @Nullable Path file) {
        if (file == null) {
            return this;
        }
        List<Input> more = new ArrayList<>(inputs);
        more.add(new Input(option, file));
        return new InputFiles(more);
    }

    public InputFiles and(InputFiles others) {
        List<Input> more = new ArrayList<>(inputs);
        more.addAll(others.inputs);
        return new InputFiles(more);
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
