package io.conversion.model.fit;

/**
 * How well one signal alone ranks the outcomes: the area under the ROC curve over the rows that have it, turned so that
 * it is at least one half. A number or a flag ranks by its value. A level ranks by its rate of conversion in the other
 * half of the rows, so that a signal of many levels does not rank by the very outcomes that it is judged on.
 */
public final class SingleSignalAuc {

    private SingleSignalAuc() {}

    /** The area of a signal that ranks by its value, 0.5 to 1; 0.5 if only one outcome has it. */
    public static double of(SortedByOutcome sorted) {
        double area = directed(sorted);
        return Math.max(area, 1 - area);
    }

    /** The area as it is: below one half if lower values convert more often. */
    public static double directed(SortedByOutcome sorted) {
        return area(sorted.positives(), sorted.negatives());
    }

    /** The area of a signal with levels. */
    public static double ofLevels(double[] codes, int levels, boolean[] converted) {
        return of(SortedByOutcome.of(rates(codes, levels, converted), converted));
    }

    /** The rate of each row's level among the rows of the other parity, smoothed by one row of the base rate. */
    private static double[] rates(double[] codes, int levels, boolean[] converted) {
        double[][] rows = new double[2][levels];
        double[][] positives = new double[2][levels];
        double all = 0;
        for (int i = 0; i < codes.length; i++) {
            all += converted[i] ? 1 : 0;
            if (codes[i] >= 0) {
                rows[i & 1][(int) codes[i]]++;
                positives[i & 1][(int) codes[i]] += converted[i] ? 1 : 0;
            }
        }
        double baseRate = all / codes.length;
        double[] rates = new double[codes.length];
        for (int i = 0; i < codes.length; i++) {
            int other = 1 - (i & 1);
            rates[i] = codes[i] >= 0
                    ? (positives[other][(int) codes[i]] + baseRate) / (rows[other][(int) codes[i]] + 1)
                    : Double.NaN;
        }
        return rates;
    }

    private static double area(double[] positives, double[] negatives) {
        if (positives.length == 0 || negatives.length == 0) {
            return 0.5;
        }
        double won = 0;
        int below = 0;
        int notAbove = 0;
        for (double value : positives) {
            while (below < negatives.length && negatives[below] < value) {
                below++;
            }
            while (notAbove < negatives.length && negatives[notAbove] <= value) {
                notAbove++;
            }
            won += (below + notAbove) / 2.0;
        }
        return won / positives.length / negatives.length;
    }
}
