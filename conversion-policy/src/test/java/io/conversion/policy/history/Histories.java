package io.conversion.policy.history;

import io.conversion.policy.Band;
import io.conversion.policy.ModelRequirement;
import io.conversion.policy.Policy;
import java.time.Instant;
import java.util.List;

/** Small policies and publications. */
final class Histories {

    private Histories() {}

    static Policy policy(String version, double bound) {
        return policy("offers", version, bound);
    }

    static Policy policy(String name, String version, double bound) {
        return Policy.of(
                name,
                version,
                ModelRequirement.named("trial"),
                List.of(Band.of("low", 0, "wait"), Band.of("high", bound, "offer")),
                "none");
    }

    /** The policy with another moment from which it is meant to apply. */
    static Policy effective(String moment, Policy policy) {
        return policy.toBuilder(policy.version()).effectiveFrom(moment(moment)).build();
    }

    static Publication on(String moment) {
        return new Publication(moment(moment), "ana", "Change the bound");
    }

    /** A moment from its day, or from its day and time. */
    static Instant moment(String text) {
        return Instant.parse(text.contains("T") ? text + ":00Z" : text + "T00:00:00Z");
    }
}
