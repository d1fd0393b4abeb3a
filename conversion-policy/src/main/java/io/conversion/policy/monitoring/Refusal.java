package io.conversion.policy.monitoring;

import io.conversion.core.signals.Violation;
import java.util.Comparator;

/**
 * Why a reading was refused: which signal, and what was wrong with it.
 *
 * @param signal the signal of the schema; empty for one that the schema does not have, and for what cannot be read at all
 * @param kind what was wrong
 */
public record Refusal(String signal, Violation.Kind kind) implements Comparable<Refusal> {

    private static final Comparator<Refusal> ORDER =
            Comparator.comparing(Refusal::signal).thenComparing(Refusal::kind);

    /** By the name of the signal, then by kind. */
    @Override
    public int compareTo(Refusal other) {
        return ORDER.compare(this, other);
    }
}
