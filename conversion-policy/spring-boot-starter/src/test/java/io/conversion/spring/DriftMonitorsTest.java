package io.conversion.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.conversion.policy.DecisionContext;
import io.conversion.policy.monitoring.BandCounts;
import io.conversion.policy.monitoring.DriftOptions;
import io.conversion.policy.monitoring.DriftOptions.Unreported;
import io.conversion.policy.monitoring.DriftSnapshot;
import io.conversion.policy.monitoring.FollowUp;
import io.conversion.policy.monitoring.OutcomeAnswer;
import io.conversion.policy.serving.ArtifactWatcher;
import io.conversion.policy.serving.DecisionPoint;
import io.conversion.policy.serving.WatcherOptions;
import io.conversion.spring.DriftMonitors.Monitored;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DriftMonitorsTest {

    private static final Duration DAY = Duration.ofDays(1);

    @TempDir
    Path folder;

    private Instant now = Instant.parse("2026-11-01T00:00:00Z");
    private @Nullable ArtifactWatcher watcher;
    private @Nullable DriftMonitors monitors;

    @AfterEach
    void close() {
        watcher().close();
    }

    /** Serves the next revision; the first one starts the watcher. Outcomes are of one day, and reported within another. */
    private void serveNext(int version) {
        Artifacts.publish(folder, Artifacts.policy(String.valueOf(version), 0.4, 0.7));
        if (watcher == null) {
            watcher = ArtifactWatcher.open(folder, WatcherOptions.defaults().clock(() -> now));
            DriftOptions options = DriftOptions.defaults()
                    .outcomesWithin(DAY, Unreported.NOT_CONVERTED)
                    .reportingDelay(DAY)
                    .pendingCapacity(100);
            monitors = new DriftMonitors(watcher, options, () -> now);
        } else {
            watcher.refresh();
        }
    }

    private void decide(String request) {
        DecisionPoint.of(watcher()::current, monitors()).decide(Artifacts.USER, DecisionContext.NONE, request, now);
    }

    private ArtifactWatcher watcher() {
        return Objects.requireNonNull(watcher);
    }

    private DriftMonitors monitors() {
        return Objects.requireNonNull(monitors);
    }

    private DriftSnapshot snapshot(int position) {
        return monitors().settled().get(position).monitor().snapshot();
    }

    private LongStream revisions() {
        return monitors().settled().stream().map(Monitored::unit).mapToLong(unit -> unit.revision());
    }

    @Test
    void outcomesOfDecisionsBeforeASwapAreSettledByTheClockAndCountInTheirUnit() {
        serveNext(1);
        decide("a");
        serveNext(2);
        decide("b");

        assertThat(monitors().outcome("a", true, now)).isEqualTo(OutcomeAnswer.COUNTED);
        assertThat(monitors().outcome("b", true, now)).isEqualTo(OutcomeAnswer.COUNTED);
        now = now.plus(DAY.multipliedBy(3));

        for (int position = 0; position < 2; position++) {
            assertThat(snapshot(position).followUp()).isEqualTo(FollowUp.NONE);
            assertThat(snapshot(position).bands().stream()
                            .map(BandCounts::outcomes)
                            .mapToLong(outcomes -> outcomes.conversions())
                            .sum())
                    .isEqualTo(1);
        }
        assertThat(revisions()).containsExactly(2L, 1L);
    }

    @Test
    void outcomeThatNoUnitFollowsIsUnknownOnceAndToTheUnitThatIsServed() {
        serveNext(1);
        decide("a");
        serveNext(2);

        assertThat(monitors().outcome("c", true, now)).isEqualTo(OutcomeAnswer.UNKNOWN_REQUEST);

        assertThat(snapshot(0).followUp().outcomesUnknown()).isEqualTo(1);
        assertThat(snapshot(1).followUp().outcomesUnknown()).isZero();
    }

    @Test
    void unitWithNothingPendingLeavesFirstAndWhatWasPendingWithAnotherIsCountedAsLost() {
        serveNext(1);
        decide("a");
        serveNext(2);
        assertThat(revisions()).containsExactly(2L, 1L);
        serveNext(3);
        decide("b");
        serveNext(4);
        decide("c");

        assertThat(revisions()).containsExactly(4L, 3L, 1L);
        assertThat(monitors().pendingLost()).isZero();

        serveNext(5);
        decide("d");
        assertThat(revisions()).containsExactly(5L, 4L, 3L);
        assertThat(monitors().pendingLost()).isEqualTo(1);

        now = now.plus(DAY.multipliedBy(3));
        serveNext(6);
        decide("e");
        assertThat(revisions()).containsExactly(6L, 5L, 4L);
        assertThat(monitors().pendingLost()).isEqualTo(1);
    }

    @Test
    void unitThatIsRolledBackToStandsFirstAgain() {
        serveNext(1);
        decide("a");
        serveNext(2);
        decide("b");

        watcher().rollBack(2);

        assertThat(revisions()).containsExactly(1L, 2L);
    }

    @Test
    void alertsAreOfSettledDecisionsAndAreToldAgainForSomeSeconds() {
        serveNext(1);
        decide("a");
        now = now.plus(DAY.multipliedBy(3));

        assertThat(monitors().alerts()).isZero();
        for (int i = 0; i < 1_000; i++) {
            decide("request " + i);
        }
        now = now.plus(DriftMonitors.ALERTS_KEPT).minusMillis(1);
        assertThat(monitors().alerts()).isZero();
        now = now.plusMillis(1);
        assertThat(monitors().alerts()).isPositive();
    }
}
