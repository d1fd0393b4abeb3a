package io.conversion.model;

import io.conversion.core.shapes.Calibration;
import io.conversion.model.data.InvalidDataException;
import io.conversion.model.fit.IsotonicBlock;
import java.util.List;

/**
 * Maps raw log-odds to calibrated ones by isotonic regression with bounded blocks.
 *
 * <p>Rows in the order of their log-odds are pooled until the rates of conversion rise from block to block; rows of equal
 * log-odds are pooled first (pool adjacent violators: Zadrozny and Elkan, Transforming Classifier Scores into Accurate
 * Multiclass Probability Estimates, 2002). The rate of a block with k of n rows converted is then
 * {@code (k + 1/2) / (n + 1)}, and blocks are pooled again until these rise. Straight lines on the log-odds scale join the
 * blocks at the mean of their raw log-odds, and go on with slope 1 before the first and after the last one. So the map
 * rises everywhere, and no probability is 0 or 1.
 *
 * <p>Fit on log-odds of rows that the model was not trained on, such as out-of-fold ones. No state; safe to share between
 * threads.
 */
public final class IsotonicScaling {

    private IsotonicScaling() {}

    /**
     * Fits the map.
     *
     * @param logOdds the raw log-odds by row, finite
     * @param converted whether the user of each row converted
     * @return the map; a single point, that is a shift, where the rates do not rise anywhere
     * @throws IllegalArgumentException if the arrays differ in length, or a number is not finite
     * @throws InvalidDataException if the rows are all of one outcome
     */
    public static Calibration.Isotonic fit(double[] logOdds, boolean[] converted) {
        CalibrationData.of(logOdds, converted);
        List<IsotonicBlock> blocks = IsotonicBlock.bounded(IsotonicBlock.of(logOdds, converted));
        return new Calibration.Isotonic(
                blocks.stream().map(IsotonicBlock::mean).toList(),
                blocks.stream().map(IsotonicBlock::logOdds).toList());
    }
}
