package io.conversion.core;

import io.conversion.core.json.ArtifactText;
import io.conversion.core.provenance.ReferenceDistribution;
import io.conversion.core.provenance.SignalDistribution;
import io.conversion.core.shapes.Shape;
import io.conversion.core.signals.CategoricalSignal;
import io.conversion.core.signals.Evidence;
import io.conversion.core.signals.Evidence.Rule;
import io.conversion.core.signals.Evidence.Substitution;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalSchema;
import io.conversion.core.signals.Signals;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds what a score rests on, and whether it reaches the minimum of its model. Immutable. */
final class EvidenceCheck {

    private final SignalSchema schema;
    private final double[] weights;
    private final MinimumEvidence minimum;

    // By position: for each code whether it lacks an estimate; empty where all have one.
    private final boolean[][] notEstimated;
    private final boolean anyNotEstimated;

    // By position: the range of the training rows; infinite where it is not known, and of what is no number.
    private final double[] lowest;
    private final double[] highest;
    private final boolean anyRange;

    // By position: for each code whether no training row had it; empty where that is not known, and of numbers.
    private final boolean[][] withoutRows;

    EvidenceCheck(
            SignalSchema schema,
            Map<String, Shape> shapes,
            double[] weights,
            MinimumEvidence minimum,
            @Nullable ReferenceDistribution training) {
        this.schema = schema;
        this.weights = weights;
        this.minimum = minimum;
        this.notEstimated = shapes.values().stream().map(EvidenceCheck::marks).toArray(boolean[][]::new);
        this.anyNotEstimated = shapes.values().stream()
                .anyMatch(shape -> shape instanceof Shape.Levels levels
                        && !levels.notEstimated().isEmpty());
        this.lowest = new double[weights.length];
        this.highest = new double[weights.length];
        this.withoutRows = new boolean[weights.length][];
        boolean any = false;
        for (int i = 0; i < weights.length; i++) {
            SignalDistribution given = training == null
                    ? null
                    : training.signals().get(schema.at(i).name());
            withoutRows[i] = withoutRows(schema.at(i), given);
            lowest[i] = Double.NEGATIVE_INFINITY;
            highest[i] = Double.POSITIVE_INFINITY;
            if (given instanceof SignalDistribution.Numbers numbers && numbers.hasRange()) {
                lowest[i] = numbers.lowest();
                highest[i] = numbers.highest();
                any = true;
            }
        }
        this.anyRange = any;
    }

    private static boolean[] withoutRows(Signal signal, @Nullable SignalDistribution given) {
        if (given instanceof SignalDistribution.Flags flags) {
            boolean[] without = new boolean[Signals.TRUE + 1];
            without[Signals.FIRST_LEVEL] = flags.whenFalse() == 0;
            without[Signals.TRUE] = flags.whenTrue() == 0;
            return without;
        } else if (given instanceof SignalDistribution.Levels levels
                && signal instanceof CategoricalSignal categorical) {
            boolean[] without =
                    new boolean[Signals.FIRST_LEVEL + categorical.levels().size()];
            int code = Signals.FIRST_LEVEL;
            for (String level : categorical.levels()) {
                without[code++] = levels.rows().getOrDefault(level, 0L) == 0;
            }
            return without;
        }
        return new boolean[0];
    }

    private static boolean[] marks(Shape shape) {
        if (!(shape instanceof Shape.Levels levels) || levels.notEstimated().isEmpty()) {
            return new boolean[0];
        }
        boolean[] marks = new boolean[Signals.FIRST_LEVEL + levels.values().size()];
        int code = Signals.FIRST_LEVEL;
        for (String level : levels.values().keySet()) {
            marks[code++] = levels.notEstimated().contains(level);
        }
        return marks;
    }

    /** The evidence of one user's score; the shared instance, without any allocation, if every signal was observed. */
    Evidence of(Signals signals) {
        if (signals.substitutions().isEmpty() && isWithinTraining(signals)) {
            return Evidence.COMPLETE;
        }
        List<Substitution> all = new ArrayList<>();
        boolean[] observed = new boolean[weights.length];
        Iterator<Substitution> bySchema = signals.substitutions().iterator();
        Optional<Substitution> next = next(bySchema);
        for (int i = 0; i < weights.length; i++) {
            String name = schema.at(i).name();
            observed[i] = true;
            if (next.isPresent() && next.get().signal().equals(name)) {
                observed[i] = next.get().rule().isObserved();
                all.add(next.get());
                next = next(bySchema);
            } else if (isNotEstimated(i, signals.at(i))) {
                observed[i] = false;
                all.add(new Substitution(name, Rule.NOT_ESTIMATED, signals.text(i)));
            } else if (isExtrapolated(signals, i)) {
                all.add(new Substitution(name, Rule.EXTRAPOLATED, signals.text(i)));
            }
        }
        double share = share(observed);
        List<String> shortfalls = shortfalls(observed, share);
        if (minimum.withinTraining()) {
            shortfalls.addAll(beyondTraining(signals));
        }
        return new Evidence(all, share, shortfalls);
    }

    private static Optional<Substitution> next(Iterator<Substitution> substitutions) {
        return substitutions.hasNext() ? Optional.of(substitutions.next()) : Optional.empty();
    }

    /** Whether training rows had the levels of the user, and numbers on either side of the user's. */
    private boolean isWithinTraining(Signals signals) {
        for (int i = 0; anyNotEstimated && i < notEstimated.length; i++) {
            if (isNotEstimated(i, signals.at(i))) {
                return false;
            }
        }
        for (int i = 0; anyRange && i < lowest.length; i++) {
            if (isExtrapolated(signals, i)) {
                return false;
            }
        }
        return true;
    }

    /** The range of a number in the training rows; empty where it is not known, and of what is no number. */
    Optional<Change.TrainingRange> range(int position) {
        return lowest[position] == Double.NEGATIVE_INFINITY
                ? Optional.empty()
                : Optional.of(new Change.TrainingRange(lowest[position], highest[position]));
    }

    /** Whether a training row had the level or truth value of a code, as far as that is known. */
    boolean hasRows(int position, int code) {
        return withoutRows[position].length == 0 || !withoutRows[position][code];
    }

    /** Whether the number that is scored lies beyond all training rows; false for one that is missing. */
    boolean isExtrapolated(Signals signals, int position) {
        double value = signals.at(position);
        return value < lowest[position] || value > highest[position];
    }

    /** Whether a user has what a decision needs: {@link #of} for whoever asks for nothing else. */
    boolean isSufficient(Signals signals) {
        return !mayFallShort(signals.substitutions().isEmpty()) || of(signals).isSufficient();
    }

    /** Sentences without the value, which records may have to withhold. */
    private List<String> beyondTraining(Signals signals) {
        List<String> beyond = new ArrayList<>();
        for (int i = 0; i < lowest.length; i++) {
            if (isExtrapolated(signals, i)) {
                beyond.add("signal " + ArtifactText.quoted(schema.at(i).name())
                        + " lies beyond the training rows, which reach from " + lowest[i] + " to " + highest[i]);
            }
        }
        return beyond;
    }

    private boolean isNotEstimated(int position, double value) {
        boolean[] marks = notEstimated[position];
        return marks.length > 0 && marks[(int) value];
    }

    /**
     * Exactly 1 if all are observed, since both sums are the same then, even if they overflow; 1, too, if no signal has
     * any weight.
     */
    private double share(boolean[] observed) {
        double total = 0;
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            total += weights[i];
            sum += observed[i] ? weights[i] : 0;
        }
        return sum == total ? 1 : sum / total;
    }

    private List<String> shortfalls(boolean[] observed, double share) {
        List<String> shortfalls = new ArrayList<>();
        Set<String> required = minimum.required();
        for (int i = 0; i < observed.length; i++) {
            String name = schema.at(i).name();
            if (!observed[i] && required.contains(name)) {
                shortfalls.add("signal " + ArtifactText.quoted(name) + " is required as evidence and was not observed");
            }
        }
        if (!(share >= minimum.observedShare())) {
            shortfalls.add("observed signals carry " + share + " of the model's weight; at least "
                    + minimum.observedShare() + " is required");
        }
        return shortfalls;
    }

    /** Whether a score may be insufficient, given whether its signals were all accepted as they were given. */
    boolean mayFallShort(boolean clean) {
        return (anyRange && minimum.withinTraining())
                || ((!clean || anyNotEstimated) && (!minimum.required().isEmpty() || minimum.observedShare() > 0));
    }
}
