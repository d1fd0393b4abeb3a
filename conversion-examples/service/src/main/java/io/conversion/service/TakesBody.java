package io.conversion.service;

import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks a method that takes a body: in which ways that can be wrong, for the OpenAPI document. */
@ApiResponse(responseCode = "200", description = "Done", useReturnTypeSchema = true)
@ApiResponse(
        responseCode = "400",
        description = "The body is no JSON, or not what is described here",
        content =
                @Content(
                        mediaType = "application/problem+json",
                        schema = @Schema(implementation = ProblemDocument.class)))
@ApiResponse(
        responseCode = "413",
        description = "The body is too large",
        content =
                @Content(
                        mediaType = "application/problem+json",
                        schema = @Schema(implementation = ProblemDocument.class)))
@ApiResponse(
        responseCode = "415",
        description = "The body is not declared to be application/json, or has a content encoding",
        content =
                @Content(
                        mediaType = "application/problem+json",
                        schema = @Schema(implementation = ProblemDocument.class)))
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface TakesBody {}
