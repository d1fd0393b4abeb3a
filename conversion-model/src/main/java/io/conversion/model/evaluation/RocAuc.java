package io.conversion.model.evaluation;

/**
 * Area under the ROC curve: the chance that a random converter scores above a random non-converter, ties counting half.
 *
 * <p>Computed as the Mann-Whitney U statistic over midranks. The interval is DeLong's (DeLong, DeLong and Clarke-Pearson,
 * Biometrics 44, 1988) on the logit scale, so that it stays inside (0, 1); of a perfect ranking, which shows no variance,
 * it ends where Wilson's would for the rows of the rarer outcome. Immutable and safe to share between threads.
 *
 * @param value the area, 0 to 1
 * @param lower lower end of the interval, 0 to 1
 * @param upper upper end of the interval, 0 to 1
 * @param level confidence level of the interval, such as 0.95
 */
public record RocAuc(double value, double lower, double upper, double level) {

    /**
     * Measures the area.
     *
     * @param scores what users are ranked by, no NaN
     * @param converted whether each user converted
     * @param level confidence level of the interval, between 0 and 1
     * @return the area with its interval
     * @throws IllegalArgumentException if the arrays differ in length, a score is NaN, or the users are all of one outcome
     */
    public static RocAuc of(double[] scores, boolean[] converted, double level) {
        RankedOutcomes ranked = RankedOutcomes.of(scores, converted);
        if (ranked == null) {
            throw new IllegalArgumentException("the users are all of one outcome; both are needed");
        }
        return ranked.rocAuc(level);
    }

    /**
     * The area of the scores or of their negatives, whichever is larger.
     *
     * @return an area of at least 0.5, with the interval turned round with it
     */
    public RocAuc oriented() {
        return value < 0.5 ? new RocAuc(1 - value, 1 - upper, 1 - lower, level) : this;
    }
}
