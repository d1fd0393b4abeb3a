package io.conversion.workbench.console;

import java.nio.file.Files;
import java.nio.file.Path;

/** A folder that a command writes several files to. */
public final class OutputFolder {

    private OutputFolder() {}

    /** Refuses what is no folder to write to, and cannot become one. */
    public static void check(Path path) {
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

    private static Path nearestExisting(Path path) {
        Path parent = path.getParent();
        return Files.exists(path) || parent == null ? path : nearestExisting(parent);
    }
}
