package io.conversion.service;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.conversion.core.artifact.InvalidArtifactException.Problem;
import io.conversion.core.signals.Violation;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with a request.
 *
 * @param pointer the JSON pointer of the fault, empty for the body as a whole
 * @param signal the signal that was refused; null where the fault is none of a signal
 * @param code the kind of violation; null where the fault is none of a signal
 * @param detail a whole sentence: what was found, and what is allowed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Fault(
        @Schema(description = "JSON pointer of the fault in the body", example = "/signals/country_tier")
        String pointer,

        @Nullable String signal,
        Violation.@Nullable Kind code,
        String detail) {

    static Fault of(Problem problem) {
        // The reader is made for files, and says so of the document as a whole.
        String what = problem.pointer().isEmpty() ? "the body" : problem.pointer();
        String allowed = problem.expected().replace("the file", "the body");
        return new Fault(problem.pointer(), null, null, what + " is " + problem.found() + "; " + allowed);
    }

    /** A violation of the schema, of the signals that stand at a place; one without a name is of all of them. */
    static Fault of(Violation violation, String signalsAt) {
        String name = violation.signal().replace("~", "~0").replace("/", "~1");
        return new Fault(
                name.isEmpty() ? signalsAt : signalsAt + "/" + name,
                violation.signal(),
                violation.kind(),
                violation.message());
    }
}
