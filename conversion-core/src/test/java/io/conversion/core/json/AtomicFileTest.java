package io.conversion.core.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {

    @TempDir
    private Path folder;

    @Test
    void textIsWrittenInUtf8() throws IOException {
        Path file = folder.resolve("new.json");

        AtomicFile.write(file, "{\"café\": \"\uD83D\uDCFA\"}");

        assertThat(Files.readString(file)).isEqualTo("{\"café\": \"\uD83D\uDCFA\"}");
        assertThat(filesIn(folder)).containsExactly("new.json");
    }

    @Test
    void existingFileIsReplaced() throws IOException {
        Path file = Files.writeString(folder.resolve("model.json"), "a text that is longer than the new one");

        AtomicFile.write(file, "{}");

        assertThat(file).hasContent("{}");
        assertThat(filesIn(folder)).containsExactly("model.json");
    }

    /** An interrupt closes the channel of a write under way, so the write fails after the sibling was created. */
    @Test
    void writeThatFailsLeavesTheOldFileAndNothingElse() throws IOException {
        Path file = Files.writeString(folder.resolve("model.json"), "old");

        Thread.currentThread().interrupt();
        try {
            assertThatIOException()
                    .isThrownBy(() -> AtomicFile.write(file, "new"))
                    .withMessageStartingWith(file + " was not written: ")
                    .withCauseInstanceOf(ClosedByInterruptException.class);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }

        assertThat(file).hasContent("old");
        assertThat(filesIn(folder)).containsExactly("model.json");
    }

    @Test
    void fileIsCreatedWithItsWholeContent() throws IOException {
        Path file = folder.resolve("new.json");

        AtomicFile.create(file, "{}");

        assertThat(file).hasContent("{}");
        assertThat(filesIn(folder)).containsExactly("new.json");
    }

    @Test
    void fileThatExistsIsNotCreatedAgain() throws IOException {
        Path file = Files.writeString(folder.resolve("000001.json"), "of another process");

        assertThatExceptionOfType(FileAlreadyExistsException.class)
                .isThrownBy(() -> AtomicFile.create(file, "mine"))
                .withMessageContaining("000001.json");

        assertThat(file).hasContent("of another process");
        assertThat(filesIn(folder)).containsExactly("000001.json");
    }

    /** The file system of a zip file has none. */
    @Test
    void fileSystemWithoutHardLinksIsNamed() throws IOException {
        URI archive = URI.create("jar:" + folder.resolve("archive.zip").toUri());
        try (FileSystem zip = FileSystems.newFileSystem(archive, Map.of("create", "true"))) {
            Path file = zip.getPath("/000001.json");

            assertThatIOException()
                    .isThrownBy(() -> AtomicFile.create(file, "{}"))
                    .withMessage("/000001.json was not written: its file system has no hard links, which keep two"
                            + " writers apart");
            assertThat(filesIn(zip.getPath("/"))).isEmpty();
        }
    }

    @Test
    void directoryIsNotAFileToWrite() {
        assertThatIOException()
                .isThrownBy(() -> AtomicFile.write(folder, "{}"))
                .withMessage(folder + " is a directory; give the name of a file to write");
    }

    @Test
    void folderThatDoesNotExistIsNamed() {
        Path file = folder.resolve("models").resolve("model.json");

        assertThatIOException()
                .isThrownBy(() -> AtomicFile.write(file, "{}"))
                .withMessage(
                        "the folder " + folder.resolve("models") + " does not exist; create it before writing " + file);
    }

    @Test
    void fileIsNoFolder() throws IOException {
        Path file = Files.createFile(folder.resolve("models"));

        assertThatIOException()
                .isThrownBy(() -> AtomicFile.write(file.resolve("model.json"), "{}"))
                .withMessage("the folder " + file + " does not exist; create it before writing "
                        + file.resolve("model.json"));
    }

    @Test
    void writtenFileHasThePermissionsOfAnyOtherNewFile() throws IOException {
        assumeThat(Files.getFileStore(folder).supportsFileAttributeView("posix"))
                .isTrue();
        Path plain = Files.createFile(folder.resolve("plain.json"));
        Path written = folder.resolve("written.json");

        AtomicFile.write(written, "{}");

        assertThat(Files.getPosixFilePermissions(written)).isEqualTo(Files.getPosixFilePermissions(plain));
    }

    private static List<String> filesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
