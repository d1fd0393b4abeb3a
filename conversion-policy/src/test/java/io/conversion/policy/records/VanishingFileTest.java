package io.conversion.policy.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.conversion.core.ConversionModel;
import io.conversion.policy.DecisionContext;
import io.conversion.policy.DecisionEvent;
import io.conversion.policy.PolicyEngine;
import io.conversion.policy.RandomUsers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A file or a folder that others take away from under a log: each decision is on the disk or counted as lost. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class VanishingFileTest {

    private static final ConversionModel MODEL = LoggedDecisions.model();
    private static final PolicyEngine ENGINE = PolicyEngine.of(LoggedDecisions.policy());
    private static final JsonlOptions OPTIONS = JsonlOptions.defaults().capacity(10_000);

    @TempDir
    private Path parent;

    private Path folder;

    @BeforeEach
    void createFolder() throws IOException {
        folder = Files.createDirectory(parent.resolve("log"));
    }

    /** What is done to the file of a log. */
    private enum Deed {
        DELETE {
            @Override
            void to(Path file) throws IOException {
                Files.delete(file);
            }
        },
        MOVE {
            @Override
            void to(Path file) throws IOException {
                Files.move(file, file.resolveSibling("moved"));
            }
        },
        REPLACE {
            @Override
            void to(Path file) throws IOException {
                Path other = Files.writeString(file.resolveSibling("other"), "x".repeat(1_000_000));
                Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
                Files.writeString(file, "");
            }
        },
        CUT {
            @Override
            void to(Path file) throws IOException {
                try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                    channel.truncate(0);
                }
            }
        };

        abstract void to(Path file) throws IOException;
    }

    @ParameterizedTest
    @EnumSource(Deed.class)
    void linesOfAFileThatIsGoneAreLostAndTheNextOnesAreWritten(Deed deed) throws IOException {
        JsonlDecisionLog log = JsonlDecisionLog.open(folder, OPTIONS);
        try (log) {
            logAll(log, 30);
            await(log, 30);
            deed.to(folder.resolve("decisions-000000001.jsonl"));

            logAll(log, 12);
            while (log.written() + log.lost() < 42) {
                Thread.onSpinWait();
            }
        }

        assertThat(log.lost()).isEqualTo(30);
        assertThat(log.written()).isEqualTo(12).isEqualTo(linesOnDisk());
    }

    /** Nobody decides any more, so that nothing is written, and it is noticed all the same. */
    @Test
    void fileThatIsGoneIsNoticedWhileNothingIsWritten() throws IOException {
        try (JsonlDecisionLog log = JsonlDecisionLog.open(folder, OPTIONS)) {
            logAll(log, 5);
            await(log, 5);
            Files.delete(folder.resolve("decisions-000000001.jsonl"));

            while (log.lost() == 0) {
                Thread.onSpinWait();
            }

            assertThat(log.lost()).isEqualTo(5);
            assertThat(log.written()).isZero();
        }
    }

    @Test
    void fileThatIsGoneIsNoticedByClosing() throws IOException {
        JsonlDecisionLog log = JsonlDecisionLog.open(folder, OPTIONS);
        logAll(log, 5);
        await(log, 5);
        Files.delete(folder.resolve("decisions-000000001.jsonl"));

        log.close();

        assertThat(log.lost()).isEqualTo(5);
        assertThat(log.written()).isZero();
    }

    @Test
    void folderThatIsGoneLosesAllUntilItIsThereAgain() throws IOException {
        JsonlDecisionLog log = JsonlDecisionLog.open(folder, OPTIONS);
        try (log) {
            logAll(log, 5);
            await(log, 5);
            Files.delete(folder.resolve("decisions-000000001.jsonl"));
            Files.delete(folder);
            logAll(log, 7);
            while (log.lost() < 12) {
                Thread.onSpinWait();
            }
            Files.createDirectory(folder);

            logAll(log, 3);
        }

        assertThat(log.lost()).isEqualTo(12);
        assertThat(log.written()).isEqualTo(3).isEqualTo(linesOnDisk());
    }

    @Test
    void decisionsAreOnDiskOrLostHoweverOftenFilesGo() throws IOException {
        JsonlDecisionLog log = JsonlDecisionLog.open(folder, OPTIONS.patience(Duration.ofSeconds(10)));
        for (int i = 0; i < 40; i++) {
            logAll(log, 50);
            for (Path file : JsonlDecisionLog.files(folder)) {
                Files.deleteIfExists(file);
            }
        }
        logAll(log, 50);
        log.close();

        assertThat(log.written() + log.lost()).isEqualTo(41 * 50);
        assertThat(log.written()).isGreaterThanOrEqualTo(linesOnDisk());
    }

    @Test
    void readOnlyFolderLosesTheBatchAndKeepsTheFile() throws IOException {
        RecordFiles files = new RecordFiles(folder, 10, JsonlOptions.Force.ON_CLOSE);
        files.write(line("1234567"));
        assumeTrue(folder.toFile().setWritable(false) && !Files.isWritable(folder));

        try {
            assertThat(catchThrowable(() -> files.write(line("1234567")))).isInstanceOf(IOException.class);
        } finally {
            assertThat(folder.toFile().setWritable(true)).isTrue();
        }
        files.abandon();
        files.write(line("89"));
        files.close();

        assertThat(linesOnDisk()).isEqualTo(2);
        assertThat(files.takeGone()).isZero();
    }

    @Test
    void filesRollByTimeAlsoWhileNothingIsWritten() throws IOException {
        try (JsonlDecisionLog log = JsonlDecisionLog.open(folder, OPTIONS.rollEvery(Duration.ofNanos(1)))) {
            logAll(log, 1);
            await(log, 1);
            logAll(log, 1);
            await(log, 2);
            logAll(log, 1);
        }

        assertThat(JsonlDecisionLog.files(folder)).hasSize(3);
        assertThat(linesOnDisk()).isEqualTo(3);

        RecordFiles files = new RecordFiles(folder, OPTIONS.rollEvery(Duration.ofNanos(1)));
        files.write(line("a"));
        files.look();
        files.look();
        files.write(line("b"));
        files.close();
        assertThat(JsonlDecisionLog.files(folder)).hasSize(5);
    }

    @Test
    void filesRollByTimeNotBeforeItIsOver() throws IOException {
        RecordFiles files = new RecordFiles(folder, OPTIONS.rollEvery(Duration.ofDays(1)));
        for (int i = 0; i < 5; i++) {
            files.write(line("a"));
            files.look();
        }
        files.close();

        assertThat(JsonlDecisionLog.files(folder)).hasSize(1);
        assertThat(catchThrowable(() -> OPTIONS.rollEvery(Duration.ofNanos(-1))))
                .hasMessage("the time of a file of a decision log is PT-0.000000001S; zero to 3650 days is allowed");
    }

    private static ByteBuffer line(String text) {
        return ByteBuffer.wrap((text + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static void await(JsonlDecisionLog log, int written) {
        while (log.written() < written) {
            Thread.onSpinWait();
        }
    }

    private void logAll(JsonlDecisionLog log, int decisions) {
        Random random = new Random(3);
        for (int i = 0; i < decisions; i++) {
            log.decided(
                    DecisionEvent.decide(
                            ENGINE,
                            MODEL.scorer(),
                            MODEL.schema().read(RandomUsers.user(random)),
                            DecisionContext.NONE,
                            "request",
                            null),
                    0);
        }
    }

    private long linesOnDisk() throws IOException {
        List<Path> files = JsonlDecisionLog.files(folder);
        return files.stream().flatMap(VanishingFileTest::lines).count();
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
