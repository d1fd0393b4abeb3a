package io.conversion.model.report;

import java.util.OptionalDouble;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * How many users an experiment needs to tell one rate of conversion from another: a two-sided test of two proportions at
 * a level of 5 %, with a power of 80 %.
 *
 * <p>With k treated users for each of the control group, of the rates p in control and q under treatment, and their mean
 * {@code m = (p + k q) / (1 + k)}, the control group needs
 * {@code (z(0.975) sqrt(m (1 - m) (1 + 1/k)) + z(0.8) sqrt(p (1 - p) + q (1 - q) / k))^2 / (p - q)^2} users (Fleiss, Levin
 * and Paik, Statistical Methods for Rates and Proportions, 3rd edition, 2003, chapter 4, without correction for
 * continuity). For k = 1 that is what {@code power.prop.test} of R solves.
 *
 * @param control the rate without the action, 0 to 1
 * @param treated the rate with it that is to be told from the other, 0 to 1
 */
record ExperimentSize(double control, double treated) {

    private static final double LEVEL = quantile(0.975);
    private static final double POWER = quantile(0.8);

    /** The smallest change that is looked for: by a tenth of the rate. */
    static final double CHANGE = 0.1;

    /** A rate and a tenth more of it; where that is more than all users, a tenth fewer who do not convert. */
    static ExperimentSize of(double rate) {
        return new ExperimentSize(rate, rate * (1 + CHANGE) < 1 ? rate * (1 + CHANGE) : 1 - (1 - CHANGE) * (1 - rate));
    }

    /** The smallest relative change of a rate that two halves of some users show; empty if they show none. */
    static OptionalDouble smallestChange(double rate, long users) {
        double low = 0;
        double high = 1 / rate - 1;
        if (2 * new ExperimentSize(rate, 1).perGroup() > users) {
            return OptionalDouble.empty();
        }
        while (high - low > 1e-6 * high) {
            double change = (low + high) / 2;
            if (2 * new ExperimentSize(rate, rate * (1 + change)).perGroup() <= users) {
                high = change;
            } else {
                low = change;
            }
        }
        return OptionalDouble.of(high);
    }

    private static double quantile(double probability) {
        return NormalDistribution.of(0, 1).inverseCumulativeProbability(probability);
    }

    /** The users of each of two groups of one size. */
    double perGroup() {
        return controlUsers(1);
    }

    /** The users of the control group, beside k times as many with the action. */
    double controlUsers(double k) {
        double mean = (control + k * treated) / (1 + k);
        double root = LEVEL * Math.sqrt(mean * (1 - mean) * (1 + 1 / k))
                + POWER * Math.sqrt(control * (1 - control) + treated * (1 - treated) / k);
        return root * root / ((control - treated) * (control - treated));
    }

    /** The least share of some users, up to a half, that a control group needs; empty if they are too few for any. */
    OptionalDouble leastControl(long users) {
        if (2 * perGroup() > users) {
            return OptionalDouble.empty();
        }
        double low = 0;
        double high = 0.5;
        while (high - low > 1e-6) {
            double share = (low + high) / 2;
            if (controlUsers((1 - share) / share) <= share * users) {
                high = share;
            } else {
                low = share;
            }
        }
        return OptionalDouble.of(high);
    }
}
