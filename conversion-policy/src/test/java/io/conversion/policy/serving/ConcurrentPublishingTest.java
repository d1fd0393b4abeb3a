package io.conversion.policy.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.conversion.policy.OtherJvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several who publish to one folder at once, threads and processes, and such as are killed. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class ConcurrentPublishingTest {

    private static final int PUBLICATIONS = 50;
    private static final int KILLS = 5;

    @TempDir
    private Path parent;

    private Path folder;

    @BeforeEach
    void createFolder() throws IOException {
        folder = Files.createDirectory(parent.resolve("serving"));
    }

    @Test
    void twoProcessesGetRevisionsOfTheirOwn() throws IOException {
        List<Long> revisions = new ArrayList<>();
        try (Publisher one = Publisher.start(folder, "a");
                Publisher other = Publisher.start(folder, "b")) {
            one.release(PUBLICATIONS);
            other.release(PUBLICATIONS);
            for (int i = 0; i < PUBLICATIONS; i++) {
                revisions.add(one.revision());
                revisions.add(other.revision());
            }
        }

        assertThat(revisions)
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.rangeClosed(1, 2 * PUBLICATIONS).boxed().toList());
        assertThat(ServingManifest.read(new ServingFolder(folder).manifest()).revision())
                .isEqualTo(2 * PUBLICATIONS);
    }

    @Test
    void threadsGetRevisionsOfTheirOwnWhileAWatcherSwapsAndRollsBack() throws Exception {
        ServingFolder.publish(folder, Servings.MODEL, Servings.POLICY, "");
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try (ArtifactWatcher watcher = ArtifactWatcher.open(folder, Servings.options())) {
            List<Future<List<Long>>> publishers = new ArrayList<>();
            for (int thread = 0; thread < 4; thread++) {
                publishers.add(threads.submit(publishes("thread " + thread + " ", 12)));
            }
            List<Refresh> refused = new ArrayList<>();
            long seen = watcher.current().revision();
            while (!publishers.stream().allMatch(Future::isDone)) {
                Refresh refresh = watcher.refresh();
                if (refresh instanceof Refresh.Refused) {
                    refused.add(refresh);
                } else if (refresh instanceof Refresh.Swapped swapped) {
                    assertThat(swapped.serving().revision()).isGreaterThan(seen);
                    seen = swapped.serving().revision();
                    if (seen % 3 == 0) {
                        assertThat(watcher.rollBack(seen)).isInstanceOf(RollBackAnswer.RolledBack.class);
                    }
                }
            }
            watcher.refresh();
            List<Long> revisions = new ArrayList<>(List.of(1L));
            for (Future<List<Long>> publisher : publishers) {
                revisions.addAll(publisher.get());
            }

            assertThat(refused).isEmpty();
            assertThat(revisions)
                    .containsExactlyInAnyOrderElementsOf(
                            LongStream.rangeClosed(1, 49).boxed().toList());
            assertThat(watcher.status().highestRevision()).isEqualTo(49);
        } finally {
            threads.shutdownNow();
        }
    }

    /** Whoever said a revision has published it; the next one goes on above it, and nobody is held up. */
    @Test
    void killedPublisherLeavesAWholePairAndHoldsNobodyUp() throws IOException {
        Random random = new Random(20_261_130);
        long said = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            try (Publisher publisher = Publisher.start(folder, kill + "-")) {
                publisher.release(1_000);
                for (int i = 1 + random.nextInt(8); i > 0; i--) {
                    said = publisher.revision();
                }
                long end = System.nanoTime() + random.nextInt(5_000_000);
                while (System.nanoTime() < end) {
                    Thread.onSpinWait();
                }
                publisher.kill();
                for (String line : publisher.out().lines().toList()) {
                    said = Long.parseLong(line);
                }
            }

            try (ArtifactWatcher watcher = ArtifactWatcher.open(folder, Servings.options())) {
                assertThat(watcher.current().revision()).isBetween(said, said + 1);
            }
            long next = ServingFolder.publish(folder, Servings.MODEL, Servings.POLICY, "")
                    .revision();
            assertThat(next).isBetween(said + 1, said + 2);
        }
    }

    @Test
    void patienceEndsWithAMessage() throws IOException {
        try (PublishLock turn = PublishLock.of(folder, Duration.ZERO)) {
            assertThat(turn).isNotNull();
            assertThatIOException()
                    .isThrownBy(() -> PublishLock.of(folder, Duration.ofMillis(1)))
                    .withMessage(
                            "nothing was published to " + folder + ": somebody else has been publishing there for 0"
                                    + " seconds; find the process that holds .publish.lock, and publish again");
        }
        try (PublishLock next = PublishLock.of(folder, Duration.ZERO)) {
            assertThat(next).isNotNull();
        }
    }

    @Test
    void interruptedPublisherPublishesNothing() throws Exception {
        try (PublishLock turn = PublishLock.of(folder, Duration.ZERO)) {
            assertThat(turn).isNotNull();
            Thread.currentThread().interrupt();

            assertThatIOException()
                    .isThrownBy(() -> ServingFolder.publish(folder, Servings.MODEL, Servings.POLICY, ""));

            assertThat(Thread.interrupted()).isTrue();
            assertThat(folder.resolve("manifest.json")).doesNotExist();
        }
    }

    private Callable<List<Long>> publishes(String prefix, int publications) {
        return () -> {
            List<Long> revisions = new ArrayList<>();
            for (int i = 0; i < publications; i++) {
                revisions.add(ServingFolder.publish(
                                folder, Servings.MODEL, Servings.policy(prefix + i, 0.7, Servings.MODEL), "")
                        .revision());
            }
            return revisions;
        };
    }

    /** A running {@link PairPublisher}. */
    private record Publisher(Process process, BufferedReader out) implements AutoCloseable {

        static Publisher start(Path folder, String prefix) throws IOException {
            Process process = new ProcessBuilder(
                            OtherJvm.launcher(Path.of(System.getProperty("java.home"))),
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            OtherJvm.classPath(),
                            PairPublisher.class.getName(),
                            folder.toString(),
                            prefix)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            Publisher publisher = new Publisher(process, process.inputReader(StandardCharsets.UTF_8));
            assertThat(publisher.out.readLine()).isEqualTo("ready");
            return publisher;
        }

        void release(int publications) throws IOException {
            process.getOutputStream().write(new byte[publications]);
            process.getOutputStream().flush();
        }

        long revision() throws IOException {
            return Long.parseLong(out.readLine());
        }

        /** By its handle, since the process itself would close its output before it is read. */
        void kill() {
            process.toHandle().destroyForcibly();
        }

        @Override
        public void close() {
            kill();
        }
    }
}
