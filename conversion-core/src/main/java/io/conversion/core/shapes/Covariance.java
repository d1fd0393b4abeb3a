package io.conversion.core.shapes;

import io.conversion.core.json.ArtifactText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The covariance of the estimated numbers of a model: of its intercept and of the numbers of its shapes. A number that is
 * not listed is taken to be known exactly. For maximum likelihood it is the inverse of the Hessian of the log loss; for a
 * fit with an L2 penalty, of the penalised one. Immutable and safe to share between threads.
 */
public final class Covariance {

    private final Map<ShapeNumber, Integer> positions;
    private final double[][] matrix;

    private Covariance(Map<ShapeNumber, Integer> positions, double[][] matrix) {
        this.positions = positions;
        this.matrix = matrix;
    }

    /**
     * Makes a covariance.
     *
     * @param numbers the numbers in order, none twice
     * @param matrix the covariance of each pair, in the units of both: finite, symmetric, with variances of at least 0
     *     on the diagonal; it is copied
     * @return the covariance
     * @throws IllegalArgumentException if there is no number, one is listed twice, or the matrix is not as it must be;
     *     the message names the first fault
     */
    public static Covariance of(List<ShapeNumber> numbers, double[][] matrix) {
        require(!numbers.isEmpty(), "it lists no number");
        require(
                matrix.length == numbers.size(),
                numbers.size() + " numbers have a matrix of " + matrix.length + " rows");
        Map<ShapeNumber, Integer> positions = new LinkedHashMap<>();
        double[][] copy = new double[matrix.length][];
        for (int i = 0; i < copy.length; i++) {
            ShapeNumber number = numbers.get(i);
            require(positions.put(number, i) == null, describe(number) + " is listed twice");
            require(
                    matrix[i].length == copy.length,
                    "the row of " + describe(number) + " has " + matrix[i].length + " entries, not " + copy.length);
            copy[i] = matrix[i].clone();
        }
        for (int i = 0; i < copy.length; i++) {
            for (int j = 0; j <= i; j++) {
                String where = "the entry of " + describe(numbers.get(i)) + " and " + describe(numbers.get(j)) + " ";
                require(Double.isFinite(copy[i][j]), where + "is " + copy[i][j] + "; every number must be finite");
                require(
                        copy[i][j] == copy[j][i],
                        where + "is " + copy[i][j] + " in one half and " + copy[j][i] + " in the other");
            }
            require(
                    copy[i][i] >= 0,
                    "the variance of " + describe(numbers.get(i)) + " is " + copy[i][i] + "; it must be at least 0");
        }
        return new Covariance(Collections.unmodifiableMap(positions), copy);
    }

    private static void require(boolean holds, String problem) {
        if (!holds) {
            throw new IllegalArgumentException("covariance: " + problem);
        }
    }

    static String describe(ShapeNumber number) {
        return number.signal().isEmpty()
                ? ArtifactText.quoted(number.number())
                : ArtifactText.quoted(number.number()) + " of signal " + ArtifactText.quoted(number.signal());
    }

    /**
     * The numbers that the covariance is about.
     *
     * @return the numbers in order
     */
    public List<ShapeNumber> numbers() {
        return List.copyOf(positions.keySet());
    }

    /**
     * The covariance of two numbers.
     *
     * @param one a number
     * @param other another one, or the same for its variance
     * @return the covariance, in the units of both; 0 if one of them is not listed and so taken to be known exactly
     */
    public double between(ShapeNumber one, ShapeNumber other) {
        Integer i = positions.get(one);
        Integer j = positions.get(other);
        return i == null || j == null ? 0 : matrix[i][j];
    }

    /**
     * The part of the covariance that is about the numbers of one signal.
     *
     * @param signal the name of the signal
     * @return that part; empty if it lists none of them, which are known exactly then
     */
    public Optional<Covariance> ofSignal(String signal) {
        List<ShapeNumber> own = positions.keySet().stream()
                .filter(number -> number.signal().equals(signal))
                .toList();
        Map<ShapeNumber, Integer> at = new LinkedHashMap<>();
        double[][] part = new double[own.size()][own.size()];
        for (int i = 0; i < part.length; i++) {
            at.put(own.get(i), i);
            for (int j = 0; j < part.length; j++) {
                part[i][j] = between(own.get(i), own.get(j));
            }
        }
        return own.isEmpty() ? Optional.empty() : Optional.of(new Covariance(Collections.unmodifiableMap(at), part));
    }

    /**
     * The variance of the sum of the numbers, each times a factor. Added in a fixed order.
     *
     * @param factors the factors, in the order of the numbers
     * @return the variance, at least 0
     */
    public double variance(double[] factors) {
        double variance = 0;
        for (int i = 0; i < factors.length; i++) {
            double sum = matrix[i][i] * factors[i];
            for (int j = 0; j < i; j++) {
                sum += 2 * matrix[i][j] * factors[j];
            }
            variance += factors[i] * sum;
        }
        // Rounding may leave less where the numbers of a sum are known exactly together.
        return Math.max(variance, 0);
    }

    /**
     * What the covariance lists and a model does not have.
     *
     * @param shapes the shapes of the model by the names of their signals
     * @return a sentence for each such number
     */
    public List<String> unknown(Map<String, Shape> shapes) {
        List<String> unknown = new ArrayList<>();
        for (ShapeNumber number : positions.keySet()) {
            Shape shape = shapes.get(number.signal());
            boolean known = shape == null
                    ? number.equals(ShapeNumber.INTERCEPT)
                    : shape.numbers().contains(number.number());
            if (!known) {
                unknown.add("the covariance lists " + describe(number) + ", which no shape of the model has");
            }
        }
        return unknown;
    }

    /**
     * A row of the lower triangle.
     *
     * @param i the position of a number, from 0
     * @return its covariance with each number before it, and its variance
     */
    public List<Double> row(int i) {
        List<Double> row = new ArrayList<>();
        for (int j = 0; j <= i; j++) {
            row.add(matrix[i][j]);
        }
        return row;
    }
}
