package io.conversion.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.conversion.service.RunningService.Answer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class BadRequestTest {

    private final RunningService service = RunningService.shared();

    /** Each answer is a problem document that tells nothing of the inside. */
    private static Answer problem(Answer answer, int status) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.type()).isEqualTo("application/problem+json");
        assertThat(answer.json().get("status").asInt()).isEqualTo(status);
        assertThat(answer.json().get("title").asString()).isNotBlank();
        assertThat(answer.text())
                .doesNotContain("Exception", "\tat ", "org.springframework", "io.conversion", "/tmp", "tomcat");
        return answer;
    }

    private static List<String> details(Answer answer) {
        return StreamSupport.stream(answer.json().get("errors").spliterator(), false)
                .map(error -> error.get("pointer").asString() + ": "
                        + error.get("detail").asString())
                .toList();
    }

    @Test
    void everyViolationOfTheSchemaIsListedWithItsField() {
        Answer answer = problem(service.score("""
                {"days_since_signup": -1, "sessions_7d": "9", "content_hours_7d": 6.5, "downloads_7d": 2,
                 "country_tier": "Tier_1", "channel": "search", "complained": 1, "colour": "red"}"""), 422);

        assertThat(answer.json().get("type").asString()).isEqualTo("urn:conversion:problem:invalid-signals");
        assertThat(answer.json().get("detail").asString()).isEqualTo("5 things are wrong with the signals.");
        assertThat(answer.json().get("action").asString()).isEqualTo("no_action");
        assertThat(answer.json().get("errors").get(2).toString()).isEqualTo("""
                {"pointer":"/signals/country_tier","signal":"country_tier","code":"UNSEEN_LEVEL",\
                "detail":"signal \\"country_tier\\": level \\"Tier_1\\" is not one of [tier_1, tier_2, tier_3]; \
                did you mean \\"tier_1\\"?"}""");
        assertThat(details(answer))
                .extracting(detail -> detail.substring(0, detail.indexOf(':')))
                .containsExactlyInAnyOrder(
                        "/signals/days_since_signup",
                        "/signals/sessions_7d",
                        "/signals/country_tier",
                        "/signals/complained",
                        "/signals/colour");
    }

    @Test
    void faultsOfTheBodyAndOfTheSignalsAreListedTogether() {
        Answer answer = problem(service.post("/score", """
                {"colour": "red", "signals": {"days_since_signup": null, "sessions_7d": 9, "content_hours_7d": 6.5,
                 "country_tier": "Tier_1", "channel": "search"}}"""), 400);

        assertThat(answer.json().get("type").asString()).isEqualTo("urn:conversion:problem:invalid-body");
        assertThat(details(answer))
                .containsExactly(
                        "/signals/days_since_signup: /signals/days_since_signup is null; leave the field out or give a"
                                + " value",
                        "/colour: /colour is not a known field; known here are request, user_key, previous_segment,"
                                + " signals",
                        "/signals/country_tier: signal \"country_tier\": level \"Tier_1\" is not one of [tier_1, tier_2,"
                                + " tier_3]; did you mean \"tier_1\"?");
    }

    static Stream<Arguments> bodies() {
        return Stream.of(
                Arguments.of("", ": the body is empty or cut off; expected a JSON object"),
                Arguments.of("   ", ": the request is empty; expected a JSON object"),
                Arguments.of("[]", ": the request is a list; expected an object"),
                Arguments.of("{}", "/signals: /signals is missing; expected an object"),
                Arguments.of("{\"signals\": 5}", "/signals: /signals is 5.0; expected an object"),
                Arguments.of(
                        "{\"signals\": {}",
                        ": the request is cut off at line 1, column 15; the request is not complete:"
                                + " write or copy it again"),
                Arguments.of(
                        "{\"signals\": {\"a\": 1, \"a\": 2}}",
                        "/signals/a: /signals/a is given twice; each field may be" + " given once"),
                Arguments.of(
                        "{\"signals\": {\"a\": [1]}}",
                        "/signals/a: /signals/a is a list; expected a number, a text," + " or true or false"),
                Arguments.of(
                        "{\"signals\": {\"a\": NaN}}", "/signals/a: /signals/a is NaN; every number must be finite"),
                Arguments.of(
                        "{\"signals\": {\"a\": 1e400}}",
                        "/signals/a: /signals/a is 1e400; every number must be" + " finite"),
                Arguments.of("{\"signals\": {}, \"request\": 5}", "/request: /request is 5.0; expected a text"),
                Arguments.of(
                        "{\"signals\": {}} {}",
                        ": the request is longer than its JSON document; nothing may follow the" + " closing brace"));
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void bodyThatIsNoneIsRefused(String body, String first) {
        assertThat(details(problem(service.post("/score", body), 400))).contains(first);
    }

    static Stream<Arguments> batches() {
        return Stream.of(
                Arguments.of("{}", "/rows: /rows is missing; expected a list of objects"),
                Arguments.of(
                        "{\"rows\": {\"a\": null}}", "/rows/a: /rows/a is null; leave the field out or give a value"),
                Arguments.of("{\"rows\": {\"0\": null}}", "/rows: /rows is an object; expected a list of objects"),
                Arguments.of("{\"rows\": {\"5\": null}}", "/rows: /rows is an object; expected a list of objects"),
                Arguments.of(
                        "{\"rows\": {\"99999999999\": null}}", "/rows: /rows is an object; expected a list of objects"),
                Arguments.of(
                        "{\"rows\": {\"\": {\"\": null}}}", "/rows: /rows is an object; expected a list of objects"),
                Arguments.of(
                        "{\"rows\": [1, 2, null], \"rows\": []}",
                        "/rows/2: /rows/2 is null; leave the field out or give a value"),
                Arguments.of(
                        "{\"rows\": [null], \"rows\": [{}]}",
                        "/rows: /rows is given twice; each field may be given once"),
                Arguments.of("{\"rows\": [5], \"colour\": 1}", "/rows/0: /rows/0 is 5.0; expected an object"),
                Arguments.of(
                        "{\"rows/0\": null, \"rows\": [{}]}",
                        "/rows~10: /rows~10 is null; leave the field out or give a value"),
                Arguments.of("{\"\": null, \"rows\": [{}]}", "/: / is null; leave the field out or give a value"));
    }

    @ParameterizedTest
    @MethodSource("batches")
    void batchThatIsNoneIsRefused(String body, String expected) {
        assertThat(details(problem(service.post("/score/batch", body), 400))).contains(expected);
    }

    @Test
    void rowThatIsNoneHasThatFaultAlone() {
        JsonNode row = service.post("/score/batch", "{\"rows\": [null]}").json().at("/rows/0/problem");

        assertThat(row.get("errors")).hasSize(1);
        assertThat(row.at("/errors/0/detail").asString()).startsWith("/rows/0 is null");
    }

    @Test
    void noFaultOfAnyNodeIsAFaultOfTheService() {
        String user = "{\"request\":\"a\",\"user_key\":\"b\",\"previous_segment\":\"low_intent\",\"signals\":"
                + Artifacts.USER + "}";
        Map<String, String> bodies = Map.of(
                "/score",
                user,
                "/score/batch",
                "{\"rows\":[" + user + "," + user + "]}",
                "/outcome",
                "{\"request\":\"a\",\"converted\":true,\"moment\":\"2026-11-22T09:30:00Z\"}");

        bodies.forEach((path, body) -> {
            List<String> faulty = FaultyBodies.of(body);
            assertThat(faulty).hasSizeGreaterThan(40).allSatisfy(fault -> {
                Answer answer = service.post(path, fault);
                if (answer.status() != 200) {
                    assertThat(answer.status()).as(fault).isBetween(400, 499);
                    problem(answer, answer.status());
                }
            });
        });
    }

    /** What is listed is bounded, and so is the time: a comparison of each with each would take a minute. */
    @Test
    @Timeout(20)
    void thousandsOfFaultsAreAnsweredAtOnceAndInShort() {
        String names = IntStream.range(0, 5_000)
                .mapToObj(i -> "\"a" + i + "\":1")
                .collect(Collectors.joining(",", "{\"x\":null,", "}"));

        Answer unreadable = problem(service.score(names), 400);
        Answer refused = problem(service.score(names.replace("\"x\":null", "\"x\":1")), 422);
        Answer nulls = problem(service.score(names.replace(":1", ":null")), 400);

        assertThat(unreadable.text().length()).isLessThan(50_000);
        assertThat(details(unreadable))
                .contains("/signals/sessions_7d: signal \"sessions_7d\" is required by schema \"trial-signals\" 1"
                        + " but was not given")
                .last()
                .isEqualTo("/signals: signals that are not in schema \"trial-signals\" 1 and not listed: 4900");
        assertThat(refused.text().length()).isLessThan(50_000);
        assertThat(details(nulls))
                .contains(": the request is wrong in 4001 more places; mend those that are listed first")
                .last()
                .asString()
                .startsWith("/signals/channel: signal \"channel\" is required");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/score", "/score/batch", "/outcome"})
    void halfOfASurrogatePairInANameIsRefused(String path) {
        for (String body :
                List.of("{\"\\ud800\":1}", "{\"signals\":{\"\\ud800\":1}}", "{\"rows\":[{\"\\ud800\":1}]}")) {
            Answer answer = service.post(path, body);

            assertThat(answer.status()).as(body).isBetween(200, 499);
        }
    }

    @Test
    void deepBodyIsRefused() {
        Answer answer = problem(service.post("/score", "{\"signals\": " + "[".repeat(50_000)), 400);

        assertThat(details(answer).get(0)).contains("beyond a limit", "depth");
    }

    @Test
    void bodyInAnotherEncodingIsRefused() {
        byte[] latin = "{\"signals\": {\"country_tier\": \"caf\u00e9\"}}".getBytes(StandardCharsets.ISO_8859_1);
        Answer answer = problem(
                service.send(service.request("/score")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofByteArray(latin))),
                400);

        assertThat(details(answer)).containsExactly(": the request is not text in UTF-8; save it in UTF-8");
    }

    @ParameterizedTest
    @CsvSource({"/score, 65536", "/score/batch, 1048576", "/outcome, 65536", "/health, 65536", "/nothing, 65536"})
    void largeBodyIsRefused(String path, int most) {
        Answer answer = problem(service.post(path, " ".repeat(most + 1)), 413);
        Answer chunked = problem(
                service.send(service.request(path)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[most + 1])))),
                413);

        assertThat(answer.json().get("detail").asString())
                .isEqualTo("The body is longer than " + most + " bytes; send less, such as fewer rows.");
        assertThat(chunked.text()).isEqualTo(answer.text());
    }

    @ParameterizedTest
    @CsvSource({"/score, 65536", "/score/batch, 1048576"})
    void bodyAtItsLimitIsRead(String path, int most) {
        String body = path.equals("/score")
                ? "{\"signals\": " + Artifacts.USER + "}"
                : "{\"rows\": [{\"signals\": " + Artifacts.USER + "}]}";
        String longest = body + " ".repeat(most - body.length());

        assertThat(service.post(path, longest).status()).isEqualTo(200);
        assertThat(service.send(service.request(path)
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofInputStream(
                                        () -> new ByteArrayInputStream(longest.getBytes(StandardCharsets.UTF_8)))))
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"text/plain", "application/xml", "application/x-www-form-urlencoded", "multipart/form-data"})
    void otherContentTypeIsRefused(String type) {
        problem(
                service.send(service.request("/score")
                        .header("Content-Type", type)
                        .POST(BodyPublishers.ofString("{\"signals\": " + Artifacts.USER + "}"))),
                415);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "br", "identity, gzip"})
    void bodyWithAContentEncodingIsRefused(String coding) {
        Answer answer = problem(service.send(coded("/score", coding)), 415);

        assertThat(answer.json().get("detail").asString())
                .isEqualTo("The body has a content encoding; send it as it is, without one.");
        assertThat(answer.header("Accept-Encoding")).isEqualTo("identity");
    }

    @Test
    void bodyThatIsEncodedAsItIsIsRead() {
        assertThat(service.send(coded("/score", "identity")).status()).isEqualTo(200);
    }

    private HttpRequest.Builder coded(String path, String coding) {
        return service.request(path)
                .header("Content-Type", "application/json")
                .header("Content-Encoding", coding)
                .POST(BodyPublishers.ofString("{\"signals\": " + Artifacts.USER + "}"));
    }

    @Test
    void missingContentTypeIsRefused() {
        problem(service.send(service.request("/score").POST(BodyPublishers.ofString("{}"))), 415);
    }

    @Test
    void answerThatNobodyWantsIsRefused() {
        problem(service.send(service.request("/health").header("Accept", "text/csv")), 406);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "DELETE", "PATCH", "TRACE", "GET"})
    void otherMethodIsRefused(String method) {
        problem(service.send(service.request("/score").method(method, BodyPublishers.noBody())), 405);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/nothing",
                "/error",
                "/actuator/env",
                "/actuator/heapdump",
                "/actuator/prometheus",
                "/models",
                "/score/",
                "/static/x.js",
                "/manifest.json",
                "/..%2f..%2fetc/passwd-not",
                "/swagger-ui/nothing.html"
            })
    void unknownPathIsNotFound(String path) {
        Answer answer = service.get(path);

        problem(answer, answer.status() == 400 ? 400 : 404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /%00 HTTP/1.1",
                "GET /[ HTTP/1.1",
                "GET /%zz HTTP/1.1",
                "GET / HTTP/9.9",
                "NONSENSE",
                "GET http://[bad/ HTTP/1.1"
            })
    void requestThatIsNoneGetsNoPage(String line) throws IOException {
        String answer = raw(line + "\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 ").doesNotContain("<html", "Exception", "Tomcat", "\tat ");
        assertThat(answer.charAt("HTTP/1.1 ".length())).isIn('4', '5');
    }

    private String raw(String request) throws IOException {
        try (Socket socket = new Socket("localhost", service.port());
                OutputStream out = socket.getOutputStream()) {
            out.write(request.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void answersAreKeptByNobody() {
        Answer answer = service.score(Artifacts.USER);

        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("Server")).isEmpty();
    }
}
