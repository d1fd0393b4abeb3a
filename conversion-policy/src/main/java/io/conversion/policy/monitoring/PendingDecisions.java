package io.conversion.policy.monitoring;

import io.conversion.core.json.ArtifactText;
import io.conversion.policy.ControlGroup;
import io.conversion.policy.monitoring.DriftOptions.Unreported;
import io.conversion.policy.monitoring.Pending.State;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The decisions that are followed until their outcome is settled, in bounded memory. A decision leaves when its outcome
 * window and the time to report have passed, whatever is known of it, so that which ones are followed does not depend on
 * their outcome. Requests never wait for each other: whoever finds another thread settling leaves it to that one.
 */
final class PendingDecisions {

    /** How many decisions one request settles at most. */
    private static final int SETTLED_AT_ONCE = 64;

    /** Drawn like a control group: a function of the request alone, so that all instances follow the same ones. */
    private static final String DRAW = "io.conversion.policy.monitoring.followed";

    private final DriftOptions options;
    private final ControlGroup followed;
    private final long secondsToSettle;
    private final Map<String, Pending> open = new ConcurrentHashMap<>();
    private final Queue<Pending> arrived = new ConcurrentLinkedQueue<>();
    private final AtomicInteger size = new AtomicInteger();
    private final LongAdder dropped = new LongAdder();
    private final Map<OutcomeAnswer, LongAdder> answers = new EnumMap<>(OutcomeAnswer.class);

    // What follows is of the thread that holds the lock.
    private final ReentrantLock settling = new ReentrantLock();
    private final PriorityQueue<Pending> oldestFirst =
            new PriorityQueue<>(Comparator.comparing((Pending pending) -> pending.moment));
    private final CalibrationCounts[] byBand;
    private final CalibrationCounts[] byAction;
    private long unreported;

    PendingDecisions(DriftOptions options, int bands, int actions) {
        this.options = options;
        this.followed = new ControlGroup(options.followedShare(), DRAW, "follow");
        // Rounded up, since decisions are compared by whole seconds.
        this.secondsToSettle = options.outcomeWindow()
                .plus(options.reportingDelay())
                .plusNanos(999_999_999)
                .toSeconds();
        this.byBand = new CalibrationCounts[bands];
        this.byAction = new CalibrationCounts[actions];
        Arrays.fill(byBand, CalibrationCounts.NONE);
        Arrays.fill(byAction, CalibrationCounts.NONE);
        for (OutcomeAnswer answer : OutcomeAnswer.values()) {
            answers.put(answer, new LongAdder());
        }
    }

    /** Follows a decision that is in the followed share; one that cannot be followed is counted as dropped. */
    void follow(String request, @Nullable Instant moment, double probability, int band, int action) {
        if (!options.followsOutcomes() || !isInShare(request)) {
            return;
        } else if (moment == null
                || band < 0
                || action < 0
                || request.length() > ArtifactText.LONGEST_NAME
                || !reserve()) {
            dropped.increment();
            return;
        }
        Pending pending = new Pending(request, moment, probability, band, action);
        if (open.putIfAbsent(request, pending) == null) {
            arrived.add(pending);
        } else {
            size.decrementAndGet();
            dropped.increment();
        }
    }

    private boolean isInShare(String request) {
        return options.followedShare() == 1 || followed.includes(request);
    }

    private boolean reserve() {
        if (size.incrementAndGet() <= options.pendingCapacity()) {
            return true;
        }
        size.decrementAndGet();
        return false;
    }

    boolean follows(String request) {
        return open.containsKey(request);
    }

    OutcomeAnswer report(String request, boolean converted, Instant when) {
        if (!isInShare(request)) {
            return OutcomeAnswer.NOT_IN_SHARE;
        }
        Pending pending = open.get(request);
        OutcomeAnswer answer = pending == null
                ? OutcomeAnswer.UNKNOWN_REQUEST
                : pending.report(converted, when, options.outcomeWindow());
        adder(answer).increment();
        return answer;
    }

    /** Settles some of the decisions that are due, unless another thread is at it. */
    void settleSome(Instant now) {
        if (options.followsOutcomes() && settling.tryLock()) {
            try {
                settle(now, SETTLED_AT_ONCE);
            } finally {
                settling.unlock();
            }
        }
    }

    /** Settles all decisions that are due. */
    void settleAll(Instant now) {
        settling.lock();
        try {
            settle(now, Integer.MAX_VALUE);
        } finally {
            settling.unlock();
        }
    }

    private void settle(Instant now, int atMost) {
        int left = atMost;
        for (Pending next = arrived.poll(); next != null; next = --left > 0 ? arrived.poll() : null) {
            oldestFirst.add(next);
        }
        left = atMost;
        for (Pending oldest = oldestFirst.peek();
                oldest != null && left > 0 && oldest.isOlderThan(secondsToSettle, now);
                oldest = oldestFirst.peek()) {
            oldestFirst.remove();
            settle(oldest);
            left--;
        }
    }

    private void settle(Pending due) {
        open.remove(due.request, due);
        size.decrementAndGet();
        State known = due.settle();
        if (known == State.OPEN) {
            unreported++;
            if (options.unreported() == Unreported.LEFT_OUT) {
                return;
            }
        }
        CalibrationCounts counts = CalibrationCounts.of(due.probability, known == State.CONVERTED);
        byBand[due.band] = byBand[due.band].plus(counts);
        byAction[due.action] = byAction[due.action].plus(counts);
    }

    /** What is known by now, at one moment. */
    Settled settled() {
        settling.lock();
        try {
            return new Settled(
                    List.of(byBand),
                    List.of(byAction),
                    new FollowUp(
                            size.get(),
                            dropped.sum(),
                            unreported,
                            adder(OutcomeAnswer.UNKNOWN_REQUEST).sum(),
                            adder(OutcomeAnswer.REPORTED_TWICE).sum(),
                            adder(OutcomeAnswer.TOO_EARLY).sum(),
                            adder(OutcomeAnswer.TOO_LATE).sum()));
        } finally {
            settling.unlock();
        }
    }

    private LongAdder adder(OutcomeAnswer answer) {
        return Objects.requireNonNull(answers.get(answer));
    }

    /** The sums over the decisions that were settled, by position of the band and of the action. */
    record Settled(List<CalibrationCounts> byBand, List<CalibrationCounts> byAction, FollowUp followUp) {}
}
