package io.conversion.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import io.conversion.core.ConversionModel;
import io.conversion.core.shapes.Shape;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalSchema;
import io.conversion.policy.Band;
import io.conversion.policy.DecisionContext;
import io.conversion.policy.DecisionEvent;
import io.conversion.policy.ModelRequirement;
import io.conversion.policy.Policy;
import io.conversion.policy.PolicyEngine;
import io.conversion.policy.records.DecisionRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an action does at the bound where it begins, on the command line, from a table and from the records of a service. */
class WorkbenchThresholdEffectsTest {

    private static final ConversionModel MODEL = ConversionModel.of(
            "trial",
            "1",
            SignalSchema.of("trial", "1", Signal.numeric("sessions")),
            -2,
            Map.of("sessions", new Shape.Linear(0.4, 0, 0)));

    @TempDir
    private Path folder;

    /** 8,000 users, to whom an offer from 0.35 on adds 20 percentage points. */
    private Path log() throws IOException {
        SplittableRandom random = new SplittableRandom(4);
        List<String> lines = new ArrayList<>(List.of("user,probability,reason,converted"));
        for (int user = 0; user < 8000; user++) {
            double p = random.nextDouble();
            boolean converted = random.nextDouble() < p + (p >= 0.35 ? 0.2 : 0);
            lines.add(String.format(
                    Locale.ROOT,
                    "u%d,%.6f,%s,%s",
                    user,
                    p,
                    user % 100 == 0 ? "invalid_signals" : "band",
                    converted ? "yes" : "no"));
        }
        return Files.write(folder.resolve("log.csv"), lines);
    }

    private Outcome effects(String words, Object... more) {
        return Outcome.of("policy threshold-effects " + words, more);
    }

    @Test
    void tableIsAnswered() throws IOException {
        Path json = folder.resolve("effects.json");

        Outcome outcome =
                effects("--bound 0.35 --outcome converted --action offer --reason reason --data", log(), "--out", json);

        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out())
                .startsWith("7,920 decisions; left out: 80 of fallbacks\n\n"
                        + "Where \"offer\" begins (0.35), it changes \"converted\" by +")
                .contains(
                        "percentage points",
                        "near the bound",
                        "different values",
                        "density of users",
                        "no action changes at 0.1")
                .endsWith("wrote " + json + "\n");
        assertThat(Files.readString(json)).startsWith("[").contains("\"action\": \"offer\"", "\"level_below\"");
    }

    /** 20,000 users, most of them with a low probability; an offer from 0.35 on adds 12 percentage points. */
    @Test
    void theGuideShowsWhatIsPrinted() throws IOException {
        SplittableRandom random = new SplittableRandom(17);
        List<String> lines = new ArrayList<>(List.of("probability,converted"));
        for (int user = 0; user < 20_000; user++) {
            double p = 1 - Math.pow(1 - random.nextDouble() * Math.sqrt(random.nextDouble()), 0.6);
            lines.add(p + "," + (random.nextDouble() < p + (p >= 0.35 ? 0.12 : 0)));
        }

        Outcome outcome = effects(
                "--bound 0.35 --outcome converted --action offer --data",
                Files.write(folder.resolve("log.csv"), lines));

        String guide = Files.readString(Path.of("..", "..", "docs", "threshold-effects.md"));
        assertThat(guide).contains("```text\n" + outcome.out() + "```");
    }

    @Test
    void severalBoundsAreAskedAboutBetweenTheirNeighbours() throws IOException {
        Outcome outcome = effects("--bound 0.35,0.7,0.9999 --outcome converted --data", log());

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out().lines().filter(line -> line.startsWith("Where the upper action begins")))
                .hasSize(2);
        assertThat(outcome.out().replace("\n", " "))
                .contains("What the upper action does at the bound 0.9999 cannot be told: there are only");
    }

    @Test
    void knownBoundsAreRefused() throws IOException {
        Outcome outcome = effects("--bound-known --bound 0.35 --outcome converted --data", log());

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out().replace("\n", " "))
                .contains("cannot be told: users can know the bound and get past it on purpose")
                .contains("To do: compare by an experiment");
    }

    @Test
    void recordsAreAnswered() throws IOException {
        Policy policy = Policy.builder("offers", "1", ModelRequirement.named("trial"))
                .bands(List.of(Band.of("low", 0, "nothing"), Band.of("high", 0.5, "offer")))
                .fallbackAction("nothing")
                .build();
        PolicyEngine engine = PolicyEngine.of(policy);
        SplittableRandom random = new SplittableRandom(9);
        List<String> records = new ArrayList<>();
        List<String> outcomes = new ArrayList<>(List.of("request,moment,metric,value"));
        for (int user = 0; user < 4000; user++) {
            Instant moment = Instant.parse("2026-10-01T00:00:00Z").plus(Duration.ofMinutes(user));
            DecisionEvent event = DecisionEvent.decide(
                    engine,
                    MODEL.scorer(),
                    MODEL.schema().read(Map.of("sessions", 10 * random.nextDouble())),
                    DecisionContext.NONE,
                    "r" + user,
                    moment);
            records.add(DecisionRecord.of(event).toJson());
            boolean offered = event.decision().action().equals("offer");
            if (random.nextDouble() < event.score().orElseThrow().probability() + (offered ? 0.3 : 0)) {
                outcomes.add("r" + user + "," + moment.plusSeconds(60) + ",converted,1");
            }
        }
        policy.save(folder.resolve("policy.json"));
        MODEL.save(folder.resolve("model.json"));

        Outcome outcome = effects(
                "--as-of 2026-12-24T00:00:00Z --records",
                Files.write(folder.resolve("records.jsonl"), records),
                "--outcomes",
                Files.write(folder.resolve("outcomes.csv"), outcomes),
                "--policy",
                folder.resolve("policy.json"),
                "--model",
                folder.resolve("model.json"));

        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out())
                .startsWith("4,000 decisions of policy \"offers\" 1\n\n"
                        + "Where \"offer\" begins (0.5), it changes \"converted\" by +");
    }

    @Test
    void optionsThatDoNotGoTogetherAreMisuse() throws IOException {
        Path log = log();

        assertThat(effects("").err()).contains("either --records or a table with --data is needed");
        assertThat(effects("--outcome converted --data", log).err()).contains("a table needs --bound and --outcome");
        assertThat(effects("--bound 0.5,0.2 --outcome converted --data", log).err())
                .contains("--bound is [0.5, 0.2]; bounds must be finite and ascend");
        assertThat(effects("--bound 0.2,0.5 --outcome converted --treated offer --data", log)
                        .err())
                .contains("--treated tells who got the action of one bound");
        assertThat(effects("--bound 0.2,0.5 --outcome converted --action offer --data", log)
                        .err())
                .contains("--action names 1 actions for 2 bounds; name one for each");
        assertThat(effects("--bound 0.2 --outcome converted --alpha 1 --data", log)
                        .err())
                .contains("--alpha is 1.0; it must be between 0 and 1");
        Outcome words = effects("--bound 0.2 --outcome user --data", log);
        assertThat(words.exitCode()).isOne();
        assertThat(words.err()).contains("line 2: \"u0\" in column \"user\" is neither a number nor");
    }
}
