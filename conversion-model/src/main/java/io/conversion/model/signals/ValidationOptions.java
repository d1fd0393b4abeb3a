package io.conversion.model.signals;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a validation needs to know beside the data. Begun with {@link #defaults()}; the other methods return a changed
 * copy. Immutable and safe to share between threads.
 *
 * @param limits the limits
 * @param available for each signal the day on which its value is known, counted like the prediction day
 * @param dayOfPrediction the day on which users are scored; null if none was declared
 * @param cohortAttribute the attribute or signal that holds the cohort or the date of users; null if none was declared
 * @param level the confidence level of all intervals, between 0 and 1
 * @param seed the seed of the folds
 */
public record ValidationOptions(
        SignalLimits limits,
        Map<String, Integer> available,
        @Nullable Integer dayOfPrediction,
        @Nullable String cohortAttribute,
        double level,
        long seed) {

    /**
     * Checks the options. {@inheritDoc}
     *
     * @throws IllegalArgumentException if the level is not between 0 and 1
     */
    public ValidationOptions {
        available = Collections.unmodifiableMap(new LinkedHashMap<>(available));
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException("the level is " + level + "; it must be between 0 and 1, such as 0.95");
        }
    }

    /**
     * The standard limits, intervals of 95 %, seed 1, and nothing declared.
     *
     * @return the options
     */
    public static ValidationOptions defaults() {
        return new ValidationOptions(SignalLimits.defaults(), Map.of(), null, null, 0.95, 1);
    }

    /**
     * Changes the limits.
     *
     * @param changed the limits
     * @return the changed copy
     */
    public ValidationOptions limits(SignalLimits changed) {
        return new ValidationOptions(changed, available, dayOfPrediction, cohortAttribute, level, seed);
    }

    /**
     * Declares when the values of signals are known: for a count of the first seven days it is day 7. Once one signal
     * has its day, one without is conditional at best.
     *
     * @param days the day by signal, counted like the prediction day
     * @return the changed copy
     */
    public ValidationOptions availableOn(Map<String, Integer> days) {
        return new ValidationOptions(limits, days, dayOfPrediction, cohortAttribute, level, seed);
    }

    /**
     * Declares the day on which users are scored. A signal that is known on this day or before is valid.
     *
     * @param day the day, such as the days since signup
     * @return the changed copy
     */
    public ValidationOptions predictionDay(int day) {
        return new ValidationOptions(limits, available, day, cohortAttribute, level, seed);
    }

    /**
     * Declares what tells the cohort of a user. Where all values are ISO dates, users are grouped by month.
     *
     * @param attribute the name of an attribute or a signal of the data
     * @return the changed copy
     */
    public ValidationOptions cohort(String attribute) {
        return new ValidationOptions(limits, available, dayOfPrediction, attribute, level, seed);
    }

    /**
     * Changes the confidence level of all intervals.
     *
     * @param changed the level, between 0 and 1
     * @return the changed copy
     */
    public ValidationOptions level(double changed) {
        return new ValidationOptions(limits, available, dayOfPrediction, cohortAttribute, changed, seed);
    }

    /**
     * Changes the seed of the folds that the AUC of bins is taken over.
     *
     * @param changed the seed
     * @return the changed copy
     */
    public ValidationOptions seed(long changed) {
        return new ValidationOptions(limits, available, dayOfPrediction, cohortAttribute, level, changed);
    }

    /**
     * The day on which users are scored.
     *
     * @return the day, empty if none was declared
     */
    public Optional<Integer> predictionDay() {
        return Optional.ofNullable(dayOfPrediction);
    }

    /**
     * What tells the cohort of a user.
     *
     * @return the name of an attribute or a signal, empty if none was declared
     */
    public Optional<String> cohort() {
        return Optional.ofNullable(cohortAttribute);
    }
}
