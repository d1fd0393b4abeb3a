package io.conversion.model;

/**
 * The line {@code intercept + slope * x} of log-odds with the largest likelihood of given targets, by Newton's method in
 * standardised coordinates until the gradient is rounding error.
 *
 * <p>Targets are outcomes, 1 and 0, or anything between. A finite optimum is the caller's to make sure of.
 */
final class LogisticLine {

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

    private double objective;
    private double gradientOfLevel;
    private double gradientOfRise;
    private double relativeGradient;
    private double levelLevel;
    private double levelRise;
    private double riseRise;

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
    }

    /** The line with both ends free. */
    static LogisticLine fit(double[] x, double[] targets) {
        return new LogisticLine(x, targets, true).solve();
    }

    /** The line of slope 1. */
    static LogisticLine shift(double[] x, double[] targets) {
        return new LogisticLine(x, targets, false).solve();
    }

    static double[] targets(boolean[] converted, double positive, double negative) {
        double[] targets = new double[converted.length];
        for (int i = 0; i < targets.length; i++) {
            targets[i] = converted[i] ? positive : negative;
        }
        return targets;
    }

    private LogisticLine solve() {
        evaluate();
        for (int step = 0; step < MOST_STEPS; step++) {
            double before = relativeGradient;
            double fromLevel = level;
            double fromRise = rise;
            improve();
            if (before <= CONVERGED && !(relativeGradient < before / 2)) {
                if (!(relativeGradient <= before)) {
                    level = fromLevel;
                    rise = fromRise;
                    evaluate();
                }
                return this;
            }
        }
        throw new InvalidDataException("the line through " + x.length + " log-odds did not converge in " + MOST_STEPS
                + " Newton steps; look for log-odds far away from all others");
    }

    /** A full Newton step, halved as long as it makes the objective worse. */
    private void improve() {
        double determinant = freeSlope ? levelLevel * riseRise - levelRise * levelRise : levelLevel;
        double levelStep =
                -(freeSlope ? riseRise * gradientOfLevel - levelRise * gradientOfRise : gradientOfLevel) / determinant;
        double riseStep = freeSlope ? -(levelLevel * gradientOfRise - levelRise * gradientOfLevel) / determinant : 0;
        double fromLevel = level;
        double fromRise = rise;
        double worst = objective + 1e-12 * Math.abs(objective);
        for (double fraction = 1; fraction > 1e-12; fraction /= 2) {
            level = fromLevel + fraction * levelStep;
            rise = fromRise + fraction * riseStep;
            evaluate();
            if (objective <= worst) {
                return;
            }
        }
    }

    private void evaluate() {
        objective = 0;
        gradientOfLevel = 0;
        gradientOfRise = 0;
        levelLevel = 0;
        levelRise = 0;
        riseRise = 0;
        double termsOfLevel = 0;
        double termsOfRise = 0;
        for (int i = 0; i < x.length; i++) {
            double u = (x[i] - centre) / scale;
            double f = level + rise * u;
            // exp is only ever taken of a non-positive number, so it cannot overflow.
            double e = StrictMath.exp(-Math.abs(f));
            double probability = f >= 0 ? 1 / (1 + e) : e / (1 + e);
            double opposite = f >= 0 ? e / (1 + e) : 1 / (1 + e);
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
        relativeGradient = Math.max(
                relative(gradientOfLevel, termsOfLevel), freeSlope ? relative(gradientOfRise, termsOfRise) : 0);
    }

    private static double relative(double sum, double terms) {
        return terms == 0 ? 0 : Math.abs(sum) / terms;
    }

    double slope() {
        return rise / scale;
    }

    double intercept() {
        return level - rise / scale * centre;
    }

    /** The largest component of the gradient against the sum of the absolute values that it was added up from. */
    double relativeGradient() {
        return relativeGradient;
    }

    /** By the inverse of the observed information. */
    double slopeStandardError() {
        return Math.sqrt(levelLevel / determinant()) / scale;
    }

    double interceptStandardError() {
        if (!freeSlope) {
            return 1 / Math.sqrt(levelLevel);
        }
        // The intercept is level - ratio * rise.
        double ratio = centre / scale;
        return Math.sqrt((riseRise + 2 * ratio * levelRise + ratio * ratio * levelLevel) / determinant());
    }

    private double determinant() {
        return levelLevel * riseRise - levelRise * levelRise;
    }
}
