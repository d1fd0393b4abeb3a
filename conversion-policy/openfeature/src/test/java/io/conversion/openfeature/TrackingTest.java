package io.conversion.openfeature;

import static io.conversion.openfeature.Fixtures.MODEL;
import static io.conversion.openfeature.Fixtures.POLICY;
import static io.conversion.openfeature.Fixtures.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.openfeature.sdk.Client;
import dev.openfeature.sdk.MutableContext;
import dev.openfeature.sdk.MutableTrackingEventDetails;
import io.conversion.policy.monitoring.DriftMonitor;
import io.conversion.policy.monitoring.DriftOptions;
import io.conversion.policy.monitoring.DriftOptions.Unreported;
import io.conversion.policy.monitoring.OutcomeAnswer;
import io.conversion.policy.serving.DecisionPoint;
import io.conversion.policy.serving.ServingUnit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrackingTest {

    private static final Instant NOW = Instant.parse("2026-11-24T09:30:00Z");

    private final ServingUnit unit = ServingUnit.of(MODEL, POLICY);
    private final List<TrackedOutcome> outcomes = new ArrayList<>();
    private final Client client = Fixtures.client(
            ConversionProvider.of(
                    DecisionPoint.of(() -> unit),
                    ProviderOptions.defaults().clock(() -> NOW).outcomes(outcomes::add)),
            "tracking");

    @Test
    void eventIsAnOutcomeOfTheUser() {
        Instant bought = Instant.parse("2026-11-24T08:00:00Z");

        client.track(
                "revenue",
                new MutableContext("user-1").add("request", "visit-4711"),
                new MutableTrackingEventDetails(119.0).add("moment", bought));

        assertThat(outcomes).containsExactly(new TrackedOutcome("revenue", bought, "user-1", "visit-4711", 119.0));
        assertThat(outcomes.get(0).value()).hasValue(119.0);
        assertThat(outcomes.get(0).toString()).doesNotContain("user-1");
    }

    @Test
    void eventWithoutAnythingHappenedNowToNobody() {
        client.track("converted");

        assertThat(outcomes).singleElement().satisfies(outcome -> {
            assertThat(outcome.moment()).isEqualTo(NOW);
            assertThat(outcome.userKey()).isEmpty();
            assertThat(outcome.request()).isEmpty();
            assertThat(outcome.value()).isEmpty();
        });
    }

    @Test
    void outcomesReachADriftMonitor() {
        DriftMonitor drift = DriftMonitor.of(
                MODEL, POLICY, DriftOptions.defaults().outcomesWithin(Duration.ofDays(14), Unreported.NOT_CONVERTED));
        List<OutcomeAnswer> answers = new ArrayList<>();
        Client followed = Fixtures.client(
                ConversionProvider.of(
                        DecisionPoint.of(() -> unit, drift),
                        ProviderOptions.defaults()
                                .clock(() -> NOW)
                                .outcomes(outcome -> outcome.request()
                                        .ifPresent(request ->
                                                answers.add(drift.outcome(request, true, outcome.moment()))))),
                "followed");
        MutableContext user = user("user-1", 3, false).add("request", "visit-4711");

        followed.getStringValue("conversion.action", "mine", user);
        followed.track("converted", user);

        assertThat(answers).containsExactly(OutcomeAnswer.COUNTED);
    }

    @Test
    void listenerThatFailsDoesNotReachTheApplication() {
        Client failing = Fixtures.client(
                ConversionProvider.of(
                        DecisionPoint.of(() -> unit), ProviderOptions.defaults().outcomes(outcome -> {
                            throw new IllegalStateException("the store is closed");
                        })),
                "failing");

        assertThatNoException().isThrownBy(() -> failing.track("converted"));
    }
}
