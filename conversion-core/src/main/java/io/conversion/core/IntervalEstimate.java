package io.conversion.core;

import io.conversion.core.shapes.Covariance;
import io.conversion.core.shapes.Shape;
import io.conversion.core.shapes.ShapeNumber;
import io.conversion.core.signals.Signals;
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
        List<String> names = List.copyOf(shapes.keySet());
        this.positions = numbers.stream()
                .mapToInt(number -> names.indexOf(number.signal()))
                .toArray();
    }

    /** The Wald interval on the scale of raw log-odds, mapped to probabilities. */
    ProbabilityInterval of(Signals signals, double level) {
        double raw = compiled.rawLogOdds(signals);
        // The upper tail is exact for levels near 1, which 1 less the tail is not.
        double reach = -NormalQuantile.of((1 - level) / 2) * standardError(signals);
        return new ProbabilityInterval(end(raw - reach, 0), end(raw + reach, 1), level);
    }

    private double standardError(Signals signals) {
        double[] derivatives = new double[positions.length];
        for (int i = 0; i < derivatives.length; i++) {
            int position = positions[i];
            derivatives[i] = position < 0
                    ? 1
                    : shapes.get(position).derivative(numbers.get(i).number(), signals.at(position));
        }
        return StrictMath.sqrt(covariance.variance(derivatives));
    }

    /** The probability of an end; where the arithmetic overflows to no number, nothing is known. */
    private double end(double raw, double unknown) {
        double probability = Logistic.probability(compiled.map().of(raw));
        return Double.isNaN(probability) ? unknown : probability;
    }
}
