package io.conversion.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.conversion.service.RunningService.Answer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** More clients than threads, each of whom takes all the time that it is given: nobody else notices, and all are cut off. */
@Timeout(60)
class SlowClientsTest {

    private static final int CLIENTS = 24;
    private static final String BATCH =
            "{\"rows\": [" + ("{\"signals\": " + Artifacts.USER + "},").repeat(499) + "{\"signals\": {}}]}";

    @TempDir
    static Path folder;

    private static RunningService service;

    @BeforeAll
    static void start() {
        RunningService.publish(folder, Artifacts.model(), Artifacts.policy());
        service = RunningService.start(
                folder,
                "--server.tomcat.threads.max=16",
                "--conversion.limits.receive-time=1s",
                "--conversion.limits.exchange-time=3s",
                "--conversion.limits.batches=1",
                "--conversion.limits.turn-wait=500ms");
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    static Stream<String> heads() {
        return Stream.of(
                RawClient.head("POST /score", "Content-Length: 1000"),
                RawClient.head("POST /score", "Transfer-Encoding: chunked") + "3e8\r\n",
                RawClient.head("POST /score", "Content-Length: 100000"),
                RawClient.head("POST /score/batch", "Content-Length: 1000"),
                RawClient.head("POST /score/batch", "Transfer-Encoding: chunked") + "f000\r\n",
                RawClient.head("POST /outcome", "Content-Length: 1000"),
                RawClient.head("POST /nothing", "Content-Length: 1000"),
                RawClient.head("PUT /model", "Transfer-Encoding: chunked") + "3e8\r\n",
                RawClient.head("GET /health", "Content-Length: 1000"));
    }

    @ParameterizedTest
    @MethodSource("heads")
    void slowBodyIsCutOffAndHoldsUpNobody(String head) {
        String answers = whileTrickling(service.port(), head, " ");

        assertThat(answers.split("<end>"))
                .hasSize(CLIENTS)
                .allSatisfy(answer -> assertThat(answer).matches("(?s)HTTP/1.1 (408|413|503) .*problem\\+json.*"));
    }

    @Test
    void slowBodyIsToldWhy() {
        String answers = whileTrickling(service.port(), RawClient.head("POST /score", "Content-Length: 1000"), " ");

        assertThat(answers)
                .contains("The body did not come within 1000 ms; send it without a pause, or fewer rows.", "no-store");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"GET /health HTTP/1.1\r\nHost: localhost\r\nX-Long: ", "GET /hea", "POST /score HTTP/1.1\r\n"})
    void slowHeaderIsCutOffAndHoldsUpNobody(String head) {
        String answers = whileTrickling(service.port(), head, "x");
        String ofManagement = whileTrickling(service.managementPort(), head, "x");

        assertThat((answers + ofManagement).split("<end>"))
                .hasSize(2 * CLIENTS)
                .allSatisfy(answer -> assertThat(answer).startsWith("HTTP/1.1 408 "));
    }

    /** A byte at a time from each of more clients than threads; meanwhile others are answered, and at last these. */
    private static String whileTrickling(int port, String head, String piece) {
        AtomicBoolean answered = new AtomicBoolean();
        List<RawClient> clients = connect(port, head + piece);
        Thread trickle = new Thread(() -> {
            while (!answered.get()) {
                clients.forEach(client -> client.send(piece));
                LockSupport.parkNanos(100_000_000);
            }
        });
        trickle.start();
        try {
            assertThatOthersAreAnswered();
            StringBuilder answers = new StringBuilder();
            clients.forEach(client -> answers.append(client.rest()).append("<end>"));
            return answers.toString();
        } finally {
            answered.set(true);
            clients.forEach(RawClient::close);
        }
    }

    private static List<RawClient> connect(int port, String text) {
        return IntStream.range(0, CLIENTS)
                .mapToObj(i -> {
                    RawClient client = new RawClient(port);
                    client.send(text);
                    return client;
                })
                .toList();
    }

    private static void assertThatOthersAreAnswered() {
        List<Supplier<Answer>> others = List.of(
                () -> service.score(Artifacts.USER),
                () -> service.get("/livez"),
                () -> service.manage("/actuator/health/liveness"),
                () -> service.manage("/actuator/health/readiness"),
                () -> service.manage("/actuator/prometheus"));
        others.forEach(other -> {
            long start = System.nanoTime();
            assertThat(other.get().status()).isEqualTo(200);
            assertThat(System.nanoTime() - start).isLessThan(5_000_000_000L);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"/swagger-ui/swagger-ui-bundle.js", "/swagger-ui/swagger-ui.css"})
    void longAnswerThatNobodyTakesIsCutOffAndHoldsUpNobody(String path) {
        List<RawClient> clients = connect(service.port(), RawClient.head("GET " + path));

        assertThatOthersAreAnswered();
        assertThatOthersAreAnswered();
        // Longer than an exchange may last.
        LockSupport.parkNanos(5_000_000_000L);
        assertThat(service.get(path).status()).isEqualTo(200);
        clients.forEach(RawClient::close);
    }

    @Test
    void oneBatchAtATimeIsHeldAndTheOthersWaitTheirTurn() {
        String head = RawClient.head("POST /score/batch", "Content-Length: " + BATCH.length(), "Connection: close");
        try (RawClient first = new RawClient(service.port());
                RawClient second = new RawClient(service.port())) {
            first.send(head + BATCH.substring(0, 10));
            assertThat(service.score(Artifacts.USER).status()).isEqualTo(200);

            second.send(head + BATCH);
            assertThat(second.rest())
                    .startsWith("HTTP/1.1 503 ")
                    .contains("Retry-After: 1", "urn:conversion:problem:busy")
                    .contains("there was no turn for this one; send it again later");

            first.send(BATCH.substring(10));
            assertThat(first.rest()).startsWith("HTTP/1.1 200 ").contains("\"answered\":499");
            assertThat(service.post("/score/batch", BATCH).status()).isEqualTo(200);
        }
    }

    @Test
    void whoGoesAwayMakesRoomForTheNext() {
        String head = RawClient.head("POST /score/batch", "Content-Length: " + BATCH.length());
        for (int i = 0; i < 5; i++) {
            try (RawClient gone = new RawClient(service.port())) {
                gone.send(head + BATCH.substring(0, 60_000));
            }
        }

        assertThat(service.post("/score/batch", BATCH).status()).isEqualTo(200);
    }

    @Test
    void bodiesHaveNoPlaceAtThePortForProbes() {
        try (RawClient client = new RawClient(service.managementPort())) {
            client.send(RawClient.head("POST /actuator/health", "Content-Length: 1000"));

            assertThat(client.rest()).startsWith("HTTP/1.1 413 ");
        }
    }
}
