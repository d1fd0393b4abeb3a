package io.conversion.policy.serving;

import io.conversion.core.signals.SignalReading;
import io.conversion.policy.DecisionContext;
import io.conversion.policy.DecisionEvent;
import io.conversion.policy.DecisionListener;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a host decides: takes the unit that is served once for each request, reads the signals with its schema, scores,
 * decides, and tells the listeners.
 *
 * <p>What a user sends is never an exception: signals that the schema refuses are answered by a fallback. Nor is a
 * listener that fails: the decision stands, the failure is counted, and logged once for each kind. Safe to share
 * between threads.
 */
public final class DecisionPoint {

    private static final Logger LOG = LoggerFactory.getLogger(DecisionPoint.class);

    private final Supplier<ServingUnit> units;
    private final DecisionListener[] listeners;
    private final LongAdder failures = new LongAdder();
    private final Set<String> logged = ConcurrentHashMap.newKeySet();

    private DecisionPoint(Supplier<ServingUnit> units, DecisionListener[] listeners) {
        this.units = units;
        this.listeners = listeners;
    }

    /**
     * Makes a decision point.
     *
     * @param units answers the unit to decide by, such as {@code watcher::current}; asked once a request
     * @param listeners whom to tell of each decision, in this order
     * @return the decision point
     */
    public static DecisionPoint of(Supplier<ServingUnit> units, DecisionListener... listeners) {
        return new DecisionPoint(units, listeners.clone());
    }

    /**
     * Makes a decision point of what a watcher serves. If its options limit how many decisions a candidate may flip, the
     * watcher is told of each decision, before the listeners.
     *
     * @param watcher answers the unit to decide by
     * @param listeners whom to tell of each decision, in this order; the watcher may be among them
     * @return the decision point
     */
    public static DecisionPoint of(ArtifactWatcher watcher, DecisionListener... listeners) {
        List<DecisionListener> all = new ArrayList<>(List.of(listeners));
        if (watcher.limitsFlips() && !all.contains(watcher)) {
            all.add(0, watcher);
        }
        return new DecisionPoint(watcher::current, all.toArray(DecisionListener[]::new));
    }

    /**
     * Decides on values by name.
     *
     * @param signals the values by signal name, as {@link io.conversion.core.signals.SignalSchema#read} takes them
     * @param context what else is known of the user
     * @param request what the caller calls the request
     * @param moment when it is decided, by the caller's clock; null to leave that out
     * @return the decision and its unit; never an exception for what the map holds
     */
    public ServedDecision decide(
            Map<String, ?> signals, DecisionContext context, String request, @Nullable Instant moment) {
        return decide(unit -> unit.model().schema().read(signals), context, request, moment);
    }

    /**
     * Decides on signals that the host reads, such as
     * {@code unit -> unit.binding(TrialUser.class, lookup).read(user)}.
     *
     * @param signals reads the signals by the schema, or a binding, of the unit that it is given. What it throws is
     *     thrown
     * @param context what else is known of the user
     * @param request what the caller calls the request
     * @param moment when it is decided, by the caller's clock; null to leave that out
     * @return the decision and its unit
     * @throws IllegalArgumentException if the signals were accepted by another schema than that of the unit
     */
    public ServedDecision decide(
            Function<ServingUnit, SignalReading> signals,
            DecisionContext context,
            String request,
            @Nullable Instant moment) {
        return decide(units.get(), signals, context, request, moment);
    }

    /**
     * Decides on many requests by one unit, each with an outcome of its own.
     *
     * @param requests the requests
     * @param moment when they are decided, by the caller's clock; null to leave that out
     * @return the decisions in the same order, all by one unit
     */
    public List<ServedDecision> decideAll(List<DecisionRequest> requests, @Nullable Instant moment) {
        ServingUnit unit = units.get();
        List<ServedDecision> decisions = new ArrayList<>(requests.size());
        for (DecisionRequest request : requests) {
            decisions.add(decide(unit, request.signals(), request.context(), request.request(), moment));
        }
        return decisions;
    }

    private ServedDecision decide(
            ServingUnit unit,
            Function<ServingUnit, SignalReading> signals,
            DecisionContext context,
            String request,
            @Nullable Instant moment) {
        long start = System.nanoTime();
        SignalReading reading = signals.apply(unit);
        DecisionEvent event = DecisionEvent.decide(unit.engine(), unit.scorer(), reading, context, request, moment);
        long took = System.nanoTime() - start;
        for (DecisionListener listener : listeners) {
            tell(listener, event, took);
        }
        return new ServedDecision(unit, event);
    }

    private void tell(DecisionListener listener, DecisionEvent event, long nanoseconds) {
        try {
            listener.decided(event, nanoseconds);
        } catch (Throwable e) {
            failures.increment();
            String kind =
                    listener.getClass().getName() + " failed: " + e.getClass().getName();
            if (logged.add(kind)) {
                // The message may hold a value of the user.
                LOG.warn("a listener of decisions {}; further failures of this kind are counted only", kind);
                LOG.debug("the first of them", e);
            }
        }
    }

    /**
     * How many times a listener failed so far.
     *
     * @return the number of decisions that a listener threw at, of all listeners together
     */
    public long listenerFailures() {
        return failures.sum();
    }
}
