package io.conversion.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.conversion.policy.records.JsonlDecisionLog;
import io.conversion.service.RunningService.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DecisionLogTest {

    private static final String SECRETS = """
            {"days_since_signup": 357, "sessions_7d": 437, "content_hours_7d": 161.8033, "downloads_7d": 271828,
             "country_tier": "tier_1", "channel": "letter-of-a-friend", "complained": false}""";

    @TempDir
    Path folder;

    @Test
    void decisionsAreWrittenAndCounted() throws IOException {
        Path serving = Files.createDirectory(folder.resolve("serving"));
        Path log = Files.createDirectory(folder.resolve("log"));
        RunningService.publish(serving, Artifacts.model(), Artifacts.policy());
        try (RunningService service = RunningService.start(serving, "--conversion.log.folder=" + log)) {
            service.post("/score", "{\"request\": \"first\", \"signals\": " + Artifacts.USER + "}");
            service.score("{\"sessions_7d\": \"9\"}");
            // No request, so no decision.
            service.post("/score", "{");
            service.bean(JsonlDecisionLog.class).close();
            service.post("/score", "{\"request\": \"late\", \"signals\": " + Artifacts.USER + "}");

            assertThat(service.get("/health").json().get("decision_log").toString())
                    .isEqualTo("{\"written\":2,\"lost\":1}");
            assertThat(service.manage("/actuator/prometheus").text())
                    .contains("conversion_log_written_total 2.0", "conversion_log_lost_total 1.0");
        }

        List<String> lines = new ArrayList<>();
        for (Path file : JsonlDecisionLog.files(log)) {
            lines.addAll(Files.readAllLines(file));
        }
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0)).contains("\"first\"", "\"high_intent\"");
    }

    @Test
    void noValueOfAUserIsInTheLogOfTheService() throws IOException {
        RunningService.publish(folder, Artifacts.model(), Artifacts.policy());
        Output output = Output.of(() -> {
            try (RunningService service = RunningService.start(folder)) {
                List<Answer> answers = List.of(
                        service.post("/score", "{\"user_key\": \"ada@example.org\", \"signals\": " + SECRETS + "}"),
                        service.score(SECRETS.replace("tier_1", "tier-of-a-friend")),
                        service.score(SECRETS.replace("437", "\"437\"").replace("357", "357357")),
                        service.score(SECRETS.replace("}", "")),
                        service.post("/score/batch", "{\"rows\": [{\"signals\": " + SECRETS + "}, " + SECRETS + "]}"),
                        service.post("/nothing", SECRETS),
                        service.post("/outcome", "{\"request\": \"ada@example.org\", \"converted\": true}"),
                        service.get("/score?channel=letter-of-a-friend"));
                assertThat(answers).extracting(Answer::status).containsExactly(200, 422, 422, 400, 200, 404, 404, 405);
            }
        });

        assertThat(output.text())
                .contains("serving revision 1")
                .doesNotContain("161.8033", "271828", "-friend", "ada@example.org")
                // Ports, names of temporary folders and milliseconds may hold these digits.
                .doesNotContainPattern("(?<![0-9.:])(357|437)(?![0-9])");
    }
}
