package io.conversion.model.lifecycle;

import io.conversion.model.evaluation.Interval;
import java.util.Locale;

/** When intent emerges, or why the data do not say. */
public sealed interface IntentVerdict {

    /**
     * The verdict in plain words.
     *
     * @return one or more sentences
     */
    String sentence();

    /**
     * The earliest day that reaches the declared share of the last day's skill.
     *
     * @param day the day
     * @param lastDay the last day that was measured
     * @param within the last day of the label window
     * @param target the declared share, such as 0.9
     * @param share the share that is reached on the day
     * @param shareInterval its paired bootstrap interval
     * @param surelyBy the earliest day whose interval of the share lies wholly at or above the target; the last day
     *     always does
     * @param bought the users who had bought up to and including the day
     * @param shareOfBuyers their share among the users who buy within the label window, 0 to 1
     */
    record Emerges(
            int day,
            int lastDay,
            int within,
            double target,
            double share,
            Interval shareInterval,
            int surelyBy,
            int bought,
            double shareOfBuyers)
            implements IntentVerdict {

        @Override
        public String sentence() {
            String purchases = "purchases on days " + (lastDay + 1) + " to " + within;
            String reached = day == lastDay
                    ? "No day before day " + day + " reaches " + percent(target) + " of its skill at foreseeing "
                            + purchases + ": intent is still emerging then."
                    : "Intent can be seen on day " + day + ": what is known by then has " + percent(share) + " ("
                            + percent(shareInterval.lower()) + " to " + percent(shareInterval.upper())
                            + ") of the skill of day " + lastDay + " at foreseeing " + purchases + ".";
            String sure = surelyBy == day
                    ? ""
                    : surelyBy == lastDay
                            ? " The data do not rule out that it takes until day " + lastDay + " to reach "
                                    + percent(target) + "."
                            : " The share is at least " + percent(target) + " beyond doubt on day " + surelyBy + ".";
            return reached + sure + " By the end of day " + day + ", "
                    + String.format(Locale.ROOT, "%,d", bought) + " users have bought, " + percent(shareOfBuyers)
                    + " of those who buy by day " + within + "; for them it comes too late.";
        }

        private static String percent(double share) {
            // Whole per cents tell nothing of what is rare.
            boolean rare = share > 0 && share < 0.01;
            return String.format(Locale.ROOT, rare ? "%.2g %%" : "%.0f %%", 100 * share);
        }
    }

    /**
     * No verdict.
     *
     * @param reason why, in a sentence
     */
    record None(String reason) implements IntentVerdict {

        @Override
        public String sentence() {
            return "No verdict: " + reason;
        }
    }
}
