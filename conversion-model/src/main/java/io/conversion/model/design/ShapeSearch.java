package io.conversion.model.design;

import io.conversion.core.shapes.Shape;
import io.conversion.core.signals.NumericSignal;
import io.conversion.core.signals.Signal;
import io.conversion.model.data.DataSet;
import io.conversion.model.data.Folds;
import io.conversion.model.data.InvalidDataException;
import io.conversion.model.fit.LogisticFit;
import io.conversion.model.fit.MeanEstimate;
import io.conversion.model.fit.PenalisedLikelihood;
import io.conversion.model.fit.RadixSort;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Chooses a form for each numeric signal: linear, signed log, piecewise linear on either scale, or steps, each with or
 * without a value of its own at a point mass. The candidates are few, since the best of many is best by luck, too.
 *
 * <p>It begins with the linear model. Then it goes through the signals: with all others as they are, each candidate is
 * fitted and judged by its cross-validated log loss. Of those that are not worse than the best one by more than one
 * standard error of the paired row differences, the one with the fewest coefficients is taken, so a richer form must
 * win by one standard error. Rounds go on until one changes nothing, three at most.
 *
 * <p>What a signal loses by that rule is little, but over many signals it may add up. So in the end, where the gains that
 * were given away are together more than {@value MeanEstimate#BEYOND_NOISE} standard errors above none, the surest of
 * them are taken after all, until the rest is noise.
 *
 * <p>Piecewise curves reach over all training rows and are flat beyond them. With flat tails every curve is flat beyond
 * the first and the last hundredth of them instead, straight lines among them.
 *
 * <p>More than {@value #MOST_ROWS} rows are sampled for this, evenly over the file.
 */
public final class ShapeSearch {

    /** The rows that shapes, penalty and calibration are chosen on, at most. */
    public static final int MOST_ROWS = 200_000;

    private static final int ROUNDS = 3;

    /** A single number with at least this share of the rows may have a value of its own. */
    private static final double POINT_MASS = 0.05;

    private static final int[] INNER_KNOTS = {1, 4};
    private static final int STEPS = 4;

    /** The share of the rows in either tail, where tails are flat. */
    private static final double TAIL = 0.01;

    /** What a coefficient must gain in the end, in log loss over all rows. */
    private static final double PRICE = 0.5;

    private final DataSet data;
    private final List<SignalSummary> summaries;
    private final Folds folds;
    private final boolean flatTails;
    private final double[] logOdds;
    private final Map<Integer, double[]> curves = new HashMap<>();
    private final Map<Integer, NumericForm> forms = new TreeMap<>();

    private ShapeSearch(DataSet data, List<SignalSummary> summaries, Folds folds, boolean flatTails) {
        this.data = data;
        this.summaries = summaries;
        this.folds = folds;
        this.flatTails = flatTails;
        this.logOdds = new double[data.rows()];
    }

    /**
     * Chooses.
     *
     * @param data the rows to choose on
     * @param folds their folds
     * @param flatTails whether every curve is flat in the tails of its signal
     * @return the form of each numeric signal, by its position
     */
    public static Map<Integer, NumericForm> forms(DataSet data, Folds folds, boolean flatTails) {
        ShapeSearch search = new ShapeSearch(data, Design.summaries(data), folds, flatTails);
        search.startLinear();
        boolean changed = true;
        for (int round = 0; round < ROUNDS && changed; round++) {
            changed = false;
            for (int position : List.copyOf(search.forms.keySet())) {
                changed |= search.choose(position);
            }
        }
        search.takeSmallGains();
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
        List<Candidate> fitted = fitted(position);
        if (fitted.isEmpty()) {
            return false;
        }
        Candidate best = best(fitted, 0);
        return take(
                position,
                fitted.stream()
                        .filter(candidate -> best.fit.betterThan(candidate.fit) <= 1)
                        .findFirst()
                        .orElse(best));
    }

    /** The candidates for one signal beside all others, those of the fewest coefficients first. */
    private List<Candidate> fitted(int position) {
        double[] old = Objects.requireNonNull(curves.get(position));
        double[] offset = new double[logOdds.length];
        Arrays.setAll(offset, row -> logOdds[row] - old[row]);
        CurveFit.Others others = new CurveFit.Others(offset, old, data.outcomes(), folds);
        return candidates(position).stream()
                .parallel()
                .map(form -> fit(position, form, others))
                .flatMap(candidate -> candidate == null ? Stream.empty() : Stream.of(candidate))
                .sorted(Comparator.comparingInt(Candidate::coefficients))
                .toList();
    }

    private Candidate best(List<Candidate> fitted, double price) {
        return fitted.stream()
                .min(Comparator.comparingDouble(
                        candidate -> candidate.fit.meanLoss() + price * candidate.coefficients() / logOdds.length))
                .orElseThrow();
    }

    private boolean take(int position, Candidate chosen) {
        double[] old = Objects.requireNonNull(curves.put(position, chosen.fit.curve()));
        double[] curve = chosen.fit.curve();
        Arrays.setAll(logOdds, row -> logOdds[row] - old[row] + curve[row]);
        return !chosen.form.equals(forms.put(position, chosen.form));
    }

    private void takeSmallGains() {
        List<Gain> gains = forms.keySet().stream()
                .flatMap(position -> gain(position).stream())
                .sorted(Comparator.comparingDouble(gain -> -gain.gain / gain.standardError))
                .toList();
        int taken = 0;
        while (taken < gains.size() && Gain.isBeyondNoise(gains.subList(taken, gains.size()))) {
            taken++;
        }
        for (Gain gain : gains.subList(0, taken)) {
            take(gain.position, best(fitted(gain.position), PRICE));
        }
    }

    /** What the best form of a signal gains over the one that it has. */
    private Optional<Gain> gain(int position) {
        List<Candidate> fitted = fitted(position);
        return fitted.stream()
                .filter(candidate -> candidate.form.equals(forms.get(position)))
                .findFirst()
                .flatMap(chosen -> {
                    CurveFit.Result best = best(fitted, PRICE).fit;
                    double gain = chosen.fit.meanLoss() - best.meanLoss();
                    double errors = best.betterThan(chosen.fit);
                    return gain > 0 && errors > 0
                            ? Optional.of(new Gain(position, gain, gain / errors))
                            : Optional.empty();
                });
    }

    /** What a signal could still gain, in mean log loss. */
    private record Gain(int position, double gain, double standardError) {

        /** Whether some gains together are. Those of different signals are taken for independent. */
        static boolean isBeyondNoise(List<Gain> gains) {
            double variance = gains.stream()
                    .mapToDouble(gain -> gain.standardError * gain.standardError)
                    .sum();
            return gains.stream().mapToDouble(Gain::gain).sum() > MeanEstimate.BEYOND_NOISE * Math.sqrt(variance);
        }
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

    private List<NumericForm> curves(double[] sorted) {
        double tail = flatTails ? TAIL : 0;
        List<NumericForm> forms = new ArrayList<>();
        for (Shape.Scale scale : Shape.Scale.values()) {
            List<Double> ends = quantiles(sorted, DoubleStream.of(tail, 1 - tail));
            if (flatTails && ends.size() > 1) {
                forms.add(NumericForm.piecewise(scale, ends));
            } else {
                forms.add(scale == Shape.Scale.PLAIN ? NumericForm.LINEAR : NumericForm.LOG);
            }
        }
        long distinct = Arrays.stream(sorted).distinct().limit(3).count();
        if (distinct <= 2) {
            return forms.subList(0, 1);
        }
        for (Shape.Scale scale : Shape.Scale.values()) {
            for (int inner : INNER_KNOTS) {
                List<Double> knots = quantiles(
                        sorted,
                        IntStream.rangeClosed(0, inner + 1).mapToDouble(i -> tail + (1 - 2 * tail) * i / (inner + 1)));
                if (knots.size() > 2) {
                    forms.add(NumericForm.piecewise(scale, knots));
                }
            }
        }
        List<Double> inside = quantiles(sorted, IntStream.range(1, STEPS).mapToDouble(i -> (double) i / STEPS)).stream()
                .filter(bound -> bound > sorted[0])
                .toList();
        if (!inside.isEmpty()) {
            forms.add(NumericForm.steps(inside));
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
