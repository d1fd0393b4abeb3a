package io.conversion.service;

import io.conversion.core.json.JsonObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.AdditionalPropertiesValue;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a user who was decided on.
 *
 * @param request what the request was called
 * @param converted whether the user converted
 * @param moment when the user converted, or until when it is known that not; null for now
 * @param faults what is wrong with the body
 */
@Schema(additionalProperties = AdditionalPropertiesValue.FALSE)
record OutcomeRequest(
        @Schema(requiredMode = RequiredMode.REQUIRED) String request,
        @Schema(requiredMode = RequiredMode.REQUIRED) boolean converted,

        @Schema(description = "When the user converted, or until when it is known that not, in UTC; now if left out")
        @Nullable
        Instant moment,

        @Schema(hidden = true) List<Fault> faults)
        implements StrictBody<OutcomeRequest> {

    static OutcomeRequest read(JsonObject json) {
        if (!json.has("converted")) {
            json.problem("converted", "missing", "expected true or false");
        }
        return new OutcomeRequest(
                json.name("request"),
                json.flag("converted", false),
                json.has("moment") ? json.instant("moment") : null,
                List.of());
    }

    @Override
    public OutcomeRequest with(List<Fault> found) {
        return new OutcomeRequest(request, converted, moment, found);
    }
}
