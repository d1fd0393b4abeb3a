package io.conversion.service;

import io.conversion.policy.DecisionListener;
import io.conversion.policy.records.JsonlDecisionLog;
import io.conversion.policy.records.JsonlOptions;
import io.conversion.policy.serving.ArtifactWatcher;
import io.conversion.policy.serving.DecisionPoint;
import io.conversion.policy.serving.WatcherOptions;
import java.io.IOException;
import java.time.Clock;
import java.time.InstantSource;
import java.util.List;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the library together: what is served, where is decided, and who listens. */
@Configuration(proxyBeanMethods = false)
class ServingConfiguration {

    @Bean
    InstantSource clock() {
        return Clock.systemUTC();
    }

    /** Loads the first unit or stops the start; then looks at the folder on a thread of its own. */
    @Bean
    ArtifactWatcher artifactWatcher(ServiceProperties properties, InstantSource clock) {
        ServiceProperties.Serving serving = properties.serving();
        WatcherOptions options = WatcherOptions.defaults().clock(clock);
        if (serving.maxFlippedShare() < 1) {
            options = options.maxFlippedShare(serving.maxFlippedShare(), serving.lastDecisions());
        }
        ArtifactWatcher watcher = ArtifactWatcher.open(serving.folder(), options);
        watcher.start(serving.poll());
        return watcher;
    }

    @Bean
    @ConditionalOnProperty("conversion.log.folder")
    JsonlDecisionLog decisionLog(ServiceProperties properties) throws IOException {
        ServiceProperties.Log log = properties.log();
        JsonlOptions options = JsonlOptions.defaults()
                .capacity(log.capacity())
                .maxFileBytes(log.maxFileSize().toBytes());
        return JsonlDecisionLog.open(log.requiredFolder(), options);
    }

    /** Everyone who listens is a bean: the watcher, the log, the meters and the monitor of drift. */
    @Bean
    DecisionPoint decisionPoint(ArtifactWatcher watcher, List<DecisionListener> listeners) {
        return DecisionPoint.of(watcher, listeners.toArray(DecisionListener[]::new));
    }
}
