package io.conversion.model.design;

import io.conversion.core.shapes.Shape;
import java.util.List;

/**
 * The columns of one signal in a design: functions of its value, to each of which the fit gives a coefficient, and the
 * shape that the coefficients fold into. Immutable.
 */
public sealed interface SignalBasis permits NumericBasis, LevelBasis, FlagBasis {

    /** The names of the columns. */
    List<String> columns();

    /**
     * Sets the columns of one value.
     *
     * @param value the number, 1 or 0 for a flag, or the code of a level; NaN for missing
     * @param row a row of the design
     * @param offset where the columns of the signal begin in it
     */
    void fill(double value, double[] row, int offset);

    /** What is subtracted from a column before it is divided by its scale. */
    double centre(int column);

    /** What a column is divided by, so that {@code coefficient / scale} is log-odds per unit. */
    double scale(int column);

    /** Whether both outcomes occur where a column is not zero, if it says whether a signal has a level. */
    boolean isEstimable(int column);

    /**
     * The shape of the signal.
     *
     * @param coefficients one for each column; 0 for a column that was left out
     * @param estimated whether each column was part of the fit
     */
    Shape fold(double[] coefficients, boolean[] estimated);

    /** The numbers of that shape as combinations of the coefficients; those that are always zero are left out. */
    List<Combination> numbers();

    /**
     * A number of a shape.
     *
     * @param number its name, as in {@link io.conversion.core.shapes.ShapeNumber#number()}
     * @param weights what each coefficient is multiplied by; one for each column
     */
    record Combination(String number, List<Double> weights) {}
}
