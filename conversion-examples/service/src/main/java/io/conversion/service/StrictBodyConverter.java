package io.conversion.service;

import io.conversion.core.artifact.InvalidArtifactException;
import io.conversion.core.json.JsonDocument;
import io.conversion.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
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
final class StrictBodyConverter extends AbstractHttpMessageConverter<StrictBody<?>> {

    private final Map<Class<?>, Function<JsonObject, ? extends StrictBody<?>>> readers = Map.of(
            ScoreRequest.class, ScoreRequest::read,
            BatchRequest.class, BatchRequest::read,
            OutcomeRequest.class, OutcomeRequest::read);
    private final DataSize limit;

    StrictBodyConverter(DataSize limit) {
        super(MediaType.APPLICATION_JSON);
        this.limit = limit;
    }

    @Override
    protected boolean supports(Class<?> type) {
        return readers.containsKey(type);
    }

    @Override
    protected StrictBody<?> readInternal(Class<? extends StrictBody<?>> type, HttpInputMessage request)
            throws IOException {
        if (!request.getHeaders().getOrEmpty(HttpHeaders.CONTENT_ENCODING).stream()
                .allMatch("identity"::equalsIgnoreCase)) {
            throw Problems.codedBody();
        }
        int most = (int) limit.toBytes();
        byte[] body = request.getBody().readNBytes(most + 1);
        if (body.length > most) {
            throw Problems.bodyTooLarge(limit);
        }
        return read(body, Objects.requireNonNull(readers.get(type)));
    }

    private static <T extends StrictBody<?>> StrictBody<?> read(byte[] body, Function<JsonObject, T> reader) {
        List<T> made = new ArrayList<>();
        try {
            return JsonDocument.read(body, "body", json -> {
                made.add(reader.apply(json));
                return made.get(0);
            });
        } catch (InvalidArtifactException e) {
            List<Fault> faults = e.problems().stream().map(Fault::of).toList();
            if (made.isEmpty()) {
                throw Problems.invalidBody(faults);
            }
            return (StrictBody<?>) made.get(0).with(faults);
        }
    }

    @Override
    public boolean canWrite(Class<?> type, @Nullable MediaType mediaType) {
        return false;
    }

    @Override
    protected void writeInternal(StrictBody<?> body, HttpOutputMessage response) {
        throw new HttpMessageNotWritableException("bodies of requests are read only");
    }
}
