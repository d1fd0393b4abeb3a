package io.conversion.workbench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.conversion.workbench.console.InputFiles;
import io.conversion.workbench.console.OutputFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An output file is checked before any work, and written completely or not at all. */
class WorkbenchOutputTest {

    @TempDir
    static Path shared;

    private static Path users;
    private static Path model;

    @TempDir
    Path folder;

    @BeforeAll
    static void trainAModel() {
        users = shared.resolve("users.csv");
        model = shared.resolve("model.json");
        Outcome.of("generate --users", 500, "--out", users);
        Outcome.of(Outcome.TRAIN, "--data", users, "--out", shared);
    }

    @Test
    void aDirectoryIsNotWrittenTo() {
        assertThat(score(folder)).isEqualTo(refused(folder + " is a directory; give the name of a file to write"));
    }

    @Test
    void theFolderOfAnOutputFileExists() {
        Path out = folder.resolve("absent/scores.csv");

        assertThat(score(out))
                .isEqualTo(
                        refused("the folder " + out.getParent() + " does not exist; create it before writing " + out));
    }

    @Test
    void inputIsNotOverwritten() throws IOException {
        Path data = Files.copy(users, folder.resolve("users.csv"));
        Path link = Files.createSymbolicLink(folder.resolve("link.csv"), data);

        Outcome overData = Outcome.of("score --model", model, "--data", data, "--out", data);
        Outcome overModel = Outcome.of("score --model", model, "--data", data, "--out", model);
        Outcome overLink = Outcome.of("score --model", model, "--data", data, "--out", link);

        assertThat(overData).isEqualTo(refused(data + " is also read, as --data; write to another file"));
        assertThat(overModel).isEqualTo(refused(model + " is also read, as --model; write to another file"));
        assertThat(overLink).isEqualTo(refused(link + " is also read, as --data; write to another file"));
    }

    @Test
    void aModelDoesNotOverwriteItsSchema() throws IOException {
        Path schema = folder.resolve("model.json");
        Outcome.of("schema infer --data", users, "--label", "converted", "--out", schema);

        assertThat(train(folder, "--schema", schema))
                .isEqualTo(refused(schema + " is also read, as --schema; write to another file"));
    }

    @Test
    void aModelIsWrittenToAFolder() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "text");
        Path below = file.resolve("model");

        assertThat(train(file)).isEqualTo(refused(file + " is a file; give the name of a folder to write to"));
        assertThat(train(below)).isEqualTo(refused(below + " cannot be a folder: " + file + " is a file"));
    }

    @Test
    void aRefusedTrainingLeavesNoFolder() {
        Path out = folder.resolve("model");

        Outcome outcome = train(out, "--exclude", "nothing");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(out).doesNotExist();
    }

    @Test
    void anOlderFileIsReplacedWhole() throws IOException {
        Path out = Files.writeString(folder.resolve("scores.csv"), "x".repeat(1_000_000));

        assertThat(score(out).exitCode()).isZero();

        assertThat(Files.readAllLines(out)).hasSize(501);
        assertThat(files()).containsExactly(out);
    }

    @Test
    void aLinkLeadsToTheFileThatIsReplaced() throws IOException {
        Path target = Files.writeString(folder.resolve("scores-1.csv"), "old");
        Path link = Files.createSymbolicLink(folder.resolve("scores.csv"), target);

        assertThat(score(link).exitCode()).isZero();

        assertThat(link).isSymbolicLink();
        assertThat(Files.readAllLines(target)).hasSize(501);
    }

    @Test
    void afterAFailureTheOldFileStandsAlone() throws IOException {
        Path out = Files.writeString(folder.resolve("scores.csv"), "old");
        OutputFile file = OutputFile.of(out, InputFiles.none());

        assertThatThrownBy(() -> file.write(writer -> {
                    writer.write("x".repeat(1_000_000));
                    throw new IOException("the cable was pulled");
                }))
                .isInstanceOf(IOException.class)
                .hasMessage("the cable was pulled");

        assertThat(out).hasContent("old");
        assertThat(files()).containsExactly(out);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    private static Outcome score(Path out) {
        return Outcome.of("score --model", model, "--data", users, "--out", out);
    }

    private static Outcome train(Path out, Object... options) {
        return Outcome.with(options, Outcome.TRAIN, "--data", users, "--out", out);
    }

    private static Outcome refused(String message) {
        return new Outcome(1, "", message + "\n");
    }
}
