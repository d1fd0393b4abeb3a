package io.conversion.core;

import io.conversion.core.internal.Segments;
import io.conversion.core.provenance.ReferenceDistribution;
import io.conversion.core.provenance.SignalDistribution;
import io.conversion.core.signals.Evidence.Rule;
import io.conversion.core.signals.Evidence.Substitution;
import io.conversion.core.signals.SignalSchema;
import io.conversion.core.signals.Signals;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;

/**
 * Finds where the signals of a user count in a {@link ReferenceDistribution}, quickly enough for the request path: the
 * bins of all signals, those for missing and unseen values included, are cells that are numbered from 0. A value that was
 * clipped counts where it is scored, as it did in training. Immutable and safe to share between threads.
 */
public final class SignalBins {

    /** In front of the bins of a numeric signal there is the cell of those in which it is missing. */
    private static final int FIRST_BIN = Signals.MISSING + 1;

    private final SignalSchema schema;
    private final List<SignalDistribution> distributions;

    // By position: the first cell of the signal, and one more for the end; the edges of a numeric signal, none of
    // others.
    private final int[] first;
    private final double[][] edges;

    private SignalBins(SignalSchema schema, List<SignalDistribution> distributions) {
        this.schema = schema;
        this.distributions = distributions;
        this.first = new int[distributions.size() + 1];
        this.edges = new double[distributions.size()][];
        for (int i = 0; i < distributions.size(); i++) {
            first[i + 1] = first[i] + cells(distributions.get(i));
            edges[i] = distributions.get(i) instanceof SignalDistribution.Numbers numbers
                    ? Segments.array(numbers.edges())
                    : new double[0];
        }
    }

    private static int cells(SignalDistribution distribution) {
        return distribution instanceof SignalDistribution.Numbers numbers
                ? FIRST_BIN + numbers.rows().size()
                : distribution instanceof SignalDistribution.Levels levels
                        ? Signals.FIRST_LEVEL + levels.rows().size()
                        : Signals.TRUE + 1;
    }

    /**
     * Numbers the bins of a reference distribution.
     *
     * @param reference the distribution
     * @param schema the schema of the signals to be counted
     * @return the bins
     * @throws IllegalArgumentException if the distribution is not of this schema; the message lists every misfit
     */
    public static SignalBins of(ReferenceDistribution reference, SignalSchema schema) {
        List<String> problems = reference.problems(schema);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n  ", problems));
        }
        return new SignalBins(
                schema, List.copyOf(reference.inOrder(schema).signals().values()));
    }

    /**
     * How many cells there are.
     *
     * @return the number of cells of all signals together
     */
    public int cells() {
        return first[first.length - 1];
    }

    /**
     * How many signals there are.
     *
     * @return the number of signals of the schema
     */
    public int signals() {
        return distributions.size();
    }

    /**
     * The cell in which a user counts for one signal.
     *
     * @param signals the signals of the user
     * @param position the position of the signal in the schema, from 0
     * @return the cell, from 0 to below {@link #cells()}
     * @throws IllegalArgumentException if the signals are of another schema
     */
    public int cell(Signals signals, int position) {
        if (!signals.schema().equals(schema)) {
            throw new IllegalArgumentException(
                    "signals of schema " + signals.schema() + " have no bins in a distribution of schema " + schema);
        }
        double value = signals.at(position);
        double[] numeric = edges[position];
        if (numeric.length == 0) {
            return first[position] + (int) value;
        }
        return first[position]
                + (Double.isNaN(value) ? Signals.MISSING : FIRST_BIN + Segments.atOrBelow(numeric, value));
    }

    /**
     * Tells whether the value that a user counts by was clipped.
     *
     * @param signals the signals of the user
     * @param position the position of the signal in the schema, from 0
     * @return whether the value given was out of range, so that the nearer end of the range is scored
     */
    public boolean isClipped(Signals signals, int position) {
        List<Substitution> substitutions = signals.substitutions();
        for (int i = 0; i < substitutions.size(); i++) {
            Substitution substitution = substitutions.get(i);
            if (substitution.rule() == Rule.CLIPPED && schema.position(substitution.signal()) == position) {
                return true;
            }
        }
        return false;
    }

    /**
     * Counts by cell as distributions with the bins of the reference.
     *
     * @param counts the count of each cell, at least 0
     * @return the distributions by signal, in the order of the schema
     * @throws IllegalArgumentException if a count is negative
     */
    public Map<String, SignalDistribution> distributions(IntToLongFunction counts) {
        Map<String, SignalDistribution> counted = new LinkedHashMap<>();
        for (int i = 0; i < distributions.size(); i++) {
            int from = first[i];
            IntToLongFunction ofSignal = cell -> counts.applyAsLong(from + cell);
            counted.put(schema.declared().get(i).name(), counted(distributions.get(i), ofSignal));
        }
        return counted;
    }

    private static SignalDistribution counted(SignalDistribution reference, IntToLongFunction counts) {
        long missing = counts.applyAsLong(Signals.MISSING);
        if (reference instanceof SignalDistribution.Numbers numbers) {
            List<Long> rows = IntStream.range(0, numbers.rows().size())
                    .mapToObj(bin -> counts.applyAsLong(FIRST_BIN + bin))
                    .toList();
            return new SignalDistribution.Numbers(numbers.edges(), rows, missing);
        } else if (reference instanceof SignalDistribution.Levels levels) {
            Map<String, Long> rows = new LinkedHashMap<>();
            for (String level : levels.rows().keySet()) {
                rows.put(level, counts.applyAsLong(Signals.FIRST_LEVEL + rows.size()));
            }
            return new SignalDistribution.Levels(rows, counts.applyAsLong(Signals.UNSEEN), missing);
        }
        return new SignalDistribution.Flags(
                counts.applyAsLong(Signals.FIRST_LEVEL), counts.applyAsLong(Signals.TRUE), missing);
    }
}
