package io.conversion.core.json;

import io.conversion.core.artifact.InvalidArtifactException;
import io.conversion.core.artifact.InvalidArtifactException.Problem;
import java.util.ArrayList;
import java.util.List;

/** Collects the problems of one document while it is read. */
final class JsonProblems {

    private final String source;
    private final List<Problem> found;
    private final boolean muted;

    JsonProblems(String source) {
        this(source, new ArrayList<>(), false);
    }

    private JsonProblems(String source, List<Problem> found, boolean muted) {
        this.source = source;
        this.found = found;
        this.muted = muted;
    }

    /** The same collection, with nothing added to it. */
    JsonProblems muted() {
        return new JsonProblems(source, found, true);
    }

    void add(String pointer, String what, String expected) {
        if (!muted) {
            found.add(new Problem(pointer, what, expected));
        }
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    void throwIfAny() {
        if (!found.isEmpty()) {
            throw new InvalidArtifactException(source, found);
        }
    }

    static String child(String pointer, String field) {
        return pointer + "/" + field.replace("~", "~0").replace("/", "~1");
    }
}
