package io.conversion.policy.records;

import static io.conversion.policy.ShippedSchema.replace;

import io.conversion.core.ModelReference;
import io.conversion.core.json.JsonText;
import io.conversion.core.signals.Evidence;
import io.conversion.core.signals.Violation;
import io.conversion.policy.Comparison;
import io.conversion.policy.Decision.Reason;
import io.conversion.policy.OtherJvm;
import io.conversion.policy.PolicyReference;
import io.conversion.policy.ShippedSchema;
import io.conversion.policy.records.DecisionRecord.Compared;
import io.conversion.policy.records.DecisionRecord.Contribution;
import io.conversion.policy.records.DecisionRecord.Inputs;
import io.conversion.policy.records.DecisionRecord.Numbers;
import io.conversion.policy.records.DecisionRecord.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The shipped JSON Schema and the library say the same about decision records. */
class RecordJsonSchemaTest {

    static final ShippedSchema RECORDS = ShippedSchema.of("conversion-decision-1", DecisionRecord::fromJson);

    private static final String DIGEST = JsonText.sha256(new byte[0]);

    /** With everything that an accepted user can have. */
    private static final DecisionRecord COMPLETE = record(
            new Inputs(Map.of("hours", 2.5), Map.of("plan", DIGEST), List.of()),
            numbers(0.8),
            new Outcome(
                    Reason.GUARDRAIL,
                    "high",
                    List.of(new Compared(Comparison.AT_LEAST, 0.7), new Compared(Comparison.AT_MOST, 1)),
                    "complaint",
                    "call",
                    1,
                    List.of()));

    /** With everything that a refused user can have. */
    private static final DecisionRecord REFUSED = record(
            new Inputs(
                    Map.of(),
                    Map.of(),
                    List.of(new Violation("hours", Violation.Kind.NOT_FINITE, "signal \"hours\" is NaN"))),
            null,
            new Outcome(Reason.INVALID_SIGNALS, null, List.of(), null, "none", 1, List.of("no signals")));

    @Test
    void theSchemaIsAValidJsonSchema() {
        RECORDS.assertIsJsonSchema();
    }

    @Test
    void everyRecordOfTheFirstFormatIsValid() throws IOException {
        Path golden = OtherJvm.testClasses().resolve("io/conversion/policy/records/decision-format-1.jsonl");

        Files.readAllLines(golden).forEach(RECORDS::assertValid);
        RECORDS.assertValid(COMPLETE.toJson());
        RECORDS.assertValid(REFUSED.toJson());
    }

    @ParameterizedTest
    @EnumSource
    void everyReasonIsValid(Reason reason) {
        RECORDS.assertValid(
                record(REFUSED.inputs(), null, new Outcome(reason, null, List.of(), null, "none", 1, List.of()))
                        .toJson());
    }

    @ParameterizedTest
    @ValueSource(
            doubles = {
                0,
                -0.0,
                1,
                -1.5,
                0.1,
                Double.MIN_VALUE,
                Double.MIN_NORMAL,
                -Double.MAX_VALUE,
                0x1.fffffffffffffp-1022,
                0x0.fffffffffffffp-1022,
                0x1p1000,
                0x1p-999,
                0x1p99,
                Double.NaN,
                Double.POSITIVE_INFINITY,
                Double.NEGATIVE_INFINITY
            })
    void everyNumberIsValid(double number) {
        RECORDS.assertValid(
                record(COMPLETE.inputs(), numbers(number), COMPLETE.outcome()).toJson());
    }

    /** Whether a line is sealed by its own digest, no schema can see. */
    @Test
    void whatTheLibraryRefusesForItsShapeIsInvalid() {
        for (DecisionRecord record : List.of(COMPLETE, REFUSED)) {
            Map<String, Object> line = RecordFormat.content(record);
            line.put("digest", DIGEST);

            RECORDS.assertAgrees(
                    line, pointer -> true, problem -> problem.expected().equals("the line is not as it was written"));
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', useHeadersInDisplayName = true, textBlock = """
            FAULT                  | REPLACED                   | BY                           | POINTER
            newer version          | "format_version":1         | "format_version":2           | /format_version
            local time             | 08:00:00Z                  | 08:00:00+01:00               | /moment
            number in decimals     | "0x1.999999999999ap-1"     | "0.8"                        | /score/raw_log_odds
            number, not a text     | "0x1.999999999999ap-1"     | 0.8                          | /score/raw_log_odds
            upper case             | "0x1.999999999999ap-1"     | "0X1.999999999999AP-1"       | /score/raw_log_odds
            zeros at the end       | "0x1.999999999999ap-1"     | "0x1.80p-1"                  | /score/raw_log_odds
            exponent with a plus   | "0x1.999999999999ap-1"     | "0x1.8p+1"                   | /score/raw_log_odds
            exponent too high      | "0x1.999999999999ap-1"     | "0x1.8p1024"                 | /score/raw_log_odds
            exponent too low       | "0x1.999999999999ap-1"     | "0x1.8p-1023"                | /score/raw_log_odds
            subnormal as normal    | "0x1.999999999999ap-1"     | "0x0.8p-1"                   | /score/raw_log_odds
            draw of 1              | "draw":"0x1.0p-3"          | "draw":"0x1.0p0"             | /draw
            draw below 0           | "draw":"0x1.0p-3"          | "draw":"-0x1.0p-3"           | /draw
            draw that is none      | "draw":"0x1.0p-3"          | "draw":"NaN"                 | /draw
            rule of no kind        | "rule":"clipped"           | "rule":"capped"              | /evidence/rules/1/rule
            kind of another reason | "kind":"overridden"        | "kind":"decided"             | /outcome/kind
            reason that is none    | "reason":"guardrail"       | "reason":"guard"             | /outcome/reason
            upper case reason      | "reason":"guardrail"       | "reason":"GUARDRAIL"         | /outcome/reason
            list of signals        | "signals":{"hours":2.5}    | "signals":[2.5]              | /signals
            list of values         | "signals":{"hours":2.5}    | "signals":{"hours":[2.5]}    | /signals/hours
            """)
    void brokenRecordsAreRefusedBySchemaAndLibrary(String fault, String replaced, String by, String pointer) {
        RECORDS.assertInvalidAndRefused(replace(COMPLETE.toJson(), replaced, by), pointer);
    }

    /** The library names the list. */
    @ParameterizedTest
    @ValueSource(strings = {"0x1.8p0", "=> 0x1.8p0", ">=0x1.8p0", ">= 1.5"})
    void brokenComparisonsAreRefusedBySchemaAndLibrary(String comparison) {
        String json = replace(COMPLETE.toJson(), ">= 0x1.6666666666666p-1", comparison);

        RECORDS.assertInvalid(json, "/outcome/probability_is/0");
        RECORDS.assertRefused(json, "/outcome/probability_is");
    }

    @Test
    void everyViolationIsValid() {
        List<Violation> violations = Stream.of(Violation.Kind.values())
                .map(kind -> new Violation("", kind, "a fault"))
                .toList();

        RECORDS.assertValid(record(new Inputs(Map.of(), Map.of(), violations), null, REFUSED.outcome())
                .toJson());
    }

    private static Numbers numbers(double number) {
        List<Evidence.Substitution> rules = Stream.of(Evidence.Rule.values())
                .map(rule -> new Evidence.Substitution("sessions", rule, rule == Evidence.Rule.CLIPPED ? "41" : ""))
                .toList();
        return new Numbers(number, number, number, new Evidence(rules, 0.5, List.of("too little was observed")), false);
    }

    private static DecisionRecord record(Inputs inputs, @Nullable Numbers score, Outcome outcome) {
        return new DecisionRecord(
                "0.1.0",
                "req-4711",
                Instant.parse("2026-01-05T08:00:00Z"),
                new ModelReference("trial", "1", DIGEST),
                new PolicyReference("offers", "4", DIGEST),
                new SchemaReference("signals", "3", DIGEST),
                inputs,
                score,
                "low",
                0.125,
                outcome,
                score == null ? List.of() : List.of(new Contribution("hours", 1.25)));
    }
}
