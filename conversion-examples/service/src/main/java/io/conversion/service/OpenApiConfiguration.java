package io.conversion.service;

import io.conversion.policy.requests.BatchRequest;
import io.conversion.policy.requests.OutcomeRequest;
import io.conversion.policy.requests.UserRequest;
import io.conversion.policy.serving.ArtifactWatcher;
import io.conversion.policy.serving.ServingUnit;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.servers.Server;
import java.util.List;
import java.util.Objects;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.customizers.SpringDocCustomizers;
import org.springdoc.core.properties.SpringDocConfigProperties;
import org.springdoc.core.providers.SpringDocProviders;
import org.springdoc.core.service.AbstractRequestService;
import org.springdoc.core.service.GenericResponseService;
import org.springdoc.core.service.OpenAPIService;
import org.springdoc.core.service.OperationService;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.beans.factory.ObjectFactory;
import org.springframework.beans.factory.annotation.Value;
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
    ServedOpenApi servedOpenApi(
            ArtifactWatcher watcher,
            ObjectFactory<OpenAPIService> services,
            AbstractRequestService requests,
            GenericResponseService responses,
            OperationService operations,
            SpringDocConfigProperties properties,
            SpringDocProviders providers,
            SpringDocCustomizers customizers) {
        return new ServedOpenApi(
                watcher, services, requests, responses, operations, properties, providers, customizers);
    }

    /** The server is named by its path alone: a document for all must not hold the host that one client gave it. */
    @Bean
    OpenApiCustomizer servedSignals(
            ArtifactWatcher watcher, @Value("${server.servlet.context-path:/}") String contextPath) {
        return document -> {
            ServingUnit unit = watcher.current();
            document.info(new Info()
                    .title("Conversion service")
                    .version(String.valueOf(unit.revision()))
                    .description("Serves model " + unit.model().reference() + " with policy "
                            + unit.policy().reference() + "."));
            document.servers(List.of(new Server().url(contextPath)));
            Components components = document.getComponents();
            components.addSchemas("Signals", SignalsSchema.of(unit.model()));
            // Of a map, springdoc says beside the reference that its values are anything.
            Objects.requireNonNull(components.getSchemas().get("ScoreRequest"))
                    .addProperty("signals", new Schema<>().$ref("Signals"));
        };
    }
}
