package io.conversion.core;

import io.conversion.core.internal.Segments;
import io.conversion.core.shapes.BaseRate;
import io.conversion.core.shapes.Calibration;
import org.jspecify.annotations.Nullable;

/**
 * The map from raw log-odds to those of a score, as it is computed with: the calibration, then the shift to another base
 * rate. It gives the same bits as {@link Calibration#of} and never falls, to the last bit. Immutable.
 */
final class LogOddsMap {

    private static final double[] NO_POINTS = {};

    static final LogOddsMap IDENTITY = of(new Calibration.None(), null);

    private final boolean identity;
    private final double slope;
    private final double intercept;

    // The points of lines between them; none for one line.
    private final double[] raw;
    private final double[] calibrated;
    private final boolean shifted;
    private final double shift;

    private LogOddsMap(
            double slope, double intercept, double[] raw, double[] calibrated, @Nullable BaseRate rate, boolean none) {
        this.slope = slope;
        this.intercept = intercept;
        this.raw = raw;
        this.calibrated = calibrated;
        this.shifted = rate != null;
        this.shift = rate == null ? 0 : rate.shift();
        this.identity = none && !shifted;
    }

    static LogOddsMap of(Calibration calibration, @Nullable BaseRate rate) {
        if (calibration instanceof Calibration.Platt line) {
            return new LogOddsMap(line.slope(), line.intercept(), NO_POINTS, NO_POINTS, rate, false);
        } else if (calibration instanceof Calibration.Isotonic points) {
            return new LogOddsMap(1, 0, Segments.array(points.raw()), Segments.array(points.calibrated()), rate, false);
        }
        return new LogOddsMap(1, 0, NO_POINTS, NO_POINTS, rate, true);
    }

    /** Whether raw log-odds are those of a score already. */
    boolean isIdentity() {
        return identity;
    }

    double of(double logOdds) {
        if (identity) {
            return logOdds;
        }
        double mapped = raw.length == 0 ? slope * logOdds + intercept : ofPoints(logOdds);
        return shifted ? mapped + shift : mapped;
    }

    private double ofPoints(double x) {
        int next = Segments.atOrBelow(raw, x);
        if (next == 0 || next == raw.length) {
            int end = next == 0 ? 0 : next - 1;
            return calibrated[end] + (x - raw[end]);
        }
        return Segments.between(x, raw[next - 1], raw[next], calibrated[next - 1], calibrated[next]);
    }

    /**
     * What the map makes of a unit of raw log-odds between two users: the slope of the line through both, or the slope to
     * the right of them if they are at the same place.
     */
    double factor(double user, double reference) {
        if (raw.length == 0) {
            return slope;
        }
        int next = Segments.atOrBelow(raw, user);
        if (next == Segments.atOrBelow(raw, reference)) {
            return next == 0 || next == raw.length
                    ? 1
                    : (calibrated[next] - calibrated[next - 1]) / (raw[next] - raw[next - 1]);
        }
        // The slope is 1 outside, and so it is between one who is infinitely far out and anybody else.
        double factor = (ofPoints(user) - ofPoints(reference)) / (user - reference);
        return Double.isFinite(factor) ? factor : 1;
    }
}
