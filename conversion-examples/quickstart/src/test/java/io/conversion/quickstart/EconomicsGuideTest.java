package io.conversion.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compiles and runs the Java of the guide to economics on the file that it shows. */
class EconomicsGuideTest {

    @Test
    void printsWhatTheGuideSays(@TempDir Path folder) throws Exception {
        MarkdownPage guide = MarkdownPage.read("docs/economics.md");
        Files.writeString(folder.resolve("actions.json"), guide.blocks("json").get(0));

        assertThat(guide.promised()).isNotEmpty();
        assertThat(guide.run(folder)).isEqualTo(guide.promised());
    }
}
