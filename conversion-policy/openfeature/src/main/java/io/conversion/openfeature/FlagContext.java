package io.conversion.openfeature;

import dev.openfeature.sdk.EvaluationContext;
import dev.openfeature.sdk.Structure;
import dev.openfeature.sdk.Value;
import dev.openfeature.sdk.exceptions.InvalidContextError;
import io.conversion.policy.DecisionContext;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an evaluation context says of a user. Signals stand in a structure of their own, so that none can be taken for an
 * attribute that is meant for somebody else, and every name in it is one that the schema must know.
 */
record FlagContext(
        Map<String, @Nullable Object> signals,
        @Nullable String userKey,
        @Nullable String previousSegment,
        @Nullable String request) {

    static final String SIGNALS = "signals";
    static final String REQUEST = "request";
    static final String PREVIOUS_SEGMENT = "previous_segment";

    static FlagContext of(@Nullable EvaluationContext context) {
        Value signals = context == null ? null : context.getValue(SIGNALS);
        if (context == null || signals == null || !signals.isStructure()) {
            throw new InvalidContextError("attribute \"signals\" of the evaluation context is "
                    + (signals == null ? "missing" : "no structure")
                    + "; give the signals of the user in it, each by its name");
        }
        return new FlagContext(
                values(signals.asStructure()), key(context), text(context, PREVIOUS_SEGMENT), text(context, REQUEST));
    }

    /** The targeting key; null if it is missing or empty, which nobody can be told from others by. */
    static @Nullable String key(@Nullable EvaluationContext context) {
        String key = context == null ? null : context.getTargetingKey();
        return key == null || key.isEmpty() ? null : key;
    }

    private static Map<String, @Nullable Object> values(Structure structure) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        structure
                .asUnmodifiableMap()
                .forEach((name, value) -> values.put(name, value == null ? null : value.asObject()));
        return values;
    }

    private static @Nullable String text(EvaluationContext context, String attribute) {
        Value value = context.getValue(attribute);
        if (value == null || value.isNull()) {
            return null;
        } else if (!value.isString()) {
            throw new InvalidContextError("attribute \"" + attribute
                    + "\" of the evaluation context is no text; give a text, or leave it out");
        }
        return value.asString();
    }

    DecisionContext decisionContext() {
        DecisionContext context = DecisionContext.NONE;
        context = previousSegment == null ? context : context.previousSegment(previousSegment);
        return userKey == null ? context : context.userKey(userKey);
    }
}
