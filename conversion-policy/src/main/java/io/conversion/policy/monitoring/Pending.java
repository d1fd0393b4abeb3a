package io.conversion.policy.monitoring;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

/** One decision that is followed until its outcome is settled. */
final class Pending {

    /** What is known of the outcome. */
    enum State {
        OPEN,
        CONVERTED,
        NOT_CONVERTED,
        SETTLED
    }

    final String request;
    final Instant moment;
    final double probability;
    final int band;
    final int action;
    private final AtomicReference<State> state = new AtomicReference<>(State.OPEN);

    Pending(String request, Instant moment, double probability, int band, int action) {
        this.request = request;
        this.moment = moment;
        this.probability = probability;
        this.band = band;
        this.action = action;
    }

    /** Takes a conversion until the window ends, and that there was none from its end on, when it can be known. */
    OutcomeAnswer report(boolean converted, Instant when, Duration window) {
        int toWindowEnd = Duration.between(moment, when).compareTo(window);
        if (when.isBefore(moment) || (!converted && toWindowEnd < 0)) {
            return OutcomeAnswer.TOO_EARLY;
        } else if (converted && toWindowEnd > 0) {
            return OutcomeAnswer.TOO_LATE;
        }
        State reported = converted ? State.CONVERTED : State.NOT_CONVERTED;
        if (state.compareAndSet(State.OPEN, reported)) {
            return OutcomeAnswer.COUNTED;
        }
        return state.get() == State.SETTLED ? OutcomeAnswer.UNKNOWN_REQUEST : OutcomeAnswer.REPORTED_TWICE;
    }

    /** Ends the time in which an outcome can be reported; what is known of it by then. */
    State settle() {
        return state.getAndSet(State.SETTLED);
    }

    boolean isOlderThan(long seconds, Instant now) {
        return now.getEpochSecond() - moment.getEpochSecond() > seconds;
    }
}
