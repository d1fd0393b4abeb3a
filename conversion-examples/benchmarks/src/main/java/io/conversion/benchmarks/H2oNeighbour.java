package io.conversion.benchmarks;

import hex.genmodel.algos.glm.GlmMojoModel;
import hex.genmodel.easy.EasyPredictModelWrapper;
import hex.genmodel.easy.RowData;
import hex.genmodel.easy.exception.PredictException;
import io.conversion.benchmarks.BenchmarkModel.Categorical;
import io.conversion.benchmarks.BenchmarkModel.Numeric;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/**
 * H2O's scoring library: maps go through its own preprocessing, prepared rows are the numbers that this arrives at. It
 * has no call for a batch, so that is a loop.
 */
final class H2oNeighbour implements Neighbour {

    private final GlmMojoModel model = H2oModel.load();
    private final EasyPredictModelWrapper wrapper = new EasyPredictModelWrapper(model);

    /** What H2O writes: the class, P(not converted), P(converted). */
    private final double[] predictions = new double[3];

    @Override
    public String name() {
        return "H2O genmodel 3.46.0.12";
    }

    @Override
    public double fromMap(Map<String, Object> user) {
        try {
            return wrapper.predictBinomial(rowData(user)).classProbabilities[1];
        } catch (PredictException e) {
            throw new IllegalArgumentException("H2O refused " + user, e);
        }
    }

    @Override
    public DoubleSupplier prepare(Map<String, Object> user) {
        double[] row = new double[model.nfeatures()];
        int column = 0;
        for (Categorical signal : BenchmarkModel.CATEGORICALS) {
            row[column++] = UserFields.level(user, signal);
        }
        row[column++] = UserFields.flag(user) ? 1 : 0;
        for (Numeric signal : BenchmarkModel.NUMERICS) {
            row[column++] = UserFields.number(user, signal);
        }
        return () -> score(row);
    }

    @Override
    public Supplier<double[]> prepareBatch(Columns users) {
        double[][] rows = new double[users.size()][];
        for (int row = 0; row < rows.length; row++) {
            rows[row] = row(users, row);
        }
        return () -> score(rows);
    }

    /** H2O takes Double or String only: whole numbers and the flag have to be converted. */
    private static RowData rowData(Map<String, Object> user) {
        RowData row = new RowData();
        for (Numeric signal : BenchmarkModel.NUMERICS) {
            row.put(signal.name(), UserFields.number(user, signal));
        }
        for (Categorical signal : BenchmarkModel.CATEGORICALS) {
            row.put(signal.name(), user.get(signal.name()));
        }
        row.put(BenchmarkModel.FLAG, UserFields.flag(user) ? "true" : "false");
        return row;
    }

    private double[] row(Columns users, int user) {
        double[] row = new double[model.nfeatures()];
        int column = 0;
        for (int[] codes : users.levels()) {
            row[column++] = codes[user];
        }
        row[column++] = users.flags()[user] ? 1 : 0;
        for (double[] values : users.numerics()) {
            row[column++] = values[user];
        }
        return row;
    }

    private double score(double[] row) {
        return model.score0(row, predictions)[2];
    }

    private double[] score(double[][] rows) {
        double[] probabilities = new double[rows.length];
        for (int i = 0; i < rows.length; i++) {
            probabilities[i] = score(rows[i]);
        }
        return probabilities;
    }
}
