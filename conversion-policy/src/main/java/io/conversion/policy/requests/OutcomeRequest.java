package io.conversion.policy.requests;

import io.conversion.core.json.ArtifactText;
import io.conversion.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What became of a user who was decided on: made by a {@link RequestReader}. Immutable and safe to share between threads.
 *
 * @param request what the request was called
 * @param converted whether the user converted
 * @param given when the user converted, or until when it is known that not; null if it was left out
 * @param faults what is wrong with the request; then the rest says nothing
 */
public record OutcomeRequest(
        String request, boolean converted, @Nullable Instant given, List<RequestFault> faults) {

    /** Copies the list. {@inheritDoc} */
    public OutcomeRequest {
        faults = List.copyOf(faults);
    }

    static OutcomeRequest read(JsonObject json) {
        if (!json.has("converted")) {
            json.problem("converted", "missing", "expected true or false");
        }
        return new OutcomeRequest(
                json.name("request"),
                json.flag("converted", false),
                json.has("moment") ? json.instant("moment") : null,
                List.of());
    }

    static OutcomeRequest unreadable(List<RequestFault> faults) {
        return new OutcomeRequest("", false, null, faults);
    }

    /**
     * When the user converted, or until when it is known that not.
     *
     * @return the moment; empty if it was left out
     */
    public Optional<Instant> moment() {
        return Optional.ofNullable(given);
    }

    /** What the request was called, and how much is wrong with it. */
    @Override
    public String toString() {
        return "outcome of request " + ArtifactText.shown(request)
                + (faults.isEmpty() ? "" : " with " + faults.size() + " faults");
    }
}
