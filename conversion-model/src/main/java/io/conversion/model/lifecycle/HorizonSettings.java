package io.conversion.model.lifecycle;

import java.util.List;

/**
 * What {@link IntentHorizons} measures. A setter returns a changed copy.
 *
 * @param days the days after signup, ascending, at least 0 and below {@code within}
 * @param within the last day on which a purchase counts, in days after signup
 * @param share the share of the last day's skill that is to be reached, above 0 and at most 1
 * @param folds the number of folds over users, at least 2
 * @param resamples the number of bootstrap resamples, at least 100
 * @param level the confidence level of all intervals, between 0 and 1
 * @param minimumEvents the number of purchases below which there is no verdict, at least 1
 * @param seed what the folds and the resamples follow from
 */
public record HorizonSettings(
        List<Integer> days,
        int within,
        double share,
        int folds,
        int resamples,
        double level,
        int minimumEvents,
        long seed) {

    /** A century: what is counted by day needs memory for each one. */
    private static final int LONGEST = 36_525;

    private static final int MOST_RESAMPLES = 1_000_000;

    private static final int MOST_FOLDS = 1_000;

    /** Checks the settings. {@inheritDoc} */
    public HorizonSettings {
        days = List.copyOf(days);
        require(
                within <= LONGEST,
                "purchases count up to day " + within + "; at most day " + LONGEST + ", a century, is allowed");
        require(!days.isEmpty(), "there are no days; name at least one, such as 7");
        for (int i = 0; i < days.size(); i++) {
            int day = days.get(i);
            require(
                    day >= 0 && day < within,
                    "day " + day + " is not from 0 to " + (within - 1) + "; purchases count up to day " + within);
            require(i == 0 || day > days.get(i - 1), "the days are " + days + "; list them in ascending order");
        }
        require(share > 0 && share <= 1, "the share is " + share + "; it must be above 0 and at most 1");
        require(
                folds >= 2 && folds <= MOST_FOLDS,
                "there are " + folds + " folds; at least 2 are needed"
                        + (folds < 2 ? "" : ", and at most " + MOST_FOLDS + " allowed"));
        require(
                resamples >= 100 && resamples <= MOST_RESAMPLES,
                "there are " + resamples + " resamples; at least 100 are needed"
                        + (resamples < 100 ? "" : ", and at most " + MOST_RESAMPLES + " allowed"));
        require(level > 0 && level < 1, "the level is " + level + "; it must be between 0 and 1, such as 0.95");
        require(minimumEvents >= 1, "the minimum of events is " + minimumEvents + "; it must be at least 1");
    }

    private static void require(boolean met, String otherwise) {
        if (!met) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    int lastDay() {
        return days.get(days.size() - 1);
    }

    /**
     * Sets the days and the label window.
     *
     * @param given the days after signup, ascending
     * @param until the last day on which a purchase counts
     * @return the changed copy
     */
    public HorizonSettings days(List<Integer> given, int until) {
        return new HorizonSettings(given, until, share, folds, resamples, level, minimumEvents, seed);
    }

    /**
     * Sets the share of the last day's skill that is to be reached.
     *
     * @param given the share, above 0 and at most 1
     * @return the changed copy
     */
    public HorizonSettings share(double given) {
        return new HorizonSettings(days, within, given, folds, resamples, level, minimumEvents, seed);
    }

    /**
     * Sets the number of bootstrap resamples.
     *
     * @param given the number, at least 100
     * @return the changed copy
     */
    public HorizonSettings resamples(int given) {
        return new HorizonSettings(days, within, share, folds, given, level, minimumEvents, seed);
    }

    /**
     * Sets the number of purchases below which there is no verdict.
     *
     * @param given the number, at least 1
     * @return the changed copy
     */
    public HorizonSettings minimumEvents(int given) {
        return new HorizonSettings(days, within, share, folds, resamples, level, given, seed);
    }

    /**
     * Sets the seed.
     *
     * @param given what the folds and the resamples follow from
     * @return the changed copy
     */
    public HorizonSettings seed(long given) {
        return new HorizonSettings(days, within, share, folds, resamples, level, minimumEvents, given);
    }
}
