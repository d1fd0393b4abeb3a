package io.conversion.policy.serving;

import io.conversion.core.signals.SignalReading;
import io.conversion.core.signals.SignalSchema;
import io.conversion.policy.DecisionEvent;
import io.conversion.policy.serving.Candidate.Reason;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The last decisions, by which a candidate is judged. Takes them from any thread, without a lock. */
final class RecentDecisions {

    private static final Logger LOG = LoggerFactory.getLogger(RecentDecisions.class);

    private final WatcherOptions options;
    private final AtomicReferenceArray<@Nullable DecisionEvent> events;
    private final AtomicLong added = new AtomicLong();
    private final AtomicBoolean warned = new AtomicBoolean();
    private volatile boolean isTold;

    RecentDecisions(WatcherOptions options) {
        this.options = options;
        this.events = new AtomicReferenceArray<>(options.lastDecisions());
    }

    void add(DecisionEvent event) {
        if (!isTold) {
            isTold = true;
        }
        // Signals that were refused can be read by no other schema, and hold on to what the user sent.
        if (events.length() > 0 && event.reading() instanceof SignalReading.Accepted) {
            events.setRelease((int) (added.getAndIncrement() % events.length()), event);
        }
    }

    /** Why a candidate must not take the place of the unit that is served; empty if it may. */
    Optional<Reason> objection(ServingUnit serving, ServingUnit candidate) {
        if (options.limitsFlips() && !isTold && warned.compareAndSet(false, true)) {
            LOG.warn(
                    "a candidate may flip a share of {} of the last decisions, but the watcher was told of none, so this"
                            + " limits nothing: make the decision point by DecisionPoint.of(watcher)",
                    options.maxFlippedShare());
        }
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
        if (compared < options.fewestDecisions() || (double) flipped / compared <= options.maxFlippedShare()) {
            return Optional.empty();
        }
        String sentence = "revision " + candidate.revision() + " answers " + flipped + " of the last " + compared
                + " decisions with another action, and a share of " + options.maxFlippedShare()
                + " may be; publish a smaller change as the next revision, or allow more";
        // Its numbers change with each decision, which does not make it another reason.
        return Optional.of(new Reason(sentence, "flips"));
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
