package io.conversion.model.design;

import io.conversion.core.json.ArtifactText;
import io.conversion.core.shapes.Shape;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.Signals;
import io.conversion.core.signals.SignalsBuilder;
import io.conversion.model.data.DataSet;
import io.conversion.model.data.InvalidDataException;
import io.conversion.model.fit.RowChunks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The training rows as a matrix: the columns of each signal's basis, in the order of the schema. Whatever a score does
 * with a missing, clipped or unseen value is done here, too, so the score of a training row is its row of the matrix
 * times the coefficients.
 */
public final class Design {

    private final DataSet data;
    private final List<SignalSummary> summaries;
    private final List<SignalBasis> bases;
    private final List<DesignColumn> columns = new ArrayList<>();
    private final double[][] rows;

    private Design(DataSet data, List<SignalSummary> summaries, List<SignalBasis> bases) {
        this.data = data;
        this.summaries = summaries;
        this.bases = bases;
        for (int i = 0; i < bases.size(); i++) {
            List<String> names = bases.get(i).columns();
            for (int k = 0; k < names.size(); k++) {
                columns.add(new DesignColumn(
                        names.get(k), i, k, bases.get(i).centre(k), bases.get(i).scale(k)));
            }
        }
        refuseEqualNames();
        // Each column once, since it comes as a copy.
        double[][] values =
                IntStream.range(0, bases.size()).mapToObj(data::column).toArray(double[][]::new);
        this.rows = RowChunks.map(data.rows(), (from, to) -> fill(values, from, to)).stream()
                .flatMap(Arrays::stream)
                .toArray(double[][]::new);
    }

    private double[][] fill(double[][] values, int from, int to) {
        double[][] some = new double[to - from][columns.size()];
        int offset = 0;
        for (int i = 0; i < bases.size(); i++) {
            for (int row = from; row < to; row++) {
                bases.get(i).fill(values[i][row], some[row - from], offset);
            }
            offset += bases.get(i).columns().size();
        }
        return some;
    }

    /** Numeric signals as lines, and a column for each level. */
    public static Design linear(DataSet data, List<SignalSummary> summaries, boolean allLevels) {
        List<SignalBasis> bases = new ArrayList<>();
        List<Signal> declared = data.schema().declared();
        for (int i = 0; i < declared.size(); i++) {
            bases.add(basis(declared.get(i), summaries.get(i), allLevels));
        }
        return new Design(data, summaries, bases);
    }

    private static SignalBasis basis(Signal signal, SignalSummary summary, boolean allLevels) {
        return signal.match(
                numeric -> NumericBasis.linear(numeric, summary),
                categorical -> LevelBasis.of(categorical, summary, allLevels),
                flag -> new FlagBasis(flag.name(), summary.imputed()));
    }

    /** Numeric signals in the given forms, by position, and rare levels pooled. */
    public static Design shaped(
            DataSet data, List<SignalSummary> summaries, Map<Integer, NumericForm> forms, boolean allLevels) {
        List<SignalBasis> bases = new ArrayList<>();
        List<Signal> declared = data.schema().declared();
        for (int i = 0; i < declared.size(); i++) {
            int position = i;
            SignalSummary summary = summaries.get(i);
            NumericForm form = forms.getOrDefault(i, NumericForm.LINEAR);
            bases.add(declared.get(i)
                    .<SignalBasis>match(
                            numeric -> NumericBasis.of(numeric, form, summary, data.column(position)),
                            categorical -> LevelBasis.pooled(categorical, summary, allLevels),
                            flag -> new FlagBasis(flag.name(), summary.imputed())));
        }
        return new Design(data, summaries, bases);
    }

    /** What the training rows say of each signal, by position in the schema. */
    public static List<SignalSummary> summaries(DataSet data) {
        boolean[] outcomes = data.outcomes();
        return EachSignal.map(
                data, (signal, values, position) -> SignalSummary.of(signal, values, outcomes, data::place));
    }

    /**
     * Checks the matrix.
     *
     * @throws InvalidDataException if a number is not finite; it names the first one, column by column
     */
    public void checkFinite() {
        boolean finite =
                RowChunks.map(
                                rows.length,
                                (from, to) -> Arrays.stream(rows, from, to).allMatch(Design::isFinite))
                        .stream()
                        .allMatch(Boolean::booleanValue);
        for (int j = 0; !finite && j < columns.size(); j++) {
            for (double[] row : rows) {
                if (!Double.isFinite(row[j])) {
                    throw new InvalidDataException(
                            "signal " + ArtifactText.quoted(columns.get(j).name()) + " holds " + row[j]
                                    + " in a training row; every number must be finite");
                }
            }
        }
    }

    private static boolean isFinite(double[] row) {
        boolean finite = true;
        for (double value : row) {
            finite &= Double.isFinite(value);
        }
        return finite;
    }

    public List<DesignColumn> columns() {
        return columns;
    }

    public List<SignalBasis> bases() {
        return bases;
    }

    /** By position of the signal in the schema. */
    public List<SignalSummary> summaries() {
        return summaries;
    }

    public DataSet data() {
        return data;
    }

    /** The matrix, one array for each training row. */
    public double[][] rows() {
        return rows;
    }

    /** The matrix with some of its columns. */
    public double[][] rows(int[] kept) {
        return Arrays.stream(rows)
                .map(row -> Arrays.stream(kept).mapToDouble(j -> row[j]).toArray())
                .toArray(double[][]::new);
    }

    /**
     * The shapes that coefficients fold into, by signal.
     *
     * @param coefficients one for each column; 0 for one that was left out
     * @param estimated whether each column was part of the fit
     */
    public Map<String, Shape> fold(double[] coefficients, boolean[] estimated) {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        int offset = 0;
        for (int i = 0; i < bases.size(); i++) {
            int end = offset + bases.get(i).columns().size();
            shapes.put(
                    data.schema().declared().get(i).name(),
                    bases.get(i)
                            .fold(
                                    Arrays.copyOfRange(coefficients, offset, end),
                                    Arrays.copyOfRange(estimated, offset, end)));
            offset = end;
        }
        return shapes;
    }

    /** The median of each numeric signal, and the most frequent level or truth value of each other one. */
    public Signals referenceUser() {
        SignalsBuilder user = data.schema().signals();
        List<Signal> declared = data.schema().declared();
        for (int i = 0; i < declared.size(); i++) {
            Signal signal = declared.get(i);
            SignalSummary summary = summaries.get(i);
            user.set(
                    i,
                    signal.<Object>match(
                            numeric -> summary.typical(),
                            categorical -> categorical.levels().get((int) summary.imputed()),
                            flag -> summary.imputed() == 1));
        }
        return user.build();
    }

    /** A signal may be named like the column of another one. */
    private void refuseEqualNames() {
        Set<String> names = new HashSet<>();
        for (DesignColumn column : columns) {
            if (!names.add(column.name())) {
                throw new InvalidDataException("two columns of the fit would be named "
                        + ArtifactText.quoted(column.name()) + "; rename one of the signals");
            }
        }
    }
}
