package io.conversion.workbench.console;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the name of a file, which the file system or the locale may not be able to hold. */
public final class PathConverter implements ITypeConverter<Path> {

    @Override
    public Path convert(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new TypeConversionException("no file can have the name " + Wording.quoted(text) + " in this locale ("
                    + System.getProperty("sun.jnu.encoding") + "): " + e.getReason()
                    + "; give another name, or run Java with LC_ALL=C.UTF-8");
        }
    }
}
