package io.conversion.core.json;

import io.conversion.core.artifact.InvalidArtifactException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One JSON document, read strictly: every problem of the whole document is collected, and one
 * {@link InvalidArtifactException} names them all; beyond {@value #MAX_PROBLEMS}, its last problem says how many more
 * there are.
 *
 * <p>Refused are: syntax errors and cut files, anything after the document, duplicate keys, {@code null}, numbers that
 * are not finite as a double, values of another type than asked for, unknown and missing fields, more than
 * {@value #MAX_BYTES} bytes, and nesting deeper than {@value #MAX_DEPTH}.
 */
public final class JsonDocument {

    /** The largest document that is read, in bytes. */
    public static final int MAX_BYTES = 32 * 1024 * 1024;

    /** The deepest nesting of objects and arrays that is read. */
    public static final int MAX_DEPTH = 16;

    /** The most problems of one document that are listed. */
    public static final int MAX_PROBLEMS = 1_000;

    private JsonDocument() {}

    /**
     * Reads a file into a value.
     *
     * @param file the file
     * @param reader turns the root object into the value; calls {@link JsonObject#refuseIfInvalid()} before it builds
     * @param <T> the type of the value
     * @return the value
     * @throws IOException if the file cannot be read
     * @throws InvalidArtifactException if the content is refused
     */
    public static <T> T read(Path file, Function<JsonObject, T> reader) throws IOException {
        return read(file, String.valueOf(file.getFileName()), reader);
    }

    /**
     * Reads a file into a value.
     *
     * @param file the file
     * @param source what to call the file in messages
     * @param reader turns the root object into the value; calls {@link JsonObject#refuseIfInvalid()} before it builds
     * @param <T> the type of the value
     * @return the value
     * @throws IOException if the file cannot be read
     * @throws InvalidArtifactException if the content is refused
     */
    public static <T> T read(Path file, String source, Function<JsonObject, T> reader) throws IOException {
        if (Files.isDirectory(file)) {
            throw new IOException(file + " is a directory; a file was expected");
        }
        try (InputStream in = Files.newInputStream(file)) {
            return read(in.readNBytes(MAX_BYTES + 1), source, reader);
        }
    }

    /**
     * Reads JSON text into a value.
     *
     * @param json the text, in UTF-8
     * @param source what to call the text in messages
     * @param reader turns the root object into the value; calls {@link JsonObject#refuseIfInvalid()} before it builds
     * @param <T> the type of the value
     * @return the value
     * @throws InvalidArtifactException if the content is refused
     */
    public static <T> T read(byte[] json, String source, Function<JsonObject, T> reader) {
        JsonProblems problems = new JsonProblems(source);
        return read(StrictJsonParser.parse(json, problems, JsonLimits.ARTIFACT), problems, reader);
    }

    /**
     * Reads JSON text into a value.
     *
     * @param json the text
     * @param source what to call the text in messages
     * @param reader turns the root object into the value; calls {@link JsonObject#refuseIfInvalid()} before it builds
     * @param <T> the type of the value
     * @return the value
     * @throws InvalidArtifactException if the content is refused
     */
    public static <T> T read(String json, String source, Function<JsonObject, T> reader) {
        JsonProblems problems = new JsonProblems(source);
        return read(StrictJsonParser.parse(json, problems, JsonLimits.ARTIFACT), problems, reader);
    }

    /**
     * Reads JSON text from outside as far as it can be read.
     *
     * @param json the text, in UTF-8
     * @param limits how much of it is read
     * @param reader turns the root object into the value; never calls {@link JsonObject#refuseIfInvalid()}
     * @param <T> the type of the value
     * @return the value, if there is an object, and everything that is wrong
     */
    public static <T> JsonReading<T> attempt(byte[] json, JsonLimits limits, Function<JsonObject, T> reader) {
        JsonProblems problems = new JsonProblems("request", limits);
        return attempt(() -> StrictJsonParser.parse(json, problems, limits), problems, reader);
    }

    /**
     * Reads JSON text from outside as far as it can be read.
     *
     * @param json the text
     * @param limits how much of it is read
     * @param reader turns the root object into the value; never calls {@link JsonObject#refuseIfInvalid()}
     * @param <T> the type of the value
     * @return the value, if there is an object, and everything that is wrong
     */
    public static <T> JsonReading<T> attempt(String json, JsonLimits limits, Function<JsonObject, T> reader) {
        JsonProblems problems = new JsonProblems("request", limits);
        return attempt(() -> StrictJsonParser.parse(json, problems, limits), problems, reader);
    }

    private static <T> JsonReading<T> attempt(
            Supplier<Object> parsed, JsonProblems problems, Function<JsonObject, T> reader) {
        T value = null;
        try {
            JsonObject root = JsonObject.root(parsed.get(), problems);
            value = reader.apply(root);
            root.refuseIfInvalid();
            return new JsonReading<>(value, List.of());
        } catch (InvalidArtifactException e) {
            return new JsonReading<>(value, e.problems());
        }
    }

    /**
     * Reads an object that is parsed already into a value.
     *
     * @param json maps by text, lists, texts, numbers and truth values, as a parser makes them
     * @param source what to call the object in messages
     * @param reader turns the root object into the value; calls {@link JsonObject#refuseIfInvalid()} before it builds
     * @param <T> the type of the value
     * @return the value
     * @throws InvalidArtifactException if the content is refused
     */
    public static <T> T read(Map<String, ?> json, String source, Function<JsonObject, T> reader) {
        JsonProblems problems = new JsonProblems(source);
        return read(ParsedJson.of(json, problems), problems, reader);
    }

    private static <T> T read(Object parsed, JsonProblems problems, Function<JsonObject, T> reader) {
        JsonObject root = JsonObject.root(parsed, problems);
        T value = reader.apply(root);
        root.refuseIfInvalid();
        return value;
    }
}
