package io.conversion.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.conversion.policy.monitoring.DriftSnapshot;
import io.conversion.policy.serving.ArtifactWatcher;
import io.conversion.service.RunningService.Answer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class DriftTest {

    @TempDir
    Path folder;

    @Test
    void outcomesAreCountedOnceAndFindTheirUnit() {
        RunningService.publish(folder, Artifacts.model(), Artifacts.policy());
        try (RunningService service = RunningService.start(folder)) {
            service.post("/score", "{\"request\": \"a\", \"signals\": " + Artifacts.USER + "}");
            RunningService.publish(folder, Artifacts.model(), Artifacts.policy("2", 0.3, 0.6));
            service.bean(ArtifactWatcher.class).refresh();
            service.post("/score", "{\"request\": \"b\", \"signals\": " + Artifacts.USER + "}");

            assertThat(outcome(service, "a").text()).isEqualTo("{\"request\":\"a\",\"outcome\":\"counted\"}");
            assertThat(outcome(service, "b").status()).isEqualTo(200);
            assertThat(outcome(service, "a").json().get("reason").asString()).isEqualTo("reported_twice");
            assertThat(outcome(service, "a").status()).isEqualTo(409);
            assertThat(outcome(service, "c").status()).isEqualTo(404);
            Answer early = service.post(
                    "/outcome", "{\"request\": \"a\", \"converted\": true, \"moment\": \"2001-01-01T00:00:00Z\"}");
            assertThat(early.json().get("reason").asString()).isIn("too_early", "reported_twice");

            JsonNode drift = service.get("/drift").json();
            assertThat(drift.at("/units")
                            .valueStream()
                            .map(unit -> unit.get("revision").asLong()))
                    .containsExactly(2L, 1L);
            assertThat(drift.get("pending_lost").asLong()).isZero();
            for (long revision : new long[] {1, 2}) {
                DriftSnapshot counted = DriftSnapshot.fromJson(
                        service.get("/drift/snapshot?revision=" + revision).text());
                assertThat(counted.policy().version()).isEqualTo(String.valueOf(revision));
                assertThat(counted.followUp().pending()).isEqualTo(1);
            }
            Answer unknown = service.get("/drift/snapshot?revision=9");
            assertThat(unknown.status()).isEqualTo(404);
            assertThat(unknown.json().get("detail").asString())
                    .isEqualTo("No unit of revision 9 is kept; those of [2, 1] are.");
            assertThat(service.get("/drift/snapshot?revision=last").status()).isEqualTo(400);
        }
    }

    @Test
    void outcomeOfARequestThatIsNotInTheShareIsNotAskedForAndNoMistake() {
        RunningService.publish(folder, Artifacts.model(), Artifacts.policy());
        try (RunningService service = RunningService.start(folder, "--conversion.drift.followed-share=1e-9")) {
            service.post("/score", "{\"request\": \"a\", \"signals\": " + Artifacts.USER + "}");

            assertThat(outcome(service, "a").text()).isEqualTo("{\"request\":\"a\",\"outcome\":\"not_in_share\"}");
        }
    }

    @Test
    void userWhoDidNotConvertIsTooEarlyBeforeTheWindowEnds() {
        Answer score =
                RunningService.shared().post("/score", "{\"request\": \"waits\", \"signals\": " + Artifacts.USER + "}");
        Answer early = RunningService.shared().post("/outcome", "{\"request\": \"waits\", \"converted\": false}");

        assertThat(score.status()).isEqualTo(200);
        assertThat(early.status()).isEqualTo(409);
        assertThat(early.json().get("reason").asString()).isEqualTo("too_early");
    }

    private static Answer outcome(RunningService service, String request) {
        return service.post("/outcome", "{\"request\": \"" + request + "\", \"converted\": true}");
    }

    @Test
    void everyFaultOfAnOutcomeIsListed() {
        Answer answer = RunningService.shared().post("/outcome", "{\"moment\": \"yesterday\", \"colour\": \"red\"}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json()
                        .get("errors")
                        .valueStream()
                        .map(error -> error.get("pointer").asString()))
                .containsExactlyInAnyOrder("/request", "/converted", "/moment", "/colour");
    }

    @Test
    void usersWhoAreNoLongerLikeThoseOfTheTrainingRaiseAlerts() {
        RunningService.publish(folder, Artifacts.model(), Artifacts.policy());
        try (RunningService service = RunningService.start(folder)) {
            String rows =
                    ("{\"signals\": " + Artifacts.USER + "},").repeat(999) + "{\"signals\": " + Artifacts.USER + "}";
            assertThat(service.post("/score/batch", "{\"rows\": [" + rows + "]}")
                            .status())
                    .isEqualTo(200);

            JsonNode drift = service.get("/drift").json();
            assertThat(drift.at("/units/0/users").asLong()).isEqualTo(1_000);
            assertThat(drift.at("/units/0/alerts").toString()).contains("sessions_7d", "country_tier");
            assertThat(drift.at("/units/0/rows/0/signal").asString()).isEqualTo("days_since_signup");
            assertThat(drift.at("/units/0/rows/0/drift").asBoolean()).isTrue();
            assertThat(DriftSnapshot.fromJson(service.get("/drift/snapshot").text())
                            .users())
                    .isEqualTo(1_000);
            assertThat(service.manage("/actuator/prometheus").text()).doesNotContain("conversion_drift_alerts 0.0");
        }
    }
}
