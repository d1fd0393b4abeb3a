package io.conversion.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import io.conversion.core.signals.SignalSchema;
import io.conversion.policy.Policy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written to be edited is read when it was edited, and what was sealed says how it becomes a draft. */
class WorkbenchDraftTest {

    private static final String REMEDY =
            "delete the line \"digest\" and the comma that it leaves behind, and the file is" + " read as a draft";

    @TempDir
    private Path folder;

    private Path users;

    @BeforeEach
    void writeUsers() throws IOException {
        StringBuilder text = new StringBuilder("visits,weekend,dice,balance,converted\n");
        for (int row = 0; row < 400; row++) {
            text.append(row % 8).append(',').append(row % 3 == 0 ? 1 : 0).append(',');
            text.append(row * 7 % 5)
                    .append(',')
                    .append(row % 8 - row % 11 / 10.0)
                    .append(',');
            text.append(row % 8 + row * 13 % 10 > 8 ? 1 : 0).append('\n');
        }
        users = Files.writeString(folder.resolve("users.csv"), text);
    }

    @Test
    void anInferredSchemaIsEditedAndTrainedOn() throws IOException {
        Path schema = folder.resolve("schema.json");

        Outcome inferred = infer(schema);
        edit(schema, "\"name\": \"visits\",", "\"name\": \"visits\", \"meaning\": \"visits of a week\",");
        Outcome trained = train(schema);

        assertThat(inferred.out())
                .contains("files may spell a flag 0 and 1, requests only true and false: weekend")
                .contains("all numbers are whole, and others will be refused (delete \"whole\" where they can\n"
                        + "  come): visits, dice");
        assertThat(trained.err()).isEmpty();
        assertThat(trained.exitCode()).isZero();
    }

    @Test
    void anEditedSchemaThatWasSealedSaysWhichLineToDelete() throws IOException {
        Path schema = folder.resolve("schema.json");
        infer(schema);
        SignalSchema.load(schema).save(schema);
        edit(schema, "\"name\": \"visits\",", "\"name\": \"visits\", \"unit\": \"visits\",");

        Outcome refused = train(schema);
        edit(schema, "(?s),\\s*\"digest\": \"[^\"]*\"", "");
        Outcome trained = train(schema);

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err()).contains("schema.json: /digest is sha256:").contains(REMEDY);
        assertThat(trained.exitCode()).isZero();
    }

    @Test
    void aCandidatePolicyIsEditedAndChecked() throws IOException {
        Path model = Trial.saveModel(folder.resolve("model.json"));
        Path scored = Files.writeString(folder.resolve("scored.csv"), "logit\n-1\n0\n1\n2\n-2\n0.5\n");
        Path actions = Files.writeString(folder.resolve("actions.json"), """
                {"format": "conversion-economics", "format_version": 1, "value": 40, "no_action": "nothing",
                 "actions": [{"action": "offer", "contact_cost": 2, "discount": 0,
                   "effect": {"kind": "relative", "by": 0.5, "source": "a guess"}}]}""");
        Path candidate = folder.resolve("candidate.json");
        Outcome written = Outcome.of(
                "policy thresholds --model", model, "--data", scored, "--actions", actions, "--out", candidate);

        edit(candidate, "\"version\": \"1\"", "\"version\": \"2\"");
        Outcome draft = Outcome.of("policy check", candidate);
        Policy.load(candidate).save(candidate);
        edit(candidate, "\"version\": \"2\"", "\"version\": \"3\"");
        Outcome sealed = Outcome.of("policy check", candidate);

        assertThat(written.exitCode()).isZero();
        assertThat(draft.exitCode()).isZero();
        assertThat(draft.out()).contains("draft, the file holds no digest yet");
        assertThat(sealed.exitCode()).isEqualTo(1);
        assertThat(sealed.err()).contains(REMEDY);
    }

    @Test
    void droppedSignalsAreNamedWithTheOptionThatLeavesThemOut() {
        Outcome judged = Outcome.of("signals --data", users, "--label", "converted");
        Outcome trained = Outcome.of(
                "train --shapes linear --penalty 1 --data",
                users,
                "--label",
                "converted",
                "--out",
                folder.resolve("model"));
        Outcome without = Outcome.of(
                "train --shapes linear --penalty 1 --data",
                users,
                "--label",
                "converted",
                "--exclude",
                "weekend",
                "--out",
                folder.resolve("other"));

        String remedy = "to train without them, and without their entries in a --schema file:\n  --exclude weekend\n";
        assertThat(judged.out()).contains(remedy);
        assertThat(trained.out())
                .contains("in the model although judged drop:\n  weekend\n    predictive strength: its ROC AUC")
                .contains("it is in the model all the same, with ")
                .contains(remedy);
        assertThat(without.out()).doesNotContain("judged drop");
        assertThat(folder.resolve("model/report.html")).content().contains("it is in the model all the same, with ");
    }

    private Outcome infer(Path schema) {
        return Outcome.of("schema infer --data", users, "--label", "converted", "--out", schema);
    }

    private Outcome train(Path schema) {
        return Outcome.of(
                "train --shapes linear --penalty 1 --data",
                users,
                "--label",
                "converted",
                "--schema",
                schema,
                "--out",
                folder.resolve("model"));
    }

    private static void edit(Path file, String regex, String replacement) throws IOException {
        String text = Files.readString(file);
        String edited = text.replaceFirst(regex, replacement);
        assertThat(edited).isNotEqualTo(text);
        Files.writeString(file, edited);
    }
}
