package io.conversion.core.json;

import io.conversion.core.artifact.InvalidArtifactException;
import io.conversion.core.artifact.InvalidArtifactException.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Collects the problems of one document while it is read: the first ones, and how many more there are. */
final class JsonProblems {

    /** Longer names of fields are cut in pointers. */
    private static final int LONGEST_NAME = 500;

    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}|[\u2028\u2029]");

    private final String source;
    private final Found found;
    private final boolean muted;

    JsonProblems(String source) {
        this(source, new Found(0, 1), false);
    }

    /** Counts problems that are not listed by the part that they are in, as the limits say. */
    JsonProblems(String source, JsonLimits limits) {
        this(source, new Found(limits.groups(), limits.elements()), false);
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

    /** Whether so much is wrong that more of it is not listed, nor counted by the part that it is in. */
    boolean isFull() {
        return found.steps == 0 && found.listed.size() == JsonDocument.MAX_PROBLEMS;
    }

    void throwIfAny() {
        if (!isEmpty()) {
            throw new InvalidArtifactException(source, found.all());
        }
    }

    /** Refuses the document for one problem more. */
    AssertionError refuse(String pointer, String what, String expected) {
        add(pointer, what, expected);
        throwIfAny();
        return new AssertionError("a problem was reported");
    }

    static String child(String pointer, String field) {
        return pointer + "/" + ArtifactText.inPointer(shown(field));
    }

    /** A name as messages show it, which may go to a log: cut, and without control characters. */
    private static String shown(String name) {
        String cut = name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME - 3) + "...";
        return CONTROL.matcher(cut).replaceAll("\uFFFD");
    }

    private static final class Found {

        private final int steps;
        private final int parts;
        private final List<Problem> listed = new ArrayList<>();
        private final Map<String, Integer> more = new LinkedHashMap<>();

        Found(int steps, int parts) {
            this.steps = steps;
            this.parts = parts;
        }

        void add(Problem problem) {
            if (listed.size() < JsonDocument.MAX_PROBLEMS) {
                listed.add(problem);
            } else {
                String part = part(problem.pointer());
                more.merge(more.containsKey(part) || more.size() < parts ? part : "", 1, Integer::sum);
            }
        }

        private String part(String pointer) {
            int end = 0;
            for (int step = 0; step < steps && end < pointer.length(); step++) {
                int next = pointer.indexOf('/', end + 1);
                end = next < 0 ? pointer.length() : next;
            }
            return pointer.substring(0, end);
        }

        List<Problem> all() {
            List<Problem> all = new ArrayList<>(listed);
            more.forEach((part, count) -> all.add(new Problem(
                    part,
                    "wrong in " + count + (count == 1 ? " more place" : " more places"),
                    "mend those that are listed first")));
            return all;
        }
    }
}
