package io.conversion.core;

import io.conversion.core.Evidence.Substitution;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One user's values for one schema, every one of them valid or replaced as the schema declares. Immutable and safe to
 * share between threads.
 */
public final class Signals {

    /** The code of a level that the schema does not list. */
    static final int UNSEEN = -1;

    private final SignalSchema schema;

    // By position: the number as it is scored, 1 or 0 for a flag, the code of a level; NaN where the signal is missing.
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
        double value = values[position(signal, FlagSignal.class)];
        return Double.isNaN(value) ? Optional.empty() : Optional.of(value == 1);
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
        return code >= 0 ? Optional.of(levels(schema, position).get((int) code)) : Optional.empty();
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

    private String text(int position) {
        double value = values[position];
        Signal signal = schema.declared().get(position);
        if (Double.isNaN(value)) {
            return "missing";
        } else if (signal instanceof FlagSignal) {
            return String.valueOf(value == 1);
        } else if (signal instanceof CategoricalSignal) {
            return value < 0 ? "unseen" : levels(schema, position).get((int) value);
        }
        return text(value);
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

    private static List<String> levels(SignalSchema schema, int position) {
        return ((CategoricalSignal) schema.declared().get(position)).levels();
    }

    /** A number as people write it: without a fraction if it has none. */
    static String text(double number) {
        boolean plain = number == StrictMath.rint(number) && Math.abs(number) < 1e15;
        return plain ? String.valueOf((long) number) : String.valueOf(number);
    }
}
