package io.conversion.spring;

import io.conversion.policy.records.JsonlDecisionLog;
import io.conversion.policy.serving.ArtifactWatcher;
import io.conversion.policy.serving.DecisionPoint;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/** What is served, as a part {@code conversion} of the application's health. */
@AutoConfiguration(after = ConversionAutoConfiguration.class)
@ConditionalOnClass(HealthIndicator.class)
@ConditionalOnBean({ArtifactWatcher.class, DecisionPoint.class})
@ConditionalOnBooleanProperty(name = "management.health.conversion.enabled", matchIfMissing = true)
public final class ConversionHealthAutoConfiguration {

    /** For Spring, which calls it. */
    public ConversionHealthAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean(name = "conversionHealthIndicator")
    HealthIndicator conversionHealthIndicator(
            ArtifactWatcher watcher, DecisionPoint decisions, ObjectProvider<JsonlDecisionLog> log) {
        return new ServingHealth(watcher, decisions, log.getIfAvailable());
    }
}
