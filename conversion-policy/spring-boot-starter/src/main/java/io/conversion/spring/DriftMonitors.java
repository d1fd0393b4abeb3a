package io.conversion.spring;

import io.conversion.policy.DecisionEvent;
import io.conversion.policy.DecisionListener;
import io.conversion.policy.monitoring.DriftMonitor;
import io.conversion.policy.monitoring.DriftOptions;
import io.conversion.policy.monitoring.MonitoredModel;
import io.conversion.policy.monitoring.OutcomeAnswer;
import io.conversion.policy.serving.ArtifactWatcher;
import io.conversion.policy.serving.ServingUnit;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A monitor of drift for each unit that is served. Those of {@value #MOST_UNITS} units are kept, so that outcomes of
 * decisions that were made before a swap still find theirs and count there. To make room, the oldest unit leaves that has
 * no decision pending, or else the oldest; what was pending with it is counted as lost. Safe to share between threads.
 */
public final class DriftMonitors implements DecisionListener {

    static final int MOST_UNITS = 3;

    /** How long a number of alerts is told again, since a report takes longer than a scrape should. */
    static final Duration ALERTS_KEPT = Duration.ofSeconds(10);

    private final ArtifactWatcher watcher;
    private final DriftOptions options;
    private final InstantSource clock;
    private final AtomicLong pendingLost = new AtomicLong();
    private volatile List<Monitored> newestFirst = List.of();
    private volatile @Nullable Alerts alerts;

    /** How far ahead of this machine's clock the moments of others may be. */
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(5);

    /**
     * A unit with what was counted of it.
     *
     * @param unit the unit
     * @param monitor what counts its decisions
     */
    public record Monitored(ServingUnit unit, DriftMonitor monitor) {

        private boolean decided(DecisionEvent event) {
            return unit.scorer() == event.scorer() && unit.policy() == event.policy();
        }

        private long pending() {
            return monitor.snapshot().followUp().pending();
        }
    }

    private record Alerts(ServingUnit unit, Instant moment, int number) {

        boolean areOf(ServingUnit other, Instant now) {
            return unit == other && Duration.between(moment, now).abs().compareTo(ALERTS_KEPT) < 0;
        }
    }

    /**
     * Makes the monitors of what a watcher serves.
     *
     * @param watcher says what is served
     * @param options whether outcomes are followed, and how
     * @param clock says when decisions are settled
     */
    public DriftMonitors(ArtifactWatcher watcher, DriftOptions options, InstantSource clock) {
        this.watcher = watcher;
        this.options = options;
        this.clock = clock;
    }

    @Override
    public void decided(DecisionEvent event, long nanoseconds) {
        for (Monitored monitored : newestFirst) {
            if (monitored.decided(event)) {
                monitored.monitor().decided(event, nanoseconds);
                return;
            }
        }
        // The first decision of a unit; one that is served no more is counted as of another unit.
        of(watcher.current()).monitor().decided(event, nanoseconds);
    }

    /**
     * Reports an outcome to the unit that follows the decision; one that none follows to the unit that is served.
     *
     * @param request what the decision was called
     * @param converted whether the user converted
     * @param moment when the user converted; for one who did not, until when that is known
     * @return what became of the report
     */
    public OutcomeAnswer outcome(String request, boolean converted, Instant moment) {
        settle();
        return newestFirst.stream()
                .filter(monitored -> monitored.monitor().follows(request))
                .findFirst()
                .orElseGet(() -> of(watcher.current()))
                .monitor()
                .outcome(request, converted, moment);
    }

    /**
     * The units that are kept, with their decisions settled by the clock.
     *
     * @return the units, the one that is served first
     */
    public List<Monitored> settled() {
        Monitored current = of(watcher.current());
        settle();
        return Stream.concat(
                        Stream.of(current),
                        newestFirst.stream().filter(monitored -> monitored.unit() != current.unit()))
                .toList();
    }

    /**
     * How many alerts there are of the unit that is served, now or some seconds ago.
     *
     * @return the number of alerts of its report
     */
    public int alerts() {
        Instant now = clock.instant();
        Alerts known = alerts;
        if (known == null || !known.areOf(watcher.current(), now)) {
            Monitored current = settled().get(0);
            known = new Alerts(
                    current.unit(), now, current.monitor().report().alerts().size());
            alerts = known;
        }
        return known.number();
    }

    /**
     * How many decisions were pending with units that are kept no more.
     *
     * @return the number of decisions whose outcome is not known
     */
    public long pendingLost() {
        return pendingLost.get();
    }

    private void settle() {
        Instant now = clock.instant();
        newestFirst.forEach(monitored -> monitored.monitor().settle(now));
    }

    private Monitored of(ServingUnit unit) {
        return newestFirst.stream()
                .filter(monitored -> monitored.unit() == unit)
                .findFirst()
                .orElseGet(() -> add(unit));
    }

    private synchronized Monitored add(ServingUnit unit) {
        for (Monitored monitored : newestFirst) {
            if (monitored.unit() == unit) {
                return monitored;
            }
        }
        List<Monitored> oldestFirst = new ArrayList<>(newestFirst);
        Collections.reverse(oldestFirst);
        if (oldestFirst.size() >= MOST_UNITS) {
            settle();
            Monitored leaving = oldestFirst.stream()
                    .filter(monitored -> monitored.pending() == 0)
                    .findFirst()
                    .orElse(oldestFirst.get(0));
            pendingLost.addAndGet(leaving.pending());
            oldestFirst.remove(leaving);
        }
        Monitored added = new Monitored(
                unit, DriftMonitor.of(MonitoredModel.of(unit.model()), unit.policy(), options, clock, CLOCKS_DIFFER));
        oldestFirst.add(added);
        Collections.reverse(oldestFirst);
        newestFirst = List.copyOf(oldestFirst);
        return added;
    }
}
