package io.conversion.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.conversion.model.synthetic.StreamingUsers;
import io.conversion.policy.requests.RequestReader;
import io.conversion.policy.requests.UserRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The load script of the service measures decisions only if the model of the quick start takes what it sends. */
class LoadScriptTest {

    private static final Path FOLDER = Path.of("..", "service", "src", "test", "load");

    @Test
    void bodiesOfTheLoadScriptFitTheModelThatIsServed() throws IOException {
        assertThat(Files.readString(FOLDER.resolve("score.lua"))).contains("file = \"users-of-quickstart.jsonl\"");
        assertThat(Files.readAllLines(FOLDER.resolve("users-of-quickstart.jsonl")))
                .hasSize(64)
                .allSatisfy(body -> {
                    UserRequest user = RequestReader.defaults().user(body);

                    assertThat(user.faults()).isEmpty();
                    assertThat(user.read(StreamingUsers.schema()).orElseThrow()).isNotNull();
                });
    }
}
