package io.conversion.model;

import io.conversion.core.json.ArtifactText;
import java.io.Serial;
import java.util.List;

/**
 * The outcomes of the training rows are separated, so that no finite maximum of the likelihood exists.
 *
 * @serial exclude
 */
public final class SeparationException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final List<String> columns;

    SeparationException(List<String> columns) {
        super("the outcomes are separated by "
                + NameList.of(columns.stream()
                        .map(column -> ArtifactText.quoted(column))
                        .toList())
                + ": along this combination every training row has the outcome it points to, so no finite estimate"
                + " exists; train with a penalty, such as 1, or exclude the signal if it gives the outcome away");
        this.columns = List.copyOf(columns);
    }

    /**
     * The columns of the design that separate the outcomes, alone or together.
     *
     * @return signals, or {@code signal=level}
     */
    public List<String> columns() {
        return columns;
    }
}
