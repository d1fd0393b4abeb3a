package io.conversion.policy.requests;

import io.conversion.core.artifact.InvalidArtifactException.Problem;
import io.conversion.core.json.ArtifactText;
import io.conversion.core.signals.Violation;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with a request: with its JSON, or with a signal in it. Immutable.
 *
 * @param pointer the JSON pointer (RFC 6901) of the fault, empty for the request as a whole
 * @param message a whole sentence: what was found, and what is allowed
 * @param violated the violation of the schema; null where the JSON is at fault
 */
public record RequestFault(
        String pointer, String message, @Nullable Violation violated) {

    static RequestFault of(Problem problem) {
        // The reader is made for files, and says so of the document as a whole.
        String what = problem.pointer().isEmpty() ? "the request" : problem.pointer();
        String allowed = problem.expected().replace("the file", "the request");
        return new RequestFault(problem.pointer(), what + " is " + problem.found() + "; " + allowed, null);
    }

    /** A violation of signals that stand at a place; one without a name is of all of them. */
    static RequestFault of(Violation violation, String signalsAt) {
        String name = ArtifactText.inPointer(violation.signal());
        return new RequestFault(name.isEmpty() ? signalsAt : signalsAt + "/" + name, violation.message(), violation);
    }

    /**
     * The violation of the schema.
     *
     * @return the violation; empty where the JSON is at fault
     */
    public Optional<Violation> violation() {
        return Optional.ofNullable(violated);
    }

    @Override
    public String toString() {
        return message;
    }
}
