package io.conversion.service;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.AdditionalPropertiesValue;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the library's reader takes, told to whoever reads the OpenAPI document. Never made. */
final class RequestBodies {

    private RequestBodies() {}

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
            Map<String, Object> signals) {}

    @Schema(additionalProperties = AdditionalPropertiesValue.FALSE)
    record BatchRequest(
            @Schema(requiredMode = RequiredMode.REQUIRED) List<ScoreRequest> rows) {}

    @Schema(additionalProperties = AdditionalPropertiesValue.FALSE)
    record OutcomeRequest(
            @Schema(requiredMode = RequiredMode.REQUIRED) String request,
            @Schema(requiredMode = RequiredMode.REQUIRED) boolean converted,

            @Schema(
                    description =
                            "When the user converted, or until when it is known that not, in UTC; now if left out")
            @Nullable
            Instant moment) {}
}
