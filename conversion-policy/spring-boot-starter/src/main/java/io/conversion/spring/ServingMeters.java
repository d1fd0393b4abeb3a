package io.conversion.spring;

import io.conversion.policy.monitoring.Challenger;
import io.conversion.policy.records.JsonlDecisionLog;
import io.conversion.policy.serving.ArtifactWatcher;
import io.conversion.policy.serving.DecisionPoint;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** What is served, what was refused, and what became of the decision log, for Micrometer. */
final class ServingMeters implements MeterBinder {

    private final ArtifactWatcher watcher;
    private final DecisionPoint decisions;
    private final @Nullable DriftMonitors drift;
    private final @Nullable Challenger challenger;
    private final @Nullable JsonlDecisionLog log;

    ServingMeters(
            ArtifactWatcher watcher,
            DecisionPoint decisions,
            @Nullable DriftMonitors drift,
            @Nullable Challenger challenger,
            @Nullable JsonlDecisionLog log) {
        this.watcher = watcher;
        this.decisions = decisions;
        this.drift = drift;
        this.challenger = challenger;
        this.log = log;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("conversion.serving.revision", watcher, w -> w.current().revision())
                .description("Revision of the model and policy that are served")
                .register(registry);
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
        bindOptional(registry);
    }

    private void bindOptional(MeterRegistry registry) {
        if (drift != null) {
            Gauge.builder("conversion.drift.alerts", drift, DriftMonitors::alerts)
                    .description("What has drifted or is off, of what is served; its report says what")
                    .register(registry);
            count(
                    registry,
                    "drift.pending.lost",
                    "Decisions whose outcome was pending when their unit was kept no more",
                    drift,
                    DriftMonitors::pendingLost);
        }
        if (challenger != null) {
            count(
                    registry,
                    "challenger.disagreements",
                    "Decisions on which champion and challenger disagreed",
                    challenger,
                    Challenger::disagreements);
            count(registry, "challenger.skipped", "Decisions without a challenger", challenger, Challenger::skipped);
        }
        if (log != null) {
            count(registry, "log.written", "Decisions written to the log", log, JsonlDecisionLog::written);
            count(registry, "log.lost", "Decisions lost to the log", log, JsonlDecisionLog::lost);
        }
    }

    private static <T> void count(
            MeterRegistry registry, String name, String description, T source, ToDoubleFunction<T> count) {
        FunctionCounter.builder("conversion." + name, source, count)
                .description(description)
                .register(registry);
    }
}
