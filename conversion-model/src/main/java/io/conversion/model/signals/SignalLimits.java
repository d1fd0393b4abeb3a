package io.conversion.model.signals;

import java.util.function.DoublePredicate;

/**
 * The limits of a validation. Begun with {@link #defaults()}; the other methods return a changed copy. Immutable and
 * safe to share between threads.
 *
 * @param lift the smallest relative lift of a signal's best bin; 0.05 is 5 % above the other users
 * @param aucAboveChance the smallest distance of the ROC AUC from 0.5, 0 to 0.5
 * @param cohortAgreement the smallest share of cohorts in which a signal has its direction, 0 to 1
 * @param suspiciousAuc the ROC AUC above which a signal is suspected to hold the outcome, 0.5 to 1
 * @param leakingAuc the ROC AUC above which that suspicion drops it, 0.5 to 1
 * @param varianceInflation the largest variance inflation factor, at least 1
 * @param cohortClass the smallest number of rows of the rarer outcome for a cohort to count
 * @param levels the largest number of levels of a categorical signal; beyond, the rarest are pooled
 */
public record SignalLimits(
        double lift,
        double aucAboveChance,
        double cohortAgreement,
        double suspiciousAuc,
        double leakingAuc,
        double varianceInflation,
        int cohortClass,
        int levels) {

    /**
     * Checks the limits. {@inheritDoc}
     *
     * @throws IllegalArgumentException if a limit is not in its range; the message names it
     */
    public SignalLimits {
        check("lift", lift, x -> x >= 0 && Double.isFinite(x), "a finite number of at least 0");
        check("aucAboveChance", aucAboveChance, x -> x >= 0 && x <= 0.5, "from 0 to 0.5");
        check("cohortAgreement", cohortAgreement, x -> x >= 0 && x <= 1, "from 0 to 1");
        check("suspiciousAuc", suspiciousAuc, x -> x >= 0.5 && x <= 1, "from 0.5 to 1");
        check("leakingAuc", leakingAuc, x -> x >= suspiciousAuc && x <= 1, "from suspiciousAuc to 1");
        check("varianceInflation", varianceInflation, x -> x >= 1 && Double.isFinite(x), "a number of at least 1");
        check("cohortClass", cohortClass, x -> x >= 1, "at least 1");
        check("levels", levels, x -> x >= 2, "at least 2");
    }

    /**
     * The limits of the validation plan: a lift of 5 %, an AUC 0.02 above chance, 70 % of the cohorts; an AUC above 0.85
     * is suspicious, above 0.95 leaking; a variance inflation factor of 10 at most; 10 rows of either outcome in a
     * cohort; 1,000 levels.
     *
     * @return the limits
     */
    public static SignalLimits defaults() {
        return new SignalLimits(0.05, 0.02, 0.7, 0.85, 0.95, 10, 10, 1000);
    }

    /**
     * Changes the smallest relative lift.
     *
     * @param limit the limit, at least 0
     * @return the changed copy
     */
    public SignalLimits lift(double limit) {
        return new SignalLimits(
                limit,
                aucAboveChance,
                cohortAgreement,
                suspiciousAuc,
                leakingAuc,
                varianceInflation,
                cohortClass,
                levels);
    }

    /**
     * Changes the smallest distance of the ROC AUC from 0.5.
     *
     * @param limit the limit, 0 to 0.5
     * @return the changed copy
     */
    public SignalLimits aucAboveChance(double limit) {
        return new SignalLimits(
                lift, limit, cohortAgreement, suspiciousAuc, leakingAuc, varianceInflation, cohortClass, levels);
    }

    /**
     * Changes the smallest share of cohorts in which a signal has its direction.
     *
     * @param limit the limit, 0 to 1
     * @return the changed copy
     */
    public SignalLimits cohortAgreement(double limit) {
        return new SignalLimits(
                lift, aucAboveChance, limit, suspiciousAuc, leakingAuc, varianceInflation, cohortClass, levels);
    }

    /**
     * Changes when a signal is suspected to hold the outcome.
     *
     * @param suspicious the ROC AUC above which it is conditional, 0.5 to 1
     * @param leaking the ROC AUC above which it is dropped, {@code suspicious} to 1
     * @return the changed copy
     */
    public SignalLimits leakage(double suspicious, double leaking) {
        return new SignalLimits(
                lift, aucAboveChance, cohortAgreement, suspicious, leaking, varianceInflation, cohortClass, levels);
    }

    /**
     * Changes the largest variance inflation factor.
     *
     * @param limit the limit, at least 1
     * @return the changed copy
     */
    public SignalLimits varianceInflation(double limit) {
        return new SignalLimits(
                lift, aucAboveChance, cohortAgreement, suspiciousAuc, leakingAuc, limit, cohortClass, levels);
    }

    /**
     * Changes how many rows of the rarer outcome a cohort needs to count.
     *
     * @param limit the limit, at least 1
     * @return the changed copy
     */
    public SignalLimits cohortClass(int limit) {
        return new SignalLimits(
                lift, aucAboveChance, cohortAgreement, suspiciousAuc, leakingAuc, varianceInflation, limit, levels);
    }

    /**
     * Changes the largest number of levels.
     *
     * @param limit the limit, at least 2
     * @return the changed copy
     */
    public SignalLimits levels(int limit) {
        return new SignalLimits(
                lift,
                aucAboveChance,
                cohortAgreement,
                suspiciousAuc,
                leakingAuc,
                varianceInflation,
                cohortClass,
                limit);
    }

    private static void check(String name, double value, DoublePredicate valid, String range) {
        if (!valid.test(value)) {
            throw new IllegalArgumentException("the limit " + name + " is " + value + "; it must be " + range);
        }
    }
}
