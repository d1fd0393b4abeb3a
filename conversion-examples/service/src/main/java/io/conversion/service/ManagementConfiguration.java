package io.conversion.service;

import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.coyote.AbstractProtocol;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;

/**
 * The port for probes and meters: a few threads of its own, the same deadlines, and no bodies. Spring Boot takes it for that
 * port by its name in {@code META-INF/spring}; without an annotation, the context of the service does not take it, too.
 */
class ManagementConfiguration {

    private static final int THREADS = 8;

    @Bean
    static WebServerFactoryCustomizer<TomcatServletWebServerFactory> managementServer() {
        return new WebConfiguration.Server(protocol -> {
            if (protocol instanceof AbstractProtocol<?> http) {
                http.setMinSpareThreads(2);
                http.setMaxThreads(THREADS);
            }
        });
    }

    @Bean
    static Filter noBodies() {
        return (request, response, chain) -> {
            HttpServletRequest http = (HttpServletRequest) request;
            if (http.getContentLengthLong() > 0 || http.getHeader("Transfer-Encoding") != null) {
                // Of a request that is answered with this status, Tomcat reads no more.
                ((HttpServletResponse) response).setStatus(HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE);
            } else {
                chain.doFilter(request, response);
            }
        };
    }
}
