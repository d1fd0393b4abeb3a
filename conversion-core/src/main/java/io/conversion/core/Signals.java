package io.conversion.core;

import io.conversion.core.Evidence.Substitution;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * One user's values for one schema, every one of them valid or replaced as the schema declares. Immutable and safe to
 * share between threads.
 */
public final class Signals {

    // What a signal with codes holds in place of a number: a level has its position plus FIRST_LEVEL; a flag, as if its
    // levels were false and true.
    static final int MISSING = 0;
    static final int UNSEEN = 1;
    static final int FIRST_LEVEL = 2;
    static final int TRUE = FIRST_LEVEL + 1;

    private final SignalSchema schema;

    // By position: the number as it is scored, NaN where it is missing; the code of a level or a flag.
    private final double[] values;
    private final List<Substitution> substitutions;

    Signals(SignalSchema schema, double[] values, List<Substitution> substitutions) {
        this.schema = schema;
        this.values = values;
        this.substitutions = substitutions;
    }

    /**
     * The schema that the signals were read with.
     *
     * @return the schema
     */
    public SignalSchema schema() {
        return schema;
    }

    /**
     * The value of a numeric signal as it is scored, in the signal's unit.
     *
     * @param signal the name of a numeric signal
     * @return the number, clipped where the schema says so; empty if it is missing
     * @throws IllegalArgumentException if the schema has no numeric signal of this name
     */
    public OptionalDouble number(String signal) {
        double value = values[position(signal, NumericSignal.class)];
        return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    /**
     * The value of a flag.
     *
     * @param signal the name of a flag
     * @return true or false; empty if it is missing
     * @throws IllegalArgumentException if the schema has no flag of this name
     */
    public Optional<Boolean> flag(String signal) {
        double code = values[position(signal, FlagSignal.class)];
        return code == MISSING ? Optional.empty() : Optional.of(code == TRUE);
    }

    /**
     * The level of a categorical signal.
     *
     * @param signal the name of a categorical signal
     * @return the level; empty if it is missing or not among the levels of the schema
     * @throws IllegalArgumentException if the schema has no categorical signal of this name
     */
    public Optional<String> level(String signal) {
        int position = position(signal, CategoricalSignal.class);
        double code = values[position];
        return code >= FIRST_LEVEL ? Optional.of(level(position, code)) : Optional.empty();
    }

    double[] values() {
        return values;
    }

    List<Substitution> substitutions() {
        return substitutions;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Signals signals
                && schema.equals(signals.schema)
                && Arrays.equals(values, signals.values)
                && substitutions.equals(signals.substitutions);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(values) + substitutions.hashCode();
    }

    /** The schema and the values by name, as they are scored. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(schema.toString()).append(" {");
        for (int i = 0; i < values.length; i++) {
            Signal signal = schema.declared().get(i);
            text.append(i == 0 ? "" : ", ").append(signal.name()).append('=').append(text(i));
        }
        return text.append('}').toString();
    }

    /** The value as it is scored, as text. */
    String text(int position) {
        double value = values[position];
        Signal signal = schema.declared().get(position);
        if (isMissing(signal, value)) {
            return "missing";
        } else if (signal instanceof FlagSignal) {
            return String.valueOf(value == TRUE);
        } else if (signal instanceof CategoricalSignal) {
            return value == UNSEEN ? "unseen" : level(position, value);
        }
        return text(value);
    }

    /** The value as it is scored; null where it is missing or unseen. */
    @Nullable
    Object value(int position) {
        double value = values[position];
        Signal signal = schema.declared().get(position);
        if (isMissing(signal, value) || (signal instanceof CategoricalSignal && value == UNSEEN)) {
            return null;
        } else if (signal instanceof FlagSignal) {
            return value == TRUE;
        }
        return signal instanceof CategoricalSignal ? level(position, value) : (Object) value;
    }

    static boolean isMissing(Signal signal, double value) {
        return signal instanceof NumericSignal ? Double.isNaN(value) : value == MISSING;
    }

    private int position(String signal, Class<? extends Signal> kind) {
        int position = schema.position(signal);
        if (position < 0 || !kind.isInstance(schema.declared().get(position))) {
            throw new IllegalArgumentException(
                    "schema " + schema + " has no " + describe(kind) + " \"" + signal + "\"");
        }
        return position;
    }

    private static String describe(Class<? extends Signal> kind) {
        return kind == NumericSignal.class
                ? "numeric signal"
                : kind == FlagSignal.class ? "flag" : "categorical signal";
    }

    private String level(int position, double code) {
        return ((CategoricalSignal) schema.declared().get(position)).levels().get((int) code - FIRST_LEVEL);
    }

    /** A number as people write it: without a fraction if it has none. */
    static String text(double number) {
        boolean plain = number == StrictMath.rint(number) && Math.abs(number) < 1e15;
        return plain ? String.valueOf((long) number) : String.valueOf(number);
    }
}
