package io.conversion.workbench.console;

import java.io.Serial;

/** Input that the workbench itself refuses; the message is all that the user needs. */
public final class RefusedInputException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    public RefusedInputException(String message) {
        super(message);
    }
}
