package io.conversion.experiments.data;

import static io.conversion.experiments.data.ExperimentHost.LATER;
import static io.conversion.experiments.data.ExperimentHost.MODEL;
import static io.conversion.experiments.data.ExperimentHost.OFFER;
import static io.conversion.experiments.data.ExperimentHost.START;
import static io.conversion.experiments.data.ExperimentHost.TODAY;
import static io.conversion.experiments.data.ExperimentHost.experiment;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.conversion.policy.Assignment;
import io.conversion.policy.Assignment.Standing;
import io.conversion.policy.Experiment;
import io.conversion.policy.ExperimentEngine;
import io.conversion.policy.Policy;
import io.conversion.policy.PolicyEngine;
import io.conversion.policy.records.JsonlDecisionLog;
import io.conversion.policy.records.Replay;
import io.conversion.policy.records.Replayed;
import io.conversion.policy.serving.ServingFolder;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that serves an experiment is killed, started again, and given another policy for one arm. */
class KilledHostTest {

    private static final int USERS = 3_000;
    private static final Experiment FIRST = experiment("1", OFFER);
    private static final Experiment SECOND = experiment("2", LATER);

    @TempDir
    private Path folder;

    /** What the records say of each user, by the pseudonym. */
    private final Map<String, Set<String>> arms = new HashMap<>();

    private final Map<String, Set<String>> exposed = new HashMap<>();

    private Path log() {
        return folder.resolve("log");
    }

    private Process host(int users, int waiting) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classPath(),
                        ExperimentHost.class.getName(),
                        folder.toString(),
                        log().toString(),
                        String.valueOf(users),
                        String.valueOf(waiting))
                .redirectError(folder.resolve("errors").toFile())
                .start();
    }

    /** The tests run on the module path, with their own classes as a patch that no property tells of. */
    private static String classPath() {
        try {
            Path here = Path.of(Objects.requireNonNull(KilledHostTest.class.getResource("KilledHostTest.class"))
                    .toURI());
            for (int i = 0; i < 5; i++) {
                here = Objects.requireNonNull(here.getParent());
            }
            return String.join(
                    File.pathSeparator,
                    here.toString(),
                    System.getProperty("jdk.module.path", ""),
                    System.getProperty("java.class.path"));
        } catch (URISyntaxException e) {
            throw new AssertionError("the file of a class is a URI", e);
        }
    }

    private void readUntil(BufferedReader out, String line) throws IOException {
        String read = out.readLine();
        while (!line.equals(read)) {
            assertThat(read)
                    .as(() -> "before \"" + line + "\"; errors: " + errors())
                    .isNotNull();
            read = out.readLine();
        }
    }

    private String errors() {
        try {
            return Files.readString(folder.resolve("errors"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Test
    void nobodyChangesArmEveryRecordReplaysAndTheReadOutCountsThem() throws Exception {
        Files.createDirectory(log());
        ServingFolder.publish(folder, MODEL, TODAY, List.of(OFFER), List.of(FIRST), "");

        Process killed = host(1_000_000, -1);
        try (BufferedReader out = killed.inputReader(UTF_8)) {
            readUntil(out, "user 1500");
        } finally {
            killed.destroyForcibly().waitFor();
        }
        Process again = host(USERS, USERS / 2);
        try (BufferedReader out = again.inputReader(UTF_8)) {
            readUntil(out, "waiting");
            ServingFolder.publish(folder, MODEL, TODAY, List.of(LATER), List.of(SECOND), "");
            again.outputWriter(UTF_8).append("go on\n").flush();
            readUntil(out, "Swapped");
            while (out.readLine() != null) {
                // To its end.
            }
        }
        assertThat(again.waitFor()).as(this::errors).isZero();

        int cut = replayed();
        assertThat(cut).isLessThanOrEqualTo(1);
        assertThat(arms).hasSizeGreaterThanOrEqualTo(USERS);
        assertThat(arms.values()).allSatisfy(ofUser -> assertThat(ofUser).hasSize(1));
        List<Path> files = JsonlDecisionLog.files(log());
        Path outcomes = folder.resolve("outcomes.csv");
        Files.writeString(
                outcomes, "key,moment,metric,value\nuser-1," + START.plus(Duration.ofDays(50)) + ",converted,1\n");
        for (Experiment experiment : List.of(FIRST, SECOND)) {
            Set<String> users = exposed.getOrDefault(experiment.reference().digest(), Set.of());
            assertThat(users).hasSizeGreaterThan(1_000);
            assertThat(Ledger.read(experiment, files, List.of(outcomes), START.plus(Duration.ofDays(60)), bytes -> {})
                            .readout()
                            .users())
                    .isEqualTo(users.size());
        }
    }

    /** Replays all files and takes note of arms; how many lines are cut. */
    private int replayed() throws IOException {
        Replay replay = Replay.of(List.of(MODEL), List.of(TODAY, OFFER, LATER));
        for (Experiment experiment : List.of(FIRST, SECOND)) {
            List<Policy> policies = List.of(TODAY, OFFER, LATER);
            replay = replay.running(ExperimentEngine.of(List.of(experiment), policies, PolicyEngine.of(TODAY)));
        }
        List<Replayed> cut = new ArrayList<>();
        for (Path file : JsonlDecisionLog.files(log())) {
            replay.replay(file, line -> {
                if (line.outcome() instanceof Replayed.Cut) {
                    cut.add(line.outcome());
                    return;
                }
                assertThat(line.outcome()).as("line %s", line.number()).isInstanceOf(Replayed.Verified.class);
                Assignment assignment = Objects.requireNonNull(
                        ((Replayed.Verified) line.outcome()).record().assignment());
                arms.computeIfAbsent(assignment.unit(), unit -> new HashSet<>())
                        .add(assignment.standing() + " " + assignment.arm());
                if (assignment.standing() == Standing.DRAWN) {
                    exposed.computeIfAbsent(assignment.experiment().digest(), digest -> new HashSet<>())
                            .add(assignment.unit());
                }
            });
        }
        return cut.size();
    }
}
