package io.conversion.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import io.conversion.core.ConversionModel;
import io.conversion.core.shapes.Shape;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalReading;
import io.conversion.core.signals.SignalSchema;
import io.conversion.policy.Band;
import io.conversion.policy.DecisionContext;
import io.conversion.policy.DecisionEvent;
import io.conversion.policy.Exploration;
import io.conversion.policy.ModelRequirement;
import io.conversion.policy.Policy;
import io.conversion.policy.PolicyEngine;
import io.conversion.policy.records.DecisionRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The value of a policy on the command line, from a table and from the records of a service. */
class WorkbenchPolicyValueTest {

    private static final ConversionModel MODEL = ConversionModel.of(
            "trial",
            "1",
            SignalSchema.of("trial", "1", Signal.numeric("sessions")),
            -2,
            Map.of("sessions", new Shape.Linear(0.4, 0, 0)));

    @TempDir
    private Path folder;

    private static Policy policy(String version, String low, String high) {
        return Policy.builder("offers", version, ModelRequirement.named("trial"))
                .bands(List.of(Band.of("low", 0, low), Band.of("high", 0.3, high)))
                .exploration(
                        version.equals("1")
                                ? new Exploration(0.4, "explore-it", Map.of("high", List.of("offer", "nothing")))
                                : null)
                .fallbackAction("nothing")
                .build();
    }

    /** Half of the users get the offer, by which 10 of 100 more convert. */
    private Path table() throws IOException {
        Random random = new Random(4);
        StringBuilder rows = new StringBuilder(",shown,p,clicked,band,plan,to offer,to nothing\n");
        for (int row = 0; row < 4000; row++) {
            boolean offer = random.nextBoolean();
            boolean clicked = random.nextDouble() < (offer ? 0.3 : 0.2);
            rows.append(String.format(
                    Locale.ROOT,
                    "%d,%s,0.5,%s,%s,offer,0.75,0.25\n",
                    row,
                    offer ? "offer" : "nothing",
                    clicked ? "yes" : "no",
                    row % 2 == 0 ? "low" : "high"));
        }
        return Files.writeString(folder.resolve("log.csv"), rows);
    }

    private Outcome value(String words) throws IOException {
        return Outcome.of("policy value --data " + table() + " --action shown --propensity p --outcome clicked --out "
                + folder.resolve("value.json") + " " + words);
    }

    @Test
    void aTableIsAnswered() throws IOException {
        Outcome outcome = value("--target-action plan --band band --page " + folder.resolve("value.html"));

        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out())
                .startsWith("Policy \"plan\" would have brought ")
                .contains("That is more, by ", "doubly_robust", "however often one looks", "  low ", "  high ");
        assertThat(Files.readString(folder.resolve("value.json"))).contains("\"format\": \"conversion-policy-value\"");
        assertThat(Files.readString(folder.resolve("value.html"))).contains("<h1>plan</h1>");
    }

    @Test
    void policiesComeInManyWays() throws IOException {
        assertThat(value("--always offer").out()).startsWith("Policy \"always offer\" would have brought ");
        assertThat(value("--uniform").out()).startsWith("Policy \"uniform\" would have brought ");
        assertThat(value("--target-columns to= --name mostly").err())
                .contains("log.csv: no column starts with \"to=\"");
        assertThat(value("--target p").out())
                .startsWith("Policy \"p\" would have brought ")
                .doesNotContain("doubly_robust");
        assertThat(Outcome.of(
                                "policy value",
                                "--data",
                                table(),
                                "--action",
                                "shown",
                                "--propensity",
                                "p",
                                "--outcome",
                                "clicked",
                                "--target-columns",
                                "to ",
                                "--out",
                                folder.resolve("v.json"))
                        .out())
                .startsWith("Policy \"to \" would have brought ");
    }

    @Test
    void whatWasNeverDoneIsRefused() throws IOException {
        Outcome outcome = value("--always call");

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out())
                .startsWith("Cannot know what policy \"always call\" would have brought: in band \"all\" none of the"
                        + " 4,000 users got \"call\"")
                .contains("refuses  action_not_logged: ", "let the policy in force explore \"call\"");
    }

    @Test
    void moneyIsAskedFor() throws IOException {
        assertThat(value("--always offer --worth 40 --cost offer=8").out()).contains("That is less, by ");
        assertThat(value("--always offer --cost call=8").err())
                .contains(
                        "the cost of \"call\" is 8.0; costs are finite numbers of the actions \"offer\", \"nothing\"");
    }

    @Test
    void badTablesAreRefused() throws IOException {
        Path bad = Files.writeString(
                folder.resolve("bad.csv"), "a,p,y,t\nx,0,1,0.5\nx,0.5,maybe,0.5\nx,2,1,7\nx,\"0,5\",1,0.5\n");

        Outcome outcome = Outcome.of("policy value --data " + bad
                + " --action a --propensity p --outcome y --target t --out " + folder.resolve("v.json"));

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err())
                .contains("line 2: the propensity is 0.0")
                .contains("line 3: \"maybe\" in column \"y\" is no number, nor true, false, yes or no")
                .contains("line 4: the propensity is 2.0")
                .contains("line 4: the probability of the policy is 7.0")
                .contains("line 5: \"0,5\" in column \"p\" is no number");
        assertThat(value("").err()).contains("a table needs one policy");
        assertThat(value("--uniform --always offer").err()).contains("a table needs one policy");
    }

    @Test
    void recordsAreAnswered() throws IOException {
        Path model = folder.resolve("model.json");
        Path inForce = folder.resolve("policy.json");
        Path candidate = folder.resolve("candidate.json");
        MODEL.save(model);
        policy("1", "nothing", "nothing").save(inForce);
        policy("2", "nothing", "offer").save(candidate);
        Path records = folder.resolve("decisions.jsonl");
        Path outcomes = folder.resolve("outcomes.csv");
        serve(records, outcomes);

        Outcome outcome = Outcome.of("policy value --records " + records + " --outcomes " + outcomes + " --policy "
                + candidate + " --model " + model + " --in-force " + inForce
                + " --as-of 2027-06-01T00:00:00Z --out " + folder.resolve("value.json"));

        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out())
                .startsWith("Policy \"offers 2\" would have brought ")
                .contains("4,000 decisions of 4,000 users");
        assertThat(Files.readString(folder.resolve("value.json")))
                .contains("\"evaluated policy ", "\"policy in force ");
    }

    private static void serve(Path records, Path outcomes) throws IOException {
        PolicyEngine engine = PolicyEngine.of(policy("1", "nothing", "nothing"));
        Instant start = Instant.parse("2026-12-01T00:00:00Z");
        Random random = new Random(8);
        StringBuilder lines = new StringBuilder();
        StringBuilder happened = new StringBuilder("key,moment,metric,value\n");
        for (int user = 0; user < 4000; user++) {
            SignalReading reading = MODEL.schema().read(Map.of("sessions", random.nextInt(8)));
            Instant moment = start.plus(Duration.ofMinutes(user));
            DecisionEvent event = DecisionEvent.decide(
                    engine, MODEL.scorer(), reading, DecisionContext.NONE.userKey("u" + user), "r" + user, moment);
            lines.append(DecisionRecord.of(event).toJson()).append('\n');
            double lift = event.decision().action().equals("offer") ? 0.1 : 0;
            if (random.nextDouble() < event.score().orElseThrow().probability() + lift) {
                happened.append("u")
                        .append(user)
                        .append(',')
                        .append(moment.plusSeconds(60))
                        .append(",bought,1\n");
            }
        }
        Files.writeString(records, lines);
        Files.writeString(outcomes, happened);
    }

    @Test
    void recordsAndATableExcludeEachOther() throws IOException {
        assertThat(value("--uniform --records " + folder.resolve("log.csv")).err())
                .contains("either --records or a table with --data is needed");
        assertThat(Outcome.of("policy value --out x.json").exitCode()).isEqualTo(2);
    }
}
