package io.conversion.core;

import java.util.List;

/**
 * A strictly increasing map from raw to calibrated log-odds, so that a probability of 0.3 means that 30 % convert.
 * Immutable and safe to share between threads.
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
     * bounded blocks.
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
            int last = raw.size() - 1;
            int next = 0;
            while (next <= last && rawLogOdds >= raw.get(next)) {
                next++;
            }
            if (next == 0 || next > last) {
                int end = next == 0 ? 0 : last;
                return calibrated.get(end) + (rawLogOdds - raw.get(end));
            }
            double share = (rawLogOdds - raw.get(next - 1)) / (raw.get(next) - raw.get(next - 1));
            return calibrated.get(next - 1) + share * (calibrated.get(next) - calibrated.get(next - 1));
        }
    }
}
