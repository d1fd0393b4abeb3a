package io.conversion.model.signals;

import io.conversion.model.evaluation.Interval;

/**
 * The users of one bin of a signal. The base rate that lift refers to is taken as known. Immutable and safe to share
 * between threads.
 *
 * @param label what the users have in common: {@code <= 1}, {@code (1, 2]}, {@code > 2}, {@code true}, a level,
 *     {@code missing}, {@code unseen} for levels that the schema does not list, or {@code 12 rarer levels}
 * @param rows the number of users
 * @param positives how many of them converted
 * @param weightOfEvidence {@code log(((positives + 0.5) / (P + 0.5 k)) / ((negatives + 0.5) / (N + 0.5 k)))} in nats,
 *     where P and N are the converters and the others in all k bins; positive where users convert more than on average
 * @param rate positives over rows, 0 to 1
 * @param lower lower end of the Wilson interval of the rate, 0 to 1
 * @param upper upper end of the Wilson interval of the rate, 0 to 1
 * @param lift rate over base rate, at least 0; 1 is no lift
 * @param liftLower lower end of the interval of the lift
 * @param liftUpper upper end of the interval of the lift
 */
public record SignalBin(
        String label,
        int rows,
        int positives,
        double weightOfEvidence,
        double rate,
        double lower,
        double upper,
        double lift,
        double liftLower,
        double liftUpper) {

    static SignalBin of(String label, int rows, int positives, double weightOfEvidence, double baseRate, double level) {
        double rate = (double) positives / rows;
        Interval interval = Interval.wilson(positives, rows, level);
        return new SignalBin(
                label,
                rows,
                positives,
                weightOfEvidence,
                rate,
                interval.lower(),
                interval.upper(),
                rate / baseRate,
                interval.lower() / baseRate,
                interval.upper() / baseRate);
    }
}
