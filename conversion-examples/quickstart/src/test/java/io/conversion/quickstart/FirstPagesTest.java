package io.conversion.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.conversion.core.ConversionModel;
import io.conversion.model.LogisticTrainer;
import io.conversion.model.synthetic.StreamingUsers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Compiles and runs the Java of the pages that start from the model and the policy of the quick start, and compares what
 * it prints with what the pages say it prints.
 */
class FirstPagesTest {

    private static ConversionModel model;

    @TempDir
    private Path folder;

    @BeforeAll
    static void train() {
        model = LogisticTrainer.withDefaults()
                .train(StreamingUsers.generate(5_000, 42).training())
                .publish("trial-conversion", "1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "docs/embedding.md", "docs/monitoring.md", "docs/openfeature.md"})
    void printsWhatThePageSays(String path) throws Exception {
        MarkdownPage page = MarkdownPage.read(path);
        model.save(folder.resolve("model.json"));
        Files.copy(Path.of("src", "main", "resources", "case-study-policy.json"), folder.resolve("policy.json"));

        assertThat(page.promised()).isNotEmpty();
        assertThat(page.run(folder)).isEqualTo(page.promised());
    }
}
