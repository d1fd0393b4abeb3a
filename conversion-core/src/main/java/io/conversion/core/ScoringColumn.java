package io.conversion.core;

import io.conversion.core.signals.CategoricalSignal;
import io.conversion.core.signals.NumericSignal;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalSchema;
import io.conversion.core.signals.Signals;
import io.conversion.core.signals.WhenMissing;
import io.conversion.core.signals.WhenOutOfRange;
import io.conversion.core.signals.WhenUnseen;
import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * One column as it is scored: either numbers, NaN where they are missing, or codes. What refused rows hold in it does
 * not matter, but is safe to compute with. Immutable once it is made.
 */
final class ScoringColumn {

    private static final double[] NO_NUMBERS = {};
    private static final int[] NO_CODES = {};

    private final double[] numbers;
    private final int[] codes;
    private final boolean anyMissing;

    private ScoringColumn(double[] numbers, int[] codes, boolean anyMissing) {
        this.numbers = numbers;
        this.codes = codes;
        this.anyMissing = anyMissing;
    }

    /** Checks a column against its signal, and marks the rows that are refused, and those where a rule was applied. */
    static ScoringColumn of(
            SignalSchema schema,
            int position,
            @Nullable SignalColumn given,
            int rows,
            BitSet refused,
            BitSet substituted) {
        Signal signal = schema.at(position);
        Check check = new Check(signal.whenMissing() == WhenMissing.REFUSE, refused, substituted);
        if (given == null) {
            (check.refusesMissing ? refused : substituted).set(0, rows);
            double[] numbers = NO_NUMBERS;
            if (signal instanceof NumericSignal) {
                numbers = new double[rows];
                Arrays.fill(numbers, Double.NaN);
            }
            return new ScoringColumn(numbers, signal instanceof NumericSignal ? NO_CODES : new int[rows], true);
        } else if (given instanceof SignalColumn.Numbers column) {
            return check.numbers((NumericSignal) signal, column);
        }
        int[] codes = new int[rows];
        for (int row = 0; row < rows; row++) {
            codes[row] = check.code(schema, position, given, row);
        }
        return new ScoringColumn(NO_NUMBERS, codes, false);
    }

    double[] numbers() {
        return numbers;
    }

    int[] codes() {
        return codes;
    }

    /** Whether some number is NaN. */
    boolean anyMissing() {
        return anyMissing;
    }

    /** Finds out what each row is scored as. */
    private static final class Check {

        private final boolean refusesMissing;
        private final BitSet refused;
        private final BitSet substituted;
        private boolean anyMissing;

        private Check(boolean refusesMissing, BitSet refused, BitSet substituted) {
            this.refusesMissing = refusesMissing;
            this.refused = refused;
            this.substituted = substituted;
        }

        private ScoringColumn numbers(NumericSignal signal, SignalColumn.Numbers column) {
            double[] given = column.values();
            double[] scored = given;
            for (int row = 0; row < given.length; row++) {
                if (!signal.accepts(given[row]) || column.isMissing(row)) {
                    // The first value that is not scored as it was given.
                    scored = scored == given ? given.clone() : scored;
                    scored[row] = number(signal, given[row], column.isMissing(row), row);
                }
            }
            return new ScoringColumn(scored, NO_CODES, anyMissing);
        }

        /** A number that is not clean: NaN if it is missing, clipped if the schema says so, refused otherwise. */
        private double number(NumericSignal signal, double value, boolean missing, int row) {
            if (missing) {
                anyMissing = true;
                missing(row);
                return Double.NaN;
            }
            boolean clipped = Double.isFinite(value)
                    && (!signal.whole() || value == StrictMath.rint(value))
                    && signal.whenOutOfRange() == WhenOutOfRange.CLIP;
            (clipped ? substituted : refused).set(row);
            return clipped ? signal.clip(value) : 0;
        }

        private void missing(int row) {
            (refusesMissing ? refused : substituted).set(row);
        }

        private int code(SignalSchema schema, int position, SignalColumn column, int row) {
            if (column instanceof SignalColumn.Flags flags && !flags.isMissing(row)) {
                return flags.at(row) ? Signals.TRUE : Signals.FIRST_LEVEL;
            } else if (column instanceof SignalColumn.Codes codes && !codes.isMissing(row)) {
                return known(schema, position, codes.at(row), row);
            }
            String level = column instanceof SignalColumn.Levels levels ? levels.at(row) : null;
            if (level == null) {
                missing(row);
                return Signals.MISSING;
            }
            int code = schema.code(position, level);
            if (code == Signals.UNSEEN) {
                boolean refuses = ((CategoricalSignal) schema.at(position)).whenUnseen() instanceof WhenUnseen.Refuse;
                (refuses ? refused : substituted).set(row);
            }
            return code;
        }

        private int known(SignalSchema schema, int position, int code, int row) {
            int levels = ((CategoricalSignal) schema.at(position)).levels().size();
            if (code >= 0 && code < levels) {
                return Signals.FIRST_LEVEL + code;
            }
            refused.set(row);
            return Signals.MISSING;
        }
    }
}
