package io.conversion.core.json;

import io.conversion.core.artifact.InvalidArtifactException.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of reading a document that may be wrong without an end to it: the value as far as it could be read, and all
 * that is wrong.
 *
 * @param value the value, made of what could be read; null if there was no object at all
 * @param problems everything that is wrong, in the order of discovery; none if the value is whole
 * @param <T> the type of the value
 */
public record JsonReading<T>(@Nullable T value, List<Problem> problems) {

    /** Copies the problems. {@inheritDoc} */
    public JsonReading {
        problems = List.copyOf(problems);
    }
}
