package io.conversion.model.evaluation;

/**
 * The Brier score in three parts: {@code miscalibration - discrimination + uncertainty}.
 *
 * <p>The parts compare the probabilities with themselves after isotonic recalibration on the same rows, so they need no
 * bins and add up exactly (Dimitriadis, Gneiting and Jordan, PNAS 118, 2021, "CORP"). On few rows the recalibration
 * follows noise, which shows as miscalibration and as discrimination in equal measure. Immutable and safe to share between
 * threads.
 *
 * @param score the mean of {@code (p - y)^2}, 0 to 1
 * @param miscalibration what a monotone recalibration of the probabilities would save, at least 0; 0 is best
 * @param discrimination what the recalibrated probabilities save against the base rate for everybody, at least 0; more is
 *     better
 * @param uncertainty the score of the base rate for everybody, {@code b (1 - b)}: it says how hard the users are to
 *     foretell, and nothing of the model
 */
public record BrierDecomposition(double score, double miscalibration, double discrimination, double uncertainty) {

    static BrierDecomposition of(double score, ScoreCounts counts, int rows, int positives) {
        double baseRate = (double) positives / rows;
        double uncertainty = baseRate * (1 - baseRate);
        double recalibrated = recalibrated(counts) / rows;
        // Both are at least 0 but for rounding.
        return new BrierDecomposition(
                score, Math.max(score - recalibrated, 0), Math.max(uncertainty - recalibrated, 0), uncertainty);
    }

    /** The sum of {@code (r - y)^2} with r the rates after pooling adjacent violators. */
    private static double recalibrated(ScoreCounts counts) {
        long[] positives = new long[counts.size()];
        long[] rows = new long[counts.size()];
        int size = 0;
        for (int i = 0; i < counts.size(); i++, size++) {
            positives[size] = counts.positives()[i];
            rows[size] = counts.rows(i);
            while (size > 0 && positives[size - 1] * rows[size] >= positives[size] * rows[size - 1]) {
                positives[size - 1] += positives[size];
                rows[size - 1] += rows[size];
                size--;
            }
        }
        double sum = 0;
        for (int i = 0; i < size; i++) {
            // k (1 - k/n)^2 + (n - k) (k/n)^2 = k (n - k) / n
            sum += (double) positives[i] * (double) (rows[i] - positives[i]) / (double) rows[i];
        }
        return sum;
    }
}
