package io.conversion.service;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.conversion.core.signals.Violation;
import io.conversion.policy.requests.RequestFault;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
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

    static List<Fault> all(List<RequestFault> faults) {
        return faults.stream().map(Fault::of).toList();
    }

    private static Fault of(RequestFault fault) {
        return new Fault(
                fault.pointer(),
                fault.violation().map(Violation::signal).orElse(null),
                fault.violation().map(Violation::kind).orElse(null),
                fault.message());
    }
}
