package io.conversion.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.conversion.core.ConversionModel;
import io.conversion.policy.history.PolicyHistory;
import io.conversion.policy.history.Publication;
import io.conversion.policy.monitoring.DriftMonitor;
import io.conversion.policy.monitoring.DriftOptions;
import io.conversion.policy.records.JsonlDecisionLog;
import io.conversion.policy.records.JsonlOptions;
import io.conversion.policy.records.Replay;
import io.conversion.policy.records.Replayed;
import io.conversion.policy.review.PolicyDiff;
import io.conversion.policy.serving.ServingFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever digits, letters and hours the machine of a writer prefers: the files have the same names and the same bytes. */
class MachineDefaultsTest {

    private static final ConversionModel MODEL = RandomUsers.model("trial", new Random(5));
    private static final Policy POLICY = RandomPolicies.complete(new Random(5));
    private static final Policy PLAIN = Policy.of(
            "plain",
            "1",
            ModelRequirement.named("trial"),
            List.of(Band.of("low", 0, "wait"), Band.of("high", 0.5, "offer")),
            "none");
    private static final Instant MOMENT = Instant.parse("2026-11-22T09:30:00Z");

    private final Locale locale = Locale.getDefault();
    private final TimeZone zone = TimeZone.getDefault();

    @TempDir
    private Path folder;

    @AfterEach
    void restoreDefaults() {
        Locale.setDefault(locale);
        TimeZone.setDefault(zone);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "fa-IR",
                "ar-EG",
                "ar-SA-u-ca-islamic",
                "mr-IN",
                "ne-NP",
                "my-MM",
                "th-TH-u-nu-thai-ca-buddhist",
                "tr-TR",
                "lt-LT"
            })
    void filesAreTheSameUnderEveryDefault(String language) throws IOException {
        Locale.setDefault(Locale.ROOT);
        TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
        Map<String, String> expected = written(folder.resolve("plain"));

        Locale.setDefault(Locale.forLanguageTag(language));
        TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Apia"));
        Map<String, String> found = written(folder.resolve("local"));

        assertThat(found).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"fa-IR", "mr-IN", "th-TH-u-nu-thai-ca-buddhist"})
    void filesOfOneLocaleAreReadUnderAnother(String language) throws IOException {
        Locale.setDefault(Locale.forLanguageTag(language));
        written(folder);
        assertThat(verified(folder.resolve("log"))).isEqualTo(3);

        Locale.setDefault(Locale.US);

        assertThat(verified(folder.resolve("log"))).isEqualTo(3);
        PolicyHistory history = PolicyHistory.load(folder.resolve("history"));
        assertThat(history.entries()).hasSize(2);
        Locale.setDefault(Locale.forLanguageTag(language));
        history.pin(POLICY.version(), new Publication(MOMENT, "ana", "hold"));
        assertThat(Files.exists(folder.resolve("history/000003.json"))).isTrue();
    }

    /** What this test is about: the digits of a locale reach {@link String#format(String, Object...)}. */
    @Test
    void thisJvmHasLocalesWithDigitsOfTheirOwn() {
        assertThat(String.format(Locale.forLanguageTag("fa-IR"), "%d", 1)).isEqualTo("۱");
    }

    private static Map<String, String> written(Path root) throws IOException {
        Path histories = Files.createDirectories(root.resolve("history"));
        PolicyHistory.load(histories)
                .publish(POLICY, new Publication(MOMENT, "ana", "first"))
                .rollBack(POLICY.version(), "again", new Publication(MOMENT, "ana", "and back"));
        Path serving = Files.createDirectories(root.resolve("serving"));
        ServingFolder.publish(serving, 12_345_678, MODEL, PLAIN, "a pair");
        Path log = Files.createDirectories(root.resolve("log"));
        Random random = new Random(7);
        DriftMonitor monitor = DriftMonitor.of(MODEL, POLICY, DriftOptions.defaults());
        try (JsonlDecisionLog records =
                JsonlDecisionLog.open(log, JsonlOptions.defaults().reasons(2))) {
            for (int i = 0; i < 3; i++) {
                DecisionEvent event = DecisionEvent.decide(
                        PolicyEngine.of(POLICY),
                        MODEL.scorer(),
                        MODEL.schema().read(RandomUsers.user(random)),
                        DecisionContext.NONE.userKey("user " + i),
                        "request " + i,
                        MOMENT);
                records.decided(event, 0);
                monitor.decided(event, 0);
            }
        }
        Files.writeString(root.resolve("drift.json"), monitor.snapshot().toJson());
        Files.writeString(root.resolve("model.json"), MODEL.toJson());
        Files.writeString(
                root.resolve("diff.txt"),
                PolicyDiff.of(POLICY, RandomPolicies.complete(new Random(6))).toString());
        return contents(root);
    }

    private static long verified(Path log) throws IOException {
        List<Replayed> outcomes = new ArrayList<>();
        for (Path file : JsonlDecisionLog.files(log)) {
            Replay.of(List.of(MODEL), List.of(POLICY)).replay(file, line -> outcomes.add(line.outcome()));
        }
        return outcomes.stream()
                .filter(outcome -> outcome instanceof Replayed.Verified || outcome instanceof Replayed.VerifiedInPart)
                .count();
    }

    private static Map<String, String> contents(Path root) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(root.relativize(file).toString(), Files.readString(file));
            }
        }
        return contents;
    }
}
