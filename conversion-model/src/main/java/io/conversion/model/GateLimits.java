package io.conversion.model;

import java.util.function.DoublePredicate;

/**
 * What the publish gate holds a fit against. The {@link #defaults()} are a start, not a law: the methods with arguments
 * return a changed copy. Immutable and safe to share between threads.
 *
 * @param gradientPerRow the largest component of the gradient at the solution, over the number of rows, above which a fit
 *     is refused
 * @param condition condition number of the Hessian scaled to a unit diagonal, from which a fit is refused or warned of
 * @param slope acceptable calibration slopes, out of fold and on hold-out rows; refused if the whole 95 % Wald interval
 *     lies outside
 * @param rarerOutcome training rows of the rarer outcome below which a fit is warned of
 * @param rowsPerCoefficient rows of the rarer outcome for each coefficient, below which a fit is refused or warned of
 * @param leakage ROC AUC of a signal alone, above which a fit is refused or warned of
 * @param duplicatedRows share of the hold-out rows that repeat a training row, beyond chance, above which a fit is warned
 *     of, 0 to 1
 * @param holdoutLoss standard errors by which the log loss on hold-out rows may lie above that on training rows, beyond
 *     which a fit is warned of
 */
public record GateLimits(
        double gradientPerRow,
        Limit condition,
        Range slope,
        double rarerOutcome,
        Limit rowsPerCoefficient,
        Limit leakage,
        double duplicatedRows,
        double holdoutLoss) {

    private static final GateLimits DEFAULTS = new GateLimits(
            1e-8, new Limit(1e8, 1e6), new Range(0.8, 1.25), 100, new Limit(5, 10), new Limit(0.95, 0.85), 0.02, 2.33);

    /**
     * Checks the limits. {@inheritDoc}
     *
     * @throws IllegalArgumentException if a limit is not in its range; the message names it
     */
    public GateLimits {
        String number = "a number of at least ";
        check("gradientPerRow", gradientPerRow, x -> x >= 0, number + 0);
        check("conditionWarned", condition.warned, x -> x >= 1, number + 1);
        check("conditionRefused", condition.refused, x -> x >= condition.warned, number + "conditionWarned");
        check("slopeFrom", slope.from, x -> x <= 1, "a number of at most 1");
        check("slopeTo", slope.to, x -> x >= 1, number + 1);
        check("rarerOutcomeWarned", rarerOutcome, x -> x >= 0, number + 0);
        check("rowsPerCoefficientRefused", rowsPerCoefficient.refused, x -> x >= 0, number + 0);
        check(
                "rowsPerCoefficientWarned",
                rowsPerCoefficient.warned,
                x -> x >= rowsPerCoefficient.refused,
                number + "rowsPerCoefficientRefused");
        check("leakageWarned", leakage.warned, x -> x >= 0.5 && x <= 1, "from 0.5 to 1");
        check("leakageRefused", leakage.refused, x -> x >= leakage.warned && x <= 1, "from leakageWarned to 1");
        check("duplicatedRowsWarned", duplicatedRows, x -> x >= 0 && x <= 1, "from 0 to 1");
        check("holdoutLossWarned", holdoutLoss, x -> x >= 0, number + 0);
    }

    /**
     * The default limits: gradient 1e-8 a row; condition 1e8 refuses and 1e6 warns; calibration slope 0.8 to 1.25; under
     * 100 rows of the rarer outcome warn (Vergouwe et al., J. Clin. Epidemiol. 58, 2005); under 5 of them a coefficient
     * refuse and under 10 warn; AUC of a single signal above 0.95 refuses and above 0.85 warns; 2 % of hold-out rows that
     * repeat a training row warn; a log loss on hold-out rows that is 2.33 standard errors too high warns, which one good
     * fit in a hundred has.
     *
     * @return the limits
     */
    public static GateLimits defaults() {
        return DEFAULTS;
    }

    private static void check(String name, double value, DoublePredicate valid, String range) {
        if (!valid.test(value)) {
            throw new IllegalArgumentException("the limit " + name + " is " + value + "; it must be " + range);
        }
    }

    /**
     * States how steep the objective may be at the solution.
     *
     * @param refused the largest component of the gradient, over the number of rows, above which a fit is refused
     * @return the changed copy
     * @throws IllegalArgumentException if the limit is not in its range; the message names it
     */
    public GateLimits gradientPerRow(double refused) {
        return new GateLimits(
                refused, condition, slope, rarerOutcome, rowsPerCoefficient, leakage, duplicatedRows, holdoutLoss);
    }

    /**
     * States the condition numbers.
     *
     * @param refused from which a fit is refused, at least {@code warned}
     * @param warned from which it is warned of, at least 1
     * @return the changed copy
     * @throws IllegalArgumentException if a limit is not in its range; the message names it
     */
    public GateLimits condition(double refused, double warned) {
        Limit limit = new Limit(refused, warned);
        return new GateLimits(
                gradientPerRow, limit, slope, rarerOutcome, rowsPerCoefficient, leakage, duplicatedRows, holdoutLoss);
    }

    /**
     * States the acceptable calibration slopes.
     *
     * @param from the lower end, at most 1
     * @param to the upper end, at least 1
     * @return the changed copy
     * @throws IllegalArgumentException if a limit is not in its range; the message names it
     */
    public GateLimits slope(double from, double to) {
        Range range = new Range(from, to);
        return new GateLimits(
                gradientPerRow,
                condition,
                range,
                rarerOutcome,
                rowsPerCoefficient,
                leakage,
                duplicatedRows,
                holdoutLoss);
    }

    /**
     * States how many training rows of the rarer outcome there must be.
     *
     * @param warned below which a fit is warned of
     * @return the changed copy
     * @throws IllegalArgumentException if the limit is not in its range; the message names it
     */
    public GateLimits rarerOutcome(double warned) {
        return new GateLimits(
                gradientPerRow, condition, slope, warned, rowsPerCoefficient, leakage, duplicatedRows, holdoutLoss);
    }

    /**
     * States how many rows of the rarer outcome each coefficient needs.
     *
     * @param refused below which a fit is refused
     * @param warned below which it is warned of, at least {@code refused}
     * @return the changed copy
     * @throws IllegalArgumentException if a limit is not in its range; the message names it
     */
    public GateLimits rowsPerCoefficient(double refused, double warned) {
        Limit limit = new Limit(refused, warned);
        return new GateLimits(
                gradientPerRow, condition, slope, rarerOutcome, limit, leakage, duplicatedRows, holdoutLoss);
    }

    /**
     * States when a signal is suspected to hold the outcome.
     *
     * @param refused ROC AUC of the signal alone above which a fit is refused, {@code warned} to 1
     * @param warned the same above which it is warned of, 0.5 to 1
     * @return the changed copy
     * @throws IllegalArgumentException if a limit is not in its range; the message names it
     */
    public GateLimits leakage(double refused, double warned) {
        Limit limit = new Limit(refused, warned);
        return new GateLimits(
                gradientPerRow, condition, slope, rarerOutcome, rowsPerCoefficient, limit, duplicatedRows, holdoutLoss);
    }

    /**
     * States how many hold-out rows may repeat a training row.
     *
     * @param warned the share of the hold-out rows, beyond chance, above which a fit is warned of, 0 to 1
     * @return the changed copy
     * @throws IllegalArgumentException if the limit is not in its range; the message names it
     */
    public GateLimits duplicatedRows(double warned) {
        return new GateLimits(
                gradientPerRow, condition, slope, rarerOutcome, rowsPerCoefficient, leakage, warned, holdoutLoss);
    }

    /**
     * States how far the log loss on hold-out rows may lie above that on training rows.
     *
     * @param warned the number of standard errors above which a fit is warned of
     * @return the changed copy
     * @throws IllegalArgumentException if the limit is not in its range; the message names it
     */
    public GateLimits holdoutLoss(double warned) {
        return new GateLimits(
                gradientPerRow, condition, slope, rarerOutcome, rowsPerCoefficient, leakage, duplicatedRows, warned);
    }

    /**
     * A limit with a lesser one.
     *
     * @param refused where a fit is refused
     * @param warned where it is warned of
     */
    public record Limit(double refused, double warned) {}

    /**
     * A closed interval.
     *
     * @param from its lower end
     * @param to its upper end
     */
    public record Range(double from, double to) {}
}
