package io.conversion.policy.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.conversion.core.ConversionModel;
import io.conversion.core.shapes.Shape;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalSchema;
import io.conversion.policy.Decision.Fallback;
import io.conversion.policy.DecisionContext;
import io.conversion.policy.DecisionEvent;
import io.conversion.policy.PolicyEngine;
import io.conversion.policy.RandomUsers;
import io.conversion.policy.records.Replayed.Verified;
import io.conversion.policy.records.Replayed.VerifiedInPart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonlDecisionLogTest {

    private static final ConversionModel MODEL = LoggedDecisions.model();
    private static final PolicyEngine ENGINE = PolicyEngine.of(LoggedDecisions.policy());

    private final Random random = new Random(3);

    @TempDir
    private Path folder;

    @Test
    void closingWritesEverythingThatWasTaken() throws IOException {
        JsonlDecisionLog log = log(1_000, 1 << 20);

        logAll(log, 500);
        log.close();

        assertThat(log.lost()).isZero();
        assertThat(log.written()).isEqualTo(500);
        assertThat(replayed()).hasSize(500).hasOnlyElementsOfTypes(Verified.class, VerifiedInPart.class);
    }

    @Test
    void everyDecisionIsWrittenOrCountedAsLostHoweverManyThreadsLogIntoATinyBuffer() throws Exception {
        JsonlDecisionLog log = log(2, 1 << 20);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            DecisionEvent event = event();
            Thread thread = new Thread(() -> {
                for (int call = 0; call < 2_000; call++) {
                    log.decided(event, 0);
                }
            });
            threads.add(thread);
            thread.start();
        }
        while (log.written() == 0) {
            Thread.onSpinWait();
        }

        log.close();
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(log.written() + log.lost()).isEqualTo(8_000);
        assertThat(log.written()).isPositive();
        assertThat(replayed()).hasSize((int) log.written());
    }

    @Test
    void decisionThatComesAfterTheEndIsCountedAsLost() throws IOException {
        JsonlDecisionLog log = log(10, 1 << 20);
        log.close();

        log.decided(event(), 0);

        assertThat(log.lost()).isEqualTo(1);
        assertThat(log.written()).isZero();
    }

    @Test
    void patientLogLosesNothingToAFullBuffer() throws IOException {
        JsonlDecisionLog log = JsonlDecisionLog.open(
                folder, JsonlOptions.defaults().capacity(2).patience(Duration.ofMinutes(1)));

        logAll(log, 300);
        log.close();

        assertThat(log.lost()).isZero();
        assertThat(replayed()).hasSize(300);
    }

    @Test
    void interruptedRequestLosesItsDecisionAndStaysInterrupted() throws IOException {
        JsonlDecisionLog log = JsonlDecisionLog.open(
                folder, JsonlOptions.defaults().capacity(2).patience(Duration.ofMinutes(1)));
        Thread.currentThread().interrupt();

        logAll(log, 2_000);
        boolean interrupted = Thread.interrupted();
        log.close();

        assertThat(interrupted).isTrue();
        assertThat(log.written() + log.lost()).isEqualTo(2_000);
    }

    @Test
    void filesRollBySizeAndAreNeverWrittenAgain() throws IOException {
        int size = 4_000;
        JsonlOptions small = JsonlOptions.defaults()
                .capacity(2)
                .patience(Duration.ofMinutes(1))
                .maxFileBytes(size);
        try (JsonlDecisionLog log = JsonlDecisionLog.open(folder, small)) {
            logAll(log, 60);
        }
        List<Path> first = JsonlDecisionLog.files(folder);
        List<byte[]> before = contents(first);

        try (JsonlDecisionLog log = JsonlDecisionLog.open(folder, small)) {
            logAll(log, 60);
        }

        List<Path> second = JsonlDecisionLog.files(folder);
        assertThat(first.size()).isGreaterThan(2);
        assertThat(second).startsWith(first.toArray(Path[]::new)).hasSizeGreaterThan(first.size());
        assertThat(contents(first)).usingRecursiveComparison().isEqualTo(before);
        assertThat(second).allSatisfy(file -> assertThat(Files.size(file)).isBetween(1L, (long) size));
    }

    @Test
    void logGoesOnInANewFileAfterOneThatWasCut() throws IOException {
        Path cut = folder.resolve("decisions-000000007.jsonl");
        Files.writeString(cut, "{\"format\":");

        try (JsonlDecisionLog log = log(10, 1 << 20)) {
            log.decided(event(), 0);
        }

        assertThat(RecordFiles.cut(folder)).isEmpty();
        assertThat(cut).hasContent("{\"format\":");
        assertThat(JsonlDecisionLog.files(folder)).containsExactly(cut, folder.resolve("decisions-000000008.jsonl"));
        assertThat(replayed()).hasSize(2).contains(new Replayed.Cut(10));
    }

    @Test
    void cutLastLineIsNoticed() throws IOException {
        assertThat(RecordFiles.cut(folder)).isEmpty();

        Path file = folder.resolve("decisions-000000001.jsonl");
        Files.writeString(file, "{}\n{");

        assertThat(RecordFiles.cut(folder)).contains(file);
    }

    @Test
    void decisionsThatCannotBeWrittenAreCountedAsLost() throws IOException {
        Path gone = Files.createDirectory(folder.resolve("gone"));
        JsonlDecisionLog log = JsonlDecisionLog.open(gone, JsonlOptions.defaults());
        Files.delete(gone);

        logAll(log, 20);
        log.close();

        assertThat(log.lost()).isEqualTo(20);
        assertThat(log.written()).isZero();
    }

    @Test
    void folderMustExist() {
        Path none = folder.resolve("none");

        assertThatThrownBy(() -> JsonlDecisionLog.open(none, JsonlOptions.defaults()))
                .isInstanceOf(IOException.class)
                .hasMessage("the folder " + none + " does not exist; create it before opening a decision log");
    }

    /** A record that cannot be made, here because the decision is of signals that the event does not hold. */
    @Test
    void decisionWhoseRecordCannotBeMadeIsLostAlone() throws IOException {
        DecisionEvent good = event();
        DecisionEvent bad = new DecisionEvent(
                "bad",
                null,
                other().scorer(),
                ENGINE.policy(),
                MODEL.schema().read(Map.of("sessions", 3.0)),
                DecisionContext.NONE,
                Fallback.withoutPolicy(MODEL.reference(), "none"));
        JsonlDecisionLog log =
                JsonlDecisionLog.open(folder, JsonlOptions.defaults().force(JsonlOptions.Force.EACH_BATCH));

        log.decided(good, 0);
        log.decided(bad, 0);
        log.decided(good, 0);
        log.close();

        assertThat(log.lost()).isEqualTo(1);
        assertThat(log.written()).isEqualTo(2);
        assertThat(replayed()).hasSize(2);
    }

    @Test
    void optionsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> JsonlOptions.defaults().capacity(1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the capacity of a decision log is 1; at least 2 is allowed");
        assertThatThrownBy(() -> JsonlOptions.defaults().patience(Duration.ofNanos(-1)))
                .hasMessage("the patience of a decision log is PT-0.000000001S; zero to 3650 days is allowed");
        assertThatThrownBy(() -> JsonlOptions.defaults().patience(Duration.ofDays(3_651)))
                .hasMessage("the patience of a decision log is PT87624H; zero to 3650 days is allowed");
        assertThatThrownBy(() -> JsonlOptions.defaults().maxFileBytes(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> JsonlOptions.defaults().reasons(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    private static ConversionModel other() {
        SignalSchema schema = SignalSchema.of("other", "1", Signal.numeric("x"));
        return ConversionModel.of("other", "1", schema, 0, Map.of("x", new Shape.Linear(1, 0, 0)));
    }

    private JsonlDecisionLog log(int capacity, long maxFileBytes) throws IOException {
        return JsonlDecisionLog.open(
                folder, JsonlOptions.defaults().capacity(capacity).maxFileBytes(maxFileBytes));
    }

    private void logAll(JsonlDecisionLog log, int decisions) {
        for (int i = 0; i < decisions; i++) {
            log.decided(event(), 0);
        }
    }

    private DecisionEvent event() {
        return DecisionEvent.decide(
                ENGINE,
                MODEL.scorer(),
                MODEL.schema().read(RandomUsers.user(random)),
                DecisionContext.NONE.userKey("user " + random.nextInt()),
                "request",
                null);
    }

    private List<Replayed> replayed() throws IOException {
        Replay replay = Replay.of(List.of(MODEL), List.of(ENGINE.policy()));
        List<Replayed> outcomes = new ArrayList<>();
        for (Path file : JsonlDecisionLog.files(folder)) {
            replay.replay(file, line -> outcomes.add(line.outcome()));
        }
        return outcomes;
    }

    private static List<byte[]> contents(List<Path> files) throws IOException {
        List<byte[]> contents = new ArrayList<>();
        for (Path file : files) {
            contents.add(Files.readAllBytes(file));
        }
        return contents;
    }
}
