package io.conversion.model.fit;

import io.conversion.model.data.InvalidDataException;

/**
 * The line {@code intercept + slope * x} of log-odds with the largest likelihood of given targets, by Newton's method in
 * standardised coordinates until the gradient is rounding error.
 *
 * <p>Targets are outcomes, 1 and 0, or anything between. A finite optimum is the caller's to make sure of.
 */
public final class LogisticLine {

    private static final int MOST_STEPS = 200;

    /** A gradient that is this small against its terms is that of an optimum. */
    private static final double CONVERGED = 1e-9;

    private final double[] x;
    private final double[] targets;
    private final boolean freeSlope;
    private final double centre;
    private final double scale;

    /** Of the standardised line, intercept first. */
    private double level;

    private double rise;

    private Sums at;

    private LogisticLine(double[] x, double[] targets, boolean freeSlope) {
        this.x = x;
        this.targets = targets;
        this.freeSlope = freeSlope;
        double sum = 0;
        for (double value : x) {
            sum += value / x.length;
        }
        double squares = 0;
        for (double value : x) {
            squares += (value - sum) * (value - sum) / x.length;
        }
        this.centre = freeSlope ? sum : 0;
        this.scale = freeSlope && squares > 0 ? Math.sqrt(squares) : 1;
        this.rise = freeSlope ? 0 : 1;
        this.at = sums();
    }

    /** The line with both ends free. */
    public static LogisticLine fit(double[] x, double[] targets) {
        return new LogisticLine(x, targets, true).solve();
    }

    /** The line of slope 1. */
    public static LogisticLine shift(double[] x, double[] targets) {
        return new LogisticLine(x, targets, false).solve();
    }

    public static double[] targets(boolean[] converted, double positive, double negative) {
        double[] targets = new double[converted.length];
        for (int i = 0; i < targets.length; i++) {
            targets[i] = converted[i] ? positive : negative;
        }
        return targets;
    }

    private LogisticLine solve() {
        for (int step = 0; step < MOST_STEPS; step++) {
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
                return this;
            }
        }
        throw new InvalidDataException("the line through " + x.length + " log-odds did not converge in " + MOST_STEPS
                + " Newton steps; look for log-odds far away from all others");
    }

    /** A full Newton step, halved as long as it makes the objective worse. */
    private void improve(Sums from) {
        double levelStep = -(freeSlope
                        ? from.riseRise * from.gradientOfLevel - from.levelRise * from.gradientOfRise
                        : from.gradientOfLevel)
                / from.determinant();
        double riseStep = freeSlope
                ? -(from.levelLevel * from.gradientOfRise - from.levelRise * from.gradientOfLevel) / from.determinant()
                : 0;
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
                double u = (x[i] - centre) / scale;
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
            return Math.max(
                    relative(gradientOfLevel, termsOfLevel), freeSlope ? relative(gradientOfRise, termsOfRise) : 0);
        }

        private double determinant() {
            return freeSlope ? levelLevel * riseRise - levelRise * levelRise : levelLevel;
        }
    }

    private static double relative(double sum, double terms) {
        return terms == 0 ? 0 : Math.abs(sum) / terms;
    }

    public double slope() {
        return rise / scale;
    }

    public double intercept() {
        return level - rise / scale * centre;
    }

    /** The largest component of the gradient against the sum of the absolute values that it was added up from. */
    double relativeGradient() {
        return at.relativeGradient();
    }

    /** By the inverse of the observed information. */
    public double slopeStandardError() {
        return Math.sqrt(at.levelLevel / at.determinant()) / scale;
    }

    public double interceptStandardError() {
        if (!freeSlope) {
            return 1 / Math.sqrt(at.levelLevel);
        }
        // The intercept is level - ratio * rise.
        double ratio = centre / scale;
        return Math.sqrt((at.riseRise + 2 * ratio * at.levelRise + ratio * ratio * at.levelLevel) / at.determinant());
    }
}
