package io.conversion.model.evaluation;

/**
 * What acting on all users from a probability on would have met: those whose probability is at least the threshold are
 * chosen. Immutable and safe to share between threads.
 *
 * @param probability the threshold, 0 to 1
 * @param chosen the users whose probability is at least the threshold
 * @param hits how many of them converted
 * @param rows all users
 * @param positives how many of them converted
 */
public record Threshold(double probability, int chosen, int hits, int rows, int positives) {

    /**
     * The share of users that is chosen.
     *
     * @return chosen over all users, 0 to 1
     */
    public double volume() {
        return (double) chosen / rows;
    }

    /**
     * The share of the chosen users who convert.
     *
     * @return hits over chosen, 0 to 1; NaN if nobody is chosen
     */
    public double precision() {
        return (double) hits / chosen;
    }

    /**
     * The share of the converters who are chosen, which is also the cumulative gain and the true positive rate.
     *
     * @return hits over positives, 0 to 1
     */
    public double recall() {
        return (double) hits / positives;
    }

    /**
     * The share of the others who are chosen, which is one minus the specificity.
     *
     * @return chosen without hits over all who did not convert, 0 to 1
     */
    public double falsePositiveRate() {
        return (double) (chosen - hits) / (rows - positives);
    }

    /**
     * How much more often the chosen users convert than all users.
     *
     * @return precision over base rate, at least 0; NaN if nobody is chosen
     */
    public double lift() {
        return precision() * rows / positives;
    }

    /**
     * How far the two outcomes lie apart at the threshold. Its largest value over all thresholds is the
     * Kolmogorov-Smirnov statistic.
     *
     * @return recall minus false positive rate, -1 to 1
     */
    public double separation() {
        return recall() - falsePositiveRate();
    }

    /**
     * Net benefit of acting on the chosen users, in converters found per user, each one chosen in vain costing what the
     * threshold says it may cost: {@code hits / n - (chosen - hits) / n * t / (1 - t)} (Vickers and Elkin, Medical Decision
     * Making 26, 2006). Acting on nobody has net benefit 0.
     *
     * @return the net benefit, at most the base rate; negative infinity at the threshold 1 if someone is chosen in vain
     */
    public double netBenefit() {
        return netBenefit(chosen, hits);
    }

    /**
     * Net benefit of acting on everybody, which a model must beat to be worth having at this threshold.
     *
     * @return {@code b - (1 - b) t / (1 - t)} with b the base rate
     */
    public double netBenefitOfAll() {
        return netBenefit(rows, positives);
    }

    private double netBenefit(int some, int converters) {
        double found = (double) converters / rows;
        return some == converters
                ? found
                : found - (double) (some - converters) / rows * (probability / (1 - probability));
    }
}
