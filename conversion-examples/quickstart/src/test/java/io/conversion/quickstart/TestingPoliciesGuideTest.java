package io.conversion.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compiles and runs the Java of the guide to testing policies on the policy of the quick start. */
class TestingPoliciesGuideTest {

    @Test
    void printsWhatTheGuideSays(@TempDir Path folder) throws Exception {
        MarkdownPage guide = MarkdownPage.read("docs/testing-policies.md");
        Files.copy(Path.of("src", "main", "resources", "case-study-policy.json"), folder.resolve("policy.json"));

        assertThat(guide.promised()).isNotEmpty();
        assertThat(guide.run(folder)).isEqualTo(guide.promised());
    }
}
