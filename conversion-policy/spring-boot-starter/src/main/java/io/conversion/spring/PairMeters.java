package io.conversion.spring;

import io.conversion.policy.Decision;
import io.conversion.policy.Policy;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/** The meters of one model and policy: decisions by segment, reason and guardrail, and scores between the thresholds. */
final class PairMeters {

    private static final String NONE = "none";

    private final MeterRegistry registry;
    private final Pair pair;
    private final DistributionSummary scores;
    private final Map<Outcome, Counter> counters = new ConcurrentHashMap<>();

    // Guarded by this object's lock.
    private boolean removed;

    /** As many as a policy has bands, reasons and guardrails. */
    private record Outcome(String segment, String reason, String guardrail, String action) {

        static Outcome of(Decision decision) {
            return new Outcome(
                    decision.segment().orElse(NONE),
                    decision.reason().name().toLowerCase(Locale.ROOT),
                    decision instanceof Decision.Overridden overridden
                            ? overridden.guardrail().name()
                            : NONE,
                    decision.action());
        }
    }

    PairMeters(MeterRegistry registry, Pair pair, @Nullable Policy policy) {
        this.registry = registry;
        this.pair = pair;
        this.scores = DistributionSummary.builder("conversion.score")
                .description("Probabilities of conversion, counted below each threshold of the policy")
                .tags(pair.tags())
                .serviceLevelObjectives(policy == null ? new double[] {1} : edges(policy))
                .register(registry);
    }

    /**
     * Just below the thresholds above 0, and 1: a bucket holds its edge, while a probability at a threshold belongs to the
     * band above.
     */
    private static double[] edges(Policy policy) {
        DoubleStream thresholds = policy.bands().stream()
                .mapToDouble(band -> Math.nextDown(band.from()))
                .filter(edge -> edge > 0);
        return DoubleStream.concat(thresholds, DoubleStream.of(1)).distinct().toArray();
    }

    void count(Decision decision) {
        Outcome outcome = Outcome.of(decision);
        Counter known = counters.get(outcome);
        Counter counter = known == null ? register(outcome) : known;
        if (counter != null) {
            counter.increment();
        }
        if (decision instanceof Decision.Banded banded) {
            scores.record(banded.score().probability());
        }
    }

    /** A counter that is new, unless another thread was faster; null once the series have ended. */
    private synchronized @Nullable Counter register(Outcome outcome) {
        return removed ? null : counters.computeIfAbsent(outcome, this::counter);
    }

    private Counter counter(Outcome outcome) {
        return Counter.builder("conversion.decisions")
                .description("Decisions by segment, reason, guardrail and action")
                .tags(pair.tags())
                .tag("segment", outcome.segment())
                .tag("reason", outcome.reason())
                .tag("guardrail", outcome.guardrail())
                .tag("action", outcome.action())
                .register(registry);
    }

    /** Ends the series; a decision that is being counted starts none again. */
    synchronized void remove() {
        removed = true;
        registry.remove(scores);
        counters.values().forEach(registry::remove);
    }
}
