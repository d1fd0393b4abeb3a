package io.conversion.model.design;

import io.conversion.core.shapes.Shape;
import io.conversion.core.signals.NumericSignal;
import io.conversion.core.signals.Signal;
import io.conversion.model.data.DataSet;
import io.conversion.model.data.Folds;
import io.conversion.model.data.InvalidDataException;
import io.conversion.model.fit.LogisticFit;
import io.conversion.model.fit.PenalisedLikelihood;
import io.conversion.model.fit.RadixSort;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Chooses a form for each numeric signal: linear, signed log, piecewise linear on either scale, or steps, each with or
 * without a value of its own at a point mass.
 *
 * <p>It begins with the linear model. Then it goes through the signals: with all others as they are, each candidate is
 * fitted and judged by its cross-validated log loss. Of those that are not worse than the best one by more than one
 * standard error of the paired row differences, the one with the fewest coefficients is taken, so a richer form must
 * win by one standard error. Rounds go on until one changes nothing, three at most.
 *
 * <p>More than {@value #MOST_ROWS} rows are sampled for this, evenly over the file.
 */
public final class ShapeSearch {

    /** The rows that shapes, penalty and calibration are chosen on, at most. */
    public static final int MOST_ROWS = 200_000;

    private static final int ROUNDS = 3;

    /** A single number with at least this share of the rows may have a value of its own. */
    private static final double POINT_MASS = 0.05;

    private static final int[] INNER_KNOTS = {1, 2, 4};
    private static final int[] STEPS = {4, 8};

    private final DataSet data;
    private final List<SignalSummary> summaries;
    private final Folds folds;
    private final double[] logOdds;
    private final Map<Integer, double[]> curves = new HashMap<>();
    private final Map<Integer, NumericForm> forms = new TreeMap<>();

    private ShapeSearch(DataSet data, List<SignalSummary> summaries, Folds folds) {
        this.data = data;
        this.summaries = summaries;
        this.folds = folds;
        this.logOdds = new double[data.rows()];
    }

    /**
     * Chooses.
     *
     * @param data the rows to choose on
     * @param folds their folds
     * @return the form of each numeric signal, by its position
     */
    public static Map<Integer, NumericForm> forms(DataSet data, Folds folds) {
        ShapeSearch search = new ShapeSearch(data, Design.summaries(data), folds);
        search.startLinear();
        boolean changed = true;
        for (int round = 0; round < ROUNDS && changed; round++) {
            changed = false;
            for (int position : List.copyOf(search.forms.keySet())) {
                changed |= search.choose(position);
            }
        }
        return search.forms;
    }

    private void startLinear() {
        Design design = Design.shaped(data, summaries, Map.of(), false);
        double[] penalties = new double[design.columns().size()];
        Arrays.fill(penalties, 1);
        PenalisedLikelihood optimum =
                LogisticFit.fit(design.rows(), data.outcomes(), penalties).optimum();
        if (optimum == null) {
            throw new InvalidDataException("a linear model, from which the search for shapes begins, does not converge;"
                    + " look for signals of extreme values, or train with linear shapes");
        }
        for (int row = 0; row < logOdds.length; row++) {
            logOdds[row] = PenalisedLikelihood.logOdds(design.rows()[row], optimum.parameters());
        }
        for (int i = 0; i < summaries.size(); i++) {
            Signal signal = data.schema().declared().get(i);
            if (signal instanceof NumericSignal && !summaries.get(i).isConstant()) {
                forms.put(i, NumericForm.LINEAR);
                curves.put(i, curve(design, i, optimum.parameters()));
            }
        }
    }

    private static double[] curve(Design design, int position, double[] parameters) {
        double[] curve = new double[design.rows().length];
        for (int j = 0; j < design.columns().size(); j++) {
            if (design.columns().get(j).position() == position) {
                for (int row = 0; row < curve.length; row++) {
                    curve[row] += parameters[j] * design.rows()[row][j];
                }
            }
        }
        return curve;
    }

    /** Chooses the form of one signal beside all others; whether it is another one than before. */
    private boolean choose(int position) {
        double[] old = Objects.requireNonNull(curves.get(position));
        double[] offset = new double[logOdds.length];
        Arrays.setAll(offset, row -> logOdds[row] - old[row]);
        CurveFit.Others others = new CurveFit.Others(offset, old, data.outcomes(), folds);
        List<Candidate> fitted = candidates(position).stream()
                .parallel()
                .map(form -> fit(position, form, others))
                .flatMap(candidate -> candidate == null ? Stream.empty() : Stream.of(candidate))
                .sorted(Comparator.comparingInt(Candidate::coefficients))
                .toList();
        if (fitted.isEmpty()) {
            return false;
        }
        Candidate best = fitted.stream()
                .min(Comparator.comparingDouble(candidate -> candidate.fit.meanLoss()))
                .orElseThrow();
        Candidate chosen = fitted.stream()
                .filter(candidate -> best.fit.betterThan(candidate.fit) <= 1)
                .findFirst()
                .orElse(best);
        double[] curve = chosen.fit.curve();
        curves.put(position, curve);
        Arrays.setAll(logOdds, row -> offset[row] + curve[row]);
        return !chosen.form.equals(forms.put(position, chosen.form));
    }

    private @Nullable Candidate fit(int position, NumericForm form, CurveFit.Others others) {
        NumericSignal signal = (NumericSignal) data.schema().declared().get(position);
        double[] values = data.column(position);
        NumericBasis basis = NumericBasis.of(signal, form, summaries.get(position), values);
        double[][] columns = new double[basis.columns().size()][values.length];
        double[] row = new double[columns.length];
        for (int i = 0; i < values.length; i++) {
            basis.fill(values[i], row, 0);
            for (int k = 0; k < row.length; k++) {
                columns[k][i] = row[k];
            }
        }
        CurveFit.Result fit = CurveFit.fit(columns, others);
        return fit == null
                        || (!form.equals(NumericForm.LINEAR)
                                && MonotoneForms.goesAgainst(signal, basis, fit.parameters()))
                ? null
                : new Candidate(form, fit);
    }

    private List<NumericForm> candidates(int position) {
        NumericSignal signal = (NumericSignal) data.schema().declared().get(position);
        double[] sorted = Arrays.stream(data.column(position))
                .filter(value -> !Double.isNaN(value))
                .map(signal::clip)
                .toArray();
        RadixSort.sort(sorted);
        List<NumericForm> candidates = new ArrayList<>(curves(sorted));
        Double mass = pointMass(sorted);
        if (mass != null) {
            double at = mass;
            double[] others = Arrays.stream(sorted).filter(value -> value != at).toArray();
            curves(others).forEach(form -> candidates.add(form.withPointMass(mass)));
        }
        return candidates.stream().distinct().toList();
    }

    /** The most frequent number, if it has a share of the rows; null otherwise, or if there are but two numbers. */
    private static @Nullable Double pointMass(double[] sorted) {
        int most = 0;
        double mass = Double.NaN;
        int run = 0;
        for (int i = 0; i < sorted.length; i++) {
            run = i > 0 && sorted[i] == sorted[i - 1] ? run + 1 : 1;
            if (run > most) {
                most = run;
                mass = sorted[i];
            }
        }
        long distinct = Arrays.stream(sorted).distinct().limit(3).count();
        return distinct > 2 && most >= POINT_MASS * sorted.length ? mass + 0.0 : null;
    }

    private static List<NumericForm> curves(double[] sorted) {
        List<NumericForm> forms = new ArrayList<>(List.of(NumericForm.LINEAR));
        long distinct = Arrays.stream(sorted).distinct().limit(3).count();
        if (distinct <= 2) {
            return forms;
        }
        forms.add(NumericForm.LOG);
        for (Shape.Scale scale : Shape.Scale.values()) {
            for (int inner : INNER_KNOTS) {
                List<Double> knots = quantiles(
                        sorted, IntStream.rangeClosed(0, inner + 1).mapToDouble(i -> 0.01 + 0.98 * i / (inner + 1)));
                if (knots.size() > 2) {
                    forms.add(NumericForm.piecewise(scale, knots));
                }
            }
        }
        for (int steps : STEPS) {
            List<Double> bounds = quantiles(sorted, IntStream.range(1, steps).mapToDouble(i -> (double) i / steps));
            List<Double> inside =
                    bounds.stream().filter(bound -> bound > sorted[0]).toList();
            if (!inside.isEmpty()) {
                forms.add(NumericForm.steps(inside));
            }
        }
        return forms;
    }

    /** The distinct values at some quantiles. */
    private static List<Double> quantiles(double[] sorted, DoubleStream shares) {
        return shares.mapToObj(share -> sorted[(int) Math.round(share * (sorted.length - 1))] + 0.0)
                .distinct()
                .toList();
    }

    /** A form and its fit. */
    private static final class Candidate {

        private final NumericForm form;
        private final CurveFit.Result fit;

        private Candidate(NumericForm form, CurveFit.Result fit) {
            this.form = form;
            this.fit = fit;
        }

        private int coefficients() {
            return form.coefficients();
        }
    }
}
