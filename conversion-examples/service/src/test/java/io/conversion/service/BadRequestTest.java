package io.conversion.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.conversion.service.RunningService.Answer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

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
                Arguments.of("   ", ": the body is empty; expected a JSON object"),
                Arguments.of("[]", ": the body is a list; expected an object"),
                Arguments.of("{}", "/signals: /signals is missing; expected an object"),
                Arguments.of("{\"signals\": 5}", "/signals: /signals is 5.0; expected an object"),
                Arguments.of(
                        "{\"signals\": {}",
                        ": the body is cut off at line 1, column 15; the body is not complete:"
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
                        ": the body is longer than its JSON document; nothing may follow the" + " closing brace"));
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void bodyThatIsNoneIsRefused(String body, String first) {
        assertThat(details(problem(service.post("/score", body), 400))).contains(first);
    }

    @Test
    void deepBodyIsRefused() {
        Answer answer = problem(service.post("/score", "{\"signals\": " + "[".repeat(100_000)), 400);

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

        assertThat(details(answer)).containsExactly(": the body is not text in UTF-8; save it in UTF-8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/score", "/score/batch", "/outcome"})
    void largeBodyIsRefused(String path) {
        Answer answer = problem(service.post(path, " ".repeat(1_048_577)), 413);

        assertThat(answer.json().get("detail").asString())
                .isEqualTo("The body is longer than 1048576 bytes; send less, such as fewer rows.");
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
