package io.conversion.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.conversion.core.ConversionModel;
import io.conversion.policy.DecisionContext;
import io.conversion.policy.serving.DecisionPoint;
import io.conversion.policy.serving.ServingUnit;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DecisionMetersTest {

    private static final Map<String, Object> USER = Map.of(
            "days_since_signup",
            4,
            "sessions_7d",
            9,
            "content_hours_7d",
            6.5,
            "downloads_7d",
            2,
            "country_tier",
            "tier_1",
            "channel",
            "search",
            "complained",
            true);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final DecisionMeters meters = new DecisionMeters(registry);

    @Test
    void decisionsAreCountedByWhatTheyAre() {
        decide(Artifacts.model(), "1", USER);
        decide(Artifacts.model(), "1", USER);
        decide(Artifacts.model(), "1", Map.of());

        assertThat(registry.get("conversion.decisions")
                        .tags("guardrail", "complaint", "reason", "guardrail", "action", "call_support")
                        .counter()
                        .count())
                .isEqualTo(2);
        assertThat(registry.get("conversion.decisions")
                        .tags("reason", "invalid_signals", "segment", "none")
                        .counter()
                        .count())
                .isOne();
        assertThat(registry.get("conversion.score").summary().count()).isEqualTo(2);
        assertThat(registry.get("conversion.decision").timer().count()).isEqualTo(3);
    }

    @Test
    void seriesAreBoundedHoweverManyPairsAreServed() {
        for (int version = 1; version <= 50; version++) {
            decide(Artifacts.model(), String.valueOf(version), USER);
        }
        decide(Artifacts.model(), "1", USER);

        assertThat(registry.find("conversion.decisions").counters())
                .hasSize(DecisionMeters.MOST_PAIRS)
                .extracting(Counter::count)
                .containsOnly(1.0);
        assertThat(registry.find("conversion.score").summaries()).hasSize(DecisionMeters.MOST_PAIRS);
    }

    private void decide(ConversionModel model, String policyVersion, Map<String, Object> user) {
        ServingUnit unit = ServingUnit.of(model, Artifacts.policy(policyVersion, 0.4, 0.7));
        DecisionPoint.of(() -> unit, meters).decide(user, DecisionContext.NONE, "request", null);
    }
}
