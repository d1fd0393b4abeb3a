package io.conversion.policy.history;

import io.conversion.policy.Policy;
import java.util.Optional;

/** What one entry of a history changes. */
public sealed interface PolicyChange {

    /**
     * The version that the change adds to the history.
     *
     * @return the policy; empty where no version is added
     */
    default Optional<Policy> added() {
        return Optional.empty();
    }

    /**
     * A new version.
     *
     * @param policy the version
     */
    record Publish(Policy policy) implements PolicyChange {
        @Override
        public Optional<Policy> added() {
            return Optional.of(policy);
        }
    }

    /**
     * A new version with the content of an earlier one.
     *
     * @param restores the earlier version
     * @param policy the new version, which differs from the earlier one in the name of its version only
     */
    record RollBack(String restores, Policy policy) implements PolicyChange {

        /** The content of an earlier version as a new one. */
        static RollBack to(Policy earlier, String version) {
            return new RollBack(earlier.version(), earlier.toBuilder(version).build());
        }

        @Override
        public Optional<Policy> added() {
            return Optional.of(policy);
        }
    }

    /**
     * Holds one version in force, whatever is published, until it is unpinned or another one is pinned.
     *
     * @param version the version
     */
    record Pin(String version) implements PolicyChange {}

    /** Ends a pin, so that the last version that is effective is in force again. */
    record Unpin() implements PolicyChange {}
}
