package io.conversion.workbench.console;

import java.io.Serial;

/** Input that a command refuses; the message is all that the user needs. */
public final class RefusedInputException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    public RefusedInputException(String message) {
        super(message);
    }

    /** Refuses what the library refuses, in its words. */
    public RefusedInputException(IllegalArgumentException refused) {
        super(refused.getMessage(), refused);
    }
}
