package io.conversion.service;

import io.conversion.policy.records.JsonlDecisionLog;
import io.conversion.policy.serving.ArtifactWatcher;
import io.conversion.policy.serving.DecisionPoint;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Optional;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.LivenessState;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tells people and probes how the service is; {@code /actuator/health} has the probes of Kubernetes, too. */
@Tag(name = "Serving")
@RestController
class HealthController {

    private final ApplicationAvailability availability;
    private final ArtifactWatcher watcher;
    private final DecisionPoint decisions;
    private final Optional<JsonlDecisionLog> log;

    HealthController(
            ApplicationAvailability availability,
            ArtifactWatcher watcher,
            DecisionPoint decisions,
            Optional<JsonlDecisionLog> log) {
        this.availability = availability;
        this.watcher = watcher;
        this.decisions = decisions;
        this.log = log;
    }

    @Operation(
            summary = "Liveness, readiness, what is served since when, and what was refused",
            description = "503 while not ready.")
    @GetMapping(path = "/health", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<HealthAnswer> health() {
        boolean live = availability.getLivenessState() == LivenessState.CORRECT;
        boolean ready = availability.getReadinessState() == ReadinessState.ACCEPTING_TRAFFIC;
        HealthAnswer answer = HealthAnswer.of(
                live,
                ready,
                watcher.status(),
                log.map(HealthAnswer.LogHealth::of).orElse(null),
                decisions.listenerFailures());
        return ResponseEntity.status(live && ready ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
                .body(answer);
    }
}
