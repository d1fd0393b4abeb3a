package io.conversion.model.design;

import io.conversion.core.shapes.Shape;
import io.conversion.core.signals.NumericSignal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * A numeric signal as columns: the functions of its form, each centred and divided by its standard deviation over the
 * training rows; then a 0/1 column for the point mass, if there is one, and one for missing, if missing has a value of
 * its own. Where one of those two is 1, all other columns are 0. Without a column of its own, missing is the median.
 */
public final class NumericBasis implements SignalBasis {

    private final NumericSignal signal;
    private final NumericForm form;
    private final double imputed;
    private final boolean missingColumn;
    private final double[] positions;
    private final double[] centres;
    private final double[] scales;

    private NumericBasis(NumericSignal signal, NumericForm form, double imputed, boolean missingColumn) {
        this.signal = signal;
        this.form = form;
        this.imputed = imputed;
        this.missingColumn = missingColumn;
        this.positions = form.positions();
        this.centres = new double[columns().size()];
        this.scales = new double[centres.length];
        Arrays.fill(scales, 1);
    }

    /** A line, with missing as the median. */
    static NumericBasis linear(NumericSignal signal, SignalSummary summary) {
        NumericBasis basis = new NumericBasis(signal, NumericForm.LINEAR, summary.imputed(), false);
        basis.centres[0] = summary.mean();
        // A constant column has no standard deviation; it is zero after centring, whatever it is divided by.
        basis.scales[0] = summary.standardDeviation() == 0 ? 1 : summary.standardDeviation();
        return basis;
    }

    /** A form, with a value of its own for missing if it occurs. */
    static NumericBasis of(NumericSignal signal, NumericForm form, SignalSummary summary, double[] values) {
        boolean anyMissing = Arrays.stream(values).anyMatch(Double::isNaN);
        NumericBasis basis = new NumericBasis(signal, form, summary.imputed(), anyMissing);
        if (form.kind() != NumericForm.Kind.STEPS) {
            basis.standardise(values);
        }
        return basis;
    }

    private void standardise(double[] values) {
        double[] at = Arrays.stream(values)
                .filter(value -> !Double.isNaN(value))
                .map(signal::clip)
                .filter(value -> !isPointMass(value))
                .map(form::position)
                .toArray();
        for (int k = 0; k < form.parts() && at.length > 0; k++) {
            int part = k;
            double[] parts =
                    Arrays.stream(at).map(t -> form.part(part, t, positions)).toArray();
            double mean = mean(parts, value -> value);
            // Averaged over all rows: the column is zero in the others.
            double variance = mean(parts, value -> (value - mean) * (value - mean)) * parts.length / values.length;
            centres[k] = mean;
            scales[k] = variance > 0 ? Math.sqrt(variance) : 1;
        }
    }

    private static double mean(double[] parts, DoubleUnaryOperator of) {
        double sum = 0;
        for (double part : parts) {
            sum += of.applyAsDouble(part);
        }
        return sum / parts.length;
    }

    private boolean isPointMass(double value) {
        Double at = form.pointMass();
        return at != null && value == at;
    }

    public NumericForm form() {
        return form;
    }

    @Override
    public List<String> columns() {
        List<String> names = new ArrayList<>();
        IntStream.range(0, form.parts()).forEach(k -> names.add(signal.name() + form.suffix(k)));
        if (form.pointMass() != null) {
            names.add(signal.name() + " = " + form.pointMass());
        }
        if (missingColumn) {
            names.add(signal.name() + " missing");
        }
        return names;
    }

    @Override
    public void fill(double value, double[] row, int offset) {
        double x = signal.clip(Double.isNaN(value) ? imputed : value);
        boolean missing = missingColumn && Double.isNaN(value);
        boolean mass = !missing && isPointMass(x);
        double t = form.position(x);
        int k = 0;
        for (; k < form.parts(); k++) {
            row[offset + k] = missing || mass ? 0 : column(k, t);
        }
        if (form.pointMass() != null) {
            row[offset + k++] = mass ? 1 : 0;
        }
        if (missingColumn) {
            row[offset + k] = missing ? 1 : 0;
        }
    }

    private double column(int k, double t) {
        return (form.part(k, t, positions) - centres[k]) / scales[k];
    }

    @Override
    public double centre(int column) {
        return centres[column];
    }

    @Override
    public double scale(int column) {
        return scales[column];
    }

    @Override
    public boolean isEstimable(int column) {
        return true;
    }

    @Override
    public Shape fold(double[] coefficients, boolean[] estimated) {
        Shape.OfNumber curve = curve(coefficients, 0);
        double missing = missingColumn
                ? coefficients[coefficients.length - 1]
                : shape(curve, coefficients).at(signal.clip(imputed));
        return shape(curve(coefficients, missing), coefficients);
    }

    private Shape.OfNumber shape(Shape.OfNumber curve, double[] coefficients) {
        Double at = form.pointMass();
        return at == null ? curve : new Shape.PointMass(at, coefficients[form.parts()], curve);
    }

    private Shape.OfNumber curve(double[] coefficients, double missing) {
        return switch (form.kind()) {
            case NONE -> new Shape.Linear(0, 0, missing);
            case LINEAR ->
                coefficients[0] == 0
                        ? new Shape.Linear(0, 0, missing)
                        : new Shape.Linear(coefficients[0] / scales[0], centres[0], missing);
            case LOG -> new Shape.Log(coefficients[0] / scales[0], centres[0], missing);
            case PIECEWISE ->
                new Shape.Piecewise(
                        form.scale(),
                        form.knots(),
                        form.knots().stream().map(x -> at(x, coefficients)).toList(),
                        missing);
            case STEPS ->
                new Shape.Steps(
                        form.knots(), steps().mapToObj(x -> at(x, coefficients)).toList(), missing);
        };
    }

    /** One number of each range between bounds. */
    private DoubleStream steps() {
        return DoubleStream.concat(
                DoubleStream.of(Double.NEGATIVE_INFINITY), form.knots().stream().mapToDouble(Double::doubleValue));
    }

    private double at(double x, double[] coefficients) {
        double sum = 0;
        double t = form.position(x);
        for (int k = 0; k < form.parts(); k++) {
            sum += coefficients[k] * column(k, t);
        }
        return sum;
    }

    @Override
    public List<Combination> numbers() {
        List<Combination> numbers = new ArrayList<>();
        switch (form.kind()) {
            case NONE -> {}
            case LINEAR, LOG -> numbers.add(new Combination("slope", weights(0, 1 / scales[0])));
            case PIECEWISE -> form.knots().forEach(x -> numbers.add(value(numbers.size(), x)));
            case STEPS -> steps().forEach(x -> numbers.add(value(numbers.size(), x)));
        }
        if (form.pointMass() != null) {
            numbers.add(new Combination("point_mass", weights(form.parts(), 1)));
        }
        double[] missing = new double[centres.length];
        fill(Double.NaN, missing, 0);
        numbers.add(new Combination("missing", Arrays.stream(missing).boxed().toList()));
        return numbers;
    }

    private Combination value(int i, double x) {
        return new Combination(
                "values/" + i,
                IntStream.range(0, centres.length)
                        .mapToObj(k -> k < form.parts() ? column(k, form.position(x)) : 0.0)
                        .toList());
    }

    private List<Double> weights(int column, double weight) {
        return IntStream.range(0, centres.length)
                .mapToObj(k -> k == column ? weight : 0.0)
                .toList();
    }
}
