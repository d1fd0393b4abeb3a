package io.conversion.spring;

import io.conversion.policy.DecisionListener;
import io.conversion.policy.monitoring.ArmMonitor;
import io.conversion.policy.monitoring.Challenger;
import io.conversion.policy.records.JsonlDecisionLog;
import io.conversion.policy.records.JsonlOptions;
import io.conversion.policy.serving.ArtifactWatcher;
import io.conversion.policy.serving.DecisionPoint;
import io.conversion.policy.serving.ServingUnit;
import io.conversion.policy.serving.WatcherOptions;
import java.io.IOException;
import java.time.Clock;
import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;

/**
 * What decides: the watcher of the serving folder, the decision point, and who is told of each decision. Each bean stands back
 * for one of the application's own; each {@link DecisionListener} bean is told, in the order of Spring. Swaps, refusals and
 * roll-backs of the watcher are published as events of the application.
 */
@AutoConfiguration
@ConditionalOnBooleanProperty(name = "conversion.enabled", matchIfMissing = true)
@EnableConfigurationProperties(ConversionProperties.class)
public final class ConversionAutoConfiguration {

    /** For Spring, which calls it. */
    public ConversionAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean(InstantSource.class)
    Clock conversionClock() {
        return Clock.systemUTC();
    }

    @Bean
    @ConditionalOnMissingBean
    WatcherOptions conversionWatcherOptions(
            ConversionProperties properties, InstantSource clock, ApplicationEventPublisher events) {
        ConversionProperties.Serving serving = properties.serving();
        WatcherOptions options = WatcherOptions.defaults().clock(clock).listener(events::publishEvent);
        return serving.maxFlippedShare() < 1
                ? options.maxFlippedShare(serving.maxFlippedShare(), serving.lastDecisions())
                : options;
    }

    /** Loads the first unit or stops the start; then looks at the folder on a thread of its own. */
    @Bean
    @ConditionalOnMissingBean
    ArtifactWatcher conversionWatcher(ConversionProperties properties, WatcherOptions options) {
        ConversionProperties.Serving serving = properties.serving();
        ArtifactWatcher watcher = FirstUnit.open(serving.requiredFolder(), options, serving.startWait());
        watcher.start(serving.poll());
        return watcher;
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnProperty("conversion.log.folder")
    JsonlDecisionLog conversionDecisionLog(ConversionProperties properties) throws IOException {
        ConversionProperties.Log log = properties.log();
        JsonlOptions options = JsonlOptions.defaults()
                .capacity(log.capacity())
                .maxFileBytes(log.maxFileSize().toBytes());
        return JsonlDecisionLog.open(log.requiredFolder(), options);
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnBooleanProperty(name = "conversion.drift.enabled", matchIfMissing = true)
    DriftMonitors conversionDriftMonitors(
            ArtifactWatcher watcher, ConversionProperties properties, InstantSource clock) {
        return new DriftMonitors(watcher, properties.drift().options(), clock);
    }

    /** Counts nothing where no experiment is served. */
    @Bean
    @ConditionalOnMissingBean
    ArmMonitor conversionArmMonitor() {
        return new ArmMonitor();
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnProperty("conversion.challenger.folder")
    Challenger conversionChallenger(ConversionProperties properties) {
        ConversionProperties.ChallengerFolder challenger = properties.challenger();
        try (ArtifactWatcher once = ArtifactWatcher.open(challenger.requiredFolder(), WatcherOptions.defaults())) {
            ServingUnit unit = once.current();
            return Challenger.of(unit.scorer(), unit.engine(), challenger.options());
        }
    }

    @Bean
    @ConditionalOnMissingBean
    DecisionPoint conversionDecisionPoint(ArtifactWatcher watcher, ObjectProvider<DecisionListener> listeners) {
        return DecisionPoint.of(
                watcher,
                listeners
                        .orderedStream()
                        .filter(listener -> listener != watcher)
                        .toArray(DecisionListener[]::new));
    }
}
