package io.conversion.service;

import io.conversion.policy.serving.ArtifactWatcher;
import io.conversion.policy.serving.ServingUnit;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.Schema;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The OpenAPI document: paths and answers from the code, signals from the model that is served when it is asked for. */
@Configuration(proxyBeanMethods = false)
class OpenApiConfiguration {

    @Bean
    OpenApiCustomizer servedSignals(ArtifactWatcher watcher) {
        return document -> {
            ServingUnit unit = watcher.current();
            document.info(new Info()
                    .title("Conversion service")
                    .version(String.valueOf(unit.revision()))
                    .description("Serves model " + unit.model().reference() + " with policy "
                            + unit.policy().reference() + "."));
            document.getComponents().addSchemas("Signals", SignalsSchema.of(unit.model()));
        };
    }
}
