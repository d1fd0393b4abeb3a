package io.conversion.service;

import io.conversion.policy.requests.BatchRequest;
import io.conversion.policy.requests.OutcomeRequest;
import io.conversion.policy.requests.UserRequest;
import io.conversion.policy.serving.ArtifactWatcher;
import io.conversion.policy.serving.ServingUnit;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.Schema;
import java.util.Objects;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The OpenAPI document: paths and answers from the code, signals from the model that is served when it is asked for. */
@Configuration(proxyBeanMethods = false)
class OpenApiConfiguration {

    static {
        SpringDocUtils.getConfig()
                .replaceWithClass(UserRequest.class, RequestBodies.ScoreRequest.class)
                .replaceWithClass(BatchRequest.class, RequestBodies.BatchRequest.class)
                .replaceWithClass(OutcomeRequest.class, RequestBodies.OutcomeRequest.class);
    }

    @Bean
    OpenApiCustomizer servedSignals(ArtifactWatcher watcher) {
        return document -> {
            ServingUnit unit = watcher.current();
            document.info(new Info()
                    .title("Conversion service")
                    .version(String.valueOf(unit.revision()))
                    .description("Serves model " + unit.model().reference() + " with policy "
                            + unit.policy().reference() + "."));
            Components components = document.getComponents();
            components.addSchemas("Signals", SignalsSchema.of(unit.model()));
            // Of a map, springdoc says beside the reference that its values are anything.
            Objects.requireNonNull(components.getSchemas().get("ScoreRequest"))
                    .addProperty("signals", new Schema<>().$ref("Signals"));
        };
    }
}
