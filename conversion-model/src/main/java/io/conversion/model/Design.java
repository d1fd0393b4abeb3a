package io.conversion.model;

import io.conversion.core.CategoricalSignal;
import io.conversion.core.FlagSignal;
import io.conversion.core.NumericSignal;
import io.conversion.core.Signal;
import io.conversion.core.SignalSchema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The training rows as a matrix. A numeric signal is clipped to its range, median-imputed and standardised with the mean
 * and the population standard deviation of the imputed column; a flag is 0 or 1, and imputed
 * by its more frequent value; a categorical signal is one 0/1 column for each level but the first, imputed by its most
 * frequent level. Whatever a score does with a missing, clipped or unseen value is done here, too, so the score of a
 * training row is its row of the matrix times the coefficients.
 */
final class Design {

    private final SignalSchema schema;
    private final List<DesignColumn> columns = new ArrayList<>();
    private final List<SignalSummary> summaries = new ArrayList<>();
    private final double[][] rows;

    private Design(DataSet data, boolean allLevels) {
        this.schema = data.schema();
        List<Signal> declared = schema.declared();
        for (int i = 0; i < declared.size(); i++) {
            SignalSummary summary = SignalSummary.of(declared.get(i), data.column(i), data.converted());
            summaries.add(summary);
            addColumns(declared.get(i), i, summary, allLevels);
        }
        refuseEqualNames();
        this.rows = new double[data.rows()][columns.size()];
        for (int j = 0; j < columns.size(); j++) {
            fill(j, data.column(columns.get(j).position()).values());
        }
    }

    static Design of(DataSet data, boolean allLevels) {
        return new Design(data, allLevels);
    }

    List<DesignColumn> columns() {
        return columns;
    }

    /** By position of the signal in the schema. */
    List<SignalSummary> summaries() {
        return summaries;
    }

    /** The matrix, one array for each training row. */
    double[][] rows() {
        return rows;
    }

    /** The matrix with some of its columns. */
    double[][] rows(int[] kept) {
        return Arrays.stream(rows)
                .map(row -> Arrays.stream(kept).mapToDouble(j -> row[j]).toArray())
                .toArray(double[][]::new);
    }

    private void addColumns(Signal signal, int position, SignalSummary summary, boolean allLevels) {
        if (signal instanceof CategoricalSignal categorical) {
            for (int level = allLevels ? 0 : 1; level < categorical.levels().size(); level++) {
                columns.add(DesignColumn.ofLevel(
                        signal.name(), position, categorical.levels().get(level), level));
            }
        } else if (signal instanceof FlagSignal) {
            columns.add(new DesignColumn(signal.name(), position, -1, 0, 1));
        } else {
            // A constant column has no standard deviation; it is zero after centring, whatever it is divided by.
            double scale = summary.standardDeviation() == 0 ? 1 : summary.standardDeviation();
            columns.add(new DesignColumn(signal.name(), position, -1, summary.mean(), scale));
        }
    }

    /** A signal may be named like the column of another one's level. */
    private void refuseEqualNames() {
        Set<String> names = new HashSet<>();
        for (DesignColumn column : columns) {
            if (!names.add(column.name())) {
                throw new InvalidDataException(
                        "two columns of the fit would be named \"" + column.name() + "\"; rename one of the signals");
            }
        }
    }

    private void fill(int j, double[] values) {
        DesignColumn column = columns.get(j);
        Signal signal = schema.declared().get(column.position());
        SignalSummary summary = summaries.get(column.position());
        for (int i = 0; i < rows.length; i++) {
            double value = Double.isNaN(values[i]) ? summary.imputed() : values[i];
            rows[i][j] = column.level() >= 0
                    ? indicator(summary, column.level(), SignalSummary.scoredAs(signal, value))
                    : (clipped(signal, value) - column.centre()) / column.scale();
        }
    }

    private static double clipped(Signal signal, double value) {
        return signal instanceof NumericSignal numeric ? numeric.clip(value) : value;
    }

    /** An unseen level that scores as the average has each level by its share. */
    private static double indicator(SignalSummary summary, int level, double code) {
        return code < 0 ? summary.share(level) : code == level ? 1 : 0;
    }
}
