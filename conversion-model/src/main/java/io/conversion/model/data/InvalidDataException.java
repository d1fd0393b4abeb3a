package io.conversion.model.data;

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

    /**
     * Refuses data for one reason.
     *
     * @param problem what is wrong, in a sentence that names the place, the value and the remedy
     */
    public InvalidDataException(String problem) {
        this(problem, List.of(problem));
    }

    /** Names the first ten problems and counts the others. */
    static InvalidDataException ofMany(String file, List<String> problems) {
        List<String> named = problems.subList(0, Math.min(10, problems.size()));
        String rest = problems.size() > named.size() ? "\n  and " + (problems.size() - named.size()) + " more" : "";
        return new InvalidDataException(file + ": " + String.join("\n  ", named) + rest, named);
    }

    /**
     * Refuses data for several reasons.
     *
     * @param message the whole message
     * @param problems what is wrong, in sentences, at most ten
     */
    public InvalidDataException(String message, List<String> problems) {
        super(message);
        this.problems = List.copyOf(problems);
    }

    /**
     * What is wrong with the data.
     *
     * @return the problems in sentences, at least one and at most ten
     */
    public List<String> problems() {
        return problems;
    }
}
