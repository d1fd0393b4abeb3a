package io.conversion.service;

import static org.springdoc.core.utils.Constants.API_DOCS_URL;
import static org.springdoc.core.utils.Constants.DEFAULT_API_DOCS_URL_YAML;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.conversion.policy.serving.ArtifactWatcher;
import io.conversion.policy.serving.ServingUnit;
import io.swagger.v3.oas.models.OpenAPI;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.SpringDocCustomizers;
import org.springdoc.core.properties.SpringDocConfigProperties;
import org.springdoc.core.providers.SpringDocProviders;
import org.springdoc.core.service.AbstractRequestService;
import org.springdoc.core.service.GenericResponseService;
import org.springdoc.core.service.OpenAPIService;
import org.springdoc.core.service.OperationService;
import org.springdoc.webmvc.api.OpenApiWebMvcResource;
import org.springframework.beans.factory.ObjectFactory;
import org.springframework.beans.factory.annotation.Value;

/**
 * Serves the OpenAPI document: made once for each unit that is served, by one thread, and the same bytes for everybody.
 * Springdoc makes it of parts that all requests share and change, again for each language and each name that somebody gives
 * the host, and takes half a second for it.
 */
final class ServedOpenApi extends OpenApiWebMvcResource {

    private final ArtifactWatcher watcher;
    private final Lock making = new ReentrantLock();
    private volatile @Nullable Document made;

    ServedOpenApi(
            ArtifactWatcher watcher,
            ObjectFactory<OpenAPIService> services,
            AbstractRequestService requests,
            GenericResponseService responses,
            OperationService operations,
            SpringDocConfigProperties properties,
            SpringDocProviders providers,
            SpringDocCustomizers customizers) {
        super(services, requests, responses, operations, properties, providers, customizers);
        this.watcher = watcher;
    }

    /** What was made, and of which unit. */
    private static final class Document {

        final ServingUnit unit;
        final byte[] json;
        final byte[] yaml;

        Document(ServingUnit unit, byte[] json, byte[] yaml) {
            this.unit = unit;
            this.json = json;
            this.yaml = yaml;
        }
    }

    @Override
    public byte[] openapiJson(HttpServletRequest request, @Value(API_DOCS_URL) String path, Locale locale)
            throws JsonProcessingException {
        return served().json;
    }

    @Override
    public byte[] openapiYaml(HttpServletRequest request, @Value(DEFAULT_API_DOCS_URL_YAML) String path, Locale locale)
            throws JsonProcessingException {
        return served().yaml;
    }

    private Document served() throws JsonProcessingException {
        Document document = made;
        if (document != null && document.unit == watcher.current()) {
            return document;
        }
        // While one makes it anew, the others get what was right a moment ago; the very first ones wait.
        if (document != null && !making.tryLock()) {
            return document;
        } else if (document == null) {
            making.lock();
        }
        try {
            document = made;
            ServingUnit unit = watcher.current();
            return document != null && document.unit == unit ? document : make(unit);
        } finally {
            making.unlock();
        }
    }

    private Document make(ServingUnit unit) throws JsonProcessingException {
        initOpenAPIBuilder(Locale.ENGLISH);
        OpenAPI api = getOpenApi(Locale.ENGLISH);
        Document latest = new Document(unit, writeJsonValue(api), writeYamlValue(api));
        // Another unit may have come while it was made, and may stand in it; the next one who asks makes it again.
        if (watcher.current() == unit) {
            made = latest;
        }
        return latest;
    }
}
