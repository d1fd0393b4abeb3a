package io.conversion.policy;

import io.conversion.core.ConversionModel;
import io.conversion.core.artifact.InvalidArtifactException;
import io.conversion.core.provenance.ReferenceDistribution;
import io.conversion.core.signals.SignalSchema;
import io.conversion.policy.economics.Economics;
import io.conversion.policy.history.PolicyHistory;
import io.conversion.policy.monitoring.DriftSnapshot;
import io.conversion.policy.records.DecisionRecord;
import io.conversion.policy.requests.RequestLimits;
import io.conversion.policy.requests.RequestReader;
import io.conversion.policy.serving.ServingManifest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Reads the worst texts for each reader in a JVM whose heap is bounded, so that a reader that holds too much for a text
 * fails. As a program it finds the smallest heap for each of them:
 * {@code java ... io.conversion.policy.ReadWithin FOLDER BYTES} prints bytes of heap per byte of text.
 */
final class ReadWithin {

    private ReadWithin() {}

    private interface Reading {
        Object of(Path file) throws IOException;
    }

    /** A reader, and where in its document what takes most memory may stand. */
    record Reader(String name, String format, Reading reading, List<String> places) {

        static Reader of(String name, String format, Reading reading, String... places) {
            return new Reader(name, format, reading, List.of(places));
        }
    }

    private static final RequestReader REQUESTS =
            RequestReader.defaults().limits(RequestLimits.defaults().bytes(64 << 20));

    static final List<Reader> READERS = List.of(
            Reader.of("schema", "conversion-signals", SignalSchema::load, "signals"),
            Reader.of("model", "conversion-model", ConversionModel::load, "schema", "shapes", "golden", "covariance"),
            Reader.of(
                    "distribution",
                    "",
                    file -> ReferenceDistribution.fromJson(Files.readString(file)),
                    "signals",
                    "probability"),
            Reader.of("policy", "conversion-policy", Policy::load, "bands", "guardrails", "action_ranks"),
            Reader.of("economics", "conversion-economics", Economics::load, "actions"),
            Reader.of("history", "conversion-policy-history", ReadWithin::history, "policy"),
            Reader.of(
                    "record",
                    "conversion-decision",
                    file -> DecisionRecord.fromJson(Files.readString(file)),
                    "signals",
                    "reasons"),
            Reader.of(
                    "drift",
                    "conversion-drift",
                    file -> DriftSnapshot.fromJson(Files.readString(file)),
                    "bands",
                    "refusals",
                    "clipped"),
            Reader.of(
                    "manifest",
                    "conversion-serving",
                    file -> ServingManifest.fromJson(Files.readString(file)),
                    "model"),
            Reader.of("user", "", file -> REQUESTS.user(Files.readAllBytes(file)), "signals"),
            Reader.of("batch", "", file -> REQUESTS.batch(Files.readAllBytes(file)), "rows"),
            Reader.of("outcome", "", file -> REQUESTS.outcome(Files.readAllBytes(file)), "request"));

    /** Repeated until a text is as long as asked for; {@code #} stands for a name that is given once. */
    private static final List<String> SHAPES = List.of(
            "{}",
            "{\"a\":1}",
            "{\"from\":0,\"kind\":\"a\"}",
            "{\"signal\":{},\"at\":[]}",
            "[]",
            "[1]",
            "1",
            "1.5",
            "\"a\"",
            "\"\u00e4\u4e00\"",
            "null",
            "true",
            "\"#\"",
            "\"#\":1",
            "\"#\":\"a\"",
            "\"#\":{}",
            "\"#\":null",
            "\"#\":{\"a\":1,\"b\":2}");

    private static PolicyHistory history(Path file) throws IOException {
        Path folder = Files.createDirectories(file.resolveSibling(file.getFileName() + ".folder"));
        Path entry = folder.resolve("000001.json");
        if (!Files.exists(entry)) {
            Files.createLink(entry, file);
        }
        return PolicyHistory.load(folder);
    }

    /** The worst texts of one reader. */
    static List<Path> write(Path folder, Reader reader, int length) throws IOException {
        List<Path> files = new ArrayList<>();
        for (String place : reader.places) {
            for (String shape : SHAPES) {
                files.add(Files.writeString(
                        folder.resolve(reader.name + "-" + place + "-" + files.size() + ".json"),
                        text(reader.format, place, shape, length)));
            }
        }
        return files;
    }

    /** Every shape once for a reader, at its places by turns: the places of a reader hold what they list alike. */
    static List<Path> writeByTurns(Path folder, Reader reader, int length) throws IOException {
        List<Path> files = new ArrayList<>();
        for (int i = 0; i < SHAPES.size(); i++) {
            String place = reader.places.get(i % reader.places.size());
            files.add(Files.writeString(
                    folder.resolve(reader.name + "-" + place + "-" + i + ".json"),
                    text(reader.format, place, SHAPES.get(i), length)));
        }
        return files;
    }

    private static String text(String format, String place, String shape, int length) {
        boolean named = shape.startsWith("\"#\":");
        StringBuilder text = new StringBuilder(length + 64).append('{');
        if (!format.isEmpty()) {
            text.append("\"format\":\"").append(format).append("\",\"format_version\":1,");
        }
        text.append('"').append(place).append("\":").append(named ? '{' : '[');
        for (int i = 0; text.length() < length - 40; i++) {
            String name = Integer.toString(i, Character.MAX_RADIX);
            text.append(i == 0 ? "" : ",").append(shape.replace("#", name));
        }
        return text.append(named ? "}}" : "]}").toString();
    }

    /** Which of some files cannot be read within a heap, and what they are. */
    static List<String> tooLarge(int heapMegabytes, List<Path> files) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                OtherJvm.launcher(Path.of(System.getProperty("java.home"))),
                "-Xmx" + heapMegabytes + "m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                OtherJvm.classPath(),
                ReadWithin.class.getName()));
        files.forEach(file -> command.add(file.toString()));
        Path answer = Files.createTempFile(files.get(0).getParent(), "answer", ".txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(answer.toFile())
                .start();
        if (!process.waitFor(5, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IllegalStateException("not read within five minutes");
        }
        return Files.readAllLines(answer);
    }

    public static void main(String... args) throws Exception {
        if (args.length == 2 && args[1].matches("[0-9]+")) {
            measure(Path.of(args[0]), Integer.parseInt(args[1]));
            return;
        }
        for (String arg : args) {
            Path file = Path.of(arg);
            String name = file.getFileName().toString();
            try {
                reader(name.substring(0, name.indexOf('-'))).reading.of(file);
            } catch (InvalidArtifactException e) {
                // As it should be. What is thrown else ends the program with words that are an answer, too.
            } catch (OutOfMemoryError e) {
                System.out.println(name + " " + start(file));
            }
        }
    }

    private static String start(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(90), StandardCharsets.UTF_8);
        }
    }

    private static Reader reader(String name) {
        return READERS.stream()
                .filter(reader -> reader.name.equals(name))
                .findAny()
                .orElseThrow();
    }

    private static void measure(Path folder, int length) throws Exception {
        int bare = smallest(Files.writeString(folder.resolve("policy-bare.json"), "{}"), 32);
        System.out.printf("a JVM that reads {} needs %d MB%n", bare);
        for (Reader reader : READERS) {
            for (Path file : write(folder, reader, length)) {
                int heap = smallest(file, bare + 60 * (length >> 20));
                System.out.printf(
                        "%-14s %5.1f  %.60s%n",
                        reader,
                        (heap - bare) * 1048576.0 / length,
                        Files.readString(file).substring(0, 90));
                Files.delete(file);
            }
        }
    }

    private static int smallest(Path file, int most) throws Exception {
        int low = 1;
        int high = most;
        while (low < high) {
            int middle = (low + high) / 2;
            if (tooLarge(middle, List.of(file)).isEmpty()) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
