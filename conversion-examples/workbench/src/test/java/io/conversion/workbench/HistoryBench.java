package io.conversion.workbench;

import io.conversion.policy.Policy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
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
        return Outcome.with(
                more,
                "policy " + command + " --author ana --note Because --history",
                history,
                "--moment",
                day + "T00:00:00Z");
    }

    Path draft(String version, double bound) throws IOException {
        return save(Trial.offers(version, bound));
    }

    Path effective(String day, String version, double bound) throws IOException {
        return save(Trial.offers(version, bound).toBuilder(version)
                .effectiveFrom(Instant.parse(day + "T00:00:00Z"))
                .build());
    }

    private Path save(Policy policy) throws IOException {
        Path file = folder.resolve("draft-" + policy.version() + ".json");
        policy.save(file);
        return file;
    }

    List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(history)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .sorted()
                    .toList();
        }
    }
}
