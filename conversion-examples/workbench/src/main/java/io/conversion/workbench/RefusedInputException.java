package io.conversion.workbench;

import java.io.Serial;

/** Input that the workbench itself refuses; the message is all that the user needs. */
final class RefusedInputException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    RefusedInputException(String message) {
        super(message);
    }
}
