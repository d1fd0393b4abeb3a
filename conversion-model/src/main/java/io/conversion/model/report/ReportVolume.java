package io.conversion.model.report;

import io.conversion.model.evaluation.Interval;
import java.util.OptionalDouble;

/**
 * Some users of a report, counted. Immutable and safe to share between threads.
 *
 * @param users how many they are
 * @param scored how many of them have a probability; a user on whom no decision could be made has none
 * @param expected how many of those are expected to convert under the treatment that was in force when the model's data
 *     arose: the sum of their probabilities
 * @param labelled of how many the outcome is known
 * @param conversions how many of those converted
 */
public record ReportVolume(long users, long scored, double expected, long labelled, long conversions) {

    static final ReportVolume NOBODY = new ReportVolume(0, 0, 0, 0, 0);

    private static final double LEVEL = 0.95;

    /**
     * Checks the counts. {@inheritDoc}
     *
     * @throws IllegalArgumentException if a count or the sum is negative, or a part is larger than its whole
     */
    public ReportVolume {
        // A sum of probabilities may be above the number of users by its rounding.
        boolean possible = scored >= 0 && scored <= users && expected >= 0 && expected <= scored * (1 + 1e-9);
        if (!(possible && conversions >= 0 && conversions <= labelled && labelled <= users)) {
            throw new IllegalArgumentException("of " + users + " users, " + scored + " have a probability and "
                    + expected + " are expected to convert; of " + labelled + " the outcome is known and " + conversions
                    + " converted; every number is from 0 to the one that it is a part of");
        }
    }

    ReportVolume plus(ReportVolume others) {
        return new ReportVolume(
                users + others.users,
                scored + others.scored,
                expected + others.expected,
                labelled + others.labelled,
                conversions + others.conversions);
    }

    /** The mean of the probabilities, where there are some. */
    OptionalDouble predicted() {
        return scored == 0 ? OptionalDouble.empty() : OptionalDouble.of(Math.min(1, expected / scored));
    }

    /** The rate of conversion where outcomes are known, with Wilson's interval. */
    String observed() {
        if (labelled == 0) {
            return "–";
        }
        Interval interval = Interval.wilson(Math.toIntExact(conversions), Math.toIntExact(labelled), LEVEL);
        return ReportText.percent((double) conversions / labelled) + " ("
                + ReportText.percent(interval.lower(), interval.upper()) + ")";
    }
}
