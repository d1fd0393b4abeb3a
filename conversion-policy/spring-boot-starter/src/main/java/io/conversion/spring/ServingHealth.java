package io.conversion.spring;

import io.conversion.policy.records.JsonlDecisionLog;
import io.conversion.policy.serving.ArtifactWatcher;
import io.conversion.policy.serving.DecisionPoint;
import io.conversion.policy.serving.Refresh.Refusal;
import io.conversion.policy.serving.ServingUnit;
import io.conversion.policy.serving.WatcherStatus;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Up as long as there is a unit to decide by, which there always is once the application has started: a candidate that was
 * refused, a log that loses records and a listener that fails are told as details, since decisions go on.
 */
final class ServingHealth implements HealthIndicator {

    private final ArtifactWatcher watcher;
    private final DecisionPoint decisions;
    private final @Nullable JsonlDecisionLog log;

    ServingHealth(ArtifactWatcher watcher, DecisionPoint decisions, @Nullable JsonlDecisionLog log) {
        this.watcher = watcher;
        this.decisions = decisions;
        this.log = log;
    }

    @Override
    public Health health() {
        WatcherStatus status = watcher.status();
        ServingUnit unit = status.serving();
        Health.Builder health = Health.up()
                .withDetail("model", unit.model().reference().toMap())
                .withDetail("policy", unit.policy().reference().toMap())
                .withDetail("revision", unit.revision())
                .withDetail("since", status.since().toString())
                .withDetail("looked", status.looked().toString())
                .withDetail("swaps", status.swaps())
                .withDetail("refusals", status.refusals())
                .withDetail("listener_failures", decisions.listenerFailures());
        Refusal refusal = status.lastRefusal();
        if (refusal != null) {
            health.withDetail("last_refusal", refusal.moment().toString()).withDetail("reasons", refusal.reasons());
        }
        if (log != null) {
            health.withDetail("log_written", log.written()).withDetail("log_lost", log.lost());
        }
        return health.build();
    }
}
