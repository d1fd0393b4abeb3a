package io.conversion.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.conversion.core.ConversionModel;
import io.conversion.policy.Decision;
import io.conversion.policy.DecisionContext;
import io.conversion.policy.Policy;
import io.conversion.policy.serving.DecisionPoint;
import io.conversion.policy.serving.ServingUnit;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.distribution.CountAtBucket;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DecisionMetersTest {

    private static final Map<String, Object> COMPLAINING = Map.of("sessions_7d", 9, "complained", true);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final DecisionMeters meters = new DecisionMeters(registry);

    @Test
    void decisionsAreCountedByWhatTheyAre() {
        decide(Artifacts.model(), "1", COMPLAINING);
        decide(Artifacts.model(), "1", COMPLAINING);
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
            decide(Artifacts.model(), String.valueOf(version), COMPLAINING);
        }
        decide(Artifacts.model(), "1", COMPLAINING);

        assertThat(registry.find("conversion.decisions").counters())
                .hasSize(DecisionMeters.MOST_PAIRS)
                .extracting(Counter::count)
                .containsOnly(1.0);
        assertThat(registry.find("conversion.score").summaries()).hasSize(DecisionMeters.MOST_PAIRS);
    }

    @Test
    void policyThatIsPublishedAgainUnderItsVersionHasMetersOfItsOwn() {
        double[] thresholds = {0.4, 0.5};
        for (double threshold : thresholds) {
            decide(ServingUnit.of(Artifacts.model(), Artifacts.policy("1", threshold, 0.7)), COMPLAINING);
        }

        assertThat(registry.find("conversion.score").summaries())
                .extracting(
                        summary -> summary.takeSnapshot().histogramCounts()[0].bucket())
                .containsExactlyInAnyOrder(Math.nextDown(0.4), Math.nextDown(0.5));
        assertThat(registry.find("conversion.decisions").counters())
                .extracting(Counter::count)
                .containsExactly(1.0, 1.0);
    }

    @Test
    void probabilityAtAThresholdCountsInTheBandAbove() {
        Decision decision = decide(ServingUnit.of(Artifacts.model(), Artifacts.policy()), COMPLAINING);
        double probability = ((Decision.Banded) decision).score().probability();
        registry.clear();

        Policy policy = Artifacts.policy("2", probability / 2, probability);
        decide(ServingUnit.of(Artifacts.model(), policy), COMPLAINING);

        assertThat(registry.get("conversion.score")
                        .tag("policy_version", "2")
                        .summary()
                        .takeSnapshot()
                        .histogramCounts())
                .extracting(CountAtBucket::count)
                .containsExactly(0.0, 0.0, 1.0);
    }

    /** As a decision does that looked its meters up before they were removed. */
    @Test
    void removedMetersStartNoSeriesAgain() {
        ServingUnit unit = ServingUnit.of(Artifacts.model(), Artifacts.policy());
        Decision decision = DecisionPoint.of(() -> unit)
                .decide(COMPLAINING, DecisionContext.NONE, "request", null)
                .decision();
        PairMeters removed = new PairMeters(registry, Pair.of(decision), unit.policy());
        removed.remove();

        removed.count(decision);

        assertThat(registry.find("conversion.decisions").counters()).isEmpty();
        assertThat(registry.find("conversion.score").summaries()).isEmpty();
    }

    private void decide(ConversionModel model, String policyVersion, Map<String, Object> user) {
        decide(ServingUnit.of(model, Artifacts.policy(policyVersion, 0.4, 0.7)), user);
    }

    private Decision decide(ServingUnit unit, Map<String, Object> user) {
        return DecisionPoint.of(() -> unit, meters)
                .decide(user, DecisionContext.NONE, "request", null)
                .decision();
    }
}
