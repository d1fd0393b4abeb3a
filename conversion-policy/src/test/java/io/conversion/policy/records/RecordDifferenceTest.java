package io.conversion.policy.records;

import static org.assertj.core.api.Assertions.assertThat;

import io.conversion.core.ModelReference;
import io.conversion.core.signals.Evidence;
import io.conversion.core.signals.Evidence.Rule;
import io.conversion.core.signals.Evidence.Substitution;
import io.conversion.policy.Comparison;
import io.conversion.policy.Decision.Reason;
import io.conversion.policy.PolicyReference;
import io.conversion.policy.records.DecisionRecord.Compared;
import io.conversion.policy.records.DecisionRecord.Inputs;
import io.conversion.policy.records.DecisionRecord.Numbers;
import io.conversion.policy.records.DecisionRecord.Outcome;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecordDifferenceTest {

    private static final String DIGEST = "sha256:" + "0".repeat(64);

    private final DecisionRecord record = record(List.of("9.5 hours are below 12"), "175.0", 0.5, 1);

    @Test
    void recordDoesNotDifferFromItself() {
        assertThat(RecordDifference.first(record, record)).isEmpty();
    }

    /** Java 17 writes some doubles with one digit more than later ones do. */
    @Test
    void sentencesAndGivenValuesAreEqualIfTheirNumbersAre() {
        assertThat(RecordDifference.first(record, record(List.of("9.500 hours are below 12"), "1.75E2", 0.5, 1)))
                .isEmpty();
        assertThat(difference(record(List.of("9.6 hours are below 12"), "175.0", 0.5, 1)))
                .isEqualTo("outcome/details/0: recorded 9.5 hours are below 12, recomputed 9.6 hours are below 12");
        assertThat(difference(record(List.of("9.5 hours are below 12"), "176.0", 0.5, 1)))
                .isEqualTo("evidence/rules/0/given: recorded 175.0, recomputed 176.0");
    }

    @Test
    void whatIsNoProseIsComparedAsItStands() {
        assertThat(difference(record(List.of("9.5 hours are below 12"), "175.0", Math.nextUp(0.5), 1)))
                .isEqualTo("outcome/probability_is/0: recorded >= 0x1.0p-1, recomputed >= 0x1.0000000000001p-1");
        assertThat(difference(record(List.of("9.5 hours are below 12"), "175.0", 0.5, Math.nextDown(1.0))))
                .isEqualTo("outcome/propensity: recorded 0x1.0p0, recomputed 0x1.fffffffffffffp-1");
    }

    @Test
    void entryThatOneOfThemLacksIsNothing() {
        DecisionRecord longer = record(List.of("9.5 hours are below 12", "and no country"), "175.0", 0.5, 1);

        assertThat(difference(longer)).isEqualTo("outcome/details/1: recorded nothing, recomputed and no country");
        assertThat(RecordDifference.first(longer, record).orElseThrow().sentence())
                .isEqualTo("outcome/details/1: recorded and no country, recomputed nothing");
        assertThat(difference(record(List.of(), "175.0", 0.5, 1)))
                .isEqualTo("outcome/details: recorded [9.5 hours are below 12], recomputed nothing");
    }

    private String difference(DecisionRecord recomputed) {
        return RecordDifference.first(record, recomputed).orElseThrow().sentence();
    }

    private static DecisionRecord record(List<String> details, String given, double bound, double propensity) {
        Evidence evidence = new Evidence(List.of(new Substitution("hours", Rule.CLIPPED, given)), 1, List.of());
        return new DecisionRecord(
                "0.1.0",
                "req-1",
                null,
                new ModelReference("trial", "1", DIGEST),
                new PolicyReference("offers", "1", DIGEST),
                new SchemaReference("signals", "1", DIGEST),
                new Inputs(Map.of("hours", 168.0), Map.of(), List.of()),
                new Numbers(0.25, 0.25, 0.5621765008857981, evidence, false),
                null,
                null,
                new Outcome(
                        Reason.BAND,
                        "high",
                        List.of(new Compared(Comparison.AT_LEAST, bound)),
                        null,
                        "offer",
                        propensity,
                        details),
                List.of());
    }
}
