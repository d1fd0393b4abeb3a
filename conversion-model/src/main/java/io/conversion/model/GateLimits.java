package io.conversion.model;

import java.util.function.DoublePredicate;

/**
 * What the publish gate holds a fit against. The defaults are a start, not a law: {@link #builder()} sets others.
 * Immutable and safe to share between threads.
 *
 * @param gradientPerRow the largest component of the gradient at the solution, over the number of rows, at most
 * @param conditionRefused condition number of the Hessian scaled to a unit diagonal from which a fit is refused
 * @param conditionWarned the same from which it is warned of
 * @param slopeFrom the lower end of acceptable calibration slopes, out of fold and on hold-out rows; refused if the whole
 *     95 % Wald interval lies outside
 * @param slopeTo the upper end
 * @param rarerOutcomeWarned training rows of the rarer outcome below which a fit is warned of
 * @param rowsPerCoefficientRefused rows of the rarer outcome for each coefficient below which a fit is refused
 * @param rowsPerCoefficientWarned the same below which it is warned of
 * @param leakageRefused ROC AUC of a signal alone above which a fit is refused
 * @param leakageWarned the same above which it is warned of
 * @param duplicatedRowsWarned share of the hold-out rows that repeat a training row, beyond chance, above which a fit is
 *     warned of, 0 to 1
 * @param holdoutLossWarned standard errors by which the log loss on hold-out rows may lie above that on training rows,
 *     beyond which a fit is warned of
 */
public record GateLimits(
        double gradientPerRow,
        double conditionRefused,
        double conditionWarned,
        double slopeFrom,
        double slopeTo,
        double rarerOutcomeWarned,
        double rowsPerCoefficientRefused,
        double rowsPerCoefficientWarned,
        double leakageRefused,
        double leakageWarned,
        double duplicatedRowsWarned,
        double holdoutLossWarned) {

    private static final GateLimits DEFAULTS = builder().build();

    /**
     * Checks the limits. {@inheritDoc}
     *
     * @throws IllegalArgumentException if a limit is not in its range; the message names it
     */
    public GateLimits {
        String number = "a number of at least ";
        check("gradientPerRow", gradientPerRow, x -> x >= 0, number + 0);
        check("conditionWarned", conditionWarned, x -> x >= 1, number + 1);
        check("conditionRefused", conditionRefused, x -> x >= conditionWarned, number + "conditionWarned");
        check("slopeFrom", slopeFrom, x -> x <= 1, "a number of at most 1");
        check("slopeTo", slopeTo, x -> x >= 1, number + 1);
        check("rarerOutcomeWarned", rarerOutcomeWarned, x -> x >= 0, number + 0);
        check("rowsPerCoefficientRefused", rowsPerCoefficientRefused, x -> x >= 0, number + 0);
        check(
                "rowsPerCoefficientWarned",
                rowsPerCoefficientWarned,
                x -> x >= rowsPerCoefficientRefused,
                number + "rowsPerCoefficientRefused");
        check("leakageWarned", leakageWarned, x -> x >= 0.5 && x <= 1, "from 0.5 to 1");
        check("leakageRefused", leakageRefused, x -> x >= leakageWarned && x <= 1, "from leakageWarned to 1");
        check("duplicatedRowsWarned", duplicatedRowsWarned, x -> x >= 0 && x <= 1, "from 0 to 1");
        check("holdoutLossWarned", holdoutLossWarned, x -> x >= 0, number + 0);
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

    /**
     * Starts from the default limits.
     *
     * @return a builder, for one thread
     */
    public static Builder builder() {
        return new Builder();
    }

    private static void check(String name, double value, DoublePredicate valid, String range) {
        if (!valid.test(value)) {
            throw new IllegalArgumentException("the limit " + name + " is " + value + "; it must be " + range);
        }
    }

    /** Collects limits; those that are not set keep their default. For one thread. */
    public static final class Builder {

        private double gradientPerRow = 1e-8;
        private double conditionRefused = 1e8;
        private double conditionWarned = 1e6;
        private double slopeFrom = 0.8;
        private double slopeTo = 1.25;
        private double rarerOutcomeWarned = 100;
        private double rowsPerCoefficientRefused = 5;
        private double rowsPerCoefficientWarned = 10;
        private double leakageRefused = 0.95;
        private double leakageWarned = 0.85;
        private double duplicatedRowsWarned = 0.02;
        private double holdoutLossWarned = 2.33;

        private Builder() {}

        /**
         * Sets how steep the objective may be at the solution.
         *
         * @param refused the largest component of the gradient, over the number of rows, above which a fit is refused
         * @return this builder
         */
        public Builder gradientPerRow(double refused) {
            gradientPerRow = refused;
            return this;
        }

        /**
         * Sets the condition numbers.
         *
         * @param refused from which a fit is refused, at least {@code warned}
         * @param warned from which it is warned of, at least 1
         * @return this builder
         */
        public Builder condition(double refused, double warned) {
            conditionRefused = refused;
            conditionWarned = warned;
            return this;
        }

        /**
         * Sets the acceptable calibration slopes.
         *
         * @param from the lower end, at most 1
         * @param to the upper end, at least 1
         * @return this builder
         */
        public Builder calibrationSlope(double from, double to) {
            slopeFrom = from;
            slopeTo = to;
            return this;
        }

        /**
         * Sets how many training rows of the rarer outcome there must be.
         *
         * @param warned below which a fit is warned of
         * @return this builder
         */
        public Builder rarerOutcome(double warned) {
            rarerOutcomeWarned = warned;
            return this;
        }

        /**
         * Sets how many rows of the rarer outcome each coefficient needs.
         *
         * @param refused below which a fit is refused
         * @param warned below which it is warned of, at least {@code refused}
         * @return this builder
         */
        public Builder rowsPerCoefficient(double refused, double warned) {
            rowsPerCoefficientRefused = refused;
            rowsPerCoefficientWarned = warned;
            return this;
        }

        /**
         * Sets when a signal is suspected to hold the outcome.
         *
         * @param refused ROC AUC of the signal alone above which a fit is refused, {@code warned} to 1
         * @param warned the same above which it is warned of, 0.5 to 1
         * @return this builder
         */
        public Builder leakage(double refused, double warned) {
            leakageRefused = refused;
            leakageWarned = warned;
            return this;
        }

        /**
         * Sets how many hold-out rows may repeat a training row.
         *
         * @param warned the share of the hold-out rows, beyond chance, above which a fit is warned of, 0 to 1
         * @return this builder
         */
        public Builder duplicatedRows(double warned) {
            duplicatedRowsWarned = warned;
            return this;
        }

        /**
         * Sets how far the log loss on hold-out rows may lie above that on training rows.
         *
         * @param warned the number of standard errors above which a fit is warned of
         * @return this builder
         */
        public Builder holdoutLoss(double warned) {
            holdoutLossWarned = warned;
            return this;
        }

        /**
         * The limits.
         *
         * @return the limits that were set, with the default of each other one
         * @throws IllegalArgumentException if a limit is not in its range; the message names it
         */
        public GateLimits build() {
            return new GateLimits(
                    gradientPerRow,
                    conditionRefused,
                    conditionWarned,
                    slopeFrom,
                    slopeTo,
                    rarerOutcomeWarned,
                    rowsPerCoefficientRefused,
                    rowsPerCoefficientWarned,
                    leakageRefused,
                    leakageWarned,
                    duplicatedRowsWarned,
                    holdoutLossWarned);
        }
    }
}
