package io.conversion.model.fit;

import java.util.stream.DoubleStream;

/**
 * The line {@code intercept + slope * x} of log-odds with the largest likelihood of given targets, by Newton's method in
 * standardised coordinates until the gradient is rounding error. Where that does not get there, because few log-odds lie
 * far away from all others, they are standardised by their median, and the slope is found in a bracket, with the best level
 * for each.
 *
 * <p>Targets are outcomes, 1 and 0, or anything between. A finite optimum is the caller's to make sure of.
 */
public final class LogisticLine {

    private static final int NEWTON_STEPS = 60;

    /** Squares of numbers below it do not overflow. */
    private static final double LARGE = 0x1p400;

    /**
     * Variance of the rows that decide, against that of all, below which their standardised differences have lost digits.
     */
    private static final double SPREAD = 1e-8;

    /** A gradient that is this small against its terms is that of an optimum. */
    private static final double CONVERGED = 1e-9;

    private final double[] x;
    private final double[] targets;

    /** What x is multiplied by before anything else, a power of 2. */
    private final double unit;

    private final double centre;
    private final double scale;

    /** Of the standardised line, intercept first. */
    private double level;

    private double rise;

    private Sums at;

    private LogisticLine(double[] x, double[] targets, double unit, double centre, double scale) {
        this.x = x;
        this.targets = targets;
        this.unit = unit;
        this.centre = centre;
        this.scale = scale;
        this.at = sums();
    }

    /** The line of finite log-odds. */
    public static LogisticLine fit(double[] x, double[] targets) {
        double largest = 0;
        for (double value : x) {
            largest = Math.max(largest, Math.abs(value));
        }
        double unit = largest > LARGE || (largest < 1 / LARGE && largest > Double.MIN_NORMAL)
                ? Math.scalb(1.0, -Math.getExponent(largest))
                : 1;
        double mean = 0;
        for (double value : x) {
            mean += value * unit / x.length;
        }
        double squares = 0;
        for (double value : x) {
            squares += (value * unit - mean) * (value * unit - mean) / x.length;
        }
        LogisticLine line =
                new LogisticLine(x, targets, unit, mean, squares > 0 ? Math.sqrt(squares) : Math.max(1, largest));
        if (line.isSolvedByNewton() && line.spread() > SPREAD * line.at.levelLevel) {
            return line;
        }
        double[] sorted = DoubleStream.of(x).map(value -> value * unit).sorted().toArray();
        double median = sorted[x.length / 2];
        double deviation = DoubleStream.of(sorted)
                .map(value -> Math.abs(value - median))
                .sorted()
                .toArray()[x.length / 2];
        double least = largest * unit / LARGE;
        LogisticLine robust =
                new LogisticLine(x, targets, unit, median, deviation > least ? deviation : Math.max(least, line.scale));
        robust.solveInBracket();
        return robust;
    }

    public static double[] targets(boolean[] converted, double positive, double negative) {
        double[] targets = new double[converted.length];
        for (int i = 0; i < targets.length; i++) {
            targets[i] = converted[i] ? positive : negative;
        }
        return targets;
    }

    private boolean isSolvedByNewton() {
        for (int step = 0; step < NEWTON_STEPS; step++) {
            double fromLevel = level;
            double fromRise = rise;
            Sums from = at;
            double before = from.relativeGradient();
            improve(from);
            if (before <= CONVERGED && !(at.relativeGradient() < before / 2)) {
                if (!(at.relativeGradient() <= before)) {
                    level = fromLevel;
                    rise = fromRise;
                    at = from;
                }
                return true;
            }
        }
        return false;
    }

    /** The rise at which the gradient is 0, of the line that is at its best level: that gradient rises with it. */
    private void solveInBracket() {
        double low = 0;
        double high = 0;
        double gradient = atBestLevel(0).value();
        for (double reach = 1; gradient != 0 && reach < LARGE; reach *= 2) {
            double end = gradient < 0 ? reach : -reach;
            boolean isBeyond = gradient < 0
                    ? atBestLevel(end).value() >= 0
                    : atBestLevel(end).value() <= 0;
            if (gradient < 0 == isBeyond) {
                high = end;
            } else {
                low = end;
            }
            if (isBeyond) {
                break;
            }
        }
        atBestLevel(BracketedRoot.of(this::atBestLevel, low, high, low / 2 + high / 2));
    }

    private BracketedRoot.Value atBestLevel(double newRise) {
        rise = newRise;
        double[] risen = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            risen[i] = rise * standardised(i);
        }
        level = LogisticShift.of(risen, targets, level);
        at = sums();
        return new BracketedRoot.Value(at.gradientOfRise, spread(), at.termsOfRise);
    }

    private double standardised(int row) {
        return (x[row] * unit - centre) / scale;
    }

    /** A full Newton step, halved as long as it makes the objective worse. */
    private void improve(Sums from) {
        double levelStep =
                -(from.riseRise * from.gradientOfLevel - from.levelRise * from.gradientOfRise) / from.determinant();
        double riseStep =
                -(from.levelLevel * from.gradientOfRise - from.levelRise * from.gradientOfLevel) / from.determinant();
        double fromLevel = level;
        double fromRise = rise;
        double worst = from.objective + 1e-12 * Math.abs(from.objective);
        for (double fraction = 1; fraction > 1e-12; fraction /= 2) {
            level = fromLevel + fraction * levelStep;
            rise = fromRise + fraction * riseStep;
            at = sums();
            if (at.objective <= worst) {
                return;
            }
        }
    }

    private Sums sums() {
        return RowChunks.map(x.length, Sums::new).stream().reduce(Sums::plus).orElseThrow();
    }

    /** The objective of some rows, with its gradient and Hessian. */
    private final class Sums {

        private double objective;
        private double gradientOfLevel;
        private double gradientOfRise;
        private double termsOfLevel;
        private double termsOfRise;
        private double levelLevel;
        private double levelRise;
        private double riseRise;

        private Sums(int from, int to) {
            for (int i = from; i < to; i++) {
                double u = standardised(i);
                double f = level + rise * u;
                double e = StrictMath.exp(-Math.abs(f));
                double probability = Logistic.probability(f, e);
                double opposite = Logistic.probability(-f, e);
                double t = targets[i];
                objective += StrictMath.log1p(e) + (f >= 0 ? (1 - t) * f : -t * f);
                // p - t, so that it keeps its digits where both are near 1.
                double residual = t > 0.5 ? (1 - t) - opposite : probability - t;
                double weight = probability * opposite;
                gradientOfLevel += residual;
                gradientOfRise += residual * u;
                termsOfLevel += Math.abs(residual);
                termsOfRise += Math.abs(residual * u);
                levelLevel += weight;
                levelRise += weight * u;
                riseRise += weight * u * u;
            }
        }

        private Sums plus(Sums other) {
            objective += other.objective;
            gradientOfLevel += other.gradientOfLevel;
            gradientOfRise += other.gradientOfRise;
            termsOfLevel += other.termsOfLevel;
            termsOfRise += other.termsOfRise;
            levelLevel += other.levelLevel;
            levelRise += other.levelRise;
            riseRise += other.riseRise;
            return this;
        }

        /** The largest component of the gradient against the sum of the absolute values that it was added up from. */
        private double relativeGradient() {
            return Math.max(relative(gradientOfLevel, termsOfLevel), relative(gradientOfRise, termsOfRise));
        }

        private double determinant() {
            return levelLevel * riseRise - levelRise * levelRise;
        }
    }

    private static double relative(double sum, double terms) {
        return terms == 0 ? 0 : Math.abs(sum) / terms;
    }

    public double slope() {
        return rise / scale * unit;
    }

    public double intercept() {
        return level - rise / scale * centre;
    }

    /** By the inverse of the observed information. */
    public double slopeStandardError() {
        return 1 / Math.sqrt(spread()) / scale * unit;
    }

    public double interceptStandardError() {
        // The intercept is that at the weighted mean, minus the slope times the mean.
        double mean = at.levelRise / at.levelLevel + centre / scale;
        return Math.sqrt(1 / at.levelLevel + mean * mean / spread());
    }

    /** The sum of squares about their weighted mean, which keeps its digits where the determinant has lost them. */
    private double spread() {
        double mean = at.levelRise / at.levelLevel;
        return RowChunks.map(x.length, (from, to) -> {
                    double sum = 0;
                    for (int i = from; i < to; i++) {
                        double u = standardised(i);
                        double e = StrictMath.exp(-Math.abs(level + rise * u));
                        sum += e / (1 + e) / (1 + e) * (u - mean) * (u - mean);
                    }
                    return sum;
                })
                .stream()
                .reduce(0.0, Double::sum);
    }
}
