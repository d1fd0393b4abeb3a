package io.conversion.experiments.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.conversion.experiments.Finding;
import io.conversion.experiments.Refusal;
import io.conversion.experiments.value.BandValue;
import io.conversion.experiments.value.OffPolicyEvaluation;
import io.conversion.experiments.value.OffPolicyReadout;
import io.conversion.experiments.value.ValueAnswer.Estimated;
import io.conversion.experiments.value.ValueAnswer.Refused;
import io.conversion.model.data.InvalidDataException;
import io.conversion.policy.Policy;
import io.conversion.policy.records.Redaction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the records of a service that explores to the value of another policy. */
class RecordedLogTest {

    private static final int USERS = 12_000;

    /** Offers from 0.25 on, where the policy in force offers from 0.5 on. */
    private static final Policy CANDIDATE =
            ExploringService.policy("2", "nothing", "offer", "offer").build();

    @TempDir
    private Path folder;

    private final ExploringService service = new ExploringService(USERS, 1, Redaction.NONE);

    private Path file(String name, List<String> lines) throws IOException {
        return Files.write(folder.resolve(name), lines);
    }

    private RecordedLog read(Policy policy, List<String> records, List<String> outcomes) throws IOException {
        return RecordedLog.of(policy, List.of(ExploringService.MODEL.schema()))
                .inForce(List.of(ExploringService.IN_FORCE))
                .windowDays(20)
                .read(
                        List.of(file("records.jsonl", records)),
                        List.of(file("outcomes.csv", outcomes)),
                        ExploringService.LATER,
                        bytes -> {});
    }

    private OffPolicyReadout evaluated(Policy policy) throws IOException {
        RecordedLog log = read(policy, service.records, service.byKey);
        return OffPolicyEvaluation.of(log.decisions()).evaluate(log.target());
    }

    @Test
    void theValueOfAnotherPolicyIsRecovered() throws IOException {
        OffPolicyReadout readout = evaluated(CANDIDATE);

        double truth = ExploringService.truth(CANDIDATE);
        assertThat(readout.logged().value()).isCloseTo(service.brought, within(1e-12));
        assertThat(readout.answer()).isInstanceOfSatisfying(Estimated.class, value -> {
            assertThat(value.interval().lower()).isLessThan(truth);
            assertThat(value.interval().upper()).isGreaterThan(truth);
            // Closer than the weights alone say it.
            assertThat(value.best().standardError())
                    .isLessThan(value.estimates().get(0).standardError());
        });
        assertThat(readout.bands()).extracting(BandValue::band).containsExactly("low", "medium", "high");
        assertThat(readout.log().findings()).isEmpty();
    }

    @Test
    void outcomesOfRequestsAndOfKeysSayTheSame() throws IOException {
        RecordedLog byKey = read(CANDIDATE, service.records, service.byKey);
        RecordedLog byRequest = read(CANDIDATE, service.records, service.byRequest);

        assertThat(OffPolicyEvaluation.of(byRequest.decisions())
                        .evaluate(byRequest.target())
                        .answer())
                .isEqualTo(OffPolicyEvaluation.of(byKey.decisions())
                        .evaluate(byKey.target())
                        .answer());
    }

    @Test
    void theOrderOfLinesShowsNowhere() throws IOException {
        List<String> records = new ArrayList<>(service.records);
        List<String> outcomes = new ArrayList<>(service.byKey.subList(1, service.byKey.size()));
        Collections.shuffle(records, new Random(3));
        Collections.shuffle(outcomes, new Random(4));
        outcomes.add(0, service.byKey.get(0));

        RecordedLog shuffled = read(CANDIDATE, records, outcomes);

        assertThat(OffPolicyEvaluation.of(shuffled.decisions())
                        .evaluate(shuffled.target())
                        .toJson())
                .isEqualTo(evaluated(CANDIDATE).toJson());
    }

    @Test
    void thePolicyInForceItselfHasTheMeanOfTheLog() throws IOException {
        OffPolicyReadout readout = evaluated(ExploringService.IN_FORCE);

        assertThat(readout.answer()).isInstanceOfSatisfying(Estimated.class, value -> {
            assertThat(value.estimates().get(0).value())
                    .isEqualTo(readout.logged().value());
            assertThat(value.support().effectiveUsers()).isEqualTo(USERS);
        });
        assertThat(readout.kind()).isEqualTo(OffPolicyReadout.Kind.OPEN);
    }

    @Test
    void aBandWhereTheActionWasNeverTakenIsRefusedAndTheWholeWithIt() throws IOException {
        OffPolicyReadout readout = evaluated(
                ExploringService.policy("3", "offer", "offer", "offer").build());

        assertThat(readout.answer()).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.refusals()).extracting(Refusal::code).containsExactly("action_not_logged");
            assertThat(refused.refusals().get(0).reason()).startsWith("in band \"low\" none of the ");
            assertThat(refused.refusals().get(0).remedy())
                    .startsWith(
                            "let the policy in force explore \"offer\" in band \"low\" with a share of 0.1 for about ");
        });
        assertThat(readout.bands().get(0).answer()).isInstanceOf(Refused.class);
        assertThat(readout.bands().get(1).answer()).isInstanceOf(Estimated.class);
        assertThat(readout.sentence())
                .startsWith("Cannot know what policy \"offers 3\" would have brought: in band \"low\" none of the ");
    }

    @Test
    void redactedSignalsDoNotMatterWithoutGuardrails() throws IOException {
        ExploringService redacting = new ExploringService(
                USERS, 1, Redaction.of(ExploringService.MODEL.schema(), Set.of("sessions"), "pepper"));

        RecordedLog log = read(CANDIDATE, redacting.records, redacting.byKey);

        assertThat(OffPolicyEvaluation.of(log.decisions())
                        .evaluate(log.target())
                        .answer())
                .isEqualTo(evaluated(CANDIDATE).answer());
    }

    @Test
    void whatIsLeftOutIsCountedAndNamed() throws IOException {
        List<String> records = new ArrayList<>(service.records);
        records.add("{}");
        records.add(service.records.get(0));
        List<String> outcomes = new ArrayList<>(service.byKey);
        outcomes.add(outcomes.get(1));
        outcomes.add("nobody,2026-12-24T18:00:00Z,converted,1");
        outcomes.add("user-1,2026-12-24 18:00,converted,1");
        outcomes.add("user-1,2026-12-24T18:00:00Z,converted,many");
        outcomes.add("user-1,2026-11-01T18:00:00Z,converted,1");
        outcomes.add("user-1,2027-02-24T18:00:00Z,converted,1");
        outcomes.add("user-1,2037-02-24T18:00:00Z,converted,1");

        RecordedLog log = read(CANDIDATE, records, outcomes);

        assertThat(log.decisions().findings())
                .extracting(Finding::code)
                .containsExactly(
                        "unreadable_records",
                        "later_decisions",
                        "unreadable_outcomes",
                        "outcomes_without_moment",
                        "outcomes_ahead",
                        "unknown_users",
                        "outcomes_before_decision",
                        "late_outcomes",
                        "double_outcomes");
        assertThat(OffPolicyEvaluation.of(log.decisions())
                        .evaluate(log.target())
                        .answer())
                .isEqualTo(evaluated(CANDIDATE).answer());
    }

    @Test
    void keysOfOtherUsersAreRefused() throws IOException {
        List<String> outcomes = service.byKey.stream()
                .map(line -> line.replace("user-", "konto-"))
                .toList();

        RecordedLog log = read(CANDIDATE, service.records, outcomes);

        assertThat(OffPolicyEvaluation.of(log.decisions())
                        .evaluate(log.target())
                        .answer())
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.refusals())
                                .extracting(Refusal::code)
                                .contains("unknown_users"));
    }

    @Test
    void outcomesByKeyNeedTheSalts() throws IOException {
        Path records = file("records.jsonl", service.records);
        Path outcomes = file("outcomes.csv", service.byKey);

        assertThatThrownBy(() -> RecordedLog.of(CANDIDATE, List.of(ExploringService.MODEL.schema()))
                        .read(List.of(records), List.of(outcomes), ExploringService.LATER, bytes -> {}))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageStartingWith(
                        "outcomes.csv: outcomes by key need the policies or experiments that were in force");
    }

    @Test
    void severalMetricsNeedAName() throws IOException {
        List<String> outcomes = new ArrayList<>(service.byKey);
        outcomes.add("user-1,2026-12-02T18:00:00Z,revenue,40");

        assertThatThrownBy(() -> read(CANDIDATE, service.records, outcomes))
                .isInstanceOf(InvalidDataException.class)
                .hasMessage("the outcomes are of the metrics \"converted\", \"revenue\"; name one of them");
    }
}
