package io.conversion.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.conversion.service.RunningService.Answer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ScoreTest {

    private final RunningService service = RunningService.shared();

    @Test
    void answerHoldsTheScoreTheDecisionAndWhatTheyRestOn() {
        Answer answer = service.post("/score", "{\"request\": \"r-1\", \"signals\": " + Artifacts.USER + "}");

        JsonNode json = answer.json();
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.type()).isEqualTo("application/json");
        assertThat(json.get("request").asString()).isEqualTo("r-1");
        // By hand: -1 + 0.02 * 26 + 0.3 * 6 + 0.1 * 3.5 + 0.1 * 1 + 0 + 0 + 0.
        assertThat(json.get("log_odds").asDouble()).isCloseTo(1.77, within(1e-12));
        assertThat(json.get("probability").asDouble()).isCloseTo(1 / (1 + Math.exp(-1.77)), within(1e-12));
        // Wald: the variance of the intercept is 0.04.
        assertThat(json.at("/interval/lower").asDouble())
                .isCloseTo(1 / (1 + Math.exp(-1.77 + 0.2 * 1.959963984540054)), within(1e-12));
        assertThat(json.get("segment").asString()).isEqualTo("high_intent");
        assertThat(json.get("action").asString()).isEqualTo("offer_annual_plan");
        assertThat(json.get("reason").asString()).isEqualTo("band");
        assertThat(json.get("reasons")).hasSize(3);
        assertThat(json.at("/reasons/0/signal").asString()).isEqualTo("sessions_7d");
        assertThat(json.at("/reasons/0/log_odds").asDouble()).isCloseTo(1.8, within(1e-12));
        assertThat(json.at("/reasons/0/value").asString()).isEqualTo("9 sessions");
        assertThat(json.at("/reasons/0/reference").asString()).isEqualTo("3 sessions");
        assertThat(json.at("/reasons/0/reason").asString()).isEqualTo("comes back often");
        assertThat(json.at("/evidence/observed_share").asDouble()).isOne();
        assertThat(json.at("/model/digest").asString())
                .isEqualTo(Artifacts.model().reference().digest());
        assertThat(json.at("/policy/digest").asString())
                .isEqualTo(Artifacts.policy().reference().digest());
        assertThat(json.get("revision").asLong()).isOne();
    }

    @Test
    void requestWithoutNameIsNamed() {
        String one = service.score(Artifacts.USER).json().get("request").asString();
        String other = service.score(Artifacts.USER).json().get("request").asString();

        assertThat(one).hasSize(36).isNotEqualTo(other);
    }

    @Test
    void rulesThatWereAppliedAreInTheEvidence() {
        JsonNode json = service.score("""
                {"days_since_signup": 4, "sessions_7d": 9, "content_hours_7d": 400, "downloads_7d": 2,
                 "country_tier": "tier_1", "channel": "podcast", "complained": false}""").json();

        assertThat(json.at("/evidence/rules").toString()).isEqualTo("""
                [{"signal":"content_hours_7d","rule":"clipped","given":"400"},\
                {"signal":"channel","rule":"unseen","given":"podcast"}]""");
        assertThat(json.get("reason").asString()).isEqualTo("band");
    }

    @Test
    void fallbackForWantOfEvidenceStillShowsTheScore() {
        JsonNode json = service.score("""
                {"days_since_signup": 4, "sessions_7d": 9, "content_hours_7d": 6.5,
                 "country_tier": "tier_1", "channel": "search"}""").json();

        // Two of seven signals of equal weight are missing, and the model asks for 0.8.
        assertThat(json.at("/evidence/observed_share").asDouble()).isCloseTo(5.0 / 7, within(1e-12));
        assertThat(json.at("/evidence/shortfalls")).hasSize(1);
        assertThat(json.get("reason").asString()).isEqualTo("insufficient_evidence");
        assertThat(json.get("action").asString()).isEqualTo("no_action");
        assertThat(json.has("segment")).isFalse();
        assertThat(json.has("probability")).isTrue();
    }

    @Test
    void guardrailOverridesTheBand() {
        JsonNode json = service.score(Artifacts.USER.replace("false", "true")).json();

        assertThat(json.get("reason").asString()).isEqualTo("guardrail");
        assertThat(json.get("action").asString()).isEqualTo("call_support");
        assertThat(json.at("/details/0").asString()).contains("\"complaint\"", "who complained is helped first");
    }

    @Test
    void keyOfTheUserDrawsTheControlGroup() {
        int control = 0;
        for (int user = 0; user < 60; user++) {
            JsonNode json = service.post(
                            "/score", "{\"user_key\": \"user-" + user + "\", \"signals\": " + Artifacts.USER + "}")
                    .json();
            boolean drawn = Artifacts.policy().control().orElseThrow().includes("user-" + user);
            control += drawn ? 1 : 0;
            assertThat(json.get("reason").asString()).isEqualTo(drawn ? "control" : "band");
            assertThat(json.get("propensity").asDouble()).isEqualTo(drawn ? 0.1 : 0.9);
        }

        assertThat(control).isPositive();
    }

    @Test
    void rowsOfABatchFailByThemselves() {
        Answer answer = service.post("/score/batch", """
                {"rows": [
                  {"request": "a", "signals": %1$s},
                  {"request": "b", "signals": {"country_tier": "Tier_1"}},
                  {"request": "c", "signals": %1$s, "colour": "red"},
                  {"request": "d", "signals": %1$s}
                ]}""".formatted(Artifacts.USER));

        JsonNode json = answer.json();
        assertThat(answer.status()).isEqualTo(200);
        assertThat(json.get("answered").asInt()).isEqualTo(2);
        assertThat(json.get("refused").asInt()).isEqualTo(2);
        assertThat(json.at("/rows/0/answer/request").asString()).isEqualTo("a");
        assertThat(json.at("/rows/1/problem/status").asInt()).isEqualTo(422);
        assertThat(json.at("/rows/1/problem/errors")).hasSize(5);
        assertThat(json.at("/rows/1/problem/errors/0/pointer").asString())
                .isEqualTo("/rows/1/signals/days_since_signup");
        assertThat(json.at("/rows/2/problem/status").asInt()).isEqualTo(400);
        assertThat(json.at("/rows/2/problem/errors/0/pointer").asString()).isEqualTo("/rows/2/colour");
        assertThat(json.at("/rows/3/answer/request").asString()).isEqualTo("d");
        assertThat(json.at("/rows/3/answer/probability"))
                .isEqualTo(service.score(Artifacts.USER).json().get("probability"));
    }

    @Test
    void batchHasALimitOfRows() {
        String row = "{\"signals\": {}},";
        Answer answer = service.post("/score/batch", "{\"rows\": [" + row.repeat(1_000) + "{\"signals\": {}}]}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().at("/errors/0/detail").asString())
                .isEqualTo("/rows is too long; a list may have at most 1000 elements");
    }
}
