package io.conversion.service;

import io.conversion.core.signals.SignalReading;
import io.conversion.policy.requests.BatchRequest;
import io.conversion.policy.requests.UserRequest;
import io.conversion.policy.serving.ArtifactWatcher;
import io.conversion.policy.serving.DecisionPoint;
import io.conversion.policy.serving.DecisionRequest;
import io.conversion.policy.serving.ServedDecision;
import io.conversion.policy.serving.ServingUnit;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Scores users and decides on them. */
@Tag(name = "Decisions")
@RestController
class ScoreController {

    static final String USER = "/score";
    static final String BATCH = "/score/batch";

    private final ArtifactWatcher watcher;
    private final DecisionPoint decisions;
    private final InstantSource clock;

    ScoreController(ArtifactWatcher watcher, DecisionPoint decisions, InstantSource clock) {
        this.watcher = watcher;
        this.decisions = decisions;
        this.clock = clock;
    }

    @Operation(
            summary = "Scores one user and decides",
            description = "Signals that the schema refuses are answered with 422 and every violation at once.")
    @TakesBody
    @ApiResponse(
            responseCode = "422",
            description = "The signals are refused",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_PROBLEM_JSON_VALUE,
                            schema = @Schema(implementation = ProblemDocument.class)))
    @PostMapping(path = USER, consumes = MediaType.APPLICATION_JSON_VALUE, produces = MediaType.APPLICATION_JSON_VALUE)
    ScoreAnswer score(@RequestBody UserRequest user) {
        if (!user.faults().isEmpty()) {
            throw Problems.invalidBody(
                    Fault.all(user.faults(watcher.current().model().schema())));
        }
        ServedDecision served =
                decisions.decide(unit -> user.read(unit.model().schema()), user.context(), name(user), clock.instant());
        if (served.event().reading() instanceof SignalReading.Refused refused) {
            throw Problems.exception(signalsProblem(user, refused, served));
        }
        return ScoreAnswer.of(served);
    }

    @Operation(
            summary = "Scores several users and decides on each",
            description = "A row that is refused has a problem in place of an answer; the others are answered.")
    @TakesBody
    @PostMapping(path = BATCH, consumes = MediaType.APPLICATION_JSON_VALUE, produces = MediaType.APPLICATION_JSON_VALUE)
    BatchAnswer scoreBatch(@RequestBody BatchRequest batch) {
        if (!batch.faults().isEmpty()) {
            throw Problems.invalidBody(Fault.all(batch.faults()));
        }
        List<DecisionRequest> readable = batch.rows().stream()
                .filter(row -> row.faults().isEmpty())
                .map(row -> new DecisionRequest(unit -> row.read(unit.model().schema()), row.context(), name(row)))
                .toList();
        List<ServedDecision> decided = decisions.decideAll(readable, clock.instant());
        // All by one unit, which another one may have replaced by now.
        ServingUnit unit =
                decided.isEmpty() ? watcher.current() : decided.get(0).unit();
        Iterator<ServedDecision> served = decided.iterator();
        List<BatchAnswer.Row> rows = new ArrayList<>();
        for (UserRequest row : batch.rows()) {
            rows.add(
                    row.faults().isEmpty()
                            ? answered(rows.size(), row, served.next())
                            : unreadable(rows.size(), row, unit));
        }
        return BatchAnswer.of(rows);
    }

    private static BatchAnswer.Row answered(int index, UserRequest row, ServedDecision served) {
        return served.event().reading() instanceof SignalReading.Refused refused
                ? new BatchAnswer.Row(index, null, signalsProblem(row, refused, served))
                : new BatchAnswer.Row(index, ScoreAnswer.of(served), null);
    }

    private static BatchAnswer.Row unreadable(int index, UserRequest row, ServingUnit unit) {
        List<Fault> faults = Fault.all(row.faults(unit.model().schema()));
        return new BatchAnswer.Row(index, null, Problems.bodyProblem(faults));
    }

    private static ProblemDetail signalsProblem(
            UserRequest user, SignalReading.Refused refused, ServedDecision served) {
        List<Fault> faults =
                Fault.all(refused.violations().stream().map(user::fault).toList());
        return Problems.signalsProblem(faults, served);
    }

    private static String name(UserRequest user) {
        return user.name().orElseGet(() -> UUID.randomUUID().toString());
    }
}
