package io.conversion.service;

import io.conversion.policy.requests.BatchRequest;
import io.conversion.policy.requests.OutcomeRequest;
import io.conversion.policy.requests.RequestLimits;
import io.conversion.policy.requests.RequestReader;
import io.conversion.policy.requests.UserRequest;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.AbstractHttpMessageConverter;
import org.springframework.http.converter.HttpMessageNotWritableException;
import org.springframework.util.unit.DataSize;

/**
 * Reads the bodies of requests with the library's strict reader, in place of Spring Boot's: that one takes unknown fields,
 * duplicate keys and numbers as text without a word, and names the first fault only.
 */
final class StrictBodyConverter extends AbstractHttpMessageConverter<Object> {

    private final Map<Class<?>, Function<byte[], ?>> readers;

    StrictBodyConverter(ServiceProperties.Limits limits) {
        super(MediaType.APPLICATION_JSON);
        RequestReader reader = reader(limits.body(), limits.rows());
        RequestReader batches = reader(limits.batchBody(), limits.rows());
        this.readers = Map.of(
                UserRequest.class, reader::user,
                BatchRequest.class, batches::batch,
                OutcomeRequest.class, reader::outcome);
    }

    private static RequestReader reader(DataSize most, int rows) {
        return RequestReader.defaults()
                .limits(RequestLimits.defaults().bytes((int) most.toBytes()).rows(rows));
    }

    @Override
    protected boolean supports(Class<?> type) {
        return readers.containsKey(type);
    }

    @Override
    protected Object readInternal(Class<?> type, HttpInputMessage request) throws IOException {
        if (!request.getHeaders().getOrEmpty(HttpHeaders.CONTENT_ENCODING).stream()
                .allMatch("identity"::equalsIgnoreCase)) {
            throw Problems.codedBody();
        }
        // BodyFilter has received it, within its limits.
        return Objects.requireNonNull(readers.get(type)).apply(request.getBody().readAllBytes());
    }

    @Override
    public boolean canWrite(Class<?> type, @Nullable MediaType mediaType) {
        return false;
    }

    @Override
    protected void writeInternal(Object body, HttpOutputMessage response) {
        throw new HttpMessageNotWritableException("bodies of requests are read only");
    }
}
