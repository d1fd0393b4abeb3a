package io.conversion.core;

import io.conversion.core.signals.CategoricalSignal;
import io.conversion.core.signals.FlagSignal;
import io.conversion.core.signals.NumericSignal;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalsBuilder;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * The values of one signal for many users, for {@link SignalBatch}. Values are copied; nothing is checked before the
 * batch is made. Immutable and safe to share between threads.
 */
public abstract sealed class SignalColumn {

    private final int rows;
    private final BitSet missing;

    private SignalColumn(int rows, BitSet missing) {
        this.rows = rows;
        this.missing = missing;
    }

    /**
     * Values of a numeric signal. A NaN is no missing value and has its row refused; see {@link #orMissing(double...)}.
     *
     * @param values the numbers by row, in the signal's unit
     * @return the column
     */
    public static SignalColumn numbers(double... values) {
        return new Numbers(values.clone(), new BitSet());
    }

    /**
     * Values of a numeric signal.
     *
     * @param values the whole numbers by row, in the signal's unit
     * @return the column
     */
    public static SignalColumn numbers(int... values) {
        double[] numbers = new double[values.length];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = values[i];
        }
        return new Numbers(numbers, new BitSet());
    }

    /**
     * Values of a numeric signal that uses NaN for missing.
     *
     * @param values the numbers by row, in the signal's unit; NaN where it is missing
     * @return the column
     */
    public static SignalColumn orMissing(double... values) {
        BitSet missing = new BitSet();
        for (int i = 0; i < values.length; i++) {
            if (Double.isNaN(values[i])) {
                missing.set(i);
            }
        }
        return new Numbers(values.clone(), missing);
    }

    /**
     * Values of a categorical signal.
     *
     * @param values the levels by row, exactly as the schema spells them; null where the signal is missing
     * @return the column
     */
    public static SignalColumn levels(@Nullable String... values) {
        return new Levels(values.clone(), new BitSet());
    }

    /**
     * Values of a categorical signal by their codes.
     *
     * @param values the codes by row: 0 is the first level of the schema
     * @return the column
     */
    public static SignalColumn codes(int... values) {
        return new Codes(values.clone(), new BitSet());
    }

    /**
     * Values of a flag.
     *
     * @param values the truth values by row
     * @return the column
     */
    public static SignalColumn flags(boolean... values) {
        return new Flags(values.clone(), new BitSet());
    }

    /**
     * Marks rows as missing, whatever their values are; the ones that are marked already stay so.
     *
     * @param marked the rows
     * @return the changed copy
     * @throws IllegalArgumentException if there is no such row
     */
    public SignalColumn missing(BitSet marked) {
        if (marked.length() > rows) {
            throw new IllegalArgumentException(
                    "row " + (marked.length() - 1) + " is marked as missing, and the column has " + rows + " rows");
        }
        BitSet all = (BitSet) missing.clone();
        all.or(marked);
        return withMissing(all);
    }

    /**
     * The number of rows.
     *
     * @return the number of rows
     */
    public int rows() {
        return rows;
    }

    boolean isMissing(int row) {
        return missing.get(row);
    }

    boolean hasMissing() {
        return !missing.isEmpty();
    }

    abstract SignalColumn withMissing(BitSet all);

    /** Whether the values are of the kind that a signal takes. */
    abstract boolean fits(Signal signal);

    /** What the values are, for messages. */
    abstract String kind();

    /** Sets the value of one row. */
    abstract void set(SignalsBuilder signals, int position, int row);

    static final class Numbers extends SignalColumn {

        private final double[] values;

        private Numbers(double[] values, BitSet missing) {
            super(values.length, missing);
            this.values = values;
        }

        /** The live array, which nobody changes. */
        double[] values() {
            return values;
        }

        @Override
        SignalColumn withMissing(BitSet all) {
            return new Numbers(values, all);
        }

        @Override
        boolean fits(Signal signal) {
            return signal instanceof NumericSignal;
        }

        @Override
        String kind() {
            return "numbers";
        }

        @Override
        void set(SignalsBuilder signals, int position, int row) {
            signals.set(position, isMissing(row) ? null : values[row]);
        }
    }

    static final class Levels extends SignalColumn {

        private final @Nullable String[] values;

        private Levels(@Nullable String[] values, BitSet missing) {
            super(values.length, missing);
            this.values = values;
        }

        @Nullable
        String at(int row) {
            return isMissing(row) ? null : values[row];
        }

        @Override
        SignalColumn withMissing(BitSet all) {
            return new Levels(values, all);
        }

        @Override
        boolean fits(Signal signal) {
            return signal instanceof CategoricalSignal;
        }

        @Override
        String kind() {
            return "levels";
        }

        @Override
        void set(SignalsBuilder signals, int position, int row) {
            signals.set(position, at(row));
        }
    }

    static final class Codes extends SignalColumn {

        private final int[] values;

        private Codes(int[] values, BitSet missing) {
            super(values.length, missing);
            this.values = values;
        }

        int at(int row) {
            return values[row];
        }

        @Override
        SignalColumn withMissing(BitSet all) {
            return new Codes(values, all);
        }

        @Override
        boolean fits(Signal signal) {
            return signal instanceof CategoricalSignal;
        }

        @Override
        String kind() {
            return "codes of levels";
        }

        @Override
        void set(SignalsBuilder signals, int position, int row) {
            if (isMissing(row)) {
                signals.set(position, null);
            } else {
                signals.setCode(position, values[row]);
            }
        }
    }

    static final class Flags extends SignalColumn {

        private final boolean[] values;

        private Flags(boolean[] values, BitSet missing) {
            super(values.length, missing);
            this.values = values;
        }

        boolean at(int row) {
            return values[row];
        }

        @Override
        SignalColumn withMissing(BitSet all) {
            return new Flags(values, all);
        }

        @Override
        boolean fits(Signal signal) {
            return signal instanceof FlagSignal;
        }

        @Override
        String kind() {
            return "truth values";
        }

        @Override
        void set(SignalsBuilder signals, int position, int row) {
            signals.set(position, isMissing(row) ? null : values[row]);
        }
    }
}
