package io.conversion.policy.review;

import io.conversion.core.ConversionModel;
import io.conversion.core.MinimumEvidence;
import io.conversion.core.provenance.SignalDistribution;
import io.conversion.core.signals.CategoricalSignal;
import io.conversion.core.signals.FlagSignal;
import io.conversion.core.signals.NumericSignal;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.WhenMissing;
import io.conversion.core.signals.WhenUnseen;
import io.conversion.policy.Condition;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Everything that some conditions can tell apart. Each signal is an axis, cut at every number and level that a condition
 * compares it with; all conditions are constant on a piece between two cuts, so one value stands for each, and only pieces
 * that hold a value of the signal are there. Signals can take their values independently of each other, so a condition is
 * exactly the product of a set of pieces on each axis.
 *
 * <p>Evidence and intervals follow from the signals, in a way that is not looked into: each is an axis of its own, as if
 * it were independent. A set that is found empty is empty all the same; one that is found to hold something may be empty
 * where such an axis bounds it.
 */
final class ConditionSpace {

    /** What an axis can have: one value for each piece. */
    private sealed interface Value {}

    private record Point(double number) implements Value {}

    private record Level(String level) implements Value {}

    private record Truth(boolean truth) implements Value {}

    private enum Absent implements Value {
        MISSING,
        UNSEEN
    }

    private final @Nullable ConversionModel model;
    private final Map<Object, List<Value>> axes = new LinkedHashMap<>();

    /** Cuts the space at the parts of some conditions, which must fit the model if there is one. */
    ConditionSpace(List<Condition> conditions, @Nullable ConversionModel model) {
        this.model = model;
        Map<Object, List<Condition.Single>> byAxis = new LinkedHashMap<>();
        conditions.stream()
                .flatMap(condition -> condition.parts().stream())
                .forEach(part -> byAxis.computeIfAbsent(axis(part), any -> new ArrayList<>())
                        .add(part));
        byAxis.forEach((axis, parts) -> axes.put(axis, values(parts)));
    }

    /** The set of everything for which a condition holds. */
    ConditionBox box(Condition condition) {
        Map<Object, BitSet> sides = new LinkedHashMap<>();
        for (Condition.Single part : condition.parts()) {
            List<Value> values = axes.getOrDefault(axis(part), List.of());
            Predicate<Value> holds = part.match(new Holds());
            BitSet holding = new BitSet();
            for (int i = 0; i < values.size(); i++) {
                holding.set(i, holds.test(values.get(i)));
            }
            sides.merge(axis(part), holding, ConditionBox::both);
        }
        return new ConditionBox(sides);
    }

    /** All pieces of an axis. */
    BitSet all(Object axis) {
        BitSet all = new BitSet();
        all.set(0, axes.getOrDefault(axis, List.of()).size());
        return all;
    }

    /** Whether an axis is a signal, and not evidence or an interval. */
    static boolean isSignal(Object axis) {
        return axis instanceof String;
    }

    /** What a condition is about: the name of a signal; the observed share; or the condition itself, if it is opaque. */
    private static Object axis(Condition.Single part) {
        if (part instanceof Condition.OfSignal ofSignal && !(part instanceof Condition.Extrapolated)) {
            return ofSignal.signal();
        }
        return part instanceof Condition.ObservedShareBelow ? Condition.ObservedShareBelow.class : part;
    }

    /** Where a condition holds, of the values of its axis. */
    private record Holds() implements Condition.SingleCases<Predicate<Value>> {

        @Override
        public Predicate<Value> number(Condition.NumberIs is) {
            return value -> value instanceof Point given && is.comparison().holds(given.number(), is.number());
        }

        @Override
        public Predicate<Value> level(Condition.LevelIn in) {
            return value -> value instanceof Level given
                    ? in.levels().contains(given.level()) != in.negated()
                    : in.negated() && value == Absent.UNSEEN;
        }

        @Override
        public Predicate<Value> flag(Condition.FlagIs is) {
            return value -> value instanceof Truth given && given.truth() == is.value();
        }

        @Override
        public Predicate<Value> missing(Condition.Missing missing) {
            return value -> value == Absent.MISSING;
        }

        @Override
        public Predicate<Value> extrapolated(Condition.Extrapolated extrapolated) {
            return new Truth(true)::equals;
        }

        @Override
        public Predicate<Value> insufficientEvidence(Condition.InsufficientEvidence insufficient) {
            return new Truth(true)::equals;
        }

        @Override
        public Predicate<Value> observedShare(Condition.ObservedShareBelow below) {
            return value -> value instanceof Point given && given.number() < below.share();
        }

        @Override
        public Predicate<Value> interval(Condition.IntervalContains interval) {
            return new Truth(true)::equals;
        }
    }

    /** The values of an axis, given the conditions on it: all of them are about the same as the first one. */
    private List<Value> values(List<Condition.Single> parts) {
        return parts.get(0).match(new Values(parts, model));
    }

    private record Values(
            List<Condition.Single> parts, @Nullable ConversionModel model)
            implements Condition.SingleCases<List<Value>> {

        @Override
        public List<Value> number(Condition.NumberIs is) {
            return ofSignal(is);
        }

        @Override
        public List<Value> level(Condition.LevelIn in) {
            return ofSignal(in);
        }

        @Override
        public List<Value> flag(Condition.FlagIs is) {
            return ofSignal(is);
        }

        @Override
        public List<Value> missing(Condition.Missing missing) {
            return ofSignal(missing);
        }

        private List<Value> ofSignal(Condition.OfSignal part) {
            return values(
                    parts,
                    model == null ? null : model.schema().find(part.signal()).orElse(null));
        }

        @Override
        public List<Value> extrapolated(Condition.Extrapolated extrapolated) {
            return truths(model == null || knowsRange(model, extrapolated.signal()));
        }

        @Override
        public List<Value> insufficientEvidence(Condition.InsufficientEvidence insufficient) {
            return truths(model == null || !isNone(model.minimumEvidence()));
        }

        @Override
        public List<Value> observedShare(Condition.ObservedShareBelow below) {
            return numbers(parts, Signal.numeric("observed share").range(0, 1));
        }

        @Override
        public List<Value> interval(Condition.IntervalContains interval) {
            return truths(model == null || model.covariance().isPresent());
        }
    }

    /** The values of a signal: of the kind that its schema says, else of the kind that the conditions need. */
    private static List<Value> values(List<Condition.Single> parts, @Nullable Signal signal) {
        List<Value> values = new ArrayList<>();
        if (signal instanceof NumericSignal numeric) {
            values.addAll(numbers(parts, numeric));
        } else if (signal instanceof CategoricalSignal categorical) {
            values.addAll(levels(parts, categorical));
        } else if (signal instanceof FlagSignal || any(parts, Condition.FlagIs.class)) {
            values.addAll(truths(true));
        } else if (any(parts, Condition.NumberIs.class)) {
            values.addAll(numbers(parts, Signal.numeric("any")));
        } else {
            values.addAll(levels(parts, null));
        }
        if (signal == null || signal.whenMissing() == WhenMissing.IMPUTE) {
            values.add(Absent.MISSING);
        }
        return values;
    }

    private static boolean any(List<Condition.Single> parts, Class<? extends Condition> kind) {
        return parts.stream().anyMatch(kind::isInstance);
    }

    private static boolean isNone(MinimumEvidence minimum) {
        return minimum.required().isEmpty() && minimum.observedShare() == 0 && !minimum.withinTraining();
    }

    private static boolean knowsRange(ConversionModel model, String signal) {
        return model.referenceDistribution()
                .map(training -> training.signals().get(signal))
                .filter(given -> given instanceof SignalDistribution.Numbers numbers && numbers.hasRange())
                .isPresent();
    }

    private static List<Value> truths(boolean canBeTrue) {
        return canBeTrue ? List.of(new Truth(false), new Truth(true)) : List.of(new Truth(false));
    }

    /** Each number that is compared with, and the smallest one of the signal between two, where there is any. */
    private static List<Value> numbers(List<Condition.Single> parts, NumericSignal signal) {
        // Adding 0 makes one number of the two zeros, which compare as equal.
        TreeSet<Double> cuts = new TreeSet<>();
        for (Condition.Single part : parts) {
            if (part instanceof Condition.NumberIs is) {
                cuts.add(is.number() + 0.0);
            } else if (part instanceof Condition.ObservedShareBelow below) {
                cuts.add(below.share());
            }
        }
        List<Value> values = new ArrayList<>();
        double above = Double.NEGATIVE_INFINITY;
        for (double cut : cuts) {
            addBetween(above, cut, signal, values);
            if (cut >= signal.min() && cut <= signal.max() && (!signal.whole() || cut == StrictMath.rint(cut))) {
                values.add(new Point(cut));
            }
            above = cut;
        }
        addBetween(above, Double.POSITIVE_INFINITY, signal, values);
        return values;
    }

    private static void addBetween(double above, double below, NumericSignal signal, List<Value> values) {
        double smallest = Math.max(Math.nextUp(above), signal.min());
        smallest = signal.whole() ? StrictMath.ceil(smallest) : smallest;
        if (smallest < below && smallest <= signal.max()) {
            values.add(new Point(smallest));
        }
    }

    /** The levels of the schema; without one those that are named, and one that stands for all others. */
    private static List<Value> levels(List<Condition.Single> parts, @Nullable CategoricalSignal signal) {
        List<Value> values = new ArrayList<>();
        Set<String> levels = new LinkedHashSet<>();
        if (signal != null) {
            levels.addAll(signal.levels());
        } else {
            parts.stream()
                    .filter(Condition.LevelIn.class::isInstance)
                    .forEach(part -> levels.addAll(((Condition.LevelIn) part).levels()));
        }
        levels.forEach(level -> values.add(new Level(level)));
        if (signal == null || !(signal.whenUnseen() instanceof WhenUnseen.Refuse)) {
            values.add(Absent.UNSEEN);
        }
        return values;
    }
}
