package io.conversion.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The bodies that the load script sends are answered with decisions; those of the quick start are read in its tests. */
class LoadScriptTest {

    private static final Path FOLDER = Path.of("src", "test", "load");

    @Test
    void usersOfTheReloadsFitTheModelsThatAreReloaded() throws IOException {
        assertThat(Files.readAllLines(FOLDER.resolve("users-of-reloads.jsonl")))
                .hasSize(64)
                .allSatisfy(body -> assertThat(
                                RunningService.shared().post("/score", body).status())
                        .isEqualTo(200));
    }
}
