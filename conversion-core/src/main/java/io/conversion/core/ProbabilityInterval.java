package io.conversion.core;

import io.conversion.core.signals.Signals;

/**
 * A Wald interval of a probability: what the estimation of a model's numbers leaves open about one score. Made by
 * {@link Scorer#interval(Signals, double)}, which says what it leaves out. Immutable and safe to share between threads.
 *
 * @param lower the lower end, 0 to 1, not above the score's probability
 * @param upper the upper end, 0 to 1, not below the score's probability
 * @param level the confidence level, such as 0.95, above 0 and below 1
 */
public record ProbabilityInterval(double lower, double upper, double level) {

    /**
     * Checks the numbers. {@inheritDoc}
     *
     * @throws IllegalArgumentException if the ends are not ordered numbers from 0 to 1, or the level is out of range
     */
    public ProbabilityInterval {
        requireLevel(level);
        if (!(lower >= 0 && lower <= upper && upper <= 1)) {
            throw new IllegalArgumentException(
                    "the interval is " + lower + " to " + upper + "; its ends must be ordered numbers from 0 to 1");
        }
    }

    static void requireLevel(double level) {
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException(
                    "the confidence level is " + level + "; it must be above 0 and below 1, such as 0.95");
        }
    }
}
