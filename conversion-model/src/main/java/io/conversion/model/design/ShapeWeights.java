package io.conversion.model.design;

import io.conversion.core.shapes.Shape;
import io.conversion.core.signals.NumericSignal;
import io.conversion.core.signals.Signal;
import io.conversion.model.data.DataSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The weight of each signal: the mean absolute deviation of its shape over the training rows, in log-odds. */
public final class ShapeWeights {

    private ShapeWeights() {}

    public static Map<String, Double> of(DataSet data, Map<String, Shape> shapes) {
        List<Double> deviations = EachSignal.map(
                data,
                (signal, values, position) -> meanAbsoluteDeviation(
                        logOdds(signal, Objects.requireNonNull(shapes.get(signal.name())), values)));
        Map<String, Double> weights = new LinkedHashMap<>();
        for (int i = 0; i < deviations.size(); i++) {
            weights.put(data.schema().declared().get(i).name(), deviations.get(i));
        }
        return weights;
    }

    private static double meanAbsoluteDeviation(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        double mean = sum / values.length;
        double deviations = 0;
        for (double value : values) {
            deviations += Math.abs(value - mean);
        }
        return deviations / values.length;
    }

    /** What the shape adds for each row. */
    private static double[] logOdds(Signal signal, Shape shape, double[] values) {
        double[] byCode = shape instanceof Shape.Levels levels
                ? levels.values().values().stream()
                        .mapToDouble(Double::doubleValue)
                        .toArray()
                : shape instanceof Shape.Flag flag ? new double[] {0, flag.whenTrue()} : new double[0];
        double[] logOdds = new double[values.length];
        for (int row = 0; row < values.length; row++) {
            double value = values[row];
            if (Double.isNaN(value)) {
                logOdds[row] = shape.missing();
            } else if (shape instanceof Shape.OfNumber curve) {
                logOdds[row] = curve.at(((NumericSignal) signal).clip(value));
            } else {
                logOdds[row] = value < 0 ? ((Shape.Levels) shape).unseen() : byCode[(int) value];
            }
        }
        return logOdds;
    }
}
