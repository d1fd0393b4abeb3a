package io.conversion.policy.serving;

/**
 * What a {@link WatcherOptions#listener} is told: a unit was swapped in, a candidate was refused, or a unit was rolled
 * back. Immutable and safe to share between threads.
 */
public sealed interface WatcherEvent permits Refresh.Swapped, Refresh.Refused, RollBackAnswer.RolledBack {

    /**
     * The unit that was served from the event on.
     *
     * @return the unit
     */
    ServingUnit serving();
}
