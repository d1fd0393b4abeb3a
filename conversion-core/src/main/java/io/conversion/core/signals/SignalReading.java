package io.conversion.core.signals;

import java.util.List;

/**
 * What came of reading signals from outside: accepted signals, or the violations for which they were refused. Immutable
 * and safe to share between threads.
 */
public sealed interface SignalReading {

    /**
     * The signals, or an exception that names every violation.
     *
     * @return the accepted signals
     * @throws InvalidSignalsException if the signals were refused
     */
    Signals orElseThrow();

    /**
     * Signals that the schema accepts.
     *
     * @param signals the signals
     */
    record Accepted(Signals signals) implements SignalReading {
        @Override
        public Signals orElseThrow() {
            return signals;
        }
    }

    /**
     * Signals that the schema refuses.
     *
     * @param violations everything that is wrong with them, at least one violation; of names that the schema does not
     *     have, the first 100 and how many more there are
     */
    record Refused(List<Violation> violations) implements SignalReading {

        /** Copies the violations. {@inheritDoc} */
        public Refused {
            violations = List.copyOf(violations);
            if (violations.isEmpty()) {
                throw new IllegalArgumentException("signals are refused for at least one violation");
            }
        }

        @Override
        public Signals orElseThrow() {
            throw new InvalidSignalsException(violations);
        }
    }
}
