package io.conversion.core.signals;

import io.conversion.core.internal.NearestName;
import io.conversion.core.json.ArtifactText;
import io.conversion.core.signals.Evidence.Rule;
import io.conversion.core.signals.Evidence.Substitution;
import io.conversion.core.signals.Violation.Kind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Collects one user's values by name, and every violation of the schema. For one thread.
 */
public final class SignalsBuilder {

    /** Whoever sends names is not answered with a sentence for each of them, however many they are. */
    private static final int LISTED_UNKNOWN = 100;

    private final SignalSchema schema;
    private final double[] values;
    private final boolean[] set;
    private final boolean[] violated;
    private final @Nullable Substitution[] substitutions;
    private final List<Found> found = new ArrayList<>();
    private final NearestName nearest = new NearestName();
    private int unknown;

    SignalsBuilder(SignalSchema schema) {
        int size = schema.declared().size();
        this.schema = schema;
        this.values = schema.noValues();
        this.set = new boolean[size];
        this.violated = new boolean[size];
        this.substitutions = new Substitution[size];
    }

    /**
     * Sets a numeric signal.
     *
     * @param signal the name of the signal
     * @param value its value, in its unit
     * @return this builder
     */
    public SignalsBuilder set(String signal, double value) {
        return number(open(signal), value);
    }

    /**
     * Sets a numeric signal.
     *
     * @param signal the handle of the signal
     * @param value its value, in its unit
     * @return this builder
     * @throws IllegalArgumentException if the handle is of another schema
     */
    public SignalsBuilder set(SignalHandle signal, double value) {
        return number(open(signal), value);
    }

    /**
     * Sets a numeric signal to a whole number.
     *
     * @param signal the name of the signal
     * @param value its value, in its unit
     * @return this builder
     */
    public SignalsBuilder set(String signal, long value) {
        return whole(open(signal), value);
    }

    /**
     * Sets a numeric signal to a whole number.
     *
     * @param signal the handle of the signal
     * @param value its value, in its unit
     * @return this builder
     * @throws IllegalArgumentException if the handle is of another schema
     */
    public SignalsBuilder set(SignalHandle signal, long value) {
        return whole(open(signal), value);
    }

    /**
     * Sets a flag.
     *
     * @param signal the name of the signal
     * @param value its value
     * @return this builder
     */
    public SignalsBuilder set(String signal, boolean value) {
        return flag(open(signal), value);
    }

    /**
     * Sets a flag.
     *
     * @param signal the handle of the signal
     * @param value its value
     * @return this builder
     * @throws IllegalArgumentException if the handle is of another schema
     */
    public SignalsBuilder set(SignalHandle signal, boolean value) {
        return flag(open(signal), value);
    }

    /**
     * Sets a categorical signal.
     *
     * @param signal the name of the signal
     * @param level its level, exactly as the schema spells it; null if it is missing
     * @return this builder
     */
    public SignalsBuilder set(String signal, @Nullable String level) {
        return level(open(signal), level);
    }

    /**
     * Sets a categorical signal.
     *
     * @param signal the handle of the signal
     * @param level its level, exactly as the schema spells it; null if it is missing
     * @return this builder
     * @throws IllegalArgumentException if the handle is of another schema
     */
    public SignalsBuilder set(SignalHandle signal, @Nullable String level) {
        return level(open(signal), level);
    }

    /**
     * Says that a signal is missing, which is the same as not to set it.
     *
     * @param signal the name of the signal
     * @return this builder
     */
    public SignalsBuilder setMissing(String signal) {
        open(signal);
        return this;
    }

    /**
     * Says that a signal is missing, which is the same as not to set it.
     *
     * @param signal the handle of the signal
     * @return this builder
     * @throws IllegalArgumentException if the handle is of another schema
     */
    public SignalsBuilder setMissing(SignalHandle signal) {
        open(signal);
        return this;
    }

    /**
     * The signals.
     *
     * @return valid signals
     * @throws InvalidSignalsException if there is any violation of the schema; it names every one
     */
    public Signals build() {
        return read().orElseThrow();
    }

    /**
     * The signals, or the violations.
     *
     * @return the accepted signals, or every violation of the schema; of names that the schema does not have, the first
     *     100 that were set, and one violation that says how many more there are
     */
    public SignalReading read() {
        List<Found> all = new ArrayList<>(found);
        List<Substitution> applied = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            Substitution substitution = substitutions[i];
            if (substitution != null) {
                applied.add(substitution);
            } else if (!violated[i] && Signals.isMissing(schema.declared().get(i), values[i])) {
                missing(i, all, applied);
            }
        }
        if (unknown > LISTED_UNKNOWN) {
            String message =
                    "signals that are not in schema " + schema + " and not listed: " + (unknown - LISTED_UNKNOWN);
            all.add(new Found(Integer.MAX_VALUE, new Violation("", Kind.UNKNOWN_SIGNAL, message)));
        }
        if (!all.isEmpty()) {
            all.sort(Comparator.comparingInt(Found::position));
            return new SignalReading.Refused(all.stream().map(Found::violation).toList());
        }
        return new SignalReading.Accepted(new Signals(schema, values.clone(), List.copyOf(applied)));
    }

    private void missing(int position, List<Found> all, List<Substitution> applied) {
        Signal signal = schema.declared().get(position);
        if (signal.whenMissing() == WhenMissing.IMPUTE) {
            applied.add(new Substitution(signal.name(), Rule.MISSING, ""));
        } else {
            String message = named(signal) + " is required by schema " + schema + " but was not given";
            all.add(new Found(position, new Violation(signal.name(), Kind.MISSING, message)));
        }
    }

    /**
     * Sets a signal to a value as maps hold it.
     *
     * @param position the position of the signal in the schema, from 0
     * @param value a number, a text or a truth value, as {@link SignalSchema#read(java.util.Map)} takes it; null if it is
     *     missing
     * @return this builder
     * @throws IndexOutOfBoundsException if there is no such position
     */
    public SignalsBuilder set(int position, @Nullable Object value) {
        MapReader.set(this, open(position), value);
        return this;
    }

    /**
     * Sets a categorical signal by the position of its level.
     *
     * @param position the position of a categorical signal in the schema, from 0
     * @param code the position of the level in the declaration, from 0
     * @return this builder
     * @throws IndexOutOfBoundsException if there is no such position
     * @throws ClassCastException if the signal is not categorical
     */
    public SignalsBuilder setCode(int position, int code) {
        CategoricalSignal signal = (CategoricalSignal) schema.at(position);
        if (open(position) < 0) {
            return this;
        }
        if (code >= 0 && code < signal.levels().size()) {
            values[position] = Signals.FIRST_LEVEL + code;
        } else {
            violation(
                    position,
                    Kind.UNSEEN_LEVEL,
                    ": code " + code + " is not one of 0 to " + (signal.levels().size() - 1) + ", which stand for "
                            + list(signal.levels()));
        }
        return this;
    }

    private int open(SignalHandle signal) {
        if (!signal.schema().equals(schema)) {
            throw new IllegalArgumentException("handle " + signal + " is of schema " + signal.schema() + " ("
                    + signal.schema().digest() + "), not of " + schema + " (" + schema.digest() + ")");
        }
        return open(signal.position());
    }

    private int open(int position) {
        if (set[position]) {
            violation(position, Kind.SET_TWICE, " is set twice");
            return -1;
        }
        set[position] = true;
        return position;
    }

    int open(String signal) {
        int position = schema.position(signal);
        if (position < 0) {
            unknown(signal);
            return -1;
        }
        return open(position);
    }

    private void unknown(String signal) {
        unknown(
                signal,
                () -> "signal " + ArtifactText.quoted(signal) + " is not in schema " + schema
                        + nearest.offer(signal, schema.names()));
    }

    /** What stands for a signal and is none. */
    void unknown(String signal, Supplier<String> message) {
        unknown++;
        if (unknown <= LISTED_UNKNOWN) {
            found.add(new Found(Integer.MAX_VALUE, new Violation(signal, Kind.UNKNOWN_SIGNAL, message.get())));
        }
    }

    SignalsBuilder whole(int position, long value) {
        if ((long) (double) value != value || value == Long.MAX_VALUE) {
            inexact(position, new BigDecimal(value));
            return this;
        }
        return number(position, (double) value);
    }

    /** Sets a whole number that no double is equal to: valid only where it is clipped anyway. */
    void inexact(int position, BigDecimal value) {
        if (position >= 0 && schema.declared().get(position) instanceof NumericSignal numeric) {
            boolean clipped = numeric.whenOutOfRange() == WhenOutOfRange.CLIP
                    && (value.doubleValue() > numeric.max() || value.doubleValue() < numeric.min());
            if (clipped) {
                clip(position, numeric, value.doubleValue(), value.toString());
            } else {
                violation(
                        position,
                        Kind.OUT_OF_RANGE,
                        ": " + ArtifactText.shown(value.toString())
                                + " has no exact double; whole numbers are exact up to 2^53");
            }
        } else {
            wrongType(position, "the number " + ArtifactText.shown(value.toString()));
        }
    }

    private void clip(int position, NumericSignal signal, double value, String given) {
        values[position] = signal.clip(value);
        substitutions[position] = new Substitution(signal.name(), Rule.CLIPPED, given);
    }

    SignalsBuilder number(int position, double value) {
        if (position >= 0) {
            if (schema.declared().get(position) instanceof NumericSignal numeric) {
                number(position, numeric, value);
            } else {
                wrongType(position, "the number " + Signals.text(value));
            }
        }
        return this;
    }

    private void number(int position, NumericSignal signal, double value) {
        if (!Double.isFinite(value)) {
            violation(position, Kind.NOT_FINITE, ": " + value + " is not a finite number");
        } else if (signal.whole() && value != StrictMath.rint(value)) {
            violation(position, Kind.NOT_WHOLE, ": " + value + " is not a whole number");
        } else if (value >= signal.min() && value <= signal.max()) {
            values[position] = value;
        } else if (signal.whenOutOfRange() == WhenOutOfRange.CLIP) {
            clip(position, signal, value, Signals.text(value));
        } else {
            violation(position, Kind.OUT_OF_RANGE, ": " + Signals.text(value) + " is out of range, " + allowed(signal));
        }
    }

    SignalsBuilder flag(int position, boolean value) {
        if (position >= 0) {
            if (schema.declared().get(position) instanceof FlagSignal) {
                values[position] = value ? Signals.TRUE : Signals.FIRST_LEVEL;
            } else {
                wrongType(position, "the truth value " + value);
            }
        }
        return this;
    }

    SignalsBuilder level(int position, @Nullable String level) {
        if (position >= 0 && level != null) {
            if (schema.declared().get(position) instanceof CategoricalSignal categorical) {
                level(position, categorical, level);
            } else {
                wrongType(position, "the text " + ArtifactText.quoted(level));
            }
        }
        return this;
    }

    private void level(int position, CategoricalSignal signal, String level) {
        int code = schema.code(position, level);
        if (code != Signals.UNSEEN) {
            values[position] = code;
        } else if (signal.whenUnseen() instanceof WhenUnseen.Refuse) {
            violation(
                    position,
                    Kind.UNSEEN_LEVEL,
                    ": level " + ArtifactText.quoted(level) + " is not one of " + list(signal.levels())
                            + nearest.offer(level, signal.levels()));
        } else {
            values[position] = code;
            substitutions[position] = new Substitution(signal.name(), Rule.UNSEEN, level);
        }
    }

    /** Refuses a number that is too large or too long to be looked at. */
    void beyond(int position, String given) {
        if (position >= 0 && schema.declared().get(position) instanceof NumericSignal numeric) {
            violation(position, Kind.OUT_OF_RANGE, ": " + given + " is out of range, " + allowed(numeric));
        } else {
            wrongType(position, given);
        }
    }

    void wrongType(int position, String given) {
        if (position < 0) {
            return;
        }
        Signal signal = schema.declared().get(position);
        String expected = signal.match(
                numeric -> "a number",
                categorical -> "one of " + list(categorical.levels()) + " as text",
                flag -> "true or false");
        violation(position, Kind.WRONG_TYPE, ": " + given + " is not " + expected);
    }

    void violation(int position, Kind kind, String message) {
        Signal signal = schema.declared().get(position);
        violated[position] = true;
        found.add(new Found(position, new Violation(signal.name(), kind, named(signal) + message)));
    }

    private static String named(Signal signal) {
        return "signal " + ArtifactText.quoted(signal.name());
    }

    private static String allowed(NumericSignal signal) {
        String unit = signal.unit().isEmpty() ? "" : " " + signal.unit();
        if (signal.min() == Double.NEGATIVE_INFINITY && signal.max() == Double.POSITIVE_INFINITY) {
            return "allowed is what a double can hold";
        } else if (signal.min() == Double.NEGATIVE_INFINITY) {
            return "allowed is at most " + Signals.text(signal.max()) + unit;
        } else if (signal.max() == Double.POSITIVE_INFINITY) {
            return "allowed is at least " + Signals.text(signal.min()) + unit;
        }
        return "allowed is " + Signals.text(signal.min()) + " to " + Signals.text(signal.max()) + unit;
    }

    private static String list(List<String> levels) {
        int shown = 12;
        String first = levels.stream().limit(shown).map(ArtifactText::shown).collect(Collectors.joining(", "));
        return "[" + first + (levels.size() <= shown ? "]" : " and " + (levels.size() - shown) + " more]");
    }

    private record Found(int position, Violation violation) {}
}
