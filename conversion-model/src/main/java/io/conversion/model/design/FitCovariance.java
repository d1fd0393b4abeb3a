package io.conversion.model.design;

import io.conversion.core.shapes.ShapeNumber;
import io.conversion.core.signals.Signal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The covariance of the numbers that a model is made of: the inverse of the Hessian at the solution, carried over from
 * coefficients to the numbers of the shapes that they fold into. With a penalty the Hessian is that of the penalised
 * objective, so the covariance is the posterior one of a normal prior (Marra and Wood, Scandinavian Journal of
 * Statistics 39, 2012).
 */
public final class FitCovariance {

    private final List<ShapeNumber> numbers = new ArrayList<>();
    private final List<double[]> weights = new ArrayList<>();
    private final double[][] ofParameters;

    private FitCovariance(Design design, int[] kept, double[][] ofParameters) {
        this.ofParameters = ofParameters;
        double[] intercept = new double[ofParameters.length];
        intercept[intercept.length - 1] = 1;
        numbers.add(ShapeNumber.INTERCEPT);
        weights.add(intercept);
        int offset = 0;
        for (int i = 0; i < design.bases().size(); i++) {
            Signal signal = design.data().schema().declared().get(i);
            for (SignalBasis.Combination number : design.bases().get(i).numbers()) {
                add(new ShapeNumber(signal.name(), number.number()), number.weights(), offset, kept);
            }
            offset += design.bases().get(i).columns().size();
        }
    }

    /**
     * Computes.
     *
     * @param design the design
     * @param kept its columns that were fitted
     * @param ofParameters the covariance of their coefficients and the intercept, which is last
     */
    public static FitCovariance of(Design design, int[] kept, double[][] ofParameters) {
        return new FitCovariance(design, kept, ofParameters);
    }

    private void add(ShapeNumber number, List<Double> ofColumns, int offset, int[] kept) {
        double[] all = new double[ofParameters.length];
        boolean any = false;
        for (int k = 0; k < ofColumns.size(); k++) {
            int j = Arrays.binarySearch(kept, offset + k);
            if (j >= 0 && ofColumns.get(k) != 0) {
                all[j] = ofColumns.get(k);
                any = true;
            }
        }
        if (any) {
            numbers.add(number);
            weights.add(all);
        }
    }

    /** The numbers that were estimated; any other number of the model is known exactly. */
    public List<ShapeNumber> numbers() {
        return numbers;
    }

    /** Their covariance, symmetric to the bit. */
    public double[][] matrix() {
        int size = numbers.size();
        double[][] matrix = new double[size][size];
        for (int a = 0; a < size; a++) {
            double[] product = times(weights.get(a));
            for (int b = 0; b <= a; b++) {
                double sum = 0;
                for (int j = 0; j < product.length; j++) {
                    sum += product[j] * weights.get(b)[j];
                }
                matrix[a][b] = sum;
                matrix[b][a] = sum;
            }
        }
        return matrix;
    }

    private double[] times(double[] vector) {
        double[] product = new double[vector.length];
        for (int j = 0; j < vector.length; j++) {
            for (int k = 0; k < vector.length && vector[j] != 0; k++) {
                product[k] += vector[j] * ofParameters[j][k];
            }
        }
        return product;
    }
}
