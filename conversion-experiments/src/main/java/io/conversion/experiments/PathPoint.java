package io.conversion.experiments;

import java.util.List;

/**
 * The primary metric as it was after some of the users. Immutable and safe to share between threads.
 *
 * @param label when it was: a time, or how many users had come
 * @param users the users so far
 * @param comparisons each arm against the control, by these users alone
 */
public record PathPoint(String label, long users, List<ComparisonReadout> comparisons) {

    /** Copies the list. {@inheritDoc} */
    public PathPoint {
        comparisons = List.copyOf(comparisons);
    }
}
