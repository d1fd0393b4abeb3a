package io.conversion.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import io.conversion.core.signals.Signal;
import io.conversion.policy.Comparison;
import io.conversion.policy.Condition;
import io.conversion.policy.ControlGroup;
import io.conversion.policy.Guardrail;
import io.conversion.policy.ModelRequirement;
import io.conversion.policy.Policy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The page of a model shows of a policy what it does to the users, line by line as "decide" does it. */
class WorkbenchReportedPolicyTest {

    private static final String[] SEGMENTS = {"low", "high", ""};

    @TempDir
    private Path folder;

    private Path model;
    private Path users;
    private Path policy;
    private Path page;

    @BeforeEach
    void write() throws IOException {
        model = Trial.saveModel(folder.resolve("model.json"), Signal.numeric("age"));
        users = folder.resolve("users.csv");
        policy = folder.resolve("policy.json");
        page = folder.resolve("report.html");
        SplittableRandom random = new SplittableRandom(11);
        StringBuilder rows = new StringBuilder("id,logit,age,before,paid\n");
        for (int i = 0; i < 600; i++) {
            double logit = Math.rint(random.nextDouble(-3, 3) * 100) / 100;
            boolean paid = random.nextDouble() < 1 / (1 + Math.exp(-logit));
            rows.append(i % 9 == 0 ? "" : "user-" + i)
                    .append(',')
                    .append(logit)
                    .append(',')
                    .append(random.nextInt(15, 90))
                    .append(',')
                    .append(SEGMENTS[random.nextInt(SEGMENTS.length)])
                    .append(',')
                    .append(paid ? 1 : 0)
                    .append('\n');
        }
        Files.writeString(users, rows);
        full(ModelRequirement.named("trial")).save(policy);
    }

    private static Policy full(ModelRequirement required) {
        return Policy.builder("offers", "4", required)
                .bands(Trial.offers("1", 0.5).bands())
                .fallbackAction("nothing")
                .guardrail(new Guardrail(
                        "minor", new Condition.NumberIs("age", Comparison.BELOW, 18), "wait", "no offers to minors"))
                .guardrail(new Guardrail(
                        "elderly", new Condition.NumberIs("age", Comparison.AT_LEAST, 65), "call", "they ask for it"))
                .margin(0.1)
                .control(new ControlGroup(0.2, "salt-of-the-control-group", "nothing"))
                .capacities(Map.of("offer", 100L, "call", 500L))
                .owner("growth team")
                .effectiveFrom(Instant.parse("2026-03-01T00:00:00Z"))
                .build();
    }

    @ParameterizedTest
    @CsvSource(
            useHeadersInDisplayName = true,
            value = {"key, previous", "true, true", "true, false", "false, true", "false, false"})
    void volumesAreThoseOfTheDecisions(boolean key, boolean previous) throws IOException {
        String contexts = (key ? " --key id" : "") + (previous ? " --previous before" : "");
        List<String> ignored = new ArrayList<>();
        if (!key) {
            ignored.add("id");
        }
        if (!previous) {
            ignored.add("before");
        }
        String others = ignored.isEmpty() ? "" : " --ignore " + String.join(",", ignored);
        ignored.add("paid");

        Outcome decided = Outcome.of(
                "decide" + contexts + " --ignore " + String.join(",", ignored) + " --model",
                model,
                "--policy",
                policy,
                "--data",
                users,
                "--out",
                folder.resolve("d.jsonl"));
        Outcome reported = report(contexts + others);

        assertThat(decided.exitCode()).isZero();
        assertThat(reported.err()).isEmpty();
        Map<String, Long> outcomes = new HashMap<>();
        Map<String, Long> actions = new HashMap<>();
        Map<String, Double> expected = new HashMap<>();
        for (String line : Files.readAllLines(folder.resolve("d.jsonl"))) {
            JsonNode outcome = JsonMapper.shared().readTree(line);
            String by = by(outcome);
            outcomes.merge(by, 1L, Long::sum);
            actions.merge(outcome.at("/outcome/action").stringValue(), 1L, Long::sum);
            expected.merge(
                    by, Double.parseDouble(outcome.at("/score/probability").stringValue()), Double::sum);
        }
        assertThat(outcomes).hasSize(key ? 5 : 4);
        String text = Files.readString(page).replace('\u00a0', ' ');
        outcomes.forEach((by, count) -> assertThat(cells(text, by, 7))
                .as(by)
                .contains(String.valueOf(count))
                .contains(String.format(Locale.ROOT, "%,.1f", expected.get(by))));
        actions.forEach(
                (action, count) -> assertThat(cells(text, action, 5)).as(action).startsWith(count + "|"));
        assertThat(cells(text, "all", 7)).contains("|600|100 %|");
    }

    /** What decided, as a row of the page is called. */
    private static String by(JsonNode line) {
        return switch (line.at("/outcome/reason").stringValue()) {
            case "guardrail" -> line.at("/outcome/guardrail").stringValue();
            case "control" -> "control group";
            default -> line.at("/outcome/segment").stringValue();
        };
    }

    /** The cells of the row that begins so and has so many more cells. */
    private static String cells(String page, String first, int more) {
        return Pattern.compile("<tr><th scope=\"row\">" + first + "<.*?</tr>")
                .matcher(page)
                .results()
                .map(row -> row.group().replaceAll("</t[hd]><td[^>]*>", "|").replaceAll("<[^>]*>", ""))
                .filter(row -> row.chars().filter(c -> c == '|').count() == more)
                .map(row -> row.substring(row.indexOf('|') + 1))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void everyRuleIsShownAndTheSaltIsNot() throws IOException {
        report(" --key id --previous before");

        String text = Files.readString(page).replace('\u00a0', ' ');
        assertThat(text)
                .contains("What policy offers 4 does to the 600 users of users.csv")
                .contains("<td>growth team</td>")
                .contains("<td>from 2026-03-01T00:00:00Z</td>")
                .contains("&quot;age&quot; &lt; 18")
                .containsPattern("0.1; a user stays in the previous band .* it holds [1-9]\\d* users of this file")
                .containsPattern("✕ \\d+ places too many")
                .contains(full(ModelRequirement.named("trial")).reference().digest())
                .doesNotContain("salt-of-the-control-group");
    }

    @Test
    void missingKeysAndSegmentsAreSaid() throws IOException {
        report(" --ignore id,before");

        assertThat(Files.readString(page))
                .containsPattern("holds previous bands by a margin; (\\d+) of the \\1 users whose band decides came"
                        + " without a previous segment")
                .containsPattern("has a control group of share 0.2; (\\d+) of the \\1 users whose band decides came"
                        + " without a key");
    }

    @Test
    void policyOfAnotherModelIsRefused() throws IOException {
        Policy other = full(ModelRequirement.named("churn"));
        other.save(policy);

        Outcome outcome = report(" --key id --previous before");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).startsWith("""
                        policy "offers" 4 has 1 error, so the report cannot say what it does:
                          error other_model at /model/name
                            policy "offers" 4 is tuned for model "churn", and this is model "trial" with digest\
                        """).endsWith("; every user gets the fallback\n");
        assertThat(page).doesNotExist();
        assertThat(Outcome.of("policy check", policy, "--model", model).out())
                .contains(outcome.err().lines().skip(2).findFirst().orElseThrow());
    }

    @Test
    void policyOfAnotherDigestAndOneWhoseGuardrailsDoNotFitAreRefused() throws IOException {
        full(ModelRequirement.exactly("trial", "sha256:" + "0".repeat(64))).save(policy);
        assertThat(report(" --ignore id,before").err()).contains("error other_model at /model/digest\n");

        full(ModelRequirement.named("trial")).toBuilder("6")
                .guardrail(new Guardrail(
                        "rich", new Condition.NumberIs("income", Comparison.AT_LEAST, 9), "call", "they can pay"))
                .build()
                .save(policy);
        Outcome outcome = report(" --ignore id,before");
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).contains("error guardrail_does_not_fit at /guardrails/2");
    }

    @Test
    void economicsSayWhatThePolicyGains() throws IOException {
        Path economics = Files.writeString(folder.resolve("economics.json"), """
                {"format": "conversion-economics", "format_version": 1, "value": 40, "no_action": "nothing",
                 "actions": [
                   {"action": "offer", "contact_cost": 1, "discount": 5,
                    "effect": {"kind": "relative", "by": 0.2, "source": "a pilot"}},
                   {"action": "wait", "contact_cost": 0, "discount": 0,
                    "effect": {"kind": "relative", "by": 0, "source": "nothing is done"}},
                   {"action": "call", "contact_cost": 3, "discount": 0,
                    "effect": {"kind": "log_odds", "by": 0.5, "source": "a guess"}}
                 ]}""");

        Outcome outcome = report(" --key id --previous before --economics " + economics);

        assertThat(outcome.err()).isEmpty();
        String text = Files.readString(page).replace('\u00a0', ' ');
        assertThat(text)
                .contains("What it would gain, by declared effects")
                .containsPattern(
                        "It (gains|loses) [\\d.,]+ by the declared effect of \\+20.0 % of the rate \\(a pilot\\)");
        assertThat(text)
                .containsPattern(
                        ">call</th>.*<td[^>]*>\\+0.500 on log-odds</td><td>a guess</td>.*<td[^>]*>it pays from \\+0.\\d+ on");
        assertThat(cells(text, "effect of &quot;offer&quot;", 5)).startsWith("0.2|0.16|");
    }

    @Test
    void economicsOfOtherActionsAreRefused() throws IOException {
        Path economics = Files.writeString(folder.resolve("economics.json"), """
                {"format": "conversion-economics", "format_version": 1, "value": 40, "no_action": "nothing",
                 "actions": [{"action": "offer", "contact_cost": 1, "discount": 5,
                              "effect": {"kind": "relative", "by": 0.2, "source": "a pilot"}}]}""");

        Outcome outcome = report(" --ignore id,before --economics " + economics);

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err())
                .startsWith("economics.json does not fit policy \"offers\" 4: there are no economics of the action \"")
                .endsWith("; there are of [nothing, offer]\n");
        assertThat(page).doesNotExist();
        assertThat(Outcome.of("report --label paid --out x --model", model, "--data", users, "--economics", economics)
                        .err())
                .startsWith("--economics needs --policy, whose actions it is about\n");
    }

    @Test
    void columnsOfContextsNeedAPolicy() {
        Outcome outcome = Outcome.of(
                "report --key id --label paid --model", model, "--data", users, "--ignore", "before", "--out", page);

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err()).startsWith("--key and --previous need --policy, which decides by them\n");
    }

    private Outcome report(String options) {
        return Outcome.of(
                "report" + options + " --label paid --model",
                model,
                "--data",
                users,
                "--policy",
                policy,
                "--out",
                page);
    }
}
