package io.conversion.policy.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.conversion.core.ConversionModel;
import io.conversion.core.ModelReference;
import io.conversion.core.signals.Evidence;
import io.conversion.core.signals.Evidence.Substitution;
import io.conversion.core.signals.Violation;
import io.conversion.policy.DecisionContext;
import io.conversion.policy.DecisionEvent;
import io.conversion.policy.PolicyEngine;
import io.conversion.policy.PolicyReference;
import io.conversion.policy.RandomUsers;
import io.conversion.policy.records.DecisionRecord.Contribution;
import io.conversion.policy.records.DecisionRecord.Inputs;
import io.conversion.policy.records.DecisionRecord.Numbers;
import io.conversion.policy.records.DecisionRecord.Outcome;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Records that are sealed rightly and hold texts that were written to take long, or to fill a page. */
class LongTextTest {

    private static final int LENGTH = 100_000;
    private static final Duration SECONDS = Duration.ofSeconds(10);
    private static final ConversionModel MODEL = LoggedDecisions.model();
    private static final PolicyEngine ENGINE = PolicyEngine.of(LoggedDecisions.policy());
    private static final DecisionRecord RECORD = IntStream.range(0, 100)
            .mapToObj(seed -> DecisionRecord.of(DecisionEvent.decide(
                    ENGINE,
                    MODEL.scorer(),
                    MODEL.schema().read(RandomUsers.user(new Random(seed))),
                    DecisionContext.NONE,
                    "request",
                    null)))
            .filter(record -> record.score() != null)
            .findFirst()
            .orElseThrow();

    static Stream<String> texts() {
        return Stream.of(
                        "1",
                        "1.",
                        "1.1",
                        "1.1E",
                        "1E",
                        "-",
                        "+1",
                        "9.9E9 ",
                        "/",
                        "~1",
                        "\"",
                        "\\",
                        "\n",
                        "\uD83D\uDE00",
                        " ",
                        "a-",
                        "0x1.",
                        "$1")
                .map(part -> part.repeat(LENGTH / part.length()));
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("texts")
    void replayTakesNoTimeAndSaysLittle(String text) throws IOException {
        String lines = String.join(
                "\n",
                with(text, RECORD.inputs(), RECORD.outcome()),
                with("request", RECORD.inputs(), outcome("guardrail", text, text)),
                with("request", RECORD.inputs(), outcome(text, "action", text)),
                with("request", RECORD.inputs(), outcome(text, text, "1.5" + text)),
                with("request", new Inputs(Map.of(text, text), Map.of(), List.of()), RECORD.outcome()),
                with("request", new Inputs(Map.of(), Map.of(text, text), List.of()), RECORD.outcome()),
                with(
                        "request",
                        new Inputs(Map.of(), Map.of(), List.of(new Violation(text, Violation.Kind.UNREADABLE, text))),
                        RECORD.outcome()),
                ofEvidence(text),
                ofArtifacts(text),
                RECORD.toJson().replace("\"request\":\"request\"", "\"request\":\"request\"," + quoted(text) + ":1"),
                RECORD.toJson()
                        .replace(
                                "0x1.0p0",
                                text.replace("\"", "").replace("\\", "").replace("\n", "")),
                RECORD.toJson().replaceFirst("sha256:", "sha256:" + text.replaceAll("[^0-9]", "")),
                text.replace("\n", ""));

        List<String> sentences = new ArrayList<>();
        assertTimeoutPreemptively(
                SECONDS,
                () -> Replay.of(List.of(MODEL), List.of(ENGINE.policy()))
                        .replay(
                                new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8)),
                                line -> sentences.add(line.outcome().sentence())));

        assertThat(sentences).hasSizeGreaterThanOrEqualTo(12);
        assertThat(sentences).allSatisfy(sentence -> {
            assertThat(sentence).hasSizeLessThan(1_500);
            assertThat(sentence).doesNotContainPattern("\\p{Cc}");
        });
    }

    private static String with(String request, Inputs inputs, Outcome outcome) {
        return line(request, RECORD.model(), RECORD.policy(), inputs, RECORD.score(), outcome, List.of());
    }

    private static Outcome outcome(String guardrail, String action, String details) {
        Outcome decided = RECORD.outcome();
        return new Outcome(
                decided.reason(), decided.segment(), decided.comparisons(), guardrail, action, 1, List.of(details));
    }

    private static String ofEvidence(String text) {
        Numbers score = Objects.requireNonNull(RECORD.score());
        Evidence evidence = new Evidence(
                List.of(new Substitution(text, Evidence.Rule.UNSEEN, text)), 1, List.of(text, "1.5" + text));
        return line(
                "request",
                RECORD.model(),
                RECORD.policy(),
                RECORD.inputs(),
                new Numbers(score.rawLogOdds(), score.logOdds(), score.probability(), evidence, false),
                RECORD.outcome(),
                List.of(new Contribution(text, 1)));
    }

    private static String ofArtifacts(String text) {
        return line(
                "request",
                new ModelReference(text, text, RECORD.policy().digest()),
                new PolicyReference(text, text, RECORD.model().digest()),
                RECORD.inputs(),
                RECORD.score(),
                RECORD.outcome(),
                List.of());
    }

    private static String line(
            String request,
            ModelReference model,
            PolicyReference policy,
            Inputs inputs,
            @Nullable Numbers score,
            Outcome outcome,
            List<Contribution> reasons) {
        return new DecisionRecord(
                        RECORD.library(),
                        request,
                        null,
                        model,
                        policy,
                        RECORD.schema(),
                        inputs,
                        score,
                        request,
                        null,
                        outcome,
                        reasons)
                .toJson();
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
    }
}
