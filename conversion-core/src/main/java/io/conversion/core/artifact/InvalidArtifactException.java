package io.conversion.core.artifact;

import java.io.Serial;
import java.io.Serializable;
import java.util.List;
import java.util.stream.Collectors;

/**
 * An artifact file that is refused: every problem found in it, each with the JSON pointer of the fault.
 *
 * <p>Nothing of a refused file is loaded. The message names the source and all problems, one to a line.
 *
 * @serial exclude
 */
public final class InvalidArtifactException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String source;
    private final List<Problem> problems;

    /**
     * Refuses an artifact.
     *
     * @param source the file, or what else the content came from
     * @param problems what is wrong with it, at least one problem
     */
    public InvalidArtifactException(String source, List<Problem> problems) {
        super(message(source, problems));
        this.source = source;
        this.problems = List.copyOf(problems);
    }

    /**
     * The file that was refused, or what else its content came from.
     *
     * @return the name of the source
     */
    public String source() {
        return source;
    }

    /**
     * Everything that is wrong with the artifact, in the order of discovery. A reader lists the first 1,000 problems; a
     * last one, of the document as a whole, then says how many more there are.
     *
     * @return the problems, at least one
     */
    public List<Problem> problems() {
        return problems;
    }

    private static String message(String source, List<Problem> problems) {
        if (problems.isEmpty()) {
            throw new IllegalArgumentException("an artifact is refused for at least one problem");
        }
        if (problems.size() == 1) {
            return source + ": " + problems.get(0);
        }
        return problems.stream()
                .map(problem -> "\n  " + problem)
                .collect(Collectors.joining("", source + ": " + problems.size() + " problems", ""));
    }

    /**
     * One fault of an artifact. As text it reads {@code /shapes/2/slope is NaN; every number must be finite}.
     *
     * @param pointer the JSON pointer (RFC 6901) of the fault, empty for the document as a whole
     * @param found what stands there, in words
     * @param expected what is allowed there, or what to do
     * @serial exclude
     */
    public record Problem(String pointer, String found, String expected) implements Serializable {

        @Serial
        private static final long serialVersionUID = 1L;

        /** Longer pointers are shown by their start and their end. */
        private static final int SHOWN = 240;

        @Override
        public String toString() {
            return (pointer.isEmpty() ? "the file" : shown()) + " is " + found + "; " + expected;
        }

        private String shown() {
            return pointer.length() <= SHOWN
                    ? pointer
                    : pointer.substring(0, SHOWN / 2) + "..." + pointer.substring(pointer.length() - SHOWN / 2);
        }
    }
}
