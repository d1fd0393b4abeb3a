package io.conversion.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import io.conversion.core.signals.Signal;
import io.conversion.policy.Comparison;
import io.conversion.policy.Condition;
import io.conversion.policy.ControlGroup;
import io.conversion.policy.Guardrail;
import io.conversion.policy.Policy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever decides on users or checks a policy on them reads how many places are lacking, and who takes them. */
class WorkbenchCapacityTest {

    @TempDir
    private Path folder;

    private Path model;
    private Path users;
    private Path policy;

    @BeforeEach
    void write() throws IOException {
        model = Trial.saveModel(folder.resolve("model.json"), Signal.numeric("age"));
        users = Files.writeString(folder.resolve("users.csv"), "logit,age\n1,20\n2,20\n-1,20\n3,20\n-2,70\n,20\n");
        policy = folder.resolve("policy.json");
    }

    @Test
    void placesThatAreLackingAreCountedByWhatGivesThem() throws IOException {
        save(Map.of("offer", 2L));

        String exceeded = """
                capacity of "offer" exceeded: 4 users get it, 2 may, 2 places too many (high 3,
                  guardrail elderly 1)
                """;
        assertThat(check().out()).contains(exceeded);
        assertThat(decide().out()).contains(exceeded);
    }

    @Test
    void placesThatSufficeAreCounted() throws IOException {
        save(Map.of("offer", 9L, "nothing", 1L));

        assertThat(check().out())
                .contains("capacity of \"offer\": 4 of 9 places used (high 3, guardrail elderly 1)\n")
                .contains("capacity of \"nothing\": 1 of 1 place used (fallback 1)\n");
        assertThat(decide().out()).contains("capacity of \"offer\": 4 of 9 places used");
    }

    @Test
    void whatACheckCannotKnowIsSaid() throws IOException {
        Trial.offers("1", 0.5).toBuilder("2")
                .capacities(Map.of("offer", 2L))
                .control(new ControlGroup(0.5, "salt", "nothing"))
                .build()
                .save(policy);

        assertThat(check().out())
                .contains("  counted with guardrails, without control group and previous segments: \"decide\"\n");
        save(Map.of("offer", 2L));
        assertThat(check().out()).doesNotContain("counted with guardrails");
    }

    @Test
    void withoutCapacitiesNothingIsSaid() throws IOException {
        save(Map.of());

        assertThat(check().out()).doesNotContain("capacity of");
        assertThat(decide().out()).doesNotContain("capacity of");
    }

    private void save(Map<String, Long> capacities) throws IOException {
        Policy withRules = Trial.offers("1", 0.5).toBuilder("1")
                .guardrail(new Guardrail(
                        "elderly",
                        new Condition.NumberIs("age", Comparison.AT_LEAST, 65),
                        "offer",
                        "they asked for it"))
                .capacities(capacities)
                .build();
        withRules.save(policy);
    }

    private Outcome check() {
        return Outcome.of("policy check", policy, "--model", model, "--data", users);
    }

    private Outcome decide() {
        return Outcome.of(
                "decide --model", model, "--policy", policy, "--data", users, "--out", folder.resolve("d.jsonl"));
    }
}
