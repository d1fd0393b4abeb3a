package io.conversion.service;

import io.conversion.policy.records.JsonlDecisionLog;
import io.conversion.policy.serving.ArtifactWatcher;
import io.conversion.policy.serving.DecisionPoint;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.springframework.stereotype.Component;

/** What is served, what was refused, and what became of the decision log, for Micrometer. */
@Component
class ServingMeters implements MeterBinder {

    private final ArtifactWatcher watcher;
    private final DecisionPoint decisions;
    private final DriftMonitors monitors;
    private final Optional<JsonlDecisionLog> log;

    ServingMeters(
            ArtifactWatcher watcher, DecisionPoint decisions, DriftMonitors monitors, Optional<JsonlDecisionLog> log) {
        this.watcher = watcher;
        this.decisions = decisions;
        this.monitors = monitors;
        this.log = log;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("conversion.serving.revision", watcher, w -> w.current().revision())
                .description("Revision of the model and policy that are served")
                .register(registry);
        Gauge.builder("conversion.drift.alerts", monitors, DriftMonitors::alerts)
                .description("What has drifted or is off, of what is served; GET /drift says what")
                .register(registry);
        count(
                registry,
                "drift.pending.lost",
                "Decisions whose outcome was pending when their unit was kept no more",
                monitors,
                DriftMonitors::pendingLost);
        count(
                registry,
                "serving.swaps",
                "Candidates that were swapped in",
                watcher,
                w -> w.status().swaps());
        count(
                registry,
                "serving.refusals",
                "Candidates that were refused",
                watcher,
                w -> w.status().refusals());
        count(
                registry,
                "listener.failures",
                "Decisions at which a listener failed",
                decisions,
                DecisionPoint::listenerFailures);
        log.ifPresent(written -> {
            count(registry, "log.written", "Decisions written to the log", written, JsonlDecisionLog::written);
            count(registry, "log.lost", "Decisions lost to the log", written, JsonlDecisionLog::lost);
        });
    }

    private static <T> void count(
            MeterRegistry registry, String name, String description, T source, ToDoubleFunction<T> count) {
        FunctionCounter.builder("conversion." + name, source, count)
                .description(description)
                .register(registry);
    }
}
