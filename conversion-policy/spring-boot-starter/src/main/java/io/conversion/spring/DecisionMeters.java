package io.conversion.spring;

import io.conversion.policy.DecisionEvent;
import io.conversion.policy.DecisionListener;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Counts decisions for Micrometer. All tags come from the served model and policy, none from a request, and meters are kept
 * of the last {@value #MOST_PAIRS} pairs only: so the number of series is bounded, however often another pair is served.
 */
final class DecisionMeters implements DecisionListener {

    static final int MOST_PAIRS = 8;

    private static final Duration[] TIMES = {
        Duration.ofNanos(1_000),
        Duration.ofNanos(3_000),
        Duration.ofNanos(10_000),
        Duration.ofNanos(30_000),
        Duration.ofNanos(100_000),
        Duration.ofMillis(1),
        Duration.ofMillis(10)
    };

    private final MeterRegistry registry;
    private final Timer time;
    private final Map<Pair, PairMeters> meters = new ConcurrentHashMap<>();

    // The pairs above in the order in which they came; guarded by this object's lock.
    private final Map<Pair, PairMeters> oldestFirst = new LinkedHashMap<>();

    DecisionMeters(MeterRegistry registry) {
        this.registry = registry;
        this.time = Timer.builder("conversion.decision")
                .description("Time to read the signals, score and decide")
                .serviceLevelObjectives(TIMES)
                .register(registry);
    }

    @Override
    public void decided(DecisionEvent event, long nanoseconds) {
        time.record(nanoseconds, TimeUnit.NANOSECONDS);
        Pair pair = Pair.of(event.decision());
        PairMeters known = meters.get(pair);
        (known == null ? register(pair, event) : known).count(event.decision());
    }

    private synchronized PairMeters register(Pair pair, DecisionEvent event) {
        PairMeters known = meters.get(pair);
        if (known != null) {
            return known;
        }
        Iterator<Map.Entry<Pair, PairMeters>> oldest = oldestFirst.entrySet().iterator();
        if (oldestFirst.size() >= MOST_PAIRS) {
            Map.Entry<Pair, PairMeters> dropped = oldest.next();
            oldest.remove();
            meters.remove(dropped.getKey());
            dropped.getValue().remove();
        }
        PairMeters added = new PairMeters(registry, pair, event.policy());
        oldestFirst.put(pair, added);
        meters.put(pair, added);
        return added;
    }
}
