package io.conversion.policy.requests;

import io.conversion.core.json.JsonDocument;
import io.conversion.core.json.JsonLimits;
import io.conversion.core.json.JsonObject;
import io.conversion.core.json.JsonReading;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Reads requests in JSON strictly: text in UTF-8 to what is to be decided, or to everything that is wrong, each fault with
 * its JSON pointer. A request of one user has its signals under a name of their own, so that no signal can be taken for
 * another field; all but the signals may be left out:
 *
 * <pre>{@code
 * {"request": "visit-4711", "user_key": "user-17", "previous_segment": "medium_intent",
 *  "signals": {"days_since_signup": 4, "country_tier": "tier_1"}, "context": {"campaign": "spring"}}
 * }</pre>
 *
 * <p>Refused are: what is no JSON or cut, anything after the document, names that are given twice, unknown names,
 * {@code null} (what is missing is left out), numbers as text, numbers that are not finite, whole numbers (spelt without
 * fraction and exponent) that no double is equal to, and what is beyond the {@link RequestLimits}. Nothing is thrown for
 * what a request holds. At most 1,000 faults are listed, and the others counted. Immutable and safe to share between
 * threads; keep one for all requests.
 */
public final class RequestReader {

    private final RequestLimits limits;
    private final Set<String> declarable;
    private final Kind<UserRequest> users;
    private final Kind<BatchRequest> batches;
    private final Kind<OutcomeRequest> outcomes;

    private RequestReader(RequestLimits limits, Set<String> declarable) {
        this.limits = limits;
        this.declarable = declarable;
        JsonLimits json = JsonLimits.of(
                        limits.bytes(), limits.depth(), limits.nameLength(), limits.textLength(), limits.numberLength())
                .budget(limits.values(), limits.rows());
        this.users = new Kind<>(
                json, object -> UserRequest.read(object, "", declarable), UserRequest::with, UserRequest::unreadable);
        this.batches = new Kind<>(
                json.countedBy(BatchRequest.STEPS_TO_A_ROW),
                object -> BatchRequest.read(object, declarable),
                BatchRequest::with,
                faults -> new BatchRequest(List.of(), faults));
        this.outcomes = new Kind<>(
                json,
                OutcomeRequest::read,
                (outcome, faults) -> OutcomeRequest.unreadable(faults),
                OutcomeRequest::unreadable);
    }

    /** How one kind of request is read: whole, with faults, or not at all. */
    private record Kind<T>(
            JsonLimits json,
            Function<JsonObject, T> reader,
            BiFunction<T, List<RequestFault>, T> faulty,
            Function<List<RequestFault>, T> unreadable) {

        T read(byte[] request) {
            return of(JsonDocument.attempt(request, json, reader));
        }

        T read(String request) {
            return of(JsonDocument.attempt(request, json, reader));
        }

        private T of(JsonReading<T> reading) {
            List<RequestFault> faults =
                    reading.problems().stream().map(RequestFault::of).toList();
            T value = reading.value();
            return value == null ? unreadable.apply(faults) : faults.isEmpty() ? value : faulty.apply(value, faults);
        }
    }

    /**
     * A reader with the {@linkplain RequestLimits#defaults() default limits} and without a declared context.
     *
     * @return the reader
     */
    public static RequestReader defaults() {
        return new RequestReader(RequestLimits.defaults(), Set.of());
    }

    /**
     * States the limits.
     *
     * @param stated how much of a request is read
     * @return the changed copy
     */
    public RequestReader limits(RequestLimits stated) {
        return new RequestReader(stated, declarable);
    }

    /**
     * Declares what the {@code context} of a user may hold beside key and previous segment, for the host's own use; without
     * a declaration there may be no context.
     *
     * @param names the names of numbers, texts and truth values
     * @return the changed copy
     */
    public RequestReader declaring(String... names) {
        return new RequestReader(limits, Collections.unmodifiableSet(new LinkedHashSet<>(List.of(names))));
    }

    /**
     * The limits.
     *
     * @return how much of a request is read
     */
    public RequestLimits limits() {
        return limits;
    }

    /**
     * Reads a request of one user.
     *
     * @param request JSON in UTF-8
     * @return the user, with everything that is wrong
     */
    public UserRequest user(byte[] request) {
        return users.read(request);
    }

    /**
     * Reads a request of one user.
     *
     * @param request JSON
     * @return the user, with everything that is wrong
     */
    public UserRequest user(String request) {
        return users.read(request);
    }

    /**
     * Reads a request of one user. The stream is read to its end, or to the byte that is one too many, and not closed.
     *
     * @param request JSON in UTF-8
     * @return the user, with everything that is wrong
     * @throws IOException if the stream cannot be read
     */
    public UserRequest user(InputStream request) throws IOException {
        return user(bytes(request));
    }

    /**
     * Reads a request of several users: {@code {"rows": [...]}}, each like a request of one.
     *
     * @param request JSON in UTF-8
     * @return the users, each with what is wrong with it
     */
    public BatchRequest batch(byte[] request) {
        return batches.read(request);
    }

    /**
     * Reads a request of several users, as {@link #batch(byte[])} does.
     *
     * @param request JSON
     * @return the users, each with what is wrong with it
     */
    public BatchRequest batch(String request) {
        return batches.read(request);
    }

    /**
     * Reads a request of several users, as {@link #batch(byte[])} does. The stream is read to its end, or to the byte that
     * is one too many, and not closed.
     *
     * @param request JSON in UTF-8
     * @return the users, each with what is wrong with it
     * @throws IOException if the stream cannot be read
     */
    public BatchRequest batch(InputStream request) throws IOException {
        return batch(bytes(request));
    }

    /**
     * Reads what became of a user: {@code {"request": "visit-4711", "converted": true, "moment": "2026-11-22T09:30:00Z"}},
     * in which the moment may be left out.
     *
     * @param request JSON in UTF-8
     * @return the outcome, or everything that is wrong
     */
    public OutcomeRequest outcome(byte[] request) {
        return outcomes.read(request);
    }

    /**
     * Reads what became of a user, as {@link #outcome(byte[])} does.
     *
     * @param request JSON
     * @return the outcome, or everything that is wrong
     */
    public OutcomeRequest outcome(String request) {
        return outcomes.read(request);
    }

    /**
     * Reads what became of a user, as {@link #outcome(byte[])} does. The stream is read to its end, or to the byte that is
     * one too many, and not closed.
     *
     * @param request JSON in UTF-8
     * @return the outcome, or everything that is wrong
     * @throws IOException if the stream cannot be read
     */
    public OutcomeRequest outcome(InputStream request) throws IOException {
        return outcome(bytes(request));
    }

    private byte[] bytes(InputStream request) throws IOException {
        // One more tells that there are too many; a limit of all bytes that an array may have is none.
        return request.readNBytes(Math.max(limits.bytes(), limits.bytes() + 1));
    }
}
