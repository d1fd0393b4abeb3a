package io.conversion.policy.serving;

import io.conversion.core.SignalReading;
import io.conversion.core.SignalSchema;
import io.conversion.policy.records.DecisionEvent;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** The last decisions, by which a candidate is judged. Takes them from any thread, without a lock. */
final class RecentDecisions {

    private final double maxFlippedShare;
    private final AtomicReferenceArray<@Nullable DecisionEvent> events;
    private final AtomicLong added = new AtomicLong();

    RecentDecisions(WatcherOptions options) {
        this.maxFlippedShare = options.maxFlippedShare();
        this.events = new AtomicReferenceArray<>(options.lastDecisions());
    }

    void add(DecisionEvent event) {
        if (events.length() > 0) {
            events.setRelease((int) (added.getAndIncrement() % events.length()), event);
        }
    }

    /** Why a candidate must not take the place of the unit that is served; empty if it may. */
    Optional<String> objection(ServingUnit serving, ServingUnit candidate) {
        int compared = 0;
        int flipped = 0;
        for (int i = 0; i < events.length(); i++) {
            DecisionEvent event = events.getAcquire(i);
            String before = event == null ? null : action(event, serving);
            String after = event == null ? null : action(event, candidate);
            if (before != null && after != null) {
                compared++;
                flipped += before.equals(after) ? 0 : 1;
            }
        }
        return compared > 0 && (double) flipped / compared > maxFlippedShare
                ? Optional.of("revision " + candidate.revision() + " answers " + flipped + " of the last " + compared
                        + " decisions with another action, and a share of " + maxFlippedShare
                        + " may be; publish a smaller change as the next revision, or allow more")
                : Optional.empty();
    }

    /** What a unit answers to what was asked; null if that is not known, because another schema refused the signals. */
    private static @Nullable String action(DecisionEvent event, ServingUnit unit) {
        if (event.scorer() == unit.scorer() && event.policy() == unit.policy()) {
            return event.decision().action();
        }
        SignalReading reading = reading(event, unit.model().schema());
        return reading == null
                ? null
                : unit.engine().decide(unit.scorer(), reading, event.context()).action();
    }

    private static @Nullable SignalReading reading(DecisionEvent event, SignalSchema schema) {
        return event.scorer().schema().equals(schema)
                ? event.reading()
                : event.given().map(schema::read).orElse(null);
    }
}
