package io.conversion.core.shapes;

import io.conversion.core.internal.Segments;
import java.util.List;

/**
 * A strictly increasing map from raw to calibrated log-odds, so that a probability of 0.3 means that 30 % convert. A
 * model is not built with a map that does not increase. Immutable and safe to share between threads.
 */
public sealed interface Calibration {

    /**
     * Calibrated log-odds.
     *
     * @param rawLogOdds the intercept plus the sum of the shapes
     * @return the calibrated log-odds
     */
    double of(double rawLogOdds);

    /** Leaves log-odds as they are. */
    record None() implements Calibration {

        @Override
        public double of(double rawLogOdds) {
            return rawLogOdds;
        }
    }

    /**
     * A straight line: {@code slope * rawLogOdds + intercept} (Platt, Probabilistic Outputs for Support Vector Machines,
     * 1999).
     *
     * @param slope above 0
     * @param intercept in log-odds
     */
    record Platt(double slope, double intercept) implements Calibration {

        @Override
        public double of(double rawLogOdds) {
            return slope * rawLogOdds + intercept;
        }
    }

    /**
     * Straight lines between points, with slope 1 before the first and after the last one: isotonic regression with
     * bounded blocks. It increases strictly but for rounding, and never falls, to the last bit. At a point it is exactly
     * the point's value.
     *
     * @param raw the raw log-odds of the points, strictly ascending, at least one
     * @param calibrated their calibrated log-odds, strictly ascending
     */
    record Isotonic(List<Double> raw, List<Double> calibrated) implements Calibration {

        /** Copies the lists. {@inheritDoc} */
        public Isotonic {
            raw = List.copyOf(raw);
            calibrated = List.copyOf(calibrated);
        }

        @Override
        public double of(double rawLogOdds) {
            int next = Segments.atOrBelow(raw, rawLogOdds);
            if (next == 0 || next == raw.size()) {
                int end = next == 0 ? 0 : next - 1;
                return calibrated.get(end) + (rawLogOdds - raw.get(end));
            }
            return Segments.between(
                    rawLogOdds, raw.get(next - 1), raw.get(next), calibrated.get(next - 1), calibrated.get(next));
        }
    }
}
