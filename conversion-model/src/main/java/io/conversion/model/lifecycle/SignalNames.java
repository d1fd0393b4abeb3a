package io.conversion.model.lifecycle;

import io.conversion.core.json.ArtifactText;
import io.conversion.model.data.InvalidDataException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The names of the signals that are made of a log: the kind of event, an underscore and what is measured.
 *
 * <p>Two sources of one name, such as the idle days of {@code session} and the days of {@code session_idle}, get names with
 * a blank instead, as in {@code session idle_days}. Which names a log gives depends on its kinds and attributes alone, not on
 * the day. Immutable.
 */
final class SignalNames {

    /** What is measured of a kind of event. */
    static final List<String> MEASURES = List.of("count", "days", "amount", "idle_days", "trend");

    private final Map<String, Integer> sources = new HashMap<>();

    private SignalNames() {}

    /**
     * Names the signals of a log.
     *
     * @throws InvalidDataException if a kind of event or an attribute cannot be part of a name, or two sources have one
     *     name all the same
     */
    static SignalNames of(List<String> kinds, Iterable<String> attributes) {
        SignalNames names = new SignalNames();
        List<String> columns = new ArrayList<>();
        attributes.forEach(columns::add);
        for (String attribute : columns) {
            require(ArtifactText.isName(attribute), "attribute", attribute);
            names.sources.merge(attribute, 1, Integer::sum);
        }
        for (String kind : kinds) {
            for (String measure : MEASURES) {
                require(ArtifactText.isName(kind + "_" + measure), "kind of event", kind);
                names.sources.merge(kind + "_" + measure, 1, Integer::sum);
            }
        }
        names.requireDistinct(kinds, columns);
        return names;
    }

    private static void require(boolean isName, String what, String text) {
        if (!isName) {
            throw new InvalidDataException(what + " " + ArtifactText.quoted(text) + " cannot name a signal: "
                    + ArtifactText.NAME + ", with \"_idle_days\" behind a kind of event");
        }
    }

    private void requireDistinct(List<String> kinds, List<String> columns) {
        Map<String, String> taken = new HashMap<>();
        columns.forEach(attribute -> taken.put(attribute, "attribute " + ArtifactText.quoted(attribute)));
        for (String kind : kinds) {
            for (String measure : MEASURES) {
                String name = of(kind, measure);
                String source = "the " + measure.replace('_', ' ') + " of events " + ArtifactText.quoted(kind);
                String other = taken.put(name, source);
                if (other != null) {
                    throw new InvalidDataException("signal " + ArtifactText.quoted(name) + " would be two things, "
                            + other + " and " + source + "; rename one of them in the files");
                }
            }
        }
    }

    /** The name of a signal. */
    String of(String kind, String measure) {
        String name = kind + "_" + measure;
        return sources.getOrDefault(name, 0) > 1 ? kind + " " + measure : name;
    }

    /**
     * Refuses levels that no schema can hold.
     *
     * @throws InvalidDataException if a level is not a name
     */
    static void requireLevels(String attribute, List<String> levels) {
        for (String level : levels) {
            if (!ArtifactText.isName(level)) {
                throw new InvalidDataException("level " + ArtifactText.quoted(level) + " of attribute "
                        + ArtifactText.quoted(attribute) + " is not valid: " + ArtifactText.NAME
                        + "; correct it in the file of signups");
            }
        }
    }
}
