package io.conversion.model;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.conversion.model.data.CsvDataSet;
import io.conversion.model.data.CsvDataSet.Options;
import io.conversion.model.data.DataSet;
import io.conversion.model.data.InvalidDataException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file {@code users.csv} with the text of a test. */
public final class CsvText {

    private CsvText() {}

    public static Path write(Path folder, String text) throws IOException {
        return write(folder, text, StandardCharsets.UTF_8);
    }

    public static Path write(Path folder, String text, Charset charset) throws IOException {
        return Files.write(folder.resolve("users.csv"), text.getBytes(charset));
    }

    public static DataSet read(Path folder, String text, Options options) throws IOException {
        return CsvDataSet.read(write(folder, text), options);
    }

    public static void assertRefused(Path folder, String text, Options options, String message) throws IOException {
        Path file = write(folder, text);
        assertThatExceptionOfType(InvalidDataException.class)
                .isThrownBy(() -> CsvDataSet.read(file, options))
                .withMessage(message);
    }
}
