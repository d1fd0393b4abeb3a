package io.conversion.core.json;

import io.conversion.core.artifact.InvalidArtifactException;
import io.conversion.core.artifact.InvalidArtifactException.Problem;
import java.util.ArrayList;
import java.util.List;

/** Collects the problems of one document while it is read: the first ones, and how many more there are. */
final class JsonProblems {

    private final String source;
    private final Found found;
    private final boolean muted;

    JsonProblems(String source) {
        this(source, new Found(), false);
    }

    private JsonProblems(String source, Found found, boolean muted) {
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
        return found.listed.isEmpty();
    }

    void throwIfAny() {
        if (!isEmpty()) {
            throw new InvalidArtifactException(source, found.all());
        }
    }

    static String child(String pointer, String field) {
        return pointer + "/" + ArtifactText.inPointer(field);
    }

    private static final class Found {

        private final List<Problem> listed = new ArrayList<>();
        private int more;

        void add(Problem problem) {
            if (listed.size() < JsonDocument.MAX_PROBLEMS) {
                listed.add(problem);
            } else {
                more++;
            }
        }

        List<Problem> all() {
            List<Problem> all = new ArrayList<>(listed);
            if (more > 0) {
                String what = "wrong in " + more + (more == 1 ? " more place" : " more places");
                all.add(new Problem("", what, "mend those that are listed first"));
            }
            return all;
        }
    }
}
