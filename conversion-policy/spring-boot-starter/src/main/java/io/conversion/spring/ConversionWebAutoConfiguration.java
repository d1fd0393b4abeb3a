package io.conversion.spring;

import io.conversion.policy.requests.RequestReader;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.http.converter.HttpMessageConverters;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Requests as bodies of a controller's methods ({@code @RequestBody UserRequest}, a batch or an outcome), read by the library's strict reader. A {@link RequestReader} bean of the
 * application says how much of a request is read.
 */
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass(WebMvcConfigurer.class)
@ConditionalOnBooleanProperty(name = "conversion.enabled", matchIfMissing = true)
public final class ConversionWebAutoConfiguration {

    /** For Spring, which calls it. */
    public ConversionWebAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    RequestReader conversionRequestReader() {
        return RequestReader.defaults();
    }

    @Bean
    WebMvcConfigurer conversionRequests(RequestReader reader) {
        return new WebMvcConfigurer() {
            @Override
            public void configureMessageConverters(HttpMessageConverters.ServerBuilder converters) {
                converters.addCustomConverter(new RequestBodyConverter(reader));
            }
        };
    }
}
