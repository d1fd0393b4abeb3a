package io.conversion.model.comparison;

import io.conversion.model.data.DataSet;
import io.conversion.model.evaluation.Evaluation;
import io.conversion.model.evaluation.Interval;
import io.conversion.model.evaluation.ModelDifference;
import io.conversion.model.evaluation.ModelDifference.Difference;
import io.conversion.model.evaluation.PairedBootstrap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Collects the probabilities that contenders give to users whom they were not trained on, and compares them. */
final class Measurement {

    private static final Difference NONE = new Difference(0, new Interval(0, 0));

    private final boolean[] outcomes;
    private final Map<Approach, Entry> entries = new EnumMap<>(Approach.class);
    private final Set<String> notes = new LinkedHashSet<>();

    Measurement(boolean[] outcomes) {
        this.outcomes = outcomes;
    }

    void note(String note) {
        notes.add(note);
    }

    /** Adds what a contender says of users, and which rows these are. */
    void add(Approach approach, FittedApproach learnt, DataSet users, int[] rows) {
        Entry entry = entries.computeIfAbsent(approach, added -> new Entry(outcomes.length));
        double[] probabilities = learnt.probabilities().apply(users);
        for (int i = 0; i < rows.length; i++) {
            entry.probabilities[rows[i]] = probabilities[i];
        }
        entry.choices.add(learnt.description());
        entry.innerLogLoss += learnt.innerLogLoss();
    }

    InterpretabilityCost cost(long seed) {
        PairedBootstrap bootstrap = PairedBootstrap.of(outcomes).seed(seed);
        Approach blackBox = Arrays.stream(Approach.values())
                .filter(Approach::isBlackBox)
                .min(Comparator.comparingDouble(approach -> entry(approach).innerLogLoss))
                .orElseThrow();
        return new InterpretabilityCost(
                Arrays.stream(Approach.values())
                        .map(approach -> contender(approach, bootstrap))
                        .toList(),
                blackBox,
                List.copyOf(notes));
    }

    private Contender contender(Approach approach, PairedBootstrap bootstrap) {
        Entry entry = entry(approach);
        Evaluation evaluation = Evaluation.of(entry.probabilities, outcomes);
        if (approach == Approach.OUR_MODEL) {
            return new Contender(approach, entry.choices, evaluation, NONE, NONE);
        }
        ModelDifference difference = bootstrap.difference(entry.probabilities, entry(Approach.OUR_MODEL).probabilities);
        return new Contender(approach, entry.choices, evaluation, difference.rocAuc(), gain(difference.logLoss()));
    }

    /** What is saved, of a number that is better when it is lower. */
    private static Difference gain(Difference difference) {
        // Zero minus zero is zero, not its negative.
        return new Difference(
                0 - difference.value(),
                new Interval(
                        0 - difference.interval().upper(),
                        0 - difference.interval().lower()));
    }

    private Entry entry(Approach approach) {
        return Objects.requireNonNull(entries.get(approach));
    }

    /** One contender. */
    private static final class Entry {

        private final double[] probabilities;
        private final List<String> choices = new ArrayList<>();
        private double innerLogLoss;

        private Entry(int rows) {
            this.probabilities = new double[rows];
        }
    }
}
