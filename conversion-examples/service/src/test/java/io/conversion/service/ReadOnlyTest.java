package io.conversion.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The service needs no folder that it can write to, but that of its decision log. */
class ReadOnlyTest {

    @TempDir
    Path folder;

    @Test
    @Timeout(120)
    void startsWithoutAFolderForTemporaryFiles() throws IOException {
        // A file in place of the folder: nobody can write below it, not even root.
        Path nowhere = Files.createFile(folder.resolve("tmp")).resolve("tmp");
        Path serving = Files.createDirectory(folder.resolve("serving"));
        RunningService.publish(serving, Artifacts.model(), Artifacts.policy());
        // A JVM of its own: this one knows its temporary folder already.
        Process service = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.io.tmpdir=" + nowhere,
                        "-XX:-UsePerfData",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ServiceApplication.class.getName(),
                        "--conversion.serving.folder=" + serving,
                        "--server.port=0",
                        "--management.server.port=0"))
                .redirectErrorStream(true)
                .start();
        try (BufferedReader output = service.inputReader()) {
            String log = output.lines()
                    .takeWhile(line -> !line.contains("Started ServiceApplication"))
                    .collect(Collectors.joining("\n"));

            assertThat(log).contains("Tomcat started on port").doesNotContain("Exception", " ERROR ");
            assertThat(service.isAlive()).as(log).isTrue();
        } finally {
            service.destroy();
        }
    }
}
