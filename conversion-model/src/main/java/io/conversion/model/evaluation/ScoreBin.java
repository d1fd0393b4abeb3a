package io.conversion.model.evaluation;

/**
 * Users of neighbouring probabilities: what was predicted of them, and what became of them. Immutable and safe to share
 * between threads.
 *
 * @param lowest the lowest probability in the bin
 * @param highest the highest probability in the bin
 * @param rows the users
 * @param positives how many of them converted
 * @param meanPredicted the mean of their probabilities, 0 to 1
 * @param rate their rate of conversion, 0 to 1
 * @param lower the lower end of Wilson's interval of the rate
 * @param upper the upper end of the interval
 * @param lift their rate over the base rate, at least 0
 * @param gain the share of all converters who have at least the lowest probability of the bin, 0 to 1
 * @param volume the share of all users who have at least the lowest probability of the bin, 0 to 1
 */
public record ScoreBin(
        double lowest,
        double highest,
        int rows,
        int positives,
        double meanPredicted,
        double rate,
        double lower,
        double upper,
        double lift,
        double gain,
        double volume) {}
