package io.conversion.workbench;

import io.conversion.policy.Band;
import io.conversion.policy.ModelRequirement;
import io.conversion.policy.Policy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A folder for the versions of a policy, and the command lines that change it. */
abstract class HistoryBench {

    @TempDir
    Path folder;

    /** Empty at first. */
    Path history = Path.of("");

    @BeforeEach
    void startAHistory() throws IOException {
        history = Files.createDirectory(folder.resolve("history"));
    }

    Outcome publish(Path file, String day, Object... more) {
        return change(
                "publish",
                day,
                Stream.concat(Stream.of(file), Arrays.stream(more)).toArray());
    }

    Outcome change(String command, String day, Object... more) {
        List<Object> line = new ArrayList<>(List.of("policy", command));
        line.addAll(Arrays.asList(more));
        line.addAll(List.of("--history", history, "--author", "ana", "--note", "Because"));
        line.addAll(List.of("--moment", day + "T00:00:00Z"));
        return Outcome.of(line.toArray());
    }

    Path draft(String version, double bound) throws IOException {
        return save(policy(version, bound));
    }

    Path effective(String day, String version, double bound) throws IOException {
        return save(policy(version, bound).toBuilder(version)
                .effectiveFrom(Instant.parse(day + "T00:00:00Z"))
                .build());
    }

    private Path save(Policy policy) throws IOException {
        Path file = folder.resolve("draft-" + policy.version() + ".json");
        policy.save(file);
        return file;
    }

    private static Policy policy(String version, double bound) {
        return Policy.of(
                "offers",
                version,
                ModelRequirement.named("trial"),
                List.of(Band.of("low", 0, "wait"), Band.of("high", bound, "offer")),
                "nothing");
    }

    List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(history)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .sorted()
                    .toList();
        }
    }
}
