package io.conversion.policy.requests;

import io.conversion.core.json.ArtifactText;
import io.conversion.core.json.JsonObject;
import io.conversion.core.signals.SignalReading;
import io.conversion.core.signals.SignalSchema;
import io.conversion.core.signals.Violation;
import io.conversion.policy.DecisionContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One user to decide on, as a request tells of it: made by a {@link RequestReader}. Immutable and safe to share between
 * threads.
 */
public final class UserRequest {

    private final @Nullable String name;
    private final DecisionContext context;
    private final Map<String, Object> declared;
    private final @Nullable Map<String, Object> signals;
    private final String pointer;
    private final List<RequestFault> faults;

    private UserRequest(
            @Nullable String name,
            DecisionContext context,
            Map<String, Object> declared,
            @Nullable Map<String, Object> signals,
            String pointer,
            List<RequestFault> faults) {
        this.name = name;
        this.context = context;
        this.declared = declared;
        this.signals = signals;
        this.pointer = pointer;
        this.faults = faults;
    }

    static UserRequest read(JsonObject json, String pointer, Set<String> declarable) {
        String name = name(json, "request");
        String key = json.privateName("user_key").orElse(null);
        String segment = name(json, "previous_segment");
        DecisionContext context = DecisionContext.NONE;
        context = segment == null ? context : context.previousSegment(segment);
        context = key == null ? context : context.userKey(key);
        Map<String, Object> declared = declarable.isEmpty() ? Map.of() : declared(json, declarable);
        Map<String, Object> signals = json.object("signals").values();
        return new UserRequest(name, context, declared, signals, pointer, List.of());
    }

    private static @Nullable String name(JsonObject json, String field) {
        return json.has(field) ? json.name(field) : null;
    }

    private static Map<String, Object> declared(JsonObject json, Set<String> declarable) {
        Optional<JsonObject> context = json.optionalObject("context");
        Map<String, Object> values =
                context.map(JsonObject::values).map(LinkedHashMap::new).orElseGet(LinkedHashMap::new);
        for (String field : List.copyOf(values.keySet())) {
            if (!declarable.contains(field)) {
                context.orElseThrow()
                        .problem(field, "not a known field", "known here are " + String.join(", ", declarable));
                values.remove(field);
            }
        }
        return Collections.unmodifiableMap(values);
    }

    /** Nothing but what is wrong with a request of which nothing can be read. */
    static UserRequest unreadable(List<RequestFault> faults) {
        return new UserRequest(null, DecisionContext.NONE, Map.of(), null, "", faults);
    }

    UserRequest with(List<RequestFault> found) {
        return new UserRequest(name, context, declared, signals, pointer, List.copyOf(found));
    }

    /**
     * What the caller calls the request.
     *
     * @return the name; empty if it was left out
     */
    public Optional<String> name() {
        return Optional.ofNullable(name);
    }

    /**
     * What is known of the user beside the signals: the key and the previous segment, as far as they were given.
     *
     * @return the context of a decision
     */
    public DecisionContext context() {
        return context;
    }

    /**
     * What the host declared to be allowed beside it.
     *
     * @return numbers, texts and truth values by name, as far as they were given
     * @see RequestReader#declaring
     */
    public Map<String, Object> declared() {
        return declared;
    }

    /**
     * Where the user stands in the request.
     *
     * @return the JSON pointer: empty for a request of one user, {@code /rows/17} in a batch
     */
    public String pointer() {
        return pointer;
    }

    /**
     * What is wrong with the JSON.
     *
     * @return the faults; none if it could be read completely
     */
    public List<RequestFault> faults() {
        return faults;
    }

    /**
     * Everything that is wrong: with the JSON, and with the signals in it as far as they could be read.
     *
     * @param schema the schema of the signals
     * @return the faults; none if {@link #read} accepts the signals
     */
    public List<RequestFault> faults(SignalSchema schema) {
        List<RequestFault> all = new ArrayList<>(faults);
        Set<String> faulty = faults.stream().map(RequestFault::pointer).collect(Collectors.toSet());
        // Of a request of one user, a fault of the whole may say no more than how many others there are.
        boolean areFaulty = faulty.contains(pointer + "/signals") || (!pointer.isEmpty() && faulty.contains(pointer));
        if (signals != null && !areFaulty && schema.read(signals) instanceof SignalReading.Refused refused) {
            refused.violations().stream()
                    .map(this::fault)
                    .filter(fault -> !faulty.contains(fault.pointer()))
                    .forEach(all::add);
        }
        return all;
    }

    /**
     * A violation of the schema with its place in the request.
     *
     * @param violation a violation of these signals
     * @return the fault
     */
    public RequestFault fault(Violation violation) {
        return RequestFault.of(violation, pointer + "/signals");
    }

    /**
     * Reads the signals by a schema.
     *
     * @param schema the schema
     * @return the accepted signals; or everything that is wrong, {@link Violation.Kind#UNREADABLE} for what is wrong with
     *     the JSON
     */
    public SignalReading read(SignalSchema schema) {
        return faults.isEmpty() && signals != null
                ? schema.read(signals)
                : new SignalReading.Refused(
                        faults(schema).stream().map(this::violation).toList());
    }

    private Violation violation(RequestFault fault) {
        return fault.violation()
                .orElseGet(() -> new Violation(signal(fault.pointer()), Violation.Kind.UNREADABLE, fault.message()));
    }

    /** The name of the signal that a pointer leads to or through; empty if it is none. */
    private String signal(String to) {
        String before = pointer + "/signals/";
        return to.startsWith(before) ? ArtifactText.firstName(to.substring(before.length() - 1)) : "";
    }

    /** What the request is called, and how much is wrong with it; no value, since these may be personal. */
    @Override
    public String toString() {
        return "request " + (name == null ? "without a name" : name)
                + (faults.isEmpty() ? "" : " with " + faults.size() + " faults");
    }
}
