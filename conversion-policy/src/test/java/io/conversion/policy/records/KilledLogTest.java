package io.conversion.policy.records;

import static org.assertj.core.api.Assertions.assertThat;

import io.conversion.policy.OtherJvm;
import io.conversion.policy.records.Replayed.Cut;
import io.conversion.policy.records.Replayed.Verified;
import io.conversion.policy.records.Replayed.VerifiedInPart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that logs decisions is killed, again and again, in one folder. How often, and after how many decisions in
 * all at least, is said by {@code -Dconversion.kills} and {@code -Dconversion.decisions}.
 */
class KilledLogTest {

    private static final int KILLS = Integer.getInteger("conversion.kills", 3);
    private static final int DECISIONS = Integer.getInteger("conversion.decisions", 6_000);

    private final Replay replay = Replay.of(List.of(LoggedDecisions.model()), List.of(LoggedDecisions.policy()));

    @TempDir
    private Path folder;

    @Test
    void killedProcessLosesTheDeclaredBufferAtMostAndEveryWholeLineVerifies() throws Exception {
        Random random = new Random();
        long seen = 0;
        long all = 0;
        for (int kill = 1; kill <= KILLS; kill++) {
            long taken = takenBeforeTheKill(DECISIONS / KILLS + random.nextInt(1_000));

            Found found = found();
            long written = found.verified() - seen;
            seen = found.verified();
            all += taken;
            System.out.printf(
                    Locale.ROOT,
                    "kill %d: %d decisions taken, %d written, %d lost, %d lines cut so far, %d files%n",
                    kill,
                    taken,
                    written,
                    taken - written,
                    found.cut(),
                    found.files());
            assertThat(found.other()).isEmpty();
            assertThat(taken - written).isLessThanOrEqualTo(LoggedDecisions.CAPACITY);
            assertThat(found.cut()).isLessThanOrEqualTo(kill);
        }
        System.out.printf(Locale.ROOT, "%d kills: %d decisions taken, %d records verified%n", KILLS, all, seen);
        assertThat(all).isGreaterThanOrEqualTo((long) DECISIONS / KILLS * KILLS);
    }

    /** How many decisions a process had taken when it was killed, at least as many as given. */
    private long takenBeforeTheKill(long atLeast) throws IOException, InterruptedException {
        Path counter = folder.resolve("counter");
        Files.write(counter, new byte[16]);
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        OtherJvm.classPath(),
                        LoggedDecisions.class.getName(),
                        folder.toString(),
                        counter.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out").toFile())
                .start();
        try {
            while (LoggedDecisions.taken(counter) < atLeast) {
                assertThat(process.waitFor(1, TimeUnit.MILLISECONDS))
                        .as(() -> read(folder.resolve("out")))
                        .isFalse();
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
        return LoggedDecisions.taken(counter);
    }

    private record Found(long verified, long cut, int files, List<String> other) {}

    /** Replays all files of the folder. */
    private Found found() throws IOException {
        List<Path> files = JsonlDecisionLog.files(folder);
        List<Replayed> outcomes = new ArrayList<>();
        for (Path file : files) {
            replay.replay(file, line -> outcomes.add(line.outcome()));
        }
        return new Found(
                outcomes.stream().filter(KilledLogTest::isVerified).count(),
                outcomes.stream().filter(Cut.class::isInstance).count(),
                files.size(),
                outcomes.stream()
                        .filter(outcome -> !isVerified(outcome) && !(outcome instanceof Cut))
                        .map(Replayed::sentence)
                        .toList());
    }

    private static boolean isVerified(Replayed outcome) {
        return outcome instanceof Verified || outcome instanceof VerifiedInPart;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
