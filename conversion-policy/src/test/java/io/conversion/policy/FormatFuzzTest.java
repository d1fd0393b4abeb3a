package io.conversion.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.conversion.core.ConversionModel;
import io.conversion.core.artifact.InvalidArtifactException;
import io.conversion.core.provenance.ReferenceDistribution;
import io.conversion.core.provenance.SignalDistribution.Levels;
import io.conversion.core.provenance.SignalDistribution.Numbers;
import io.conversion.core.signals.SignalReading;
import io.conversion.core.signals.SignalSchema;
import io.conversion.policy.economics.Economics;
import io.conversion.policy.history.PolicyHistory;
import io.conversion.policy.monitoring.DriftSnapshot;
import io.conversion.policy.records.DecisionRecord;
import io.conversion.policy.records.Replay;
import io.conversion.policy.requests.BatchRequest;
import io.conversion.policy.requests.RequestReader;
import io.conversion.policy.serving.ServingManifest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every JSON format, changed at random from one seed: what is read is read whole, what is refused is refused by name and in
 * few words, and the document after it is read as if nothing had been. {@code -Dconversion.fuzz=100000} tries that many
 * cases of each format.
 */
class FormatFuzzTest {

    private static final int CASES = Integer.getInteger("conversion.fuzz", 400);

    private static final RequestReader REQUESTS = RequestReader.defaults().declaring("campaign");

    private static final String USER = "{\"request\":\"r\",\"user_key\":\"u\",\"previous_segment\":\"s\",\"signals\":"
            + "{\"plus\":1.5,\"minus\":2},\"context\":{\"campaign\":\"spring\"}}";

    private static final SignalSchema SCHEMA = Fixtures.model("trial", 1).schema();

    @TempDir
    private Path folder;

    /** A valid document, and what reads it: gives something that equals what another reading of the same gives. */
    private record Format(String valid, Reading reading) {

        @FunctionalInterface
        private interface Reading {
            Object of(byte[] text) throws IOException;
        }

        static Format text(String valid, Function<String, Object> reading) {
            return new Format(valid, text -> reading.apply(new String(text, StandardCharsets.UTF_8)));
        }
    }

    private Map<String, Format> formats() throws IOException {
        ConversionModel trained = ConversionModel.fromJson(resource("golden/trained-model.json"));
        Numbers numbers = new Numbers(List.of(0.0, 2.5), List.of(10L, 20L, 30L), 4);
        ReferenceDistribution distribution = ReferenceDistribution.of(
                Map.of("hours", numbers, "plan", new Levels(Map.of("month", 60L, "year", 3L), 1, 0)), numbers);
        String records = resource("records/decision-format-1.jsonl");
        Replay replay = Replay.of(List.of(trained), List.of(Policy.fromJson(resource("policy-format-1.json"))));
        Map<String, Format> formats = new LinkedHashMap<>();
        formats.put(
                "model",
                Format.text(
                        trained.toJson(), json -> ConversionModel.fromJson(json).reference()));
        formats.put("schema", Format.text(trained.schema().toJson(), SignalSchema::fromJson));
        formats.put("distribution", Format.text(distribution.toJson(), ReferenceDistribution::fromJson));
        formats.put(
                "policy",
                Format.text(
                        resource("policy-format-1-complete.json"),
                        json -> Policy.fromJson(json).reference()));
        formats.put(
                "experiment",
                Format.text(
                        resource("experiment-format-1.json"),
                        json -> Experiment.fromJson(json).reference()));
        formats.put(
                "economics",
                Format.text(
                        resource("economics/economics-format-1.json"),
                        json -> Economics.fromJson(json).toString()));
        formats.put("history", new Format(resource("history/history-format-1/000001.json"), this::history));
        formats.put("record", Format.text(records.lines().findFirst().orElseThrow(), DecisionRecord::fromJson));
        formats.put("records", new Format(records, text -> replayed(replay, text)));
        formats.put(
                "drift",
                Format.text(
                        resource("monitoring/drift-format-1.json"),
                        json -> DriftSnapshot.fromJson(json).toJson()));
        formats.put("manifest", Format.text(resource("serving/manifest-format-1.json"), ServingManifest::fromJson));
        formats.put("signals", new Format("{\"plus\":1.5,\"minus\":2}", FormatFuzzTest::signals));
        formats.put(
                "user", new Format(USER, text -> inFewWords(REQUESTS.user(text).faults(SCHEMA))));
        formats.put("batch", new Format("{\"rows\":[" + USER + "," + USER + "]}", FormatFuzzTest::batch));
        formats.put(
                "outcome",
                new Format(
                        "{\"request\":\"r\",\"converted\":true,\"moment\":\"2026-11-22T09:30:00Z\"}",
                        text -> inFewWords(REQUESTS.outcome(text).faults())));
        return formats;
    }

    private static String resource(String name) throws IOException {
        return Files.readString(
                Path.of("src/test/resources/io/conversion/policy").resolve(name));
    }

    private Object history(byte[] entry) throws IOException {
        Files.write(folder.resolve("000001.json"), entry);
        return PolicyHistory.load(folder).entries().size();
    }

    private static Object replayed(Replay replay, byte[] records) throws IOException {
        List<String> lines = new ArrayList<>();
        replay.replay(new ByteArrayInputStream(records), line -> lines.add(line.toString()));
        return inFewWords(lines);
    }

    private static Object signals(byte[] text) {
        return SCHEMA.readJson(text) instanceof SignalReading.Refused refused
                ? inFewWords(refused.violations())
                : "accepted";
    }

    private static Object batch(byte[] text) {
        BatchRequest batch = REQUESTS.batch(text);
        batch.rows().forEach(row -> inFewWords(row.faults(SCHEMA)));
        return inFewWords(batch.faults());
    }

    /** What is said of each fault, which names a value but never gives a long one whole. */
    private static List<String> inFewWords(List<?> faults) {
        List<String> words = faults.stream().map(Object::toString).toList();
        assertThat(words).allSatisfy(word -> assertThat(word).hasSizeLessThan(1_000));
        return words;
    }

    @TestFactory
    Stream<DynamicTest> everyFormatIsReadOrRefusedInWords() throws IOException {
        Map<String, Format> formats = formats();
        List<String> documents = formats.values().stream().map(Format::valid).toList();
        return formats.entrySet().stream().map(entry -> {
            int document = new ArrayList<>(formats.keySet()).indexOf(entry.getKey());
            return DynamicTest.dynamicTest(
                    entry.getKey(), () -> tryOut(entry.getValue(), document, new JsonMutator(document, documents)));
        });
    }

    private static void tryOut(Format format, int document, JsonMutator mutator) throws IOException {
        byte[] valid = format.valid.getBytes(StandardCharsets.UTF_8);
        Object expected = format.reading.of(valid);
        int refused = 0;
        for (int i = 0; i < CASES; i++) {
            byte[] mutant = mutator.mutant(document);
            try {
                format.reading.of(mutant);
            } catch (InvalidArtifactException e) {
                assertThat(inFewWords(e.problems())).isNotEmpty();
                refused++;
            } catch (RuntimeException | StackOverflowError e) {
                // The case is given in a form that can be tried again.
                fail("case " + i + ": " + Base64.getEncoder().encodeToString(mutant), e);
            }
            if (i % 50 == 0) {
                assertThat(format.reading.of(valid)).isEqualTo(expected);
            }
        }
        assertThat(format.reading.of(valid)).isEqualTo(expected);
        // Requests are never refused by an exception.
        assertThat(refused == 0 || refused > CASES / 2).isTrue();
    }
}
