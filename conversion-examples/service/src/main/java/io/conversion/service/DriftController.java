package io.conversion.service;

import io.conversion.policy.monitoring.OutcomeAnswer;
import io.conversion.policy.requests.OutcomeRequest;
import io.conversion.spring.DriftMonitors;
import io.conversion.spring.DriftMonitors.Monitored;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
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
                            + " this name is followed, and with 409 if it is reported twice, too early, too late or ahead of the clock: a"
                            + " conversion counts within the window, and that there was none from its end on.")
    @TakesBody
    @PostMapping(
            path = "/outcome",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    OutcomeTaken outcome(@RequestBody OutcomeRequest outcome) {
        if (!outcome.faults().isEmpty()) {
            throw Problems.invalidBody(Fault.all(outcome.faults()));
        }
        Instant moment = outcome.moment().orElseGet(clock::instant);
        OutcomeAnswer answer = monitors.outcome(outcome.request(), outcome.converted(), moment);
        return switch (answer) {
            case COUNTED, NOT_IN_SHARE -> new OutcomeTaken(outcome.request(), lower(answer));
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
            case AHEAD_OF_CLOCK ->
                throw refused(
                        HttpStatus.CONFLICT,
                        answer,
                        "The moment is ahead of the clock of this service; correct it, and report again.");
            case TOO_LATE ->
                throw refused(
                        HttpStatus.CONFLICT, answer, "The conversion is after the outcome window of the decision.");
        };
    }

    private static RuntimeException refused(HttpStatus status, OutcomeAnswer answer, String detail) {
        return Problems.outcomeNotCounted(status, lower(answer), detail);
    }

    private static String lower(OutcomeAnswer answer) {
        return answer.name().toLowerCase(Locale.ROOT);
    }

    /** An outcome that counts, or that is not asked for since its request is not in the share that is followed. */
    record OutcomeTaken(
            String request,

            @Schema(allowableValues = {"counted", "not_in_share"})
            String outcome) {}

    @Operation(
            summary = "Whether users and conversions are still as in the training, signal by signal and band by band",
            description = "The unit that is served first, then those before it that are kept for their outcomes.")
    @GetMapping(path = "/drift", produces = MediaType.APPLICATION_JSON_VALUE)
    DriftAnswer drift() {
        return DriftAnswer.of(monitors.settled(), monitors.pendingLost());
    }

    @Operation(summary = "The counts behind the report on one unit, which add up over several instances")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(type = "object")))
    @ApiResponse(
            responseCode = "404",
            description = "No unit of this revision is kept",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_PROBLEM_JSON_VALUE,
                            schema = @Schema(implementation = ProblemDocument.class)))
    @GetMapping(path = "/drift/snapshot", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> snapshot(
            @Parameter(description = "A revision that /drift lists; the one that is served if left out")
                    @RequestParam(name = "revision", required = false)
                    @Nullable
                    Long revision) {
        List<Monitored> kept = monitors.settled();
        Monitored asked = kept.stream()
                .filter(monitored -> revision == null || monitored.unit().revision() == revision)
                .findFirst()
                .orElseThrow(() -> Problems.unknownRevision(
                        String.valueOf(revision),
                        kept.stream()
                                .map(monitored -> monitored.unit().revision())
                                .toList()));
        return ResponseEntity.ok(asked.monitor().snapshot().toJson().getBytes(StandardCharsets.UTF_8));
    }
}
