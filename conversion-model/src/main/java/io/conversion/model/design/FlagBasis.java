package io.conversion.model.design;

import io.conversion.core.shapes.Shape;
import java.util.List;

/**
 * A flag as one column that is 0 or 1; missing is the more frequent of both.
 *
 * @param name the signal
 * @param imputed what a missing flag counts as, 0 or 1
 */
record FlagBasis(String name, double imputed) implements SignalBasis {

    @Override
    public List<String> columns() {
        return List.of(name);
    }

    @Override
    public void fill(double value, double[] row, int offset) {
        row[offset] = Double.isNaN(value) ? imputed : value;
    }

    @Override
    public double centre(int column) {
        return 0;
    }

    @Override
    public double scale(int column) {
        return 1;
    }

    @Override
    public boolean isEstimable(int column) {
        return true;
    }

    @Override
    public Shape fold(double[] coefficients, boolean[] estimated) {
        return new Shape.Flag(coefficients[0], imputed * coefficients[0]);
    }

    @Override
    public List<Combination> numbers() {
        Combination whenTrue = new Combination("true", List.of(1.0));
        return imputed == 0 ? List.of(whenTrue) : List.of(whenTrue, new Combination("missing", List.of(1.0)));
    }
}
