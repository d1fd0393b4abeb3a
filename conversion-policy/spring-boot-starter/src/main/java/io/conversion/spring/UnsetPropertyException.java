package io.conversion.spring;

import java.io.Serial;

/** A property without which the application cannot start is not set. */
final class UnsetPropertyException extends IllegalArgumentException {

    @Serial
    private static final long serialVersionUID = 1L;

    UnsetPropertyException(String property, String allowed) {
        super(property + " is not set; " + allowed);
    }
}
