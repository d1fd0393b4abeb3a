package io.conversion.model.fit;

import org.jspecify.annotations.Nullable;

/**
 * The likelihood as a function of one coefficient, all others being at their best for each value of it.
 *
 * <p>What is solved for is the root of the rise of the deviance, which is nearly a straight line. Its slope needs no more
 * than the component of the gradient of the coefficient, since the others are zero. The rise is convex, so it has one end
 * to each side, or an infinite one; a bracket keeps the Newton steps in bounds.
 */
public final class ProfileLikelihood {

    /** How near the rise of the deviance comes to what is asked for, beside the rounding of the sum over all rows. */
    private static final double TOLERANCE = 1e-9;

    /** A step that is expected to gain no more changes the objective by rounding alone. */
    private static final double LEAST_GAIN = 1e-14;

    /** A step that is expected to gain no more is good enough where the next one cannot be computed. */
    private static final double SMALL_GAIN = 1e-10;

    /** A step may lead this many times as far from the estimate as the farthest point that is solved for. */
    private static final double FARTHEST = 16;

    private static final int MOST_STEPS = 100;
    private static final int MOST_POINTS = 200;

    private final PenalisedLikelihood maximum;
    private final int held;
    private final @Nullable Point top;

    /**
     * Profiles a coefficient.
     *
     * @param maximum the likelihood at its maximum, without a penalty
     * @param held the position of the coefficient
     */
    public ProfileLikelihood(PenalisedLikelihood maximum, int held) {
        this.maximum = maximum;
        this.held = held;
        this.top = solve(maximum);
    }

    /**
     * Where the deviance has risen by {@code z * z}.
     *
     * @param z how many standard errors a Wald interval reaches to either side
     * @param reach from the estimate to the end of the Wald interval, where the search starts; negative for the lower end
     * @return the end; infinite if the deviance never rises so far; NaN if it cannot be solved for
     */
    public double end(double z, double reach) {
        return top == null ? Double.NaN : new Search(top, z, reach).end();
    }

    /** The best values of the others, from the given ones; null if they cannot be solved for. */
    private @Nullable Point solve(PenalisedLikelihood start) {
        PenalisedLikelihood at = start;
        Others others = null;
        Point near = null;
        double before = Double.POSITIVE_INFINITY;
        for (int steps = 0; steps < MOST_STEPS; steps++) {
            others = others == null ? others(at) : others;
            double[] step = others == null ? null : at.newtonStep(others.system);
            if (others == null || step == null) {
                return near;
            }
            step[held] = 0;
            double gain = gain(at, step);
            if (gain <= LEAST_GAIN) {
                return new Point(at, others.tangent(held));
            } else if (gain <= SMALL_GAIN) {
                near = new Point(at, others.tangent(held));
            }
            at = LogisticFit.improve(at, step);
            // A Hessian serves as long as steps with it gain a digit each.
            others = gain < before / 100 ? others : null;
            before = gain;
        }
        return near;
    }

    private static double gain(PenalisedLikelihood at, double[] step) {
        double[] gradient = at.gradient();
        double gain = 0;
        for (int j = 0; j < step.length; j++) {
            gain -= gradient[j] * step[j];
        }
        return gain;
    }

    private @Nullable Others others(PenalisedLikelihood at) {
        double[][] hessian = at.hessian();
        double[] pull = new double[hessian.length];
        for (int j = 0; j < pull.length; j++) {
            double[] row = hessian[Math.max(j, held)];
            int k = Math.min(j, held);
            pull[j] = -row[k];
            row[k] = j == held ? 1 : 0;
        }
        NewtonSystem system = NewtonSystem.of(hessian);
        return system == null ? null : new Others(system, pull);
    }

    /** The system of the other parameters, which the held one is taken out of. */
    private static final class Others {

        private final NewtonSystem system;
        private final double[] pull;

        private Others(NewtonSystem system, double[] pull) {
            this.system = system;
            this.pull = pull;
        }

        /** The direction in which the others follow the held parameter. */
        private double[] tangent(int held) {
            double[] tangent = system.solve(pull);
            tangent[held] = 1;
            return tangent;
        }
    }

    /** One value of the held parameter, with the others at their best. */
    private final class Point {

        private final PenalisedLikelihood at;
        private final double[] tangent;
        private final double value;
        private final double rise;

        private Point(PenalisedLikelihood at, double[] tangent) {
            this.at = at;
            this.tangent = tangent;
            this.value = at.parameters()[held];
            this.rise = Math.max(0, 2 * (at.objective() - maximum.objective()));
        }

        /** Where the root of the rise would be z if it were a line. */
        private double newton(double z) {
            double root = Math.sqrt(rise);
            return value + (z - root) * root / at.gradient()[held];
        }

        private @Nullable Point moved(double to) {
            return solve(at.after(tangent, to - value));
        }

        private boolean isOnASeparatingWay() {
            double[] way = at.parameters().clone();
            for (int j = 0; j < way.length; j++) {
                way[j] -= maximum.parameters()[j];
            }
            return maximum.isSeparatedBy(way);
        }
    }

    /** The search for one end, between a point below the target and a value that is above it or cannot be solved for. */
    private final class Search {

        private final double z;
        private final double estimate;
        private final double infinity;
        private final double tolerance;
        private Point inner;
        private double outer;
        private boolean isAbove;
        private double next;

        private Search(Point top, double z, double reach) {
            this.z = z;
            this.estimate = top.value;
            this.infinity = Math.copySign(Double.POSITIVE_INFINITY, reach);
            this.tolerance = TOLERANCE + 0x1p-49 * maximum.objective();
            this.inner = top;
            this.outer = infinity;
            this.next = estimate + reach;
        }

        private double end() {
            Point from = inner;
            for (int points = 0; points < MOST_POINTS && next != inner.value && next != outer; points++) {
                Point point = from.moved(next);
                if (point != null && Math.abs(point.rise - z * z) <= tolerance) {
                    return next;
                } else if (point != null && point.rise < z * z) {
                    if (!isAbove && point.isOnASeparatingWay()) {
                        return infinity;
                    }
                    inner = point;
                } else {
                    outer = next;
                    isAbove = point != null;
                }
                from = point == null ? inner : point;
                next = point == null ? middle() : bounded(point.newton(z));
            }
            // Far out the bracket may close on neighbouring numbers, between which the rounding of the log-odds
            // decides.
            return isAbove && (next == inner.value || next == outer) ? next : Double.NaN;
        }

        private double bounded(double newton) {
            double bound = Double.isInfinite(outer) ? estimate + FARTHEST * (inner.value - estimate) : outer;
            boolean isBetween = Math.min(inner.value, bound) < newton && newton < Math.max(inner.value, bound);
            return isBetween ? newton : Double.isInfinite(outer) ? bound : middle();
        }

        private double middle() {
            return inner.value / 2 + outer / 2;
        }
    }
}
