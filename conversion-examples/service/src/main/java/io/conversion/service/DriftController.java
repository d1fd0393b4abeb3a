package io.conversion.service;

import io.conversion.policy.monitoring.DriftMonitor;
import io.conversion.policy.monitoring.OutcomeAnswer;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Takes outcomes, and says whether users and conversions are still as in the training of the model that is served. */
@Tag(name = "Monitoring")
@RestController
class DriftController {

    private final DriftMonitors monitors;
    private final InstantSource clock;

    DriftController(DriftMonitors monitors, InstantSource clock) {
        this.monitors = monitors;
        this.clock = clock;
    }

    @Operation(
            summary = "Reports what became of a user",
            description =
                    "Counts once the outcome window of the decision has passed. Refused with 404 if no decision of"
                            + " this name is followed, and with 409 if it is reported twice, too early or too late: a"
                            + " conversion counts within the window, and that there was none from its end on.")
    @TakesBody
    @PostMapping(
            path = "/outcome",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    OutcomeCounted outcome(@RequestBody OutcomeRequest outcome) {
        if (!outcome.faults().isEmpty()) {
            throw Problems.invalidBody(outcome.faults());
        }
        Instant moment = outcome.moment() == null ? clock.instant() : outcome.moment();
        OutcomeAnswer answer = monitors.outcome(outcome.request(), outcome.converted(), moment);
        return switch (answer) {
            case COUNTED -> new OutcomeCounted(outcome.request(), "counted");
            case UNKNOWN_REQUEST ->
                throw refused(HttpStatus.NOT_FOUND, answer, "No decision of this request is followed.");
            case REPORTED_TWICE ->
                throw refused(
                        HttpStatus.CONFLICT, answer, "There is an outcome of this request already, which stands.");
            case TOO_EARLY ->
                throw refused(
                        HttpStatus.CONFLICT,
                        answer,
                        "The moment is before that of the decision, or before the end of its outcome window for a user"
                                + " who did not convert.");
            case TOO_LATE ->
                throw refused(
                        HttpStatus.CONFLICT, answer, "The conversion is after the outcome window of the decision.");
        };
    }

    private static RuntimeException refused(HttpStatus status, OutcomeAnswer answer, String detail) {
        return Problems.outcomeNotCounted(status, answer.name().toLowerCase(Locale.ROOT), detail);
    }

    /** An outcome that counts. */
    record OutcomeCounted(String request, String outcome) {}

    @Operation(
            summary = "Whether users and conversions are still as in the training, signal by signal and band by band")
    @GetMapping(path = "/drift", produces = MediaType.APPLICATION_JSON_VALUE)
    DriftAnswer drift() {
        return DriftAnswer.of(settled().report());
    }

    @Operation(summary = "The counts behind the report, which add up over several instances")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(type = "object")))
    @GetMapping(path = "/drift/snapshot", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> snapshot() {
        return ResponseEntity.ok(settled().snapshot().toJson().getBytes(StandardCharsets.UTF_8));
    }

    private DriftMonitor settled() {
        DriftMonitor monitor = monitors.current();
        monitor.settle(clock.instant());
        return monitor;
    }
}
