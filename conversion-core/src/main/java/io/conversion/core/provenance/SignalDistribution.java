package io.conversion.core.provenance;

import io.conversion.core.internal.Segments;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How many rows had which value of one signal, or which probability: what later rows are compared with to notice drift.
 * Immutable and safe to share between threads.
 */
public sealed interface SignalDistribution {

    /**
     * The rows in which the signal was missing.
     *
     * @return how many rows
     */
    long missing();

    /**
     * All rows that were counted.
     *
     * @return how many rows, missing ones included
     */
    long total();

    /**
     * Counts of numbers between edges.
     *
     * @param edges the edges in the signal's unit, strictly ascending, at least one
     * @param rows the rows below the first edge; then those from each edge, inclusive, to the next one, exclusive; then
     *     those from the last edge on: one count more than there are edges
     * @param missing the rows in which the signal was missing
     * @param lowest the lowest number of all rows; NaN if it is not known
     * @param highest the highest number of all rows, not below the lowest; NaN if it is not known
     */
    record Numbers(List<Double> edges, List<Long> rows, long missing, double lowest, double highest)
            implements SignalDistribution {

        /**
         * Counts of numbers whose range is not known.
         *
         * @param edges the edges
         * @param rows the rows between them
         * @param missing the rows in which the signal was missing
         * @throws IllegalArgumentException if the edges do not ascend, or the counts do not fit them or are negative
         */
        public Numbers(List<Double> edges, List<Long> rows, long missing) {
            this(edges, rows, missing, Double.NaN, Double.NaN);
        }

        /**
         * Copies the lists. {@inheritDoc}
         *
         * @throws IllegalArgumentException if the edges do not ascend, the counts do not fit them or are negative, or the
         *     range has one end or ends that do not ascend
         */
        public Numbers {
            boolean isUnknown = Double.isNaN(lowest) && Double.isNaN(highest);
            require(
                    isUnknown || (Double.isFinite(lowest) && Double.isFinite(highest) && lowest <= highest),
                    "its range is from " + lowest + " to " + highest + ", not between two finite numbers that ascend");
            edges = List.copyOf(edges);
            rows = List.copyOf(rows);
            for (int i = 0; i < edges.size(); i++) {
                require(
                        Double.isFinite(edges.get(i)) && (i == 0 || edges.get(i) > edges.get(i - 1)),
                        "its edges " + edges + " are not finite and strictly ascending");
            }
            require(!edges.isEmpty(), "it has no edge");
            require(
                    rows.size() == edges.size() + 1,
                    "it has " + rows.size() + " counts for " + edges.size() + " edges; one more is expected");
            requireCounts(rows);
            requireCounts(List.of(missing));
        }

        @Override
        public long total() {
            return sum(rows) + missing;
        }

        /**
         * Tells whether the range of the numbers is known.
         *
         * @return whether the lowest and the highest one are
         */
        public boolean hasRange() {
            return lowest <= highest;
        }

        /**
         * Where a number is counted.
         *
         * @param x a number, not NaN
         * @return the position in {@link #rows()}
         */
        public int bin(double x) {
            return Segments.atOrBelow(edges, x);
        }
    }

    /**
     * Counts of levels.
     *
     * @param rows the rows by level, in the order of the schema
     * @param unseen the rows with a level that the schema does not list
     * @param missing the rows in which the signal was missing
     */
    record Levels(Map<String, Long> rows, long unseen, long missing) implements SignalDistribution {

        /**
         * Copies the counts and keeps their order. {@inheritDoc}
         *
         * @throws IllegalArgumentException if a count is negative
         */
        public Levels {
            rows = Collections.unmodifiableMap(new LinkedHashMap<>(rows));
            requireCounts(rows.values());
            requireCounts(List.of(unseen, missing));
        }

        @Override
        public long total() {
            return sum(rows.values()) + unseen + missing;
        }
    }

    /**
     * Counts of a flag.
     *
     * @param whenFalse the rows in which it was false
     * @param whenTrue the rows in which it was true
     * @param missing the rows in which it was missing
     */
    record Flags(long whenFalse, long whenTrue, long missing) implements SignalDistribution {

        /**
         * Checks the counts. {@inheritDoc}
         *
         * @throws IllegalArgumentException if a count is negative
         */
        public Flags {
            requireCounts(List.of(whenFalse, whenTrue, missing));
        }

        @Override
        public long total() {
            return whenFalse + whenTrue + missing;
        }
    }

    private static long sum(Iterable<Long> counts) {
        long sum = 0;
        for (long count : counts) {
            sum += count;
        }
        return sum;
    }

    private static void requireCounts(Iterable<Long> counts) {
        for (long count : counts) {
            require(count >= 0 && count <= 1L << 53, "its count " + count + " is not from 0 to 2^53");
        }
    }

    private static void require(boolean holds, String problem) {
        if (!holds) {
            throw new IllegalArgumentException("distribution: " + problem);
        }
    }
}
