package io.conversion.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.conversion.core.ConversionModel;
import io.conversion.core.Scorer;
import io.conversion.model.LogisticTrainer;
import io.conversion.policy.Policy;
import io.conversion.policy.PolicyEngine;
import io.conversion.policy.serving.ArtifactWatcher;
import io.conversion.policy.serving.WatcherOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuickstartTest {

    @TempDir
    private Path folder;

    @Test
    void runsOnTheModulePath() {
        assertThat(Scorer.class.getModule().getName()).isEqualTo("io.conversion.core");
        assertThat(LogisticTrainer.class.getModule().getName()).isEqualTo("io.conversion.model");
        assertThat(PolicyEngine.class.getModule().getName()).isEqualTo("io.conversion.policy");
        assertThat(Quickstart.class.getModule().getName()).isEqualTo("io.conversion.quickstart");
    }

    @Test
    void showsAUserOfEachSegment() throws IOException {
        String output = run();

        assertThat(output)
                .contains("Trained on 4,000 users, of whom 3,451 converted.")
                .contains("segment low_intent, action keep_engaging")
                .contains("segment medium_intent, action show_benefits")
                .contains("segment high_intent, action offer_annual_plan");
    }

    @Test
    void showsThatAMisspeltLevelIsRefused() throws IOException {
        String output = run();

        assertThat(output).contains("""
                        The last user again, with the tier spelt Tier_1. It is not ignored:
                          fallback INVALID_SIGNALS, action no_action
                          signal "country_tier": level "Tier_1" is not one of [tier_1, tier_2, tier_3]; did you mean "tier_1"?
                        """);
    }

    @Test
    void writesTheModelAndThePolicyThatItDecidesBy() throws IOException {
        String output = run();

        assertThat(output)
                .endsWith("The model and the policy are in " + folder
                        + ", and a page about the model is in report.html there.\n");
        assertThat(ConversionModel.load(folder.resolve("model.json")).name()).isEqualTo("trial-conversion");
        assertThat(Policy.load(folder.resolve("policy.json")).bands()).hasSize(3);
        assertThat(ArtifactWatcher.open(folder.resolve("serving"), WatcherOptions.defaults())
                        .current()
                        .revision())
                .isOne();
        assertThat(folder.resolve("report.html")).content().contains("high_intent from 70");
    }

    @Test
    void asksForTheLabelOfAFile() {
        assertThatThrownBy(() -> run("users.csv"))
                .hasMessage("give a CSV file and its label column, such as: users.csv converted");
    }

    @Test
    void runsOnAFileOfOnesOwn() throws IOException {
        Path users = folder.resolve("users.csv");
        Files.writeString(
                users,
                "id,hours,plan,churned\n"
                        + "1,2.5,basic,yes\n2,0.5,plus,no\n3,1.5,basic,no\n4,0.5,plus,yes\n5,2.5,plus,no\n6,1.5,plus,no\n"
                                .repeat(50));

        String output = run(users.toString(), "churned", "id");

        assertThat(output).contains("Trained on 240 users").contains("basic").contains("plus");
    }

    private String run(String... args) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Quickstart.run(args, folder, new PrintStream(bytes, true, StandardCharsets.UTF_8));
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
