package io.conversion.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.conversion.service.RunningService.Answer;
import io.conversion.service.TypedClient.Batch;
import io.conversion.service.TypedClient.Problem;
import io.conversion.service.TypedClient.Row;
import io.conversion.service.TypedClient.Scored;
import io.conversion.service.TypedClient.ScoredBatch;
import io.conversion.service.TypedClient.User;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The OpenAPI document, the service and a client with types of its own say the same. */
class OpenApiTest {

    private final RunningService service = RunningService.shared();
    private final TypedClient client = new TypedClient(service);
    private final JsonNode document = service.get("/v3/api-docs").json();
    private final JsonNode signals = document.at("/components/schemas/Signals");

    @Test
    void signalsAreThoseOfTheServedModel() {
        assertThat(signals.get("additionalProperties").asBoolean()).isFalse();
        assertThat(signals.get("required").valueStream().map(JsonNode::asString))
                .containsExactlyInAnyOrder(
                        "days_since_signup", "sessions_7d", "content_hours_7d", "country_tier", "channel");
        assertThat(signals.at("/properties/days_since_signup").toString())
                .isEqualTo("{\"type\":\"integer\",\"description\":\"in days\",\"maximum\":365,\"minimum\":0}");
        assertThat(signals.at("/properties/content_hours_7d").toString())
                .isEqualTo("{\"type\":\"number\",\"description\":\"in hours; clipped to the range from 0 to 168\"}");
        assertThat(signals.at("/properties/country_tier").toString())
                .isEqualTo("{\"type\":\"string\",\"enum\":[\"tier_1\",\"tier_2\",\"tier_3\"]}");
        assertThat(signals.at("/properties/channel/description").asString())
                .isEqualTo("one of search, other; another one is scored by a rule");
        assertThat(signals.at("/properties/complained/type").asString()).isEqualTo("boolean");
        assertThat(document.at("/components/schemas/ScoreRequest/properties/signals")
                        .toString())
                .isEqualTo("{\"$ref\":\"#/components/schemas/Signals\"}");
    }

    @Test
    void exampleIsTheReferenceUserAndIsAccepted() {
        Answer answer = service.score(signals.get("example").toString());

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().get("log_odds").asDouble())
                .isEqualTo(Artifacts.model()
                        .scorer()
                        .score(Artifacts.model().referenceUser())
                        .logOdds());
    }

    @Test
    void serviceAcceptsABodyExactlyIfItIsValidByTheDocument() {
        Schema bodies = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(
                        "{\"$ref\":\"#/components/schemas/ScoreRequest\",\"components\":" + document.get("components")
                                + "}",
                        InputFormat.JSON);
        int refused = 0;
        for (String body : bodies()) {
            boolean valid = bodies.validate(body, InputFormat.JSON).isEmpty();
            Answer answer = service.post("/score", body);

            assertThat(answer.status() == 200).as(body + "\n" + answer.text()).isEqualTo(valid);
            assertThat(answer.status()).isIn(200, 400, 422);
            refused += valid ? 0 : 1;
        }

        assertThat(refused).isGreaterThan(30);
    }

    /** The example, and the example with one thing changed: each signal left out or given each of many values, and so on. */
    private List<String> bodies() {
        List<String> bodies = new ArrayList<>();
        String example = signals.get("example").toString();
        bodies.add("{\"signals\":" + example + "}");
        bodies.add("{\"request\":\"r\",\"user_key\":\"u\",\"previous_segment\":\"s\",\"signals\":" + example + "}");
        bodies.add("{\"request\":7,\"signals\":" + example + "}");
        bodies.add("{\"request\":\"" + "x".repeat(501) + "\",\"signals\":" + example + "}");
        bodies.add("{\"colour\":\"red\",\"signals\":" + example + "}");
        bodies.add("{\"signals\":[]}");
        bodies.add("{}");
        List<String> values = List.of(
                "0",
                "-1",
                "1",
                "2.5",
                "4.0",
                "365",
                "366",
                "500",
                "501",
                "1e15",
                "\"5\"",
                "\"tier_1\"",
                "\"Tier_1\"",
                "\"\"",
                "\"search\"",
                "true",
                "false",
                "[]",
                "{}");
        for (String name : signals.get("properties").propertyNames()) {
            ObjectNode without = (ObjectNode) signals.get("example").deepCopy();
            without.remove(name);
            bodies.add("{\"signals\":" + without + "}");
            for (String value : values) {
                ObjectNode changed = without.deepCopy();
                changed.set(name, RunningService.JSON.readTree(value));
                bodies.add("{\"signals\":" + changed + "}");
            }
        }
        return bodies;
    }

    @Test
    void typesOfTheClientAreThoseOfTheDocument() {
        Map<String, Class<? extends Record>> types = Map.of(
                "ScoreRequest", User.class,
                "BatchRequest", Batch.class,
                "ScoreAnswer", Scored.class,
                "BatchAnswer", ScoredBatch.class,
                "ArtifactReference", TypedClient.Reference.class,
                "EvidenceAnswer", TypedClient.Evidence.class,
                "SignalReason", TypedClient.Reason.class,
                "RuleApplied", TypedClient.Rule.class,
                "Fault", TypedClient.Mistake.class,
                "Problem", Problem.class);

        types.forEach((name, type) -> assertThat(document.at("/components/schemas/" + name + "/properties")
                        .propertyNames())
                .as(name)
                .containsExactlyInAnyOrderElementsOf(names(type)));
    }

    private static List<String> names(Class<? extends Record> type) {
        return Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getName)
                .map(name -> name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT))
                .toList();
    }

    @Test
    void typedClientScoresAUserAndABatch() {
        User good = user("good", "tier_1");
        User bad = user("bad", "Tier_1");

        Scored one = client.score(good);
        ScoredBatch batch = client.score(new Batch(List.of(good, bad)));
        Problem problem = client.refused("/score", bad);

        assertThat(one.segment()).isEqualTo("high_intent");
        assertThat(batch.rows().stream().map(Row::answer)).containsExactly(one, null);
        Problem ofRow = Objects.requireNonNull(batch.rows().get(1).problem());
        assertThat(problem.mistakes()).extracting(TypedClient.Mistake::code).containsExactly("UNSEEN_LEVEL");
        assertThat(problem.model()).isEqualTo(one.model());
        assertThat(problem.policy()).isEqualTo(one.policy());
        assertThat(problem.revision()).isEqualTo(one.revision());
        assertThat(problem.reason()).isEqualTo("invalid_signals");
        assertThat(ofRow.revision()).isEqualTo(one.revision());
        assertThat(ofRow.mistakes())
                .extracting(TypedClient.Mistake::pointer)
                .containsExactly("/rows/1/signals/country_tier");
    }

    private static User user(String request, String tier) {
        return new User(
                request,
                "user-1",
                "low_intent",
                Map.of(
                        "days_since_signup",
                        4,
                        "sessions_7d",
                        9,
                        "content_hours_7d",
                        6.5,
                        "downloads_7d",
                        2,
                        "country_tier",
                        tier,
                        "channel",
                        "search",
                        "complained",
                        false));
    }

    @Test
    void everyPathSaysHowItRefuses() {
        assertThat(document.get("paths").propertyNames())
                .containsExactlyInAnyOrder(
                        "/score",
                        "/score/batch",
                        "/health",
                        "/model",
                        "/policy",
                        "/outcome",
                        "/drift",
                        "/drift/snapshot");
        assertThat(document.at("/paths/~1score/post/responses").propertyNames())
                .containsExactlyInAnyOrder("200", "400", "413", "415", "422");
        Stream.of("400", "413", "415", "422")
                .forEach(status -> assertThat(document.at("/paths/~1score/post/responses/" + status
                                        + "/content/application~1problem+json/schema/$ref")
                                .asString())
                        .isEqualTo("#/components/schemas/Problem"));
    }

    @Test
    void pageOfTheDocumentIsServedFromHereAlone() {
        Answer page = service.get("/swagger-ui/index.html");

        assertThat(service.get("/swagger-ui.html").header("Location")).endsWith("/swagger-ui/index.html");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.text()).contains("swagger-ui").doesNotContain("http://", "https://");
        assertThat(page.header("Content-Security-Policy")).startsWith("default-src 'self'");
    }
}
