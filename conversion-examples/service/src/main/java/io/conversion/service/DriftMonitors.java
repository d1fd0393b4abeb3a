package io.conversion.service;

import io.conversion.policy.monitoring.DecisionListener;
import io.conversion.policy.monitoring.DriftMonitor;
import io.conversion.policy.monitoring.OutcomeAnswer;
import io.conversion.policy.records.DecisionEvent;
import io.conversion.policy.serving.ArtifactWatcher;
import io.conversion.policy.serving.ServingUnit;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * A monitor of drift for each unit that is served. Those of the last {@value #MOST_UNITS} units are kept, so that outcomes
 * of decisions that were made before a swap still find theirs.
 */
@Component
class DriftMonitors implements DecisionListener {

    static final int MOST_UNITS = 3;

    private final ArtifactWatcher watcher;
    private final ServiceProperties.Drift properties;
    private volatile List<Monitored> newestFirst = List.of();

    private record Monitored(ServingUnit unit, DriftMonitor monitor) {

        boolean decided(DecisionEvent event) {
            return unit.scorer() == event.scorer() && unit.policy() == event.policy();
        }
    }

    DriftMonitors(ArtifactWatcher watcher, ServiceProperties properties) {
        this.watcher = watcher;
        this.properties = properties.drift();
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
        of(watcher.current()).decided(event, nanoseconds);
    }

    /** The monitor of the unit that is served. */
    DriftMonitor current() {
        return of(watcher.current());
    }

    /** Reports an outcome to the unit that made the decision. */
    OutcomeAnswer outcome(String request, boolean converted, Instant moment) {
        OutcomeAnswer answer = OutcomeAnswer.UNKNOWN_REQUEST;
        for (Monitored monitored : newestFirst) {
            answer = monitored.monitor().outcome(request, converted, moment);
            if (answer != OutcomeAnswer.UNKNOWN_REQUEST) {
                break;
            }
        }
        return answer;
    }

    private DriftMonitor of(ServingUnit unit) {
        return newestFirst.stream()
                .filter(monitored -> monitored.unit() == unit)
                .findFirst()
                .map(Monitored::monitor)
                .orElseGet(() -> add(unit));
    }

    private synchronized DriftMonitor add(ServingUnit unit) {
        for (Monitored monitored : newestFirst) {
            if (monitored.unit() == unit) {
                return monitored.monitor();
            }
        }
        Monitored added = new Monitored(unit, DriftMonitor.of(unit.model(), unit.policy(), properties.options()));
        newestFirst = Stream.concat(Stream.of(added), newestFirst.stream().limit(MOST_UNITS - 1))
                .toList();
        return added.monitor();
    }
}
