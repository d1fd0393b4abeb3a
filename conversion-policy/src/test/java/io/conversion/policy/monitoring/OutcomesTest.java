package io.conversion.policy.monitoring;

import static io.conversion.policy.monitoring.Monitored.START;
import static io.conversion.policy.monitoring.Monitored.decide;
import static io.conversion.policy.monitoring.Monitored.known;
import static io.conversion.policy.monitoring.Monitored.plainUser;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.conversion.policy.Decision;
import io.conversion.policy.DecisionEvent;
import io.conversion.policy.monitoring.DriftOptions.Unreported;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OutcomesTest {

    private static final Duration DAY = Duration.ofDays(1);
    private static final DriftOptions OPTIONS =
            DriftOptions.defaults().outcomesWithin(Duration.ofDays(7), Unreported.NOT_CONVERTED);

    // A decision of the first day is settled from here on: seven days of window and one to report.
    private static final Instant SETTLED = START.plus(Duration.ofDays(8)).plusSeconds(1);

    private final DriftMonitor monitor = DriftMonitor.of(Monitored.MODEL, Monitored.POLICY, OPTIONS);

    @Test
    void conversionCountsOnceTheWindowAndTheTimeToReportHavePassedAndNotBefore() {
        DecisionEvent event = decide(plainUser(), "a", START);
        monitor.decided(event, 0);

        assertThat(monitor.outcome("a", true, START.plus(DAY))).isEqualTo(OutcomeAnswer.COUNTED);
        monitor.settle(SETTLED.minusSeconds(1));
        assertThat(low(monitor).users()).isZero();
        assertThat(monitor.snapshot().followUp().pending()).isEqualTo(1);

        monitor.settle(SETTLED);
        double probability = ((Decision.Banded) event.decision()).score().probability();
        assertThat(low(monitor).users()).isEqualTo(1);
        assertThat(low(monitor).conversions()).isEqualTo(1);
        assertThat(low(monitor).expected()).isCloseTo(probability, within(5e-7));
        assertThat(low(monitor).variance()).isCloseTo(probability * (1 - probability), within(5e-7));
        assertThat(monitor.snapshot().actions().get("wait")).isEqualTo(low(monitor));
        assertThat(monitor.snapshot().followUp()).isEqualTo(FollowUp.NONE);
    }

    @Test
    void laterDecisionsSettleEarlierOnes() {
        monitor.decided(decide(plainUser(), "a", START), 0);

        monitor.decided(decide(plainUser(), "b", SETTLED), 0);

        assertThat(low(monitor).users()).isEqualTo(1);
        assertThat(monitor.snapshot().followUp().pending()).isEqualTo(1);
    }

    @Test
    void outcomesCountInTheDayInWhichTheyAreSettledAndWhatIsPendingIsOfTheLaterSnapshot() {
        monitor.decided(decide(plainUser(), "a", START), 0);
        monitor.decided(decide(plainUser(), "b", START.plus(DAY)), 0);
        DriftSnapshot before = monitor.snapshot();
        monitor.settle(SETTLED);

        DriftSnapshot since = monitor.snapshot().since(before);

        assertThat(since.users()).isZero();
        assertThat(since.bands().get(0).outcomes().users()).isEqualTo(1);
        assertThat(since.followUp()).isEqualTo(new FollowUp(1, 0, 1, 0, 0, 0, 0));
        assertThatThrownBy(() -> before.since(monitor.snapshot()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("; give an earlier one of the same monitor");
    }

    @Test
    void decisionThatCameLaterWithAnEarlierMomentIsSettledFirst() {
        monitor.decided(decide(plainUser(), "far ahead", Instant.parse("9999-01-01T00:00:00Z")), 0);
        monitor.decided(decide(plainUser(), "a", START), 0);

        monitor.settle(SETTLED);

        assertThat(low(monitor).users()).isEqualTo(1);
    }

    @Test
    void withoutReportAUserHasNotConvertedOrIsLeftOutAsDeclared() {
        DriftMonitor leavingOut = DriftMonitor.of(
                Monitored.MODEL, Monitored.POLICY, OPTIONS.outcomesWithin(Duration.ofDays(7), Unreported.LEFT_OUT));
        for (DriftMonitor each : List.of(monitor, leavingOut)) {
            each.decided(decide(plainUser(), "a", START), 0);
            each.decided(decide(plainUser(), "b", START), 0);
            each.outcome("b", false, START.plus(Duration.ofDays(7)));
            each.settle(SETTLED);
        }

        assertThat(low(monitor).users()).isEqualTo(2);
        assertThat(low(leavingOut).users()).isEqualTo(1);
        assertThat(low(leavingOut).conversions()).isZero();
        assertThat(monitor.snapshot().followUp().unreported()).isEqualTo(1);
        assertThat(leavingOut.snapshot().followUp().unreported()).isEqualTo(1);
    }

    @Test
    void eachReportIsAnsweredByItsKindAndTheFirstStands() {
        monitor.decided(decide(plainUser(), "a", START), 0);
        Instant windowEnd = START.plus(Duration.ofDays(7));

        assertThat(monitor.outcome("b", true, START)).isEqualTo(OutcomeAnswer.UNKNOWN_REQUEST);
        assertThat(monitor.outcome("a", true, START.minusNanos(1))).isEqualTo(OutcomeAnswer.TOO_EARLY);
        assertThat(monitor.outcome("a", true, windowEnd.plusNanos(1))).isEqualTo(OutcomeAnswer.TOO_LATE);
        assertThat(monitor.outcome("a", false, windowEnd)).isEqualTo(OutcomeAnswer.COUNTED);
        assertThat(monitor.outcome("a", true, START)).isEqualTo(OutcomeAnswer.REPORTED_TWICE);
        monitor.settle(SETTLED);
        assertThat(monitor.outcome("a", true, START)).isEqualTo(OutcomeAnswer.UNKNOWN_REQUEST);

        assertThat(low(monitor).conversions()).isZero();
        assertThat(monitor.snapshot().followUp()).isEqualTo(new FollowUp(0, 0, 0, 2, 1, 1, 1));
    }

    /** Who converted says so with the day of it; who did not is reported by the same job, with the day of the job. */
    @Test
    void jobThatReportsEverybodyAfterTheWindowHasBothOutcomesCounted() {
        DriftMonitor leavingOut = DriftMonitor.of(
                Monitored.MODEL, Monitored.POLICY, OPTIONS.outcomesWithin(Duration.ofDays(7), Unreported.LEFT_OUT));
        for (String request : List.of("a", "b", "c")) {
            leavingOut.decided(decide(plainUser(), request, START), 0);
        }
        Instant job = START.plus(Duration.ofDays(8));

        assertThat(leavingOut.outcome("a", true, START.plus(DAY))).isEqualTo(OutcomeAnswer.COUNTED);
        assertThat(leavingOut.outcome("b", false, job)).isEqualTo(OutcomeAnswer.COUNTED);
        assertThat(leavingOut.outcome("c", true, job)).isEqualTo(OutcomeAnswer.TOO_LATE);
        assertThat(leavingOut.outcome("c", false, job)).isEqualTo(OutcomeAnswer.COUNTED);

        leavingOut.settle(SETTLED);
        assertThat(low(leavingOut).users()).isEqualTo(3);
        assertThat(low(leavingOut).conversions()).isEqualTo(1);
    }

    @Test
    void thatSomebodyDidNotConvertIsTooEarlyBeforeTheWindowEndsAndKeepsNoConversionFromCounting() {
        monitor.decided(decide(plainUser(), "a", START), 0);

        assertThat(monitor.outcome("a", false, START.plus(DAY))).isEqualTo(OutcomeAnswer.TOO_EARLY);
        assertThat(monitor.outcome("a", false, START.plus(Duration.ofDays(7)).minusNanos(1)))
                .isEqualTo(OutcomeAnswer.TOO_EARLY);
        assertThat(monitor.outcome("a", true, START.plus(DAY.multipliedBy(5)))).isEqualTo(OutcomeAnswer.COUNTED);

        monitor.settle(SETTLED);
        assertThat(low(monitor).conversions()).isEqualTo(1);
        assertThat(monitor.snapshot().followUp()).isEqualTo(new FollowUp(0, 0, 0, 0, 0, 2, 0));
    }

    @Test
    void decisionIsFollowedUntilItIsSettledWhateverIsReportedOfIt() {
        monitor.decided(decide(plainUser(), "a", START), 0);

        assertThat(monitor.follows("a")).isTrue();
        assertThat(monitor.follows("b")).isFalse();
        monitor.outcome("a", true, START);
        assertThat(monitor.follows("a")).isTrue();
        monitor.settle(SETTLED);
        assertThat(monitor.follows("a")).isFalse();
        assertThat(monitor.snapshot().followUp()).isEqualTo(FollowUp.NONE);
    }

    /**
     * Of request 0 to request 9 the share of 0.3 has those whose number is below it. The numbers come from another
     * implementation:
     *
     * <pre>{@code
     * python3 -c '
     * import hashlib
     * for i in range(10):
     *     text = "io.conversion.policy.monitoring.followed\0request %d" % i
     *     print(i, (int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big") >> 11) * 2**-53)'
     * }</pre>
     */
    @Test
    void shareOfRequestsThatIsFollowedIsDrawnFromTheirNamesAlone() {
        List<String> expected = List.of("request 5", "request 6");
        for (int instance = 0; instance < 2; instance++) {
            DriftMonitor sharing = DriftMonitor.of(Monitored.MODEL, Monitored.POLICY, OPTIONS.followedShare(0.3));
            List<String> followed = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                String request = "request " + i;
                sharing.decided(decide(plainUser("sessions", 10 * instance), request, START), 0);
                OutcomeAnswer answer = sharing.outcome(request, true, START);
                assertThat(answer).isIn(OutcomeAnswer.COUNTED, OutcomeAnswer.NOT_IN_SHARE);
                if (answer == OutcomeAnswer.COUNTED) {
                    followed.add(request);
                }
            }

            assertThat(followed).isEqualTo(expected);
            assertThat(sharing.snapshot().followUp()).isEqualTo(new FollowUp(expected.size(), 0, 0, 0, 0, 0, 0));
        }
    }

    @Test
    void decisionsThatCannotBeFollowedAreCountedAsDropped() {
        DriftMonitor small = DriftMonitor.of(Monitored.MODEL, Monitored.POLICY, OPTIONS.pendingCapacity(1));
        small.decided(decide(plainUser(), "no moment", null), 0);
        small.decided(decide(plainUser(), "x".repeat(501), START), 0);
        small.decided(decide(plainUser(), "a", START), 0);
        small.decided(decide(plainUser(), "no room", START), 0);

        assertThat(small.snapshot().followUp().pending()).isEqualTo(1);
        assertThat(small.snapshot().followUp().pendingDropped()).isEqualTo(3);
        small.settle(SETTLED);
        small.decided(decide(plainUser(), "room again", SETTLED), 0);
        assertThat(small.snapshot().followUp().pending()).isEqualTo(1);
    }

    @Test
    void secondDecisionOfARequestThatIsFollowedIsDropped() {
        monitor.decided(decide(plainUser(), "a", START), 0);
        monitor.decided(decide(plainUser(), "a", START.plusSeconds(5)), 0);
        monitor.settle(SETTLED.plus(DAY));

        assertThat(low(monitor).users()).isEqualTo(1);
        assertThat(monitor.snapshot().followUp().pendingDropped()).isEqualTo(1);
    }

    @Test
    void fallbackIsNotFollowedSinceNoProbabilityWasDecidedOn() {
        monitor.decided(decide(plainUser("sessions", "many"), "a", START), 0);

        assertThat(monitor.outcome("a", true, START)).isEqualTo(OutcomeAnswer.UNKNOWN_REQUEST);
        assertThat(monitor.snapshot().followUp().pendingDropped()).isZero();
        assertThat(monitor.snapshot().actions()).containsOnlyKeys("wait", "remind", "offer");
    }

    @Test
    void whereNoOutcomesAreFollowedNothingIsPending() {
        DriftMonitor without = DriftMonitor.of(Monitored.MODEL, Monitored.POLICY, DriftOptions.defaults());
        without.decided(decide(plainUser(), "a", START), 0);

        assertThat(without.outcome("a", true, START)).isEqualTo(OutcomeAnswer.UNKNOWN_REQUEST);
        assertThat(without.snapshot().followUp()).isEqualTo(new FollowUp(0, 0, 0, 1, 0, 0, 0));
    }

    /** Each decision is followed to the end or counted as dropped, and each outcome answered once as counted. */
    @Test
    void manyThreadsLoseNoDecisionAndNoOutcome() throws InterruptedException {
        DriftMonitor shared = DriftMonitor.of(Monitored.MODEL, Monitored.POLICY, OPTIONS.pendingCapacity(3_000));
        AtomicInteger counted = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            int thread = i;
            threads.add(new Thread(() -> {
                for (int call = 0; call < 5_000; call++) {
                    String request = thread + "/" + call;
                    Instant moment = START.plus(Duration.ofHours(call));
                    shared.decided(decide(plainUser(), request, moment), 0);
                    counted.addAndGet(shared.outcome(request, true, moment) == OutcomeAnswer.COUNTED ? 1 : 0);
                }
            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }

        shared.settle(Instant.parse("9999-01-01T00:00:00Z"));
        FollowUp followUp = shared.snapshot().followUp();
        assertThat(followUp.pending()).isZero();
        assertThat(low(shared).users() + followUp.pendingDropped()).isEqualTo(20_000);
        assertThat(low(shared).conversions()).isEqualTo(counted.get());
        assertThat(low(shared).conversions() + followUp.unreported())
                .isEqualTo(low(shared).users());
    }

    @Test
    void optionsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> DriftOptions.defaults().pendingCapacity(0))
                .hasMessage("the pending capacity of a drift monitor is 0; at least 1 is allowed");
        for (double share : new double[] {0, -0.1, 1.1, Double.NaN}) {
            assertThatThrownBy(() -> DriftOptions.defaults().followedShare(share))
                    .hasMessage("the followed share of a drift monitor is " + share
                            + "; above 0 to 1 is allowed, and an outcome window of zero to follow none");
        }
        assertThatThrownBy(() -> DriftOptions.defaults().reportingDelay(Duration.ofSeconds(-1)))
                .hasMessage("the reporting delay of a drift monitor is PT-1S; zero to PT87600H is allowed");
        assertThatThrownBy(() -> OPTIONS.outcomesWithin(Duration.ofDays(3_651), Unreported.LEFT_OUT))
                .hasMessage("the outcome window of a drift monitor is PT87624H; zero to PT87600H is allowed");
    }

    private static CalibrationCounts low(DriftMonitor monitor) {
        return known(monitor.snapshot().bands().get(0)).outcomes();
    }
}
