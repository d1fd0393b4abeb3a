package io.conversion.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.conversion.core.ConversionModel;
import io.conversion.policy.history.PolicyHistory;
import io.conversion.policy.history.Publication;
import io.conversion.policy.monitoring.DriftMonitor;
import io.conversion.policy.monitoring.DriftOptions;
import io.conversion.policy.monitoring.FollowUp;
import io.conversion.policy.monitoring.MonitoredModel;
import io.conversion.policy.monitoring.OutcomeAnswer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Moments that are further ahead of the caller's clock than is tolerated. */
class MomentAheadTest {

    private static final Instant NOW = Instant.parse("2026-11-22T09:30:00Z");
    private static final InstantSource CLOCK = InstantSource.fixed(NOW);
    private static final Duration TOLERANCE = Duration.ofMinutes(5);
    private static final ConversionModel MODEL = RandomUsers.model("trial", new Random(5));
    private static final Policy POLICY = Policy.of(
            "plain",
            "1",
            ModelRequirement.named("trial"),
            List.of(Band.of("low", 0, "wait"), Band.of("high", 0.5, "offer")),
            "none");
    private static final DecisionEvent EVENT = accepted();

    private final DriftMonitor monitor = DriftMonitor.of(
            MonitoredModel.of(MODEL),
            POLICY,
            DriftOptions.defaults().outcomesWithin(Duration.ofDays(7), DriftOptions.Unreported.NOT_CONVERTED),
            CLOCK,
            TOLERANCE);

    @ParameterizedTest
    @ValueSource(
            strings = {"2026-11-22T09:35:00.000000001Z", "2027-01-01T00:00:00Z", "+1000000000-12-31T23:59:59.999999999Z"
            })
    void decisionAheadSettlesNothingAndIsNotFollowed(String ahead) {
        monitor.decided(decision("a", NOW.minus(Duration.ofDays(1))), 0);

        monitor.decided(decision("b", Instant.parse(ahead)), 0);

        assertThat(monitor.snapshot().followUp()).isEqualTo(new FollowUp(1, 1, 0, 0, 0, 0, 0));
        assertThat(monitor.snapshot().last()).isEqualTo(NOW.minus(Duration.ofDays(1)));
        assertThat(monitor.outcome("a", true, NOW)).isEqualTo(OutcomeAnswer.COUNTED);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void outcomeAheadIsRefusedByNameAndNothingIsKept(boolean converted) {
        monitor.decided(decision("a", NOW.minus(Duration.ofDays(6))), 0);

        assertThat(monitor.outcome("a", converted, NOW.plus(TOLERANCE).plusNanos(1)))
                .isEqualTo(OutcomeAnswer.AHEAD_OF_CLOCK);
        assertThat(monitor.outcome("a", converted, Instant.MAX)).isEqualTo(OutcomeAnswer.AHEAD_OF_CLOCK);
        assertThat(monitor.outcome("a", true, NOW)).isEqualTo(OutcomeAnswer.COUNTED);
    }

    @Test
    void momentWithinTheToleranceIsBelieved() {
        monitor.decided(decision("a", NOW.plus(TOLERANCE)), 0);

        assertThat(monitor.snapshot().followUp().pending()).isEqualTo(1);
        assertThat(monitor.outcome("a", true, NOW.plus(TOLERANCE))).isEqualTo(OutcomeAnswer.COUNTED);
    }

    @Test
    void publicationAheadIsRefusedAndTheHistoryStaysOpen(@TempDir Path folder) throws IOException {
        PolicyHistory history = PolicyHistory.load(folder).withClock(CLOCK, TOLERANCE);
        Publication ahead = new Publication(Instant.parse("2062-11-22T09:30:00Z"), "ana", "a typing error");

        assertThatThrownBy(() -> history.publish(POLICY, ahead))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(folder
                        + " cannot have this entry: /published is 2062-11-22T09:30:00Z; that is ahead of the clock,"
                        + " which says 2026-11-22T09:30:00Z; no change could be made before it: correct the moment");
        assertThat(folder).isEmptyDirectory();

        PolicyHistory published = history.publish(POLICY, new Publication(NOW.plus(TOLERANCE), "ana", "first"));
        assertThatThrownBy(() -> published.pin("1", ahead)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> published.rollBack("1", "2", ahead)).isInstanceOf(IllegalArgumentException.class);
        assertThat(published
                        .pin("1", new Publication(NOW.plus(TOLERANCE), "ana", "hold"))
                        .entries())
                .hasSize(2);
    }

    @Test
    void negativeToleranceIsRefused(@TempDir Path folder) throws IOException {
        PolicyHistory history = PolicyHistory.load(folder);

        assertThatThrownBy(() -> history.withClock(CLOCK, Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the tolerance for moments ahead of the clock is PT-1S; zero or more is allowed");
    }

    private static DecisionEvent accepted() {
        Random random = new Random(1);
        while (true) {
            DecisionEvent event = DecisionEvent.decide(
                    PolicyEngine.of(POLICY),
                    MODEL.scorer(),
                    MODEL.schema().read(RandomUsers.user(random)),
                    DecisionContext.NONE,
                    "request",
                    null);
            if (event.decision() instanceof Decision.Banded) {
                return event;
            }
        }
    }

    private static DecisionEvent decision(String request, Instant moment) {
        return new DecisionEvent(
                request, moment, EVENT.scorer(), EVENT.policy(), EVENT.reading(), EVENT.context(), EVENT.decision());
    }
}
