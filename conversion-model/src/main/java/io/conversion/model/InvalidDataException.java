package io.conversion.model;

import java.io.Serial;
import java.util.List;

/**
 * Data that cannot be used for training or evaluation, with every problem, or the first ten of many.
 *
 * @serial exclude
 */
public final class InvalidDataException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final List<String> problems;

    InvalidDataException(String problem) {
        this(problem, List.of(problem));
    }

    InvalidDataException(String message, List<String> problems) {
        super(message);
        this.problems = List.copyOf(problems);
    }

    /**
     * What is wrong with the data.
     *
     * @return the problems in sentences, at least one; of bad cells the first ten
     */
    public List<String> problems() {
        return problems;
    }
}
