package io.conversion.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compiles and runs the Java of the scoring guide on the model that the description of the model format shows. */
class ScoringGuideTest {

    @Test
    void printsWhatTheGuideSays(@TempDir Path folder) throws Exception {
        MarkdownPage guide = MarkdownPage.read("docs/scoring.md");
        String model = MarkdownPage.read("docs/model-format.md").blocks("json").get(0);
        Files.writeString(folder.resolve("model.json"), model);
        Files.copy(Path.of("src", "main", "resources", "case-study-policy.json"), folder.resolve("policy.json"));

        assertThat(guide.promised()).isNotEmpty();
        assertThat(guide.run(folder)).isEqualTo(guide.promised());
    }
}
