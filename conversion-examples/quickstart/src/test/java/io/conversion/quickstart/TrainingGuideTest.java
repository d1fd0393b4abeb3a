package io.conversion.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.conversion.core.signals.Signal;
import io.conversion.model.synthetic.StreamingUsers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compiles and runs the Java of the training guide on synthetic users. */
class TrainingGuideTest {

    @Test
    void printsWhatTheGuideSays(@TempDir Path folder) throws Exception {
        MarkdownPage guide = MarkdownPage.read("docs/training.md");
        Files.writeString(folder.resolve("users.csv"), users());

        assertThat(guide.promised()).isNotEmpty();
        assertThat(guide.run(folder)).isEqualTo(guide.promised());
    }

    private static String users() {
        List<String> signals =
                StreamingUsers.schema().declared().stream().map(Signal::name).toList();
        return StreamingUsers.stream(42)
                .limit(5_000)
                .map(user -> "u,"
                        + signals.stream()
                                .map(signal -> String.valueOf(user.signals().get(signal)))
                                .collect(Collectors.joining(","))
                        + (user.converted() ? ",1" : ",0"))
                .collect(Collectors.joining("\n", "user_id," + String.join(",", signals) + ",converted\n", "\n"));
    }
}
