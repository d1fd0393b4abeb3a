package io.conversion.service;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a problem document holds (RFC 9457), for the OpenAPI document; Spring's ProblemDetail writes it. */
@Schema(name = "Problem")
record ProblemDocument(
        @Schema(
                description = "Which kind of problem; about:blank if left out",
                example = "urn:conversion:problem:invalid-signals")
        @Nullable
        String type,

        String title,
        int status,
        @Nullable String detail,

        @Schema(description = "The path of the request") @Nullable
        String instance,

        @Schema(description = "Everything that is wrong with the body") @Nullable
        List<Fault> errors,

        @Schema(description = "What the request is called, if its signals were refused") @Nullable
        String request,

        @Schema(description = "The policy's fallback action, if the signals were refused") @Nullable
        String action,

        @Schema(description = "Why an outcome is not counted, or why the fallback action is to be done") @Nullable
        String reason,

        @Schema(description = "The model whose schema refused the signals") @Nullable
        ArtifactReference model,

        @Schema(description = "The policy whose fallback it is, if the signals were refused") @Nullable
        ArtifactReference policy,

        @Schema(description = "The revision of the pair, if the signals were refused") @Nullable
        Long revision) {}
