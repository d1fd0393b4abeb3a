package io.conversion.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import io.conversion.core.ConversionModel;
import io.conversion.core.MinimumEvidence;
import io.conversion.policy.Band;
import io.conversion.policy.Condition;
import io.conversion.policy.Guardrail;
import io.conversion.policy.ModelRequirement;
import io.conversion.policy.Policy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The minimum of evidence that a training declares, and what comes of it. */
class WorkbenchEvidenceTest {

    @TempDir
    static Path folder;

    private static Path users;

    @BeforeAll
    static void generateUsers() throws IOException {
        Path generated = folder.resolve("generated.csv");
        Outcome.of("generate --users", 300, "--seed", 3, "--out", generated);
        // The first user's hours are missing.
        users = Files.writeString(
                folder.resolve("users.csv"), Files.readString(generated).replaceFirst("(\n\\d+,\\d+,)[0-9.]+,", "$1,"));
    }

    @Test
    void trainingDeclaresTheMinimumOfItsModel() throws IOException {
        Path out = folder.resolve("declared");

        Outcome outcome = train(out, "--require", "content_hours_7d, sessions_7d", "--min-observed", "0.25");

        assertThat(outcome.err()).isEmpty();
        assertThat(ConversionModel.load(out.resolve("model.json")).minimumEvidence())
                .isEqualTo(MinimumEvidence.of(0.25, "content_hours_7d", "sessions_7d"));
    }

    @Test
    void trainingRequiresNothingUnlessToldTo() throws IOException {
        Path out = folder.resolve("undeclared");

        train(out);

        assertThat(ConversionModel.load(out.resolve("model.json")).minimumEvidence())
                .isEqualTo(MinimumEvidence.NONE);
    }

    @Test
    void decisionOnTooLittleEvidenceIsAFallback() throws IOException {
        Path out = folder.resolve("strict");
        Path policy = folder.resolve("policy.json");
        Path decisions = folder.resolve("decisions.jsonl");
        train(out, "--require", "content_hours_7d", "--min-observed", "1");
        Policy.of("trial", "1", ModelRequirement.named("trial"), List.of(Band.of("all", 0, "offer")), "default")
                .save(policy);
        ConversionModel model = ConversionModel.load(out.resolve("model.json"));

        Outcome outcome = decide(out, policy, decisions);

        double all = 0;
        double observed = 0;
        for (Map.Entry<String, Double> weight : model.weights().entrySet()) {
            all += weight.getValue();
            observed += weight.getKey().equals("content_hours_7d") ? 0 : weight.getValue();
        }
        List<String> lines = Files.readAllLines(decisions);
        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out().lines().map(line -> line.replaceAll(" +", " ")))
                .contains(" \"all\" 299 99.7 % offer");
        assertThat(lines.get(0))
                .contains(
                        "\"outcome\":{\"kind\":\"fallback\",\"reason\":\"insufficient_evidence\",\"action\":\"default\","
                                + "\"propensity\":\"0x1.0p0\",\"details\":["
                                + "\"signal \\\"content_hours_7d\\\" is required as evidence and was not observed\","
                                + "\"observed signals carry " + observed / all
                                + " of the model's weight; at least 1.0 is required\"]}");
        assertThat(lines.subList(1, lines.size()))
                .hasSize(299)
                .allSatisfy(line -> assertThat(line).contains("\"segment\":\"all\""));
    }

    @Test
    void guardrailIsNamedInItsDecisionsAndCounted() throws IOException {
        Path out = folder.resolve("guarded");
        Path policy = folder.resolve("guarded-policy.json");
        Path decisions = folder.resolve("guarded-decisions.jsonl");
        train(out);
        Policy.builder("trial", "1", ModelRequirement.named("trial"))
                .bands(List.of(Band.of("all", 0, "offer")))
                .guardrail(new Guardrail("no_hours", new Condition.Missing("content_hours_7d"), "ask", "Unknown"))
                .fallbackAction("default")
                .build()
                .save(policy);

        Outcome checked = Outcome.of("policy check", policy);
        Outcome outcome = decide(out, policy, decisions);

        assertThat(checked.out().lines().map(line -> line.replaceAll(" +", " ")))
                .contains("guardrails, of which the first that holds decides:")
                .contains(" no_hours \"content_hours_7d\" is missing ask");
        assertThat(outcome.out().lines().map(line -> line.replaceAll(" +", " ")))
                .contains(" \"all\" 299 99.7 % offer", " guardrail: no_hours 1 0.3 % ask");
        assertThat(Files.readAllLines(decisions).get(0))
                .contains("\"reason\":\"guardrail\",\"segment\":\"all\",")
                .contains("\"guardrail\":\"no_hours\",\"action\":\"ask\",");
    }

    private static Outcome decide(Path model, Path policy, Path decisions) {
        return Outcome.of(
                "decide --model", model.resolve("model.json"), "--policy", policy, "--data", users, "--out", decisions);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.5", "-0.1", "NaN"})
    void shareIsANumberFromZeroToOne(String share) {
        assertThat(train(folder.resolve("none"), "--min-observed", share))
                .isEqualTo(new Outcome(
                        2,
                        "",
                        "--min-observed: the smallest observed share is " + share
                                + "; it must be a number from 0 to 1\n"
                                + "\"workbench train --help\" explains the options\n"));
        assertThat(folder.resolve("none")).doesNotExist();
    }

    @Test
    void requiredSignalExists() {
        assertThat(train(folder.resolve("none"), "--require", "content_hours"))
                .isEqualTo(new Outcome(
                        1,
                        "",
                        "model \"trial\" 1: signal \"content_hours\" is required as evidence and is not in schema"
                                + " \"users\" 1; did you mean \"content_hours_7d\"?\n"));
        assertThat(folder.resolve("none")).doesNotExist();
    }

    private static Outcome train(Path out, Object... options) {
        return Outcome.with(options, Outcome.TRAIN + " --name trial --model-version 1 --data", users, "--out", out);
    }
}
