package io.conversion.policy.review;

/**
 * How many of some users converted, with Wilson's interval of the rate at the level of 95 % (Wilson, JASA 22, 1927),
 * without correction for continuity. Immutable and safe to share between threads.
 *
 * @param conversions how many converted
 * @param users how many users there are, at least one
 */
public record ConversionRate(long conversions, long users) {

    /** The standard normal quantile of 0.975. */
    private static final double Z = 1.959963984540054;

    /**
     * Checks the counts. {@inheritDoc}
     *
     * @throws IllegalArgumentException if there are no users, or not from 0 to all of them converted
     */
    public ConversionRate {
        if (!(users >= 1 && conversions >= 0 && conversions <= users)) {
            throw new IllegalArgumentException(conversions + " of " + users
                    + " users cannot have converted; expected at least one user, and from 0 to all of them");
        }
    }

    /**
     * The share that converted.
     *
     * @return the rate, 0 to 1
     */
    public double rate() {
        return (double) conversions / users;
    }

    /**
     * The lower end of the interval.
     *
     * @return a rate, 0 to 1
     */
    public double lower() {
        return conversions == 0 ? 0 : (centre() - half()) / scale();
    }

    /**
     * The upper end of the interval.
     *
     * @return a rate, 0 to 1
     */
    public double upper() {
        return conversions == users ? 1 : (centre() + half()) / scale();
    }

    private double centre() {
        return rate() + Z * Z / (2.0 * users);
    }

    private double half() {
        return Z * Math.sqrt(rate() * (1 - rate()) / users + Z * Z / (4.0 * users * users));
    }

    private double scale() {
        return 1 + Z * Z / users;
    }
}
