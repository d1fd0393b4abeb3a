package io.conversion.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Compiles and runs the Java of the guides to scoring, policies and serving, on the policy of the quick start and the model that
 * the description of the model format shows.
 */
class PolicyGuidesTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "docs/scoring.md",
                "docs/policy-history.md",
                "docs/policy-review.md",
                "docs/decision-records.md",
                "docs/serving.md",
                "docs/testing-policies.md"
            })
    void printsWhatTheGuideSays(String path) throws Exception {
        MarkdownPage guide = MarkdownPage.read(path);
        writeModelAndPolicy();

        assertThat(guide.promised()).isNotEmpty();
        assertThat(guide.run(folder)).isEqualTo(guide.promised());
    }

    @Test
    void recordOfTheGuideIsTheOneThatItsProgramWrites() throws Exception {
        MarkdownPage guide = MarkdownPage.read("docs/decision-records.md");
        writeModelAndPolicy();

        guide.run(folder);

        String written = Files.readString(folder.resolve("decisions").resolve("decisions-000000001.jsonl"));
        assertThat(written.replaceAll("sha256:[0-9a-f]{64}", "sha256:...").replace("-SNAPSHOT", ""))
                .isEqualTo(guide.blocks("json").get(0).replaceAll("\n *", "") + "\n");
    }

    private void writeModelAndPolicy() throws Exception {
        String model = MarkdownPage.read("docs/model-format.md").blocks("json").get(0);
        Files.writeString(folder.resolve("model.json"), model);
        Files.copy(Path.of("src", "main", "resources", "case-study-policy.json"), folder.resolve("policy.json"));
    }
}
