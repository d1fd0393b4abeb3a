package io.conversion.model;

import io.conversion.core.json.ArtifactText;

/**
 * The profile likelihood interval of one coefficient of an unpenalised fit: every value b that the data do not speak
 * against.
 *
 * <p>With {@code l(b)} the largest log-likelihood of a fit whose coefficient is held at b, and {@code l} that of the fit
 * itself, it is the set where {@code 2 (l - l(b))}, the rise of the deviance, is at most the quantile of the chi-squared
 * distribution with one degree of freedom at the level: 3.8415 at level 0.95. Each end is solved for until the rise is
 * the quantile to within 1e-9. Unlike a Wald interval it need not be symmetric, and it holds its level better where a
 * coefficient is large or rests on few users (Venzon and Moolgavkar, A Method for Computing Profile-Likelihood-Based
 * Confidence Intervals, Applied Statistics 37, 1988). Agrees with R's {@code glm.fit} with an offset.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @param column the column of the fit: the signal, or {@code signal=level}
 * @param estimate log-odds per unit of the column; for a standardised signal, per standard deviation
 * @param lower the lower end, in the same unit; minus infinity if the deviance never rises to the quantile below the
 *     estimate, since the column all but separates the outcomes
 * @param upper the upper end, in the same unit; infinity if the deviance never rises to the quantile above the estimate
 * @param level the level of the interval, between 0 and 1
 */
public record ProfileInterval(String column, double estimate, double lower, double upper, double level) {

    /**
     * Checks the order of the numbers. {@inheritDoc}
     *
     * @throws IllegalArgumentException if the level is not between 0 and 1, or the estimate not between the ends
     */
    public ProfileInterval {
        CalibrationLine.checkLevel(level);
        if (!(lower <= estimate && estimate <= upper)) {
            throw new IllegalArgumentException("the profile interval of " + ArtifactText.quoted(column) + " is " + lower
                    + " to " + upper + "; it must hold the estimate, " + estimate);
        }
    }

    /**
     * What the odds are multiplied by for each unit of the column.
     *
     * @return {@code exp(estimate)}
     */
    public double oddsRatio() {
        return StrictMath.exp(estimate);
    }

    /**
     * The lower end of the interval of the odds ratio.
     *
     * @return {@code exp(lower)}, 0 if that end is at minus infinity
     */
    public double lowerOddsRatio() {
        return StrictMath.exp(lower);
    }

    /**
     * The upper end of the interval of the odds ratio.
     *
     * @return {@code exp(upper)}
     */
    public double upperOddsRatio() {
        return StrictMath.exp(upper);
    }
}
