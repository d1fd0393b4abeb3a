package io.conversion.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.conversion.service.RunningService.Answer;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class HealthTest {

    private final RunningService service = RunningService.shared();

    @Test
    void healthTellsWhatIsServedSinceWhen() {
        Answer answer = service.get("/health");

        JsonNode json = answer.json();
        assertThat(answer.status()).isEqualTo(200);
        assertThat(json.get("status").asString()).isEqualTo("ok");
        assertThat(json.get("live").asBoolean()).isTrue();
        assertThat(json.get("ready").asBoolean()).isTrue();
        assertThat(json.at("/model/name").asString()).isEqualTo("trial-conversion");
        assertThat(json.at("/model/version").asString()).isEqualTo("1");
        assertThat(json.at("/policy/version").asString()).isEqualTo("1");
        assertThat(json.get("revision").asLong()).isOne();
        assertThat(Instant.parse(json.get("since").asString())).isBefore(Instant.now());
        assertThat(json.at("/folder/refusals").asLong()).isZero();
        assertThat(json.has("decision_log")).isFalse();
    }

    @Test
    void probesAndMetersAreShownAndNothingElse() {
        assertThat(service.manage("/actuator/health/liveness")
                        .json()
                        .get("status")
                        .asString())
                .isEqualTo("UP");
        assertThat(service.manage("/actuator/health/readiness")
                        .json()
                        .get("status")
                        .asString())
                .isEqualTo("UP");
        assertThat(service.manage("/actuator").json().get("_links").propertyNames())
                .containsExactlyInAnyOrder("self", "health", "health-path", "info", "prometheus");
    }

    @Test
    void metersCountDecisionsAndTellNoPath() {
        service.score(Artifacts.USER);
        service.score("{}");
        Answer answer = service.manage("/actuator/prometheus");

        String pair = "model=\"trial-conversion\",model_digest=\""
                + Artifacts.model().reference().digest().substring(0, 19) + "\",model_version=\"1\","
                + "policy=\"trial-conversion\",policy_digest=\""
                + Artifacts.policy().reference().digest().substring(0, 19) + "\",policy_version=\"1\",";
        assertThat(answer.text())
                .contains(
                        "conversion_decisions_total{action=\"offer_annual_plan\",guardrail=\"none\"," + pair
                                + "reason=\"band\",segment=\"high_intent\"}",
                        "reason=\"invalid_signals\",segment=\"none\"}",
                        "conversion_score_bucket{" + pair + "le=\"" + Math.nextDown(0.4) + "\"}",
                        "le=\"" + Math.nextDown(0.7) + "\"}",
                        "conversion_decision_seconds_bucket{le=\"1.0E-5\"}",
                        "conversion_serving_revision 1.0",
                        "conversion_drift_alerts ")
                .doesNotContain("path=", System.getProperty("user.dir"));
    }
}
