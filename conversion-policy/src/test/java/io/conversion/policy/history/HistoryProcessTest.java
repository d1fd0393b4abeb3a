package io.conversion.policy.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.conversion.policy.OtherJvm;
import io.conversion.policy.Policy;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several processes, and such as are killed. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class HistoryProcessTest {

    private static final int VERSIONS = 50;
    private static final int KILLS = 6;

    @TempDir
    private Path folder;

    /** Both start each version at the same time, so that one of the two is stale each time. */
    @Test
    void twoProcessesThatPublishAtOnceLoseNothing() throws IOException {
        try (Publisher one = Publisher.start(folder, "a");
                Publisher other = Publisher.start(folder, "b")) {
            for (int i = 0; i < VERSIONS; i++) {
                one.release(1);
                other.release(1);
                assertThat(one.line()).isEqualTo("a" + i);
                assertThat(other.line()).isEqualTo("b" + i);
            }
            int stale = one.finish() + other.finish();

            System.out.println("two processes published at once: " + stale + " times stale");
            assertThat(stale).isGreaterThanOrEqualTo(VERSIONS);
        }

        List<String> published = published();
        assertThat(published).hasSize(2 * VERSIONS);
        assertThat(published.stream().filter(version -> version.startsWith("a")))
                .isEqualTo(versions("a"));
        assertThat(published.stream().filter(version -> version.startsWith("b")))
                .isEqualTo(versions("b"));
        assertThat(parts()).isEmpty();
    }

    /** Each process is killed within five milliseconds after it has said that a version is published, while it publishes the next one. */
    @Test
    void historyLoadsWhenEverAProcessIsKilled() throws IOException {
        Random random = new Random(20_261_122);
        List<String> said = new ArrayList<>();
        for (int kill = 0; kill < KILLS; kill++) {
            try (Publisher publisher = Publisher.start(folder, kill + "-")) {
                publisher.release(1000);
                int lines = 2 + random.nextInt(10);
                for (int line = 0; line < lines; line++) {
                    said.add(publisher.line());
                }
                long end = System.nanoTime() + random.nextInt(5_000_000);
                while (System.nanoTime() < end) {
                    Thread.onSpinWait();
                }
                publisher.kill();
                said.addAll(publisher.restOfOutput());
            }

            List<String> published = published();
            assertThat(published).containsSubsequence(said);
            // The last version may be there although its process was killed before it said so.
            assertThat(published).hasSizeBetween(said.size(), said.size() + 1);
            said = new ArrayList<>(published);
        }
        System.out.println(
                "killed " + KILLS + " times: " + said.size() + " versions, " + parts().size() + " parts left");
    }

    private List<String> published() throws IOException {
        return PolicyHistory.load(folder).entries().stream()
                .flatMap(entry -> entry.change().added().stream())
                .map(Policy::version)
                .toList();
    }

    private static List<String> versions(String prefix) {
        return IntStream.range(0, VERSIONS).mapToObj(i -> prefix + i).toList();
    }

    private List<Path> parts() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".part")).toList();
        }
    }

    /** A running {@link PublishingProcess}. */
    private record Publisher(Process process, BufferedReader out) implements AutoCloseable {

        static Publisher start(Path folder, String prefix) throws IOException {
            Process process = new ProcessBuilder(
                            OtherJvm.launcher(Path.of(System.getProperty("java.home"))),
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            OtherJvm.classPath(),
                            PublishingProcess.class.getName(),
                            folder.toString(),
                            prefix)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            Publisher publisher = new Publisher(process, process.inputReader(StandardCharsets.UTF_8));
            assertThat(publisher.line()).isEqualTo("ready");
            return publisher;
        }

        void release(int versions) throws IOException {
            process.getOutputStream().write(new byte[versions]);
            process.getOutputStream().flush();
        }

        /** How many times it was stale. */
        int finish() throws IOException {
            process.getOutputStream().close();
            return Integer.parseInt(line());
        }

        String line() throws IOException {
            String line = out.readLine();
            assertThat(line).isNotNull();
            return line;
        }

        List<String> restOfOutput() {
            return out.lines().toList();
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
