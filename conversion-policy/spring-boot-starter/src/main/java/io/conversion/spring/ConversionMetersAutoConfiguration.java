package io.conversion.spring;

import io.conversion.policy.monitoring.Challenger;
import io.conversion.policy.records.JsonlDecisionLog;
import io.conversion.policy.serving.ArtifactWatcher;
import io.conversion.policy.serving.DecisionPoint;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** What is decided and served, as meters of Micrometer, where the application has a registry of them. */
@AutoConfiguration(
        after = ConversionAutoConfiguration.class,
        afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean({MeterRegistry.class, ArtifactWatcher.class, DecisionPoint.class})
public final class ConversionMetersAutoConfiguration {

    /** For Spring, which calls it. */
    public ConversionMetersAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    DecisionMeters conversionDecisionMeters(MeterRegistry registry) {
        return new DecisionMeters(registry);
    }

    @Bean
    @ConditionalOnMissingBean
    ServingMeters conversionServingMeters(
            ArtifactWatcher watcher,
            DecisionPoint decisions,
            ObjectProvider<DriftMonitors> drift,
            ObjectProvider<Challenger> challenger,
            ObjectProvider<JsonlDecisionLog> log) {
        return new ServingMeters(
                watcher, decisions, drift.getIfAvailable(), challenger.getIfAvailable(), log.getIfAvailable());
    }
}
