package io.conversion.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.conversion.policy.serving.ArtifactWatcher;
import io.conversion.service.RunningService.Answer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What describes the service is made once for a unit, and not by each who asks: many may ask at the same time. */
class OpenApiLoadTest {

    private static final List<String> PATHS = List.of(
            "/v3/api-docs", "/v3/api-docs.yaml", "/v3/api-docs/swagger-config", "/swagger-ui/index.html", "/model");

    @TempDir
    Path folder;

    @Test
    @Timeout(120)
    void manyMayAskForTheDocumentAtOnceAndWhileAnotherUnitIsSwappedIn() throws Exception {
        RunningService.publish(folder, Artifacts.model("1"), Artifacts.policy());
        try (RunningService service = RunningService.start(
                folder,
                "--conversion.limits.turn-wait=20s",
                "--conversion.limits.receive-time=30s",
                "--conversion.limits.exchange-time=60s")) {
            ExecutorService clients = Executors.newFixedThreadPool(16);
            for (int version = 2; version <= 4; version++) {
                List<Future<List<Integer>>> answers = IntStream.range(0, 16)
                        .mapToObj(client -> clients.submit(() -> ask(service, client)))
                        .toList();
                RunningService.publish(folder, Artifacts.model(String.valueOf(version)), Artifacts.policy());
                service.bean(ArtifactWatcher.class).refresh();
                for (Future<List<Integer>> answer : answers) {
                    assertThat(answer.get()).containsOnly(200);
                }
            }
            clients.shutdown();

            assertThat(service.get("/v3/api-docs").text()).contains("Serves model \\\"trial-conversion\\\" 4 (");
        }
    }

    private static List<Integer> ask(RunningService service, int client) {
        return IntStream.range(client, client + 50)
                .mapToObj(i -> service.get(PATHS.get(i % PATHS.size())).status())
                .toList();
    }

    @Test
    void documentIsTheSameForEveryHostAndLanguage() {
        RunningService service = RunningService.shared();
        Answer first = service.get("/v3/api-docs");
        Answer german = service.send(service.request("/v3/api-docs").header("Accept-Language", "de-x-1"));
        Answer address = service.send(service.request("/v3/api-docs", "127.0.0.1"));

        assertThat(first.json().at("/servers").toString()).isEqualTo("[{\"url\":\"/\"}]");
        assertThat(german.text()).isEqualTo(first.text());
        assertThat(address.text()).isEqualTo(first.text());
    }
}
