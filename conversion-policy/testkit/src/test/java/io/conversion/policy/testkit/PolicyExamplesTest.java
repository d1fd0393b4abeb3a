package io.conversion.policy.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.conversion.policy.Band;
import io.conversion.policy.Comparison;
import io.conversion.policy.Condition;
import io.conversion.policy.Guardrail;
import io.conversion.policy.Policy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyExamplesTest {

    private static final Path COMMITTED =
            Path.of("src/test/resources/io/conversion/policy/testkit/complete-examples.md");

    @TempDir
    Path folder;

    @Test
    void bandsAndEdgesAreShown() {
        assertThat(PolicyExamples.table(Fixtures.BANDS)).isEqualTo("""
                | example | probability | signals | previous segment | segment | action | reason |
                |---|---|---|---|---|---|---|
                | lowest of low_intent | 0.0 | - | - | low_intent | nurture | BAND |
                | inside low_intent | 0.2 | - | - | low_intent | nurture | BAND |
                | highest of low_intent | 0.3999999999999999 | - | - | low_intent | nurture | BAND |
                | lowest of medium_intent | 0.4 | - | - | medium_intent | discount | BAND |
                | inside medium_intent | 0.55 | - | - | medium_intent | discount | BAND |
                | highest of medium_intent | 0.6999999999999998 | - | - | medium_intent | discount | BAND |
                | lowest of high_intent | 0.7 | - | - | high_intent | annual_plan | BAND |
                | inside high_intent | 0.85 | - | - | high_intent | annual_plan | BAND |
                | highest of high_intent | 1.0 | - | - | high_intent | annual_plan | BAND |
                | insufficient evidence | 0.2 | "evidence" = missing | - | - | default_offer | INSUFFICIENT_EVIDENCE |
                """);
    }

    @Test
    void committedTableOfTheCompletePolicyShowsEveryReasonAndGuardrail() throws IOException {
        String table = Files.readString(COMMITTED);

        PolicyExamples.verify(COMMITTED, Fixtures.COMPLETE);

        assertThat(table).isEqualTo(PolicyExamples.table(Fixtures.COMPLETE));
        for (Guardrail guardrail : Fixtures.COMPLETE.guardrails()) {
            assertThat(table).contains("| " + guardrail.name() + " on |").contains("| " + guardrail.action() + " |");
        }
        assertThat(table).contains("BAND", "HELD_BAND", "GUARDRAIL", "INSUFFICIENT_EVIDENCE");
    }

    @Test
    void movedThresholdIsNamedByTheExamplesThatChange() throws IOException {
        Path file = folder.resolve("examples.md");
        PolicyExamples.write(file, Fixtures.BANDS);
        Policy moved = Fixtures.BANDS.toBuilder("5")
                .bands(List.of(
                        Fixtures.BANDS.bands().get(0),
                        Band.of("medium_intent", 0.5, "discount"),
                        Fixtures.BANDS.bands().get(2)))
                .build();

        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> PolicyExamples.verify(file, moved))
                .withMessage("""
                        examples.md does not show policy %s as it is: 6 differences
                          "lowest of medium_intent" at probability 0.4: expected segment medium_intent, action discount, reason BAND; the policy answers segment low_intent, action nurture, reason BAND
                          "inside low_intent" at probability 0.25: the table has no such row; the policy answers segment low_intent, action nurture, reason BAND
                          "highest of low_intent" at probability 0.4999999999999999: the table has no such row; the policy answers segment low_intent, action nurture, reason BAND
                          "lowest of medium_intent" at probability 0.5: the table has no such row; the policy answers segment medium_intent, action discount, reason BAND
                          "inside medium_intent" at probability 0.6: the table has no such row; the policy answers segment medium_intent, action discount, reason BAND
                          "insufficient evidence" at probability 0.25: the table has no such row; the policy answers segment -, action default_offer, reason INSUFFICIENT_EVIDENCE
                        If the policy is right, write the table anew with PolicyExamples.write and have the change reviewed.""", moved);
    }

    @Test
    void rowAndTextOfPeopleMayStandBesideTheOthers() throws IOException {
        String table = "# Reviewed in March\n\n" + PolicyExamples.table(Fixtures.BANDS)
                + "| our best guess | 0.65 | - | - | medium_intent | discount | BAND |\n\nThe end.\n";
        Path file = Files.writeString(folder.resolve("examples.md"), table);

        PolicyExamples.verify(file, Fixtures.BANDS);

        Files.writeString(file, table.replace("0.65", "0.75"));
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> PolicyExamples.verify(file, Fixtures.BANDS))
                .withMessageContaining("\"our best guess\" at probability 0.75: expected segment medium_intent");
    }

    @Test
    void guardrailThatNeverDecidesIsNamed() {
        Policy policy = Fixtures.BANDS.toBuilder("6")
                .guardrail(new Guardrail("any", new Condition.NumberIs("age", Comparison.AT_LEAST, 3), "a", "r"))
                .guardrail(new Guardrail("older", new Condition.NumberIs("age", Comparison.AT_LEAST, 5), "b", "r"))
                .build();

        assertThat(PolicyExamples.table(policy))
                .contains("| any on |")
                .endsWith("\nNo user was found for whom guardrail \"older\" decides: earlier ones may always do.\n");
    }

    @Test
    void awkwardNamesSurviveTheTable() throws IOException {
        Policy policy = Fixtures.BANDS.toBuilder("7")
                .bands(List.of(Band.of("a|b \\", 0, "-"), Band.of("| -", 0.5, "\\|")))
                .guardrail(new Guardrail("odd", Condition.LevelIn.of("p", "x\", \"y\" = \\|"), "go", "r"))
                .build();
        Path file = folder.resolve("examples.md");

        PolicyExamples.write(file, policy);

        PolicyExamples.verify(file, policy);
        assertThat(Files.readString(file)).contains("odd on", "odd off");
    }

    @Test
    void rowThatCannotBeReadIsNamedByItsLine() throws IOException {
        Path file = Files.writeString(folder.resolve("examples.md"), "| a | 0.5 | age: 3 | - | s | a | BAND |\n");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> PolicyExamples.verify(file, Fixtures.BANDS))
                .withMessage("examples.md:1: the signals age: 3 cannot be read from character 1 on; expected such as"
                        + " \"sessions_7d\" = 9, \"plan\" = \"month\", \"weekend\" = true; write the file anew");
    }

    @Test
    void signalThatChangedItsKindIsNamed() throws IOException {
        Policy before = guardedBy(new Condition.FlagIs("plan", true));
        Policy after = guardedBy(Condition.LevelIn.of("plan", "month"));
        Path file = folder.resolve("examples.md");
        PolicyExamples.write(file, before);

        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> PolicyExamples.verify(file, after))
                .withMessageContaining("\"one on\" at probability 0.85: the policy no longer takes its signals: ");
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> PolicyExamples.verify(file, Fixtures.BANDS))
                .withMessageContaining("\"one on\" at probability 0.85: no guardrail of the policy is about [plan]");
    }

    private static Policy guardedBy(Condition condition) {
        return Fixtures.BANDS.toBuilder("8")
                .guardrail(new Guardrail("one", condition, "a", "r"))
                .build();
    }
}
