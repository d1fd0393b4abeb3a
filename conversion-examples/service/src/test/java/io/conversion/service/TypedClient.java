package io.conversion.service;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.conversion.service.RunningService.Answer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** A client with types of its own, as one is made of the OpenAPI document: a field that it does not know is an error. */
final class TypedClient {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final RunningService service;

    TypedClient(RunningService service) {
        this.service = service;
    }

    record User(
            String request,
            @JsonProperty("user_key") String userKey,
            @JsonProperty("previous_segment") String previousSegment,
            Map<String, Object> signals) {}

    record Batch(List<User> rows) {}

    record Outcome(String request, boolean converted) {}

    record Reference(String name, String version, String digest) {}

    record Interval(double lower, double upper, double level) {}

    record Reason(
            String signal, @JsonProperty("log_odds") double logOdds, String value, String reference, String reason) {}

    record Rule(String signal, String rule, String given) {}

    record Evidence(@JsonProperty("observed_share") double observedShare, List<String> shortfalls, List<Rule> rules) {}

    record Scored(
            String request,
            @Nullable Double probability,
            @JsonProperty("log_odds") @Nullable Double logOdds,
            @Nullable Interval interval,
            @Nullable String segment,
            String action,
            String reason,
            List<String> details,
            double propensity,
            List<Reason> reasons,
            Evidence evidence,
            Reference model,
            Reference policy,
            long revision) {}

    record Row(int row, @Nullable Scored answer, @Nullable Problem problem) {}

    record ScoredBatch(int answered, int refused, List<Row> rows) {}

    record Mistake(
            String pointer,
            @Nullable String signal,
            @Nullable String code,
            String detail) {}

    record Problem(
            @Nullable String type,
            String title,
            int status,
            @Nullable String detail,
            @Nullable String instance,
            @Nullable List<Mistake> errors,
            @Nullable String request,
            @Nullable String action,
            @Nullable String reason,
            @Nullable Reference model,
            @Nullable Reference policy,
            @Nullable Long revision) {

        List<Mistake> mistakes() {
            return errors == null ? List.of() : errors;
        }
    }

    record Counted(String request, String outcome) {}

    Scored score(User user) {
        return expect(post("/score", user), Scored.class);
    }

    ScoredBatch score(Batch batch) {
        return expect(post("/score/batch", batch), ScoredBatch.class);
    }

    Counted outcome(Outcome outcome) {
        return expect(post("/outcome", outcome), Counted.class);
    }

    Problem refused(String path, Object body) {
        Answer answer = post(path, body);
        if (answer.status() < 400) {
            throw new AssertionError(answer.text());
        }
        return JSON.readValue(answer.text(), Problem.class);
    }

    private Answer post(String path, Object body) {
        return service.post(path, JSON.writeValueAsString(body));
    }

    private static <T> T expect(Answer answer, Class<T> type) {
        if (answer.status() != 200) {
            throw new AssertionError(answer.text());
        }
        return JSON.readValue(answer.text(), type);
    }
}
