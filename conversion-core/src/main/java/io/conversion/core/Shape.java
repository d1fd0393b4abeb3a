package io.conversion.core;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The function of one signal that a model adds up: from the value of the signal to log-odds. Shapes are what a reader
 * of a model sees; means, standard deviations and indicator columns of the training are folded into them. Immutable.
 */
public sealed interface Shape {

    /**
     * What the shape adds when the signal is missing and the schema imputes, in log-odds.
     *
     * @return the value for missing
     */
    double missing();

    /**
     * A straight line for a numeric signal: {@code slope * (x - centre)}. The centre keeps its digits where the values
     * of a signal lie far from zero.
     *
     * @param slope log-odds per unit of the signal
     * @param centre where the shape is zero, in the signal's unit: the mean of the training rows, or 0
     * @param missing the value for missing, in log-odds
     */
    record Linear(double slope, double centre, double missing) implements Shape {}

    /**
     * One value for a flag that is true; false adds nothing.
     *
     * @param whenTrue the value for true, in log-odds
     * @param missing the value for missing, in log-odds
     */
    record Flag(double whenTrue, double missing) implements Shape {}

    /**
     * One value for each level of a categorical signal.
     *
     * @param values the values by level, in log-odds and in the order of the schema
     * @param unseen the value for a level that the schema does not list, in log-odds
     * @param missing the value for missing, in log-odds
     * @param notEstimated the levels that the training rows say nothing about; they have the value of the first level
     */
    record Levels(Map<String, Double> values, double unseen, double missing, Set<String> notEstimated)
            implements Shape {

        /** Copies the values and keeps their order. {@inheritDoc} */
        public Levels {
            values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
            notEstimated = Collections.unmodifiableSet(new TreeSet<>(notEstimated));
        }
    }
}
