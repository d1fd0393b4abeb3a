package io.conversion.model.fit;

import java.util.stream.DoubleStream;

/**
 * The number that, added to log-odds {@code x}, makes the sum of their probabilities that of given targets: the line of
 * slope 1 with the largest likelihood.
 *
 * <p>Targets {@code t} are outcomes, 1 and 0, or anything between, not all 1 and not all 0; then there is one such number
 * {@code a}. It is the root of {@code log sum (1 - t) p - log sum t (1 - p)} for the probabilities {@code p} of
 * {@code x + a}, which is zero where the sum of {@code p - t} is, but rises at about the same rate everywhere: log-odds that
 * are hundreds off, where every {@code p} is 0 or 1 to rounding, take no more steps than others.
 */
public final class LogisticShift {

    private final double[] x;
    private final double[] targets;

    /** The largest x of those that could be lower, and the smallest of those that could be higher. */
    private final double highest;

    private final double lowest;

    private LogisticShift(double[] x, double[] targets) {
        this.x = x;
        this.targets = targets;
        double high = Double.NEGATIVE_INFINITY;
        double low = Double.POSITIVE_INFINITY;
        for (int i = 0; i < x.length; i++) {
            high = targets[i] < 1 ? Math.max(high, x[i]) : high;
            low = targets[i] > 0 ? Math.min(low, x[i]) : low;
        }
        this.highest = high;
        this.lowest = low;
    }

    /** The shift of finite log-odds. */
    public static double of(double[] x, double[] targets) {
        return of(x, targets, 0);
    }

    static double of(double[] x, double[] targets, double start) {
        LogisticShift shift = new LogisticShift(x, targets);
        double level = Logistic.logOdds(DoubleStream.of(targets).sum() / targets.length);
        double low = level - DoubleStream.of(x).max().orElseThrow();
        double high = level - DoubleStream.of(x).min().orElseThrow();
        return BracketedRoot.of(shift::at, low, high, start);
    }

    /** The Wald standard error of a shift, by the inverse of the observed information; infinite if that is 0. */
    public static double standardError(double[] x, double shift) {
        double information = RowChunks.map(x.length, (from, to) -> {
                    double sum = 0;
                    for (int i = from; i < to; i++) {
                        double e = StrictMath.exp(-Math.abs(sum(x[i], shift)));
                        sum += e / (1 + e) / (1 + e);
                    }
                    return sum;
                })
                .stream()
                .reduce(0.0, Double::sum);
        return 1 / Math.sqrt(information);
    }

    private BracketedRoot.Value at(double shift) {
        double high = sum(highest, shift);
        double low = -sum(lowest, shift);
        return RowChunks.map(x.length, (from, to) -> new Sums(shift, from, to)).stream()
                .reduce(Sums::plus)
                .orElseThrow()
                .value(logProbability(high) - logProbability(low));
    }

    /** No infinity, which could not be taken from another one. */
    private static double sum(double x, double shift) {
        return Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, x + shift));
    }

    private static double logProbability(double logOdds) {
        return Math.min(logOdds, 0) - StrictMath.log1p(StrictMath.exp(-Math.abs(logOdds)));
    }

    /** Sums over some rows, each against the largest of its terms, so that it cannot vanish. */
    private final class Sums {

        private double down;
        private double downSlope;
        private double up;
        private double upSlope;

        private Sums(double shift, int from, int to) {
            double high = sum(highest, shift);
            double low = -sum(lowest, shift);
            double ofHigh = 1 + StrictMath.exp(-Math.abs(high));
            double ofLow = 1 + StrictMath.exp(-Math.abs(low));
            for (int i = from; i < to; i++) {
                double f = sum(x[i], shift);
                double e = StrictMath.exp(-Math.abs(f));
                double t = targets[i];
                double probability = Logistic.probability(f, e);
                if (t < 1) {
                    double term = (1 - t) * relative(f, e, high, ofHigh);
                    down += term;
                    downSlope += term * Logistic.probability(-f, e);
                }
                if (t > 0) {
                    double term = t * relative(-f, e, low, ofLow);
                    up += term;
                    upSlope += term * probability;
                }
            }
        }

        private Sums plus(Sums other) {
            down += other.down;
            downSlope += other.downSlope;
            up += other.up;
            upSlope += other.upSlope;
            return this;
        }

        private BracketedRoot.Value value(double ofLargest) {
            return new BracketedRoot.Value(
                    StrictMath.log(down) - StrictMath.log(up) + ofLargest, downSlope / down + upSlope / up, 1);
        }
    }

    /** The probability of log-odds f over that of others which are not below. */
    private static double relative(double f, double e, double largest, double ofLargest) {
        // Of a positive f the exponential is 1, and so is that of the largest.
        double exponentials = f >= 0 ? 1 : largest >= 0 ? e : StrictMath.exp(f - largest);
        return exponentials * ofLargest / (1 + e);
    }
}
