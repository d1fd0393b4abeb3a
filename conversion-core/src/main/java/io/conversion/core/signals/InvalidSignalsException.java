package io.conversion.core.signals;

import java.io.Serial;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Signals that their schema refuses, with every violation.
 *
 * @serial exclude
 */
public final class InvalidSignalsException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final List<Violation> violations;

    InvalidSignalsException(List<Violation> violations) {
        super(describe(violations));
        this.violations = List.copyOf(violations);
    }

    /**
     * Everything that is wrong with the signals: first by the order of the schema, then the unknown names.
     *
     * @return the violations, at least one
     */
    public List<Violation> violations() {
        return violations;
    }

    private static String describe(List<Violation> violations) {
        if (violations.size() == 1) {
            return violations.get(0).message();
        }
        return violations.stream()
                .map(violation -> "\n  " + violation.message())
                .collect(Collectors.joining("", violations.size() + " violations:", ""));
    }
}
