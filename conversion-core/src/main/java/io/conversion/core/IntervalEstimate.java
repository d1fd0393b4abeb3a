package io.conversion.core;

import java.util.List;
import java.util.Map;

/** What the covariance of a model's numbers leaves open about a score. Immutable. */
final class IntervalEstimate {

    private final Covariance covariance;
    private final List<ShapeNumber> numbers;
    private final int[] positions;
    private final List<Shape> shapes;
    private final CompiledShapes compiled;

    IntervalEstimate(Covariance covariance, Map<String, Shape> shapes, CompiledShapes compiled) {
        this.covariance = covariance;
        this.numbers = covariance.numbers();
        this.shapes = List.copyOf(shapes.values());
        this.compiled = compiled;
        List<String> signals = List.copyOf(shapes.keySet());
        this.positions = numbers.stream()
                .mapToInt(number -> signals.indexOf(number.signal()))
                .toArray();
    }

    /** The Wald interval on the scale of raw log-odds, mapped to probabilities. */
    ProbabilityInterval of(double[] values, double level) {
        double raw = compiled.rawLogOdds(values);
        // The upper tail is exact for levels near 1, which 1 less the tail is not.
        double reach = -NormalQuantile.of((1 - level) / 2) * standardError(values);
        return new ProbabilityInterval(end(raw - reach, 0), end(raw + reach, 1), level);
    }

    private double standardError(double[] values) {
        double[] derivatives = new double[positions.length];
        for (int i = 0; i < derivatives.length; i++) {
            int position = positions[i];
            derivatives[i] = position < 0
                    ? 1
                    : ShapeNumbers.derivative(
                            shapes.get(position), numbers.get(i).number(), values[position]);
        }
        return StrictMath.sqrt(covariance.variance(derivatives));
    }

    /** The probability of an end; where the arithmetic overflows to no number, nothing is known. */
    private double end(double raw, double unknown) {
        double probability = Logistic.probability(compiled.map().of(raw));
        return Double.isNaN(probability) ? unknown : probability;
    }
}
