package io.conversion.service;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.conversion.policy.records.JsonlDecisionLog;
import io.conversion.policy.serving.Refresh.Refusal;
import io.conversion.policy.serving.ServingUnit;
import io.conversion.policy.serving.WatcherStatus;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the service is, and what it serves.
 *
 * @param status {@code ok}, or {@code not_ready} while it starts and stops
 * @param live whether the process works; it is to be started anew if not
 * @param ready whether requests may be sent
 * @param model the model that is served
 * @param policy the policy that is served
 * @param revision the revision of the pair
 * @param since since when the pair is served
 * @param folder what was seen in the serving folder
 * @param decisionLog what became of decisions in the log; null if none is written
 * @param listenerFailures how many times a listener of decisions failed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record HealthAnswer(
        @Schema(allowableValues = {"ok", "not_ready"}) String status,
        boolean live,
        boolean ready,
        ArtifactReference model,
        ArtifactReference policy,
        long revision,
        Instant since,
        FolderHealth folder,
        @JsonProperty("decision_log") @Nullable LogHealth decisionLog,
        @JsonProperty("listener_failures") long listenerFailures) {

    static HealthAnswer of(
            boolean live, boolean ready, WatcherStatus status, @Nullable LogHealth log, long listenerFailures) {
        ServingUnit unit = status.serving();
        return new HealthAnswer(
                live && ready ? "ok" : "not_ready",
                live,
                ready,
                ArtifactReference.of(unit.model().reference()),
                ArtifactReference.of(unit.policy().reference()),
                unit.revision(),
                status.since(),
                FolderHealth.of(status),
                log,
                listenerFailures);
    }

    /** When the folder was last looked at, and how many candidates were swapped in, refused and rolled back. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record FolderHealth(
            Instant looked,
            long swaps,
            long refusals,
            @JsonProperty("roll_backs") long rollBacks,
            @JsonProperty("last_refusal") @Nullable RefusedCandidate lastRefusal) {

        static FolderHealth of(WatcherStatus status) {
            Refusal refusal = status.lastRefusal();
            return new FolderHealth(
                    status.looked(),
                    status.swaps(),
                    status.refusals(),
                    status.rollBacks(),
                    refusal == null ? null : RefusedCandidate.of(refusal));
        }
    }

    /** A candidate that was refused: its revision, if its manifest could be read; when, and every reason. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record RefusedCandidate(@Nullable Long revision, Instant moment, List<String> reasons) {

        static RefusedCandidate of(Refusal refusal) {
            return new RefusedCandidate(
                    refusal.candidate() == null ? null : refusal.candidate().revision(),
                    refusal.moment(),
                    refusal.reasons());
        }
    }

    /** How many decisions were written since the start, and how many were lost. */
    record LogHealth(long written, long lost) {

        static LogHealth of(JsonlDecisionLog log) {
            return new LogHealth(log.written(), log.lost());
        }
    }
}
