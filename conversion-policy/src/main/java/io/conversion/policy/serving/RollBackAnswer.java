package io.conversion.policy.serving;

/** What came of rolling back. Immutable and safe to share between threads. */
public sealed interface RollBackAnswer {

    /**
     * The unit that is served now.
     *
     * @return the unit
     */
    ServingUnit serving();

    /**
     * The unit before is served again.
     *
     * @param before the unit that was rolled back
     * @param serving the unit that is served again
     */
    record RolledBack(ServingUnit before, ServingUnit serving) implements RollBackAnswer, WatcherEvent {}

    /**
     * There is no unit to go back to: none was served before, or it is served already.
     *
     * @param serving the unit that is served on
     */
    record NothingBefore(ServingUnit serving) implements RollBackAnswer {}

    /**
     * Another revision is served than the one that was to be rolled back, such as one that was swapped in meanwhile.
     *
     * @param serving the unit that is served on
     */
    record OtherServed(ServingUnit serving) implements RollBackAnswer {}
}
