package io.conversion.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.conversion.model.LogisticTrainer;
import io.conversion.model.StreamingUsers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compiles and runs the Java of the README, and compares what it prints with what the README says it prints. */
class ReadmeTest {

    @Test
    void printsWhatTheReadmeSays(@TempDir Path folder) throws Exception {
        MarkdownPage readme = MarkdownPage.read("README.md");
        LogisticTrainer.withDefaults()
                .train(StreamingUsers.generate(5_000, 42).training())
                .publish("trial-conversion", "1")
                .save(folder.resolve("model.json"));
        Files.copy(Path.of("src", "main", "resources", "case-study-policy.json"), folder.resolve("policy.json"));

        assertThat(readme.promised()).isNotEmpty();
        assertThat(readme.run(folder)).isEqualTo(readme.promised());
    }
}
