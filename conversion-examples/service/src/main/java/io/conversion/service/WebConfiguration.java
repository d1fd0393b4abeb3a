package io.conversion.service;

import io.conversion.service.ServiceProperties.Limits;
import jakarta.servlet.DispatcherType;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import org.apache.catalina.core.StandardHost;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.tomcat.TomcatProtocolHandlerCustomizer;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.Ordered;
import org.springframework.http.converter.HttpMessageConverters;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** How bodies are received and read, how long that may take, and how Tomcat answers what it refuses by itself. */
@Configuration(proxyBeanMethods = false)
class WebConfiguration implements WebMvcConfigurer {

    private final ServiceProperties properties;

    WebConfiguration(ServiceProperties properties) {
        this.properties = properties;
    }

    @Override
    public void configureMessageConverters(HttpMessageConverters.ServerBuilder converters) {
        converters.addCustomConverter(new StrictBodyConverter(properties.limits()));
    }

    @Bean
    static WebServerFactoryCustomizer<TomcatServletWebServerFactory> server() {
        return new Server(protocol -> {});
    }

    /** Of the port for probes and meters, too: Spring Boot looks for these in the context above. */
    @Bean
    TomcatProtocolHandlerCustomizer<DeadlineProtocol> deadlines() {
        Limits limits = properties.limits();
        return protocol -> protocol.deadlines(limits.receiveTime(), limits.exchangeTime());
    }

    @Bean
    Admission batches() {
        return new Admission(properties.limits().batches(), properties.limits().turnWait());
    }

    @Bean
    Admission longAnswers() {
        return new Admission(LongAnswers.AT_ONCE, properties.limits().turnWait());
    }

    /** Behind the filter that sets headers and the one that measures, before all others. */
    @Bean
    FilterRegistrationBean<BodyFilter> bodyFilter(
            @Qualifier("batches") Admission batches,
            @Lazy @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
        FilterRegistrationBean<BodyFilter> filter =
                new FilterRegistrationBean<>(new BodyFilter(properties.limits(), batches, problems));
        filter.setDispatcherTypes(DispatcherType.REQUEST, DispatcherType.ASYNC);
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 2);
        return filter;
    }

    @Bean
    FilterRegistrationBean<LongAnswers> longAnswerFilter(
            @Qualifier("longAnswers") Admission longAnswers,
            @Lazy @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
        FilterRegistrationBean<LongAnswers> filter =
                new FilterRegistrationBean<>(new LongAnswers(longAnswers, problems));
        filter.setDispatcherTypes(DispatcherType.REQUEST, DispatcherType.ASYNC);
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 3);
        return filter;
    }

    /** How Tomcat is set up; runs after Spring Boot's own, which sets a valve with a page. */
    static final class Server implements WebServerFactoryCustomizer<TomcatServletWebServerFactory>, Ordered {

        private final TomcatProtocolHandlerCustomizer<?> more;

        Server(TomcatProtocolHandlerCustomizer<?> more) {
            this.more = more;
        }

        @Override
        public void customize(TomcatServletWebServerFactory factory) {
            factory.setProtocol(DeadlineProtocol.class.getName());
            factory.addProtocolHandlerCustomizers(more);
            if (!canMakeFolders()) {
                withoutFolders(factory);
            }
            factory.addContextCustomizers(context -> {
                if (context.getParent() instanceof StandardHost host) {
                    host.setErrorReportValveClass(ProblemReportValve.class.getName());
                }
            });
        }

        private static boolean canMakeFolders() {
            try {
                Files.delete(Files.createTempDirectory("conversion"));
                return true;
            } catch (IOException e) {
                return false;
            }
        }

        /** Tomcat gets a folder that is there, in which it finds and puts nothing, in place of new ones. */
        private static void withoutFolders(TomcatServletWebServerFactory factory) {
            File temporary = new File(System.getProperty("java.io.tmpdir"));
            File some = temporary.isDirectory() ? temporary : new File(System.getProperty("java.home"));
            factory.setBaseDirectory(some);
            factory.setDocumentRoot(some);
            factory.addContextCustomizers(context -> context.setDocBase(null));
        }

        @Override
        public int getOrder() {
            return Ordered.LOWEST_PRECEDENCE;
        }
    }
}
