package io.conversion.benchmarks;

import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import smile.classification.LogisticRegression;
import smile.util.IntSet;

/** Smile: its binomial model takes the coefficients in a public constructor; preprocessing is written by hand. */
final class SmileNeighbour implements Neighbour {

    // The log-likelihood and lambda only describe the training; scores do not depend on them.
    private final LogisticRegression.Binomial model =
            new LogisticRegression.Binomial(OneHot.coefficients(), Double.NaN, 0, IntSet.of(2));

    @Override
    public String name() {
        return "Smile 2.6.0";
    }

    @Override
    public double fromMap(Map<String, Object> user) {
        return score(HandWritten.oneHot(user));
    }

    @Override
    public DoubleSupplier prepare(Map<String, Object> user) {
        double[] row = HandWritten.oneHot(user);
        return () -> score(row);
    }

    @Override
    public Supplier<double[]> prepareBatch(Columns users) {
        double[][] rows = OneHot.rows(users);
        double[][] posteriors = new double[rows.length][2];
        return () -> score(rows, posteriors);
    }

    private double score(double[] row) {
        double[] posteriors = new double[2];
        model.predict(row, posteriors);
        return posteriors[1];
    }

    /** Smile writes both classes' probabilities into arrays of the caller's. */
    private double[] score(double[][] rows, double[][] posteriors) {
        model.predict(rows, posteriors);
        double[] probabilities = new double[rows.length];
        for (int i = 0; i < rows.length; i++) {
            probabilities[i] = posteriors[i][1];
        }
        return probabilities;
    }
}
