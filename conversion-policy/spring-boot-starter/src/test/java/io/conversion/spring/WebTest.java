package io.conversion.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.conversion.policy.requests.BatchRequest;
import io.conversion.policy.requests.OutcomeRequest;
import io.conversion.policy.requests.UserRequest;
import io.conversion.policy.serving.DecisionPoint;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** An application as one writes it, over HTTP: requests as arguments, health and meters. */
class WebTest {

    @TempDir
    private static Path folder;

    private static ConfigurableApplicationContext context;

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(Decide.class)
    static class Application {}

    @RestController
    static class Decide {

        private final DecisionPoint decisions;

        Decide(DecisionPoint decisions) {
            this.decisions = decisions;
        }

        @PostMapping("/decide")
        Map<String, Object> decide(@RequestBody UserRequest user) {
            return decisions
                    .decide(unit -> user.read(unit.model().schema()), user.context(), "request", null)
                    .decision()
                    .toMap();
        }

        @PostMapping("/batch")
        List<String> batch(@RequestBody BatchRequest batch) {
            return batch.rows().stream()
                    .map(row -> decisions
                            .decide(unit -> row.read(unit.model().schema()), row.context(), "row", null)
                            .decision()
                            .action())
                    .toList();
        }

        @PostMapping("/outcome")
        String outcome(@RequestBody OutcomeRequest outcome) {
            return outcome.faults().isEmpty()
                    ? outcome.request() + " " + outcome.converted()
                    : outcome.faults().get(0).message();
        }
    }

    @BeforeAll
    static void start() {
        Artifacts.publish(folder, Artifacts.policy());
        context = new SpringApplicationBuilder(Application.class)
                .logStartupInfo(false)
                .run(
                        "--server.port=0",
                        "--conversion.serving.folder=" + folder,
                        "--management.endpoints.web.exposure.include=health,metrics",
                        "--management.endpoint.health.show-details=always");
    }

    @AfterAll
    static void stop() {
        context.close();
    }

    private static String post(String path, String body) throws Exception {
        return send(HttpRequest.newBuilder(uri(path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    }

    private static String get(String path) throws Exception {
        return send(HttpRequest.newBuilder(uri(path)));
    }

    private static URI uri(String path) {
        return URI.create("http://localhost:" + context.getEnvironment().getProperty("local.server.port") + path);
    }

    private static String send(HttpRequest.Builder request) throws Exception {
        return HttpClient.newHttpClient()
                .send(request.build(), BodyHandlers.ofString())
                .body();
    }

    @Test
    void bodyIsAnArgument() throws Exception {
        assertThat(post("/decide", "{\"signals\": {\"sessions_7d\": 9, \"complained\": false}}"))
                .contains("\"action\":\"offer_annual_plan\"", "\"segment\":\"high_intent\"");
    }

    @Test
    void bodyWithFaultsIsAFallback() throws Exception {
        assertThat(post("/decide", "{\"signals\": {\"sessions_7d\": 9, \"sessions_7d\": 1}}"))
                .contains(
                        "\"action\":\"no_action\"",
                        "\"reason\":\"invalid_signals\"",
                        "/signals/sessions_7d is given twice");
        assertThat(post("/decide", "{\"signals\": {\"sessions_7d\": \"9\"}}"))
                .contains("\"action\":\"no_action\"", "the text \\\"9\\\" is not a number");
    }

    @Test
    void batchesAndOutcomesAreArguments() throws Exception {
        assertThat(post("/batch", "{\"rows\": [{\"signals\": {\"sessions_7d\": 0}}, {\"signals\": {}}]}"))
                .isEqualTo("[\"keep_engaging\",\"no_action\"]");
        assertThat(post("/outcome", "{\"request\": \"visit-1\", \"converted\": true}"))
                .isEqualTo("visit-1 true");
        assertThat(post("/outcome", "{\"request\": \"visit-1\"}"))
                .isEqualTo("/converted is missing; expected true or false");
    }

    @Test
    void healthSaysWhatIsServed() throws Exception {
        assertThat(get("/actuator/health"))
                .contains("\"conversion\":{\"details\":{", "\"revision\":1", "\"status\":\"UP\"")
                .contains(Artifacts.policy().reference().digest());
    }

    @Test
    void metersCountWhatIsDecidedAndServed() throws Exception {
        post("/decide", "{\"signals\": {\"sessions_7d\": 9, \"complained\": true}}");

        String names = get("/actuator/metrics");

        assertThat(Stream.of(names.split("\"", -1))
                        .filter(name -> name.startsWith("conversion.") && !name.endsWith(".histogram"))
                        .collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(
                        "conversion.decision",
                        "conversion.decisions",
                        "conversion.score",
                        "conversion.drift.alerts",
                        "conversion.drift.pending.lost",
                        "conversion.listener.failures",
                        "conversion.serving.refusals",
                        "conversion.serving.revision",
                        "conversion.serving.swaps");
        assertThat(get("/actuator/metrics/conversion.decisions?tag=guardrail:complaint"))
                .contains("\"value\":1.0");
    }
}
