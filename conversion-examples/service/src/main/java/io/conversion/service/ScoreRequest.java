package io.conversion.service;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.conversion.core.json.JsonObject;
import io.conversion.core.signals.SignalReading;
import io.conversion.core.signals.SignalSchema;
import io.conversion.core.signals.Violation;
import io.conversion.policy.DecisionContext;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.AdditionalPropertiesValue;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One user to decide on. The signals have a name of their own, so that no name of a signal can be taken for one of the
 * other fields.
 *
 * @param request what the caller calls the request; null to have it named
 * @param userKey the key by which the control group is drawn; null for a user who takes no part in it
 * @param previousSegment the segment of the decision before; null if there was none
 * @param signals the values by signal name, as they were given
 * @param at the JSON pointer of this user in the body
 * @param faults what is wrong with the body; signals that it names are not among the values
 */
@Schema(additionalProperties = AdditionalPropertiesValue.FALSE)
record ScoreRequest(
        @Schema(
                description = "What you call the request, such as in POST /outcome; made up if left out",
                maxLength = 500,
                example = "visit-4711")
        @Nullable
        String request,

        @Schema(
                description = "Any text that stays the same for a user: decides who is in the control group",
                maxLength = 500,
                example = "user-17")
        @JsonProperty("user_key")
        @Nullable
        String userKey,

        @Schema(
                description = "Segment of the decision before, which a policy with a margin holds on to",
                maxLength = 500,
                example = "medium_intent")
        @JsonProperty("previous_segment")
        @Nullable
        String previousSegment,

        @Schema(ref = "#/components/schemas/Signals", requiredMode = RequiredMode.REQUIRED)
        Map<String, Object> signals,

        @Schema(hidden = true) String at,
        @Schema(hidden = true) List<Fault> faults)
        implements StrictBody<ScoreRequest> {

    static ScoreRequest read(JsonObject json) {
        return read(json, "");
    }

    static ScoreRequest read(JsonObject json, String at) {
        return new ScoreRequest(
                name(json, "request"),
                name(json, "user_key"),
                name(json, "previous_segment"),
                json.object("signals").values(),
                at,
                List.of());
    }

    private static @Nullable String name(JsonObject json, String field) {
        return json.has(field) ? json.name(field) : null;
    }

    @Override
    public ScoreRequest with(List<Fault> found) {
        return new ScoreRequest(request, userKey, previousSegment, signals, at, found);
    }

    DecisionContext context() {
        DecisionContext context = DecisionContext.NONE;
        if (previousSegment != null) {
            context = context.previousSegment(previousSegment);
        }
        return userKey == null ? context : context.userKey(userKey);
    }

    /** The faults of the body and of the signals, in one list. */
    List<Fault> faults(SignalSchema schema) {
        List<Fault> all = new ArrayList<>(faults);
        Set<String> faulty = faults.stream().map(Fault::pointer).collect(Collectors.toSet());
        boolean noSignals = faulty.contains(at + "/signals") || (!at.isEmpty() && faulty.contains(at));
        if (!noSignals && schema.read(signals) instanceof SignalReading.Refused refused) {
            refused.violations().stream()
                    .map(this::fault)
                    .filter(fault -> !faulty.contains(fault.pointer()))
                    .forEach(all::add);
        }
        return all;
    }

    Fault fault(Violation violation) {
        return Fault.of(violation, at + "/signals");
    }
}
