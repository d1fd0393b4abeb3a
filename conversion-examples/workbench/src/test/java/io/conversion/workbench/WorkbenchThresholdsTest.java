package io.conversion.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import io.conversion.policy.Band;
import io.conversion.policy.Condition;
import io.conversion.policy.ControlGroup;
import io.conversion.policy.Guardrail;
import io.conversion.policy.ModelRequirement;
import io.conversion.policy.Policy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bounds from economics, on the command line. */
class WorkbenchThresholdsTest {

    private static final String ACTIONS = """
            {"format": "conversion-economics", "format_version": 1, "value": 40, "no_action": "nothing",
             "actions": [
               {"action": "offer", "contact_cost": 0.05, "discount": 8,
                "effect": {"kind": "relative", "by": 0.5, "source": "a guess"},
                "capacity": {"users": 10, "out_of": 100}}]}""";

    @TempDir
    static Path shared;

    private static Path users;

    @TempDir
    Path folder;

    @BeforeAll
    static void trainAModel() {
        users = shared.resolve("users.csv");
        Outcome.of("generate --users", 800, "--seed", 5, "--out", users);
        Outcome.of(Outcome.TRAIN, "--data", users, "--name", "trial", "--out", shared);
    }

    @Test
    void aBudgetIsSpentWhereItGainsMost() throws IOException {
        Path candidate = folder.resolve("budget.json");
        String without = ACTIONS.replace(",\n                \"capacity\": {\"users\": 10, \"out_of\": 100}", "");

        Outcome outcome = thresholds(without, "--out", candidate, "--budget", "500");

        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out())
                .containsPattern("The bands are expected to spend [0-9.]+ of 500.00 on 800 users and to gain")
                .contains("one more brings", "Users with the same probability stay together")
                .endsWith("wrote " + candidate + "\n");
        assertThat(Policy.load(candidate).bands()).extracting(Band::action).contains("offer", "nothing");
        assertThat(thresholds(ACTIONS, "--out", candidate, "--budget", "1e6").err())
                .contains("users, but its capacity is 80; a budget is spent without regard to capacities");
        assertThat(thresholds(without, "--out", candidate, "--budget", "-1").err())
                .contains("the budget is -1.0; expected a finite number of at least 0");
    }

    @Test
    void candidateIsWrittenAndExplained() throws IOException {
        Path candidate = folder.resolve("candidate.json");
        Path present = folder.resolve("present.json");
        Policy inForce = Policy.builder("present", "7", ModelRequirement.named("trial"))
                .bands(List.of(Band.of("all", 0, "offer")))
                .guardrail(
                        new Guardrail("thin", new Condition.ObservedShareBelow(0.5), "nothing", "too little is known"))
                .control(new ControlGroup(0.1, "autumn", "nothing"))
                .fallbackAction("nothing")
                .build();
        inForce.save(present);

        Outcome outcome = thresholds(ACTIONS, "--out", candidate, "--policy", present);

        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out())
                .contains("tuned on \"users.csv, tuning half\" (400 users)\n")
                .contains("reported on \"users.csv, reporting half\" (400 users)\n")
                .contains("assumed: a conversion is worth 40, and\n")
                .contains("  tuned     40 of 40 places used, ")
                .contains("policy \"present\" 7 against these bands, expected gain for 1,000 users:\n")
                .contains("the policy does not keep the capacity on these users; these bands do on those tuned on\n")
                .contains("if one assumption is 20 % smaller or larger, expected gain for 1,000 users:\n")
                .contains("intervals of the bounds: ")
                .contains(" of 500 draws of the tuning population have the same actions")
                .endsWith("wrote " + candidate + "\n");
        Policy written = Policy.load(candidate);
        assertThat(written.model().name()).isEqualTo("trial");
        assertThat(written.guardrails()).isEqualTo(inForce.guardrails());
        assertThat(written.control()).isEqualTo(inForce.control());
        assertThat(written.bands()).extracting(Band::action).contains("offer", "nothing");
        assertThat(written.bands().get(0).rationale()).contains("(a guess)");
    }

    @Test
    void boundsAreTunedOnAllUsersIfOthersAreToReportOn() throws IOException {
        Path others = folder.resolve("others.csv");
        Outcome.of("generate --users", 300, "--seed", 6, "--out", others);

        Outcome outcome = thresholds(ACTIONS, "--out", folder.resolve("candidate.json"), "--report-on", others);

        assertThat(outcome.out())
                .contains("tuned on \"users.csv\" (800 users)\n")
                .contains("reported on \"others.csv\" (300 users)\n");
    }

    @Test
    void economicsWithoutBoundsAreRefused() throws IOException {
        Path candidate = folder.resolve("candidate.json");

        Outcome outcome = thresholds(ACTIONS.replace("relative", "absolute"), "--out", candidate);

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err())
                .startsWith(
                        "actions.json: the effect of \"offer\" is +0.5 for everybody, so it does not say who is to get")
                .hasLineCount(1);
        assertThat(candidate).doesNotExist();
    }

    @Test
    void faultsOfTheEconomicsAreNamed() throws IOException {
        Outcome outcome = thresholds(
                ACTIONS.replace("\"value\": 40", "\"value\": 0").replace("0.05", "-0.05"),
                "--out",
                folder.resolve("candidate.json"));

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).isEqualTo("""
                        actions.json: 2 problems
                          /value is 0; expected a number from 0.000001 to 1000000000000
                          /actions/0/contact_cost is -0.05; expected a number from 0 to 1000000000000
                        """);
    }

    @Test
    void policyInForceMayOnlyHaveActionsOfTheEconomics() throws IOException {
        Path present = folder.resolve("present.json");
        Policy.of("present", "7", ModelRequirement.named("trial"), List.of(Band.of("all", 0, "call")), "nothing")
                .save(present);

        Outcome outcome = thresholds(ACTIONS, "--out", folder.resolve("candidate.json"), "--policy", present);

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err())
                .isEqualTo("there are no economics of the action \"call\"; there are of [nothing, offer]\n");
    }

    @Test
    void bandsByShareOfUsersAreWritten() throws IOException {
        Path candidate = folder.resolve("candidate.json");

        Outcome outcome = thresholds(ACTIONS, "--out", candidate, "--top", "offer=0.07");

        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out())
                .contains("the bands by share of users, those of the highest probabilities first:\n  offer: 7 %\n")
                .containsPattern("capacity of offer: \\d+ of 40 places used")
                .contains("  the bands that gain most  ");
        assertThat(Policy.load(candidate).bands()).extracting(Band::action).containsExactly("nothing", "offer");
        assertThat(thresholds(ACTIONS, "--out", candidate, "--top", "gift=0.1").exitCode())
                .isEqualTo(1);
    }

    @Test
    void bandsOfFewUsersAreJoinedAndSaid() throws IOException {
        String everybody =
                ACTIONS.replace("\"discount\": 8", "\"discount\": 0").replaceFirst(",\\s*\"capacity\": [^}]*}", "");
        Path candidate = folder.resolve("candidate.json");

        Outcome joined = thresholds(everybody, "--out", candidate, "--least-band", 0.4);
        Outcome all = thresholds(everybody, "--out", candidate, "--least-band", 0);

        assertThat(joined.out()).containsPattern("joined to \"offer\": band \\[[0-9.]+, 1\\] nothing, which \\d");
        assertThat(joined.out()).contains("fewer than 40 %").contains("--least-band 0 keeps it");
        assertThat(all.out()).doesNotContain("joined to");
        assertThat(Policy.load(candidate).bands()).extracting(Band::segment).contains("nothing above offer");
    }

    private Outcome thresholds(String actions, Object... more) throws IOException {
        Path file = Files.writeString(folder.resolve("actions.json"), actions);
        return Outcome.with(
                more,
                "policy thresholds --ignore converted --model",
                shared.resolve("model.json"),
                "--data",
                users,
                "--actions",
                file);
    }
}
