package io.conversion.policy.serving;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What came of looking for another unit. Immutable and safe to share between threads. */
public sealed interface Refresh {

    /**
     * The unit that is served now.
     *
     * @return the unit
     */
    ServingUnit serving();

    /**
     * There is nothing new: the manifest is the one that was looked at last, or names the unit that is served.
     *
     * @param serving the unit that is served on
     */
    record Unchanged(ServingUnit serving) implements Refresh {}

    /**
     * Another unit is served from now on. Requests that began before finish on the one that they have taken.
     *
     * @param before the unit that was served before
     * @param serving the unit that is served now
     */
    record Swapped(ServingUnit before, ServingUnit serving) implements Refresh, WatcherEvent {}

    /**
     * The candidate is refused, and the last good unit is served on. As long as the candidate stands there as it is
     * and its reasons stay the same, each refresh answers this one refusal again.
     *
     * @param serving the unit that was served when the candidate was refused, and still is
     * @param refusal why
     */
    record Refused(ServingUnit serving, Refusal refusal) implements Refresh, WatcherEvent {}

    /**
     * Why a candidate is refused.
     *
     * @param candidate the manifest of the candidate; null if it cannot be read or is none
     * @param moment when it was first refused
     * @param reasons whole sentences, at least one, which name files and artifacts and no folder
     */
    record Refusal(@Nullable ServingManifest candidate, Instant moment, List<String> reasons) {

        /** Copies the reasons. {@inheritDoc} */
        public Refusal {
            reasons = List.copyOf(reasons);
        }
    }
}
