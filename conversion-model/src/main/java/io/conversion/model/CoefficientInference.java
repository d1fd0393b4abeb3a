package io.conversion.model;

import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * What an unpenalised fit says of one coefficient: its estimate with its uncertainty, by the observed information at
 * the maximum of the likelihood. Agrees with statsmodels' {@code Logit} and R's {@code glm}.
 *
 * @param column the column of the fit: the signal, or {@code signal=level}
 * @param estimate log-odds per unit of the column; for a standardised signal, per standard deviation
 * @param standardError the Wald standard error of the estimate, in the same unit
 * @param z the estimate over its standard error
 * @param p the two-sided probability of a z as far from zero by chance alone, 0 to 1
 * @param oddsRatio {@code exp(estimate)}
 * @param lower the lower end of the Wald interval of the odds ratio
 * @param upper the upper end
 * @param level the level of the interval, between 0 and 1
 */
public record CoefficientInference(
        String column,
        double estimate,
        double standardError,
        double z,
        double p,
        double oddsRatio,
        double lower,
        double upper,
        double level) {

    static CoefficientInference of(String column, double estimate, double standardError, double level) {
        double reach = CalibrationLine.quantile(level) * standardError;
        double z = estimate / standardError;
        return new CoefficientInference(
                column,
                estimate,
                standardError,
                z,
                2 * NormalDistribution.of(0, 1).survivalProbability(Math.abs(z)),
                StrictMath.exp(estimate),
                StrictMath.exp(estimate - reach),
                StrictMath.exp(estimate + reach),
                level);
    }
}
