package io.conversion.spring;

import io.conversion.policy.requests.BatchRequest;
import io.conversion.policy.requests.OutcomeRequest;
import io.conversion.policy.requests.RequestReader;
import io.conversion.policy.requests.UserRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.AbstractHttpMessageConverter;
import org.springframework.http.converter.HttpMessageNotWritableException;

/**
 * Reads bodies of requests strictly, in place of Spring Boot's mapper, which takes unknown fields, duplicate keys and numbers as
 * text without a word. A body with faults is an argument, too: it knows them, and is decided as a fallback.
 */
final class RequestBodyConverter extends AbstractHttpMessageConverter<Object> {

    private final Map<Class<?>, Read> readers;

    private interface Read {
        Object of(InputStream body) throws IOException;
    }

    RequestBodyConverter(RequestReader reader) {
        super(MediaType.APPLICATION_JSON);
        this.readers = Map.of(
                UserRequest.class, reader::user,
                BatchRequest.class, reader::batch,
                OutcomeRequest.class, reader::outcome);
    }

    @Override
    protected boolean supports(Class<?> type) {
        return readers.containsKey(type);
    }

    @Override
    protected Object readInternal(Class<?> type, HttpInputMessage request) throws IOException {
        return Objects.requireNonNull(readers.get(type)).of(request.getBody());
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
