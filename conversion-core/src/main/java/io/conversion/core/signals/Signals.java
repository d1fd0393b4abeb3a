package io.conversion.core.signals;

import io.conversion.core.json.ArtifactText;
import io.conversion.core.signals.Evidence.Substitution;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * One user's values for one schema, every one of them valid or replaced as the schema declares. Immutable and safe to
 * share between threads.
 */
public final class Signals {

    /** The code of a categorical signal or a flag that is missing; see {@link #at}. */
    public static final int MISSING = 0;

    /** The code of a level that the schema does not list. */
    public static final int UNSEEN = 1;

    /** The code of the first level, and of false; the codes of the other levels follow in order. */
    public static final int FIRST_LEVEL = 2;

    /** The code of true. */
    public static final int TRUE = FIRST_LEVEL + 1;

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

    /**
     * The value of one signal as it is computed with: the quick way for whoever evaluates signals by their position.
     *
     * @param position the position of the signal in the schema, from 0
     * @return the number of a numeric signal, NaN if it is missing; of any other signal a code: {@link #MISSING},
     *     {@link #UNSEEN}, {@link #FIRST_LEVEL} plus the position of the level, or {@link #FIRST_LEVEL} for false and
     *     {@link #TRUE} for true
     * @throws IndexOutOfBoundsException if there is no such position
     */
    public double at(int position) {
        return values[position];
    }

    /**
     * The signals to which the schema applied a rule.
     *
     * @return the rules that were applied, in the order of the schema
     */
    public List<Substitution> substitutions() {
        return substitutions;
    }

    /**
     * The values as they were given, to read them again by another schema: a value that was clipped or unseen as it was, a
     * missing one not at all.
     *
     * @return the values by name, in the order of the schema, then the levels that it does not list
     */
    public Map<String, Object> given() {
        Map<String, Object> given = new LinkedHashMap<>();
        for (int i = 0; i < values.length; i++) {
            Object value = value(i);
            if (value != null) {
                given.put(schema.at(i).name(), value);
            }
        }
        substitutions.forEach(rule -> rule.value().ifPresent(value -> given.put(rule.signal(), value)));
        return given;
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

    /**
     * The value of one signal as it is scored, for people.
     *
     * @param position the position of the signal in the schema, from 0
     * @return the value as text; {@code missing} or {@code unseen} where there is none
     */
    public String text(int position) {
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

    /**
     * The value of one signal as it is scored.
     *
     * @param position the position of the signal in the schema, from 0
     * @return a {@link Double}, a {@link String} or a {@link Boolean}; null where it is missing or unseen
     */
    public @Nullable Object value(int position) {
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
                    "schema " + schema + " has no " + describe(kind) + " " + ArtifactText.quoted(signal));
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
