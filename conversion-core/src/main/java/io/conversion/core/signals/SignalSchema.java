package io.conversion.core.signals;

import io.conversion.core.artifact.InvalidArtifactException;
import io.conversion.core.internal.NearestName;
import io.conversion.core.json.ArtifactText;
import io.conversion.core.json.AtomicFile;
import io.conversion.core.json.JsonDocument;
import io.conversion.core.json.JsonText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The named, versioned list of signals that a model was trained on. It turns values from outside into {@link Signals},
 * or says everything that is wrong with them.
 *
 * <p>Immutable and safe to share between threads.
 */
public final class SignalSchema {

    private final String name;
    private final String version;
    private final List<Signal> declared;
    private final Signal[] signals;
    private final List<String> names;
    private final Map<String, Integer> positions = new HashMap<>();
    private final CompiledSignal[] compiled;
    private final CleanMap cleanMap;
    private final CleanJson cleanJson;
    private final double[] noValues;
    private final String digest;

    private SignalSchema(String name, String version, List<Signal> declared) {
        this.name = name;
        this.version = version;
        this.declared = List.copyOf(declared);
        this.signals = declared.toArray(Signal[]::new);
        this.names = declared.stream().map(Signal::name).toList();
        this.compiled = new CompiledSignal[declared.size()];
        Arrays.setAll(compiled, i -> CompiledSignal.of(i, declared.get(i)));
        CleanSignals clean = new CleanSignals(this, compiled);
        this.cleanMap = new CleanMap(clean, compiled);
        this.cleanJson = new CleanJson(clean, compiled);
        declared.forEach(signal -> positions.put(signal.name(), positions.size()));
        this.noValues =
                Arrays.stream(compiled).mapToDouble(CompiledSignal::missing).toArray();
        this.digest = JsonText.digest(SchemaFormat.content(this));
    }

    /**
     * Makes a schema of declared signals.
     *
     * @param name the name of the schema
     * @param version its version
     * @param signals the declarations in order
     * @return the schema
     * @throws IllegalArgumentException if a declaration is faulty; the message lists every problem
     */
    public static SignalSchema of(String name, String version, Signal... signals) {
        return of(name, version, List.of(signals));
    }

    /**
     * Makes a schema of declared signals.
     *
     * @param name the name of the schema
     * @param version its version
     * @param signals the declarations in order
     * @return the schema
     * @throws IllegalArgumentException if a declaration is faulty; the message lists every problem
     */
    public static SignalSchema of(String name, String version, List<? extends Signal> signals) {
        List<String> problems = SchemaCheck.problems(name, version, signals).stream()
                .map(SchemaCheck.Problem::sentence)
                .toList();
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("signal schema " + ArtifactText.quoted(name) + " "
                    + ArtifactText.shown(version) + ": " + String.join("\n  ", problems));
        }
        return new SignalSchema(name, version, List.copyOf(signals));
    }

    /**
     * Reads a schema file.
     *
     * @param file the file
     * @return the schema
     * @throws IOException if the file cannot be read
     * @throws InvalidArtifactException if its content is refused
     */
    public static SignalSchema load(Path file) throws IOException {
        return JsonDocument.read(file, SchemaFormat::readFile);
    }

    /**
     * Reads a schema from JSON text.
     *
     * @param json the content of a schema file
     * @return the schema
     * @throws InvalidArtifactException if the content is refused
     */
    public static SignalSchema fromJson(String json) {
        return JsonDocument.read(json, "signal schema", SchemaFormat::readFile);
    }

    /**
     * The content of a schema file, sealed with its digest.
     *
     * @return JSON text
     */
    public String toJson() {
        return JsonText.pretty(SchemaFormat.file(this));
    }

    /**
     * The content of a schema file that people go on to edit: without the digest, which they could not compute.
     *
     * @return JSON text
     */
    public String toDraftJson() {
        return JsonText.pretty(SchemaFormat.draft(this));
    }

    /**
     * The content of a schema file as a part of another document.
     *
     * @return maps, lists, texts, numbers and truth values, without the format and its version
     */
    public Map<String, Object> toMap() {
        return SchemaFormat.withDigest(this);
    }

    /**
     * Reads a schema that is part of another document.
     *
     * @param json maps, lists, texts, numbers and truth values, as {@link #toMap()} makes them or a parser of JSON does
     * @return the schema
     * @throws InvalidArtifactException if the content is refused
     */
    public static SignalSchema ofMap(Map<String, ?> json) {
        return JsonDocument.read(json, "signal schema", SchemaFormat::read);
    }

    /**
     * Writes a schema file, completely or not at all.
     *
     * @param file the file; an existing one is replaced
     * @throws IOException if the file cannot be written
     */
    public void save(Path file) throws IOException {
        AtomicFile.write(file, toJson());
    }

    /**
     * The name of the schema.
     *
     * @return the name
     */
    public String name() {
        return name;
    }

    /**
     * The version of the schema.
     *
     * @return the version
     */
    public String version() {
        return version;
    }

    /**
     * SHA-256 of the canonical content: name, version and declarations.
     *
     * @return {@code sha256:} and 64 hexadecimal digits
     */
    public String digest() {
        return digest;
    }

    /**
     * The declared signals in order.
     *
     * @return the declarations
     */
    public List<Signal> declared() {
        return declared;
    }

    /**
     * The declaration of one signal.
     *
     * @param signal the name of the signal
     * @return the declaration, empty if the schema has no such signal
     */
    public Optional<Signal> find(String signal) {
        Integer position = positions.get(signal);
        return position == null ? Optional.empty() : Optional.of(declared.get(position));
    }

    /**
     * Looks a signal up, once for many users.
     *
     * @param signal the name of the signal
     * @return its handle, for {@link SignalsBuilder#set(SignalHandle, double)} and its siblings
     * @throws IllegalArgumentException if the schema has no such signal
     */
    public SignalHandle handle(String signal) {
        if (position(signal) < 0) {
            throw new IllegalArgumentException("signal " + ArtifactText.quoted(signal) + " is not in schema " + this
                    + new NearestName().offer(signal, names));
        }
        return new SignalHandle(this, position(signal));
    }

    /**
     * Starts the signals of one user.
     *
     * @return a builder, for one thread
     */
    public SignalsBuilder signals() {
        return new SignalsBuilder(this);
    }

    /**
     * Reads the signals of one user from values by name: numbers for numeric signals, text for categorical ones,
     * booleans for flags, {@code null} or no entry where a signal is missing. Nothing is converted: the text
     * {@code "9"} is not a number. Quickest for a {@link HashMap} or
     * a {@link java.util.LinkedHashMap} whose values are scored as they are; quick for any map that gives the names in the
     * same order as the one before.
     *
     * @param values the values by signal name
     * @return the accepted signals, or every violation, as {@link SignalsBuilder#read()} lists them; never an exception
     *     for what the map holds or does: one that cannot be read, such as a map that another thread writes meanwhile, is
     *     {@link Violation.Kind#UNREADABLE}
     */
    public SignalReading read(Map<String, ?> values) {
        return MapReader.read(this, cleanMap, values);
    }

    /**
     * Reads the signals of one user from a JSON object of values by name, strictly: a name that is given twice, a number
     * as text, a whole number (spelt without fraction and exponent) that no double is equal to, {@code null}, and
     * anything after the object is refused with its JSON pointer. A signal that is missing is left out. At most 1 MB is
     * read.
     *
     * @param json the object, in UTF-8
     * @return the accepted signals, or everything that is wrong: {@link Violation.Kind#UNREADABLE} with the name of the
     *     signal, if it is one's, for what is wrong with the JSON, and every violation of the schema; never an exception
     *     for what the text holds
     */
    public SignalReading readJson(byte[] json) {
        return SignalJson.read(this, cleanJson, json);
    }

    /**
     * Reads the signals of one user from the text of a JSON object, as {@link #readJson(byte[])} does.
     *
     * @param json the object
     * @return the accepted signals, or everything that is wrong
     */
    public SignalReading readJson(String json) {
        return SignalJson.read(this, cleanJson, json);
    }

    /**
     * Reads the signals of one user from a stream with a JSON object, as {@link #readJson(byte[])} does. The stream is read
     * to its end, or to the byte that is one too many, and not closed.
     *
     * @param json the object, in UTF-8
     * @return the accepted signals, or everything that is wrong
     * @throws IOException if the stream cannot be read
     */
    public SignalReading readJson(InputStream json) throws IOException {
        return readJson(json.readNBytes(SignalJson.LIMITS.bytes() + 1));
    }

    /** The names of the signals in order. */
    List<String> names() {
        return names;
    }

    /** A fresh array of values in which every signal is missing. */
    double[] noValues() {
        return noValues.clone();
    }

    /** The declaration at one position as the hot paths need it. */
    CompiledSignal compiled(int position) {
        return compiled[position];
    }

    /**
     * The number of signals.
     *
     * @return how many are declared
     */
    public int size() {
        return signals.length;
    }

    /**
     * The declaration at one position.
     *
     * @param position the position, from 0
     * @return the declaration
     * @throws IndexOutOfBoundsException if there is no such position
     */
    public Signal at(int position) {
        return signals[position];
    }

    /**
     * The position of a signal.
     *
     * @param signal the name of the signal
     * @return its position, from 0; -1 if the schema has no such signal
     */
    public int position(String signal) {
        return positions.getOrDefault(signal, -1);
    }

    /**
     * The code of a level, as {@link Signals#at} gives it.
     *
     * @param position the position of a categorical signal
     * @param level a level
     * @return its code; {@link Signals#UNSEEN} if the signal has no such level
     */
    public int code(int position, String level) {
        return compiled[position].code(level);
    }

    /** Schemas of one digest are equal, whichever file they were read from. */
    @Override
    public boolean equals(Object other) {
        return this == other || (other instanceof SignalSchema schema && digest.equals(schema.digest));
    }

    @Override
    public int hashCode() {
        return digest.hashCode();
    }

    /** The name in quotes and the version. */
    @Override
    public String toString() {
        return ArtifactText.quoted(name) + " " + ArtifactText.shown(version);
    }
}
