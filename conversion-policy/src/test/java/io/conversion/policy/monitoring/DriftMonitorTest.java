package io.conversion.policy.monitoring;

import static io.conversion.policy.monitoring.Monitored.START;
import static io.conversion.policy.monitoring.Monitored.decide;
import static io.conversion.policy.monitoring.Monitored.known;
import static io.conversion.policy.monitoring.Monitored.plainUser;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.conversion.core.ConversionModel;
import io.conversion.core.MinimumEvidence;
import io.conversion.core.provenance.ReferenceDistribution;
import io.conversion.core.provenance.SignalDistribution;
import io.conversion.core.provenance.SignalDistribution.Levels;
import io.conversion.core.provenance.SignalDistribution.Numbers;
import io.conversion.core.signals.Violation.Kind;
import io.conversion.policy.Decision;
import io.conversion.policy.Decision.Reason;
import io.conversion.policy.DecisionContext;
import io.conversion.policy.DecisionEvent;
import io.conversion.policy.Policy;
import io.conversion.policy.PolicyEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DriftMonitorTest {

    private final DriftMonitor monitor = DriftMonitor.of(Monitored.MODEL, Monitored.POLICY, DriftOptions.defaults());

    @Test
    void signalsCountInTheBinsOfTheReferenceWithMissingAndUnseenInTheirOwn() {
        monitor.decided(decide(plainUser("hours", null, "plan", "century"), "a", null), 0);
        monitor.decided(decide(plainUser("plan", "year"), "b", null), 0);

        DriftSnapshot counted = monitor.snapshot();
        assertThat(known(counted.signals().get("hours")).missing()).isEqualTo(1);
        assertThat(counted.signals().get("plan"))
                .isEqualTo(new Levels(Map.of("month", 0L, "year", 1L, "decade", 0L), 1, 0));
        assertThat(counted.signals().get("weekend")).isEqualTo(new SignalDistribution.Flags(2, 0, 0));
        Numbers sessions = (Numbers) known(counted.signals().get("sessions"));
        assertThat(sessions.edges()).isEqualTo(reference("sessions").edges());
        assertThat(sessions.rows().get(sessions.bin(10))).isEqualTo(2);
        assertThat(counted.users()).isEqualTo(2);
    }

    @Test
    void clippedValueCountsWhereItIsScoredAndAsClipped() {
        monitor.decided(decide(plainUser("sessions", 500), "a", null), 0);

        DriftSnapshot counted = monitor.snapshot();
        Numbers sessions = (Numbers) known(counted.signals().get("sessions"));
        assertThat(sessions.rows().get(sessions.bin(20))).isEqualTo(1);
        assertThat(counted.clipped()).containsExactly(entry("sessions", 1L));
    }

    @Test
    void refusedReadingCountsByWhatWasWrongAndInNoSignal() {
        monitor.decided(decide(plainUser("sessions", 2.5, "hours", "many", "colour", "red"), "a", null), 0);

        DriftSnapshot counted = monitor.snapshot();
        assertThat(counted.refusals())
                .containsExactly(
                        entry(new Refusal("", Kind.UNKNOWN_SIGNAL), 1L),
                        entry(new Refusal("hours", Kind.WRONG_TYPE), 1L),
                        entry(new Refusal("sessions", Kind.NOT_WHOLE), 1L));
        assertThat(counted.decisions()).containsExactly(entry(Reason.INVALID_SIGNALS, 1L));
        assertThat(counted.users()).isZero();
        assertThat(counted.signals().values()).allMatch(signal -> signal.total() == 0);
    }

    @Test
    void fallbackForWantOfEvidenceCountsWithItsSignalsAndItsProbability() {
        ConversionModel model = Monitored.MODEL.minimumEvidence(MinimumEvidence.of(0, "hours"));
        DriftMonitor strict = DriftMonitor.of(model, Monitored.POLICY, DriftOptions.defaults());

        strict.decided(decide(model, Monitored.POLICY, plainUser("hours", null), "a", null), 0);

        DriftSnapshot counted = strict.snapshot();
        assertThat(counted.decisions()).containsExactly(entry(Reason.INSUFFICIENT_EVIDENCE, 1L));
        assertThat(known(counted.signals().get("hours")).missing()).isEqualTo(1);
        assertThat(counted.probability().missing()).isZero();
        assertThat(counted.probability().total()).isEqualTo(1);
    }

    @Test
    void decisionOfAnotherUnitCountsApartAndNowhereElse() {
        Policy other = Monitored.POLICY.toBuilder("2").build();
        monitor.decided(decide(Monitored.MODEL, other, plainUser(), "a", START), 0);
        monitor.decided(decide(Monitored.BARE, Monitored.POLICY, plainUser(), "b", START), 0);

        DriftSnapshot empty = DriftSnapshot.empty(Monitored.MODEL, Monitored.POLICY);
        assertThat(monitor.snapshot().ofOtherUnits()).isEqualTo(2);
        assertThat(monitor.snapshot().signals()).isEqualTo(empty.signals());
        assertThat(monitor.snapshot().first()).isNull();
    }

    @Test
    void equalModelAndPolicyOfOtherFilesAreTheSameUnit() {
        ConversionModel again = ConversionModel.fromJson(Monitored.MODEL.toJson());
        Policy policyAgain = Policy.fromJson(Monitored.POLICY.toJson());

        monitor.decided(decide(again, policyAgain, plainUser(), "a", START), 0);

        assertThat(monitor.snapshot().users()).isEqualTo(1);
        assertThat(monitor.snapshot().bands()).extracting(BandCounts::users).containsExactly(1L, 0L, 0L);
    }

    @Test
    void usersCountInTheBandOfTheirProbabilityEvenIfTheMarginHeldThePreviousOne() {
        Policy policy = Monitored.POLICY.toBuilder("3").margin(0.2).build();
        DriftMonitor held = DriftMonitor.of(Monitored.MODEL, policy, DriftOptions.defaults());
        DecisionEvent event = DecisionEvent.decide(
                PolicyEngine.of(policy),
                Monitored.MODEL.scorer(),
                Monitored.MODEL.schema().read(plainUser()),
                DecisionContext.NONE.previousSegment("medium"),
                "a",
                null);

        held.decided(event, 0);

        assertThat(event.decision().reason()).isEqualTo(Reason.HELD_BAND);
        assertThat(held.snapshot().bands()).extracting(BandCounts::users).containsExactly(1L, 0L, 0L);
    }

    @Test
    void periodGoesFromTheEarliestToTheLatestMomentInWhateverOrderTheyCome() {
        monitor.decided(decide(plainUser(), "a", START.plusMillis(5_500)), 0);
        monitor.decided(decide(plainUser(), "b", START), 0);
        monitor.decided(decide(plainUser(), "c", null), 0);

        assertThat(monitor.snapshot().first()).isEqualTo(START);
        assertThat(monitor.snapshot().last()).isEqualTo(START.plusSeconds(5));
    }

    /** What a snapshot may read while the first decisions are counted: one end, or two that are not of the same decision. */
    @Test
    void periodWhoseEndsAreReadWhileTheyMoveIsNoneOrInOrder() {
        UnitCounts.Period none = new UnitCounts.Period(null, null);
        UnitCounts.Period tenSeconds = new UnitCounts.Period(START, START.plusSeconds(10));
        long second = START.getEpochSecond();

        assertThat(UnitCounts.Period.of(Long.MAX_VALUE, Long.MIN_VALUE)).isEqualTo(none);
        assertThat(UnitCounts.Period.of(second, Long.MIN_VALUE)).isEqualTo(none);
        assertThat(UnitCounts.Period.of(Long.MAX_VALUE, second)).isEqualTo(none);
        assertThat(UnitCounts.Period.of(second + 10, second)).isEqualTo(tenSeconds);
        assertThat(UnitCounts.Period.of(second, second + 10)).isEqualTo(tenSeconds);
    }

    @Test
    void modelWithoutReferenceCountsBandsAndProbabilitiesBetweenTheirBounds() {
        DriftMonitor bare = DriftMonitor.of(Monitored.BARE, Monitored.POLICY, DriftOptions.defaults());
        bare.decided(decide(Monitored.BARE, Monitored.POLICY, plainUser(), "a", null), 0);

        DriftSnapshot counted = bare.snapshot();
        assertThat(counted.signals()).isEmpty();
        assertThat(counted.probability()).isEqualTo(new Numbers(List.of(0.0, 0.3, 0.6), List.of(0L, 1L, 0L, 0L), 0));
        assertThat(counted.bands()).extracting(BandCounts::users).containsExactly(1L, 0L, 0L);
    }

    /** The same users, with a base rate that shifts all probabilities, are in the same bins. */
    @Test
    void binsOfTheProbabilityShiftWithADeclaredBaseRate() {
        ConversionModel shifted = Monitored.builder()
                .referenceDistribution(Monitored.MODEL.referenceDistribution().orElseThrow())
                .baseRate(0.3, 0.05)
                .build();
        DriftMonitor ofShifted = DriftMonitor.of(shifted, Monitored.POLICY, DriftOptions.defaults());
        Random random = new Random(2);

        for (int i = 0; i < 2_000; i++) {
            Map<String, Object> user = Monitored.user(random);
            monitor.decided(decide(user, "a", null), 0);
            ofShifted.decided(decide(shifted, Monitored.POLICY, user, "a", null), 0);
        }

        assertThat(ofShifted.snapshot().probability())
                .isEqualTo(monitor.snapshot().probability());
        assertThat(ofShifted.snapshot().bands()).isNotEqualTo(monitor.snapshot().bands());
    }

    /** An edge is the probability of a training row, which a score may miss by rounding. */
    @Test
    void probabilityThatIsAnEdgeButForRoundingCountsAtTheEdge() {
        double probability = decide(plainUser(), "a", null).decision() instanceof Decision.Banded banded
                ? banded.score().probability()
                : Double.NaN;
        for (double edge : new double[] {probability, Math.nextUp(Math.nextUp(probability))}) {
            ConversionModel model = Monitored.builder()
                    .referenceDistribution(ReferenceDistribution.of(
                            Monitored.MODEL
                                    .referenceDistribution()
                                    .orElseThrow()
                                    .signals(),
                            new Numbers(List.of(edge), List.of(0L, 100L), 0)))
                    .build();
            DriftMonitor atEdge = DriftMonitor.of(model, Monitored.POLICY, DriftOptions.defaults());

            atEdge.decided(decide(model, Monitored.POLICY, plainUser(), "a", null), 0);

            assertThat(atEdge.snapshot().probability().rows()).containsExactly(0L, 1L);
        }
    }

    @Test
    void manyThreadsLoseNoCount() throws InterruptedException {
        List<DecisionEvent> events = new ArrayList<>();
        Random random = new Random(6);
        for (int i = 0; i < 500; i++) {
            events.add(decide(Monitored.user(random), "request " + i, START.plusSeconds(i)));
        }
        events.forEach(event -> monitor.decided(event, 0));
        DriftMonitor shared = DriftMonitor.of(Monitored.MODEL, Monitored.POLICY, DriftOptions.defaults());

        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            threads.add(new Thread(() -> {
                for (int round = 0; round < 20; round++) {
                    events.forEach(event -> shared.decided(event, 0));
                }
            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }

        DriftSnapshot once = monitor.snapshot();
        DriftSnapshot expected = once;
        for (int i = 1; i < 160; i++) {
            expected = expected.plus(once);
        }
        assertThat(shared.snapshot()).isEqualTo(expected);
    }

    private static Numbers reference(String signal) {
        return (Numbers) known(
                Monitored.MODEL.referenceDistribution().orElseThrow().signals().get(signal));
    }
}
