package io.conversion.policy.serving;

import io.conversion.policy.serving.Refresh.Refusal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an {@link ArtifactWatcher} serves and what it has seen, all of one moment. Immutable and safe to share between
 * threads.
 *
 * @param serving the unit that is served
 * @param since since when it is served
 * @param highestRevision the highest revision that was served so far, above that of {@code serving} after a roll-back:
 *     only a candidate with a higher one is served next
 * @param looked when the folder was last looked at
 * @param lastRefusal the last candidate that was refused, and why; null if there was none
 * @param swaps how many candidates took the place of another unit
 * @param refusals how many candidates were refused, each counted once for the same reasons
 * @param rollBacks how many times a unit was rolled back
 */
public record WatcherStatus(
        ServingUnit serving,
        Instant since,
        long highestRevision,
        Instant looked,
        @Nullable Refusal lastRefusal,
        long swaps,
        long refusals,
        long rollBacks) {

    static WatcherStatus first(ServingUnit unit, Instant now) {
        return new WatcherStatus(unit, now, unit.revision(), now, null, 0, 0, 0);
    }

    WatcherStatus looked(Instant now) {
        return new WatcherStatus(serving, since, highestRevision, now, lastRefusal, swaps, refusals, rollBacks);
    }

    WatcherStatus swapped(ServingUnit unit, Instant now) {
        return new WatcherStatus(unit, now, unit.revision(), now, lastRefusal, swaps + 1, refusals, rollBacks);
    }

    WatcherStatus refused(Refusal refusal) {
        return new WatcherStatus(
                serving, since, highestRevision, refusal.moment(), refusal, swaps, refusals + 1, rollBacks);
    }

    WatcherStatus rolledBack(ServingUnit unit, Instant now) {
        return new WatcherStatus(unit, now, highestRevision, looked, lastRefusal, swaps, refusals, rollBacks + 1);
    }
}
