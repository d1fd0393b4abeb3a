package io.conversion.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.conversion.policy.serving.ArtifactWatcher;
import io.conversion.policy.serving.Refresh;
import io.conversion.policy.serving.ServingManifest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Clients ask without a pause while revisions come, every fourth of them bad; how many says {@code conversion.reloads}. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class ReloadUnderLoadTest {

    private static final int RELOADS = Integer.getInteger("conversion.reloads", 36);

    private final Set<String> published = ConcurrentHashMap.newKeySet();
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private final List<Semaphore> answered = List.of(new Semaphore(0), new Semaphore(0));

    @TempDir
    private Path folder;

    private volatile boolean finished;

    @Test
    void everyAnswerIsOfAPairThatWasPublished() throws Exception {
        Reloads reloads = new Reloads(folder);
        publish(reloads, 1);
        ExecutorService clients = Executors.newFixedThreadPool(answered.size());
        try (RunningService service = RunningService.start(folder)) {
            ArtifactWatcher watcher = service.bean(ArtifactWatcher.class);
            List<Future<?>> running = new ArrayList<>();
            answered.forEach(client -> running.add(clients.submit(() -> ask(service, client))));
            try {
                for (int revision = 2; revision <= RELOADS + 1; revision++) {
                    publish(reloads, revision);
                    boolean bad = Reloads.fault(revision).isPresent();
                    assertThat(watcher.refresh())
                            .as("revision %d, %s", revision, Reloads.fault(revision))
                            .isInstanceOf(bad ? Refresh.Refused.class : Refresh.Swapped.class);
                    awaitAnswers();
                }
            } finally {
                finished = true;
                clients.shutdown();
            }

            for (Future<?> client : running) {
                client.get();
            }
            assertThat(wrong).isEmpty();
            JsonNode health = service.get("/health").json();
            assertThat(health.at("/folder/refusals").asInt()).isEqualTo((RELOADS + 1) / 4);
            assertThat(watcher.status().swaps()).isEqualTo(RELOADS - (RELOADS + 1) / 4);
        }
    }

    private void publish(Reloads reloads, int revision) throws Exception {
        ServingManifest manifest = reloads.publish(revision);
        if (Reloads.fault(revision).isEmpty()) {
            published.add(
                    key(revision, manifest.model().digest(), manifest.policy().digest()));
        }
    }

    private static String key(long revision, String model, String policy) {
        return revision + " " + model + " " + policy;
    }

    private void ask(RunningService service, Semaphore client) {
        while (!finished) {
            check(service.score(Artifacts.USER), 200);
            check(service.score("{}"), 422);
            client.release();
        }
    }

    /** A revision is known as published before it can be served. */
    private void check(RunningService.Answer answer, int status) {
        JsonNode json = answer.json();
        String pair = key(
                json.at("/revision").asLong(),
                json.at("/model/digest").asString(),
                json.at("/policy/digest").asString());
        if (answer.status() != status || !published.contains(pair)) {
            wrong.add(answer.status() + " " + pair);
        }
    }

    /** Each client gets an answer and then asks again, so that every one is answered by every unit. */
    private void awaitAnswers() throws InterruptedException {
        for (Semaphore client : answered) {
            client.drainPermits();
            assertThat(client.tryAcquire(2, 30, TimeUnit.SECONDS)).isTrue();
        }
    }
}
