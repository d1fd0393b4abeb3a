package io.conversion.core;

import io.conversion.core.json.ArtifactText;
import io.conversion.core.signals.Evidence.Rule;
import io.conversion.core.signals.Evidence.Substitution;
import io.conversion.core.signals.NumericSignal;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.Signals;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * One signal's part of a score: by how much it moves the calibrated log-odds of the user against those of the model's
 * reference user. Immutable and safe to share between threads.
 */
public final class Contribution {

    private final Signals signals;
    private final Signals reference;
    private final int position;
    private final double logOdds;
    private final double rawLogOdds;
    private final boolean extrapolated;

    Contribution(
            Signals signals, Signals reference, int position, double logOdds, double rawLogOdds, boolean extrapolated) {
        this.signals = signals;
        this.reference = reference;
        this.position = position;
        this.logOdds = logOdds;
        this.rawLogOdds = rawLogOdds;
        this.extrapolated = extrapolated;
    }

    /**
     * A contribution that somebody else computed, of a score that is not calibrated: the raw one is the same.
     *
     * @param signals the user's signals
     * @param reference the signals of the reference user, of the same schema
     * @param position the position of the signal in the schema, from 0
     * @param logOdds by how much the signal moves the log-odds of the user against those of the reference user
     * @return the contribution
     * @throws IllegalArgumentException if the signals are of different schemas
     * @throws IndexOutOfBoundsException if there is no such position
     */
    public static Contribution of(Signals signals, Signals reference, int position, double logOdds) {
        if (!signals.schema().equals(reference.schema())) {
            throw new IllegalArgumentException("the user's signals are of schema " + signals.schema()
                    + " and the reference user's of schema " + reference.schema());
        }
        Objects.checkIndex(position, signals.schema().size());
        return new Contribution(signals, reference, position, logOdds, logOdds, false);
    }

    /**
     * The declaration of the signal.
     *
     * @return the signal
     */
    public Signal signal() {
        return signals.schema().declared().get(position);
    }

    /**
     * The shape of the signal at the user's value less the shape at the reference user's, times what the calibration
     * makes of a unit of raw log-odds between the two users. Under a curved calibration (isotonic regression) that differs
     * between users, and so do the contributions of one value; {@link #rawLogOdds} are the same for all.
     *
     * @return the contribution, in calibrated log-odds
     */
    public double logOdds() {
        return logOdds;
    }

    /**
     * The shape of the signal at the user's value less the shape at the reference user's: what the curve of the signal
     * shows, the same for every user who has the value.
     *
     * @return the contribution before the calibration, in raw log-odds
     */
    public double rawLogOdds() {
        return rawLogOdds;
    }

    /**
     * Which way the signal moves the probability.
     *
     * @return the direction
     */
    public Direction direction() {
        return logOdds > 0 ? Direction.RAISES : logOdds < 0 ? Direction.LOWERS : Direction.NEITHER;
    }

    /**
     * Tells whether the user's number is below or above those of all training rows, so that no data support what the
     * shape says there.
     *
     * @return whether it is extrapolated; false where the range of the training rows is not known
     */
    public boolean isExtrapolated() {
        return extrapolated;
    }

    /**
     * The user's value as it was scored, with its unit; a value that was replaced by a rule, or that is beyond all training
     * rows, says so.
     *
     * @return the value as text, such as {@code 9 sessions}, {@code tier_2}, {@code missing},
     *     {@code 20 sessions (35 given, clipped)} or {@code 900 sessions (beyond the training rows)}
     */
    public String value() {
        return substitution().map(this::substituted).orElseGet(() -> withUnit(signals))
                + (extrapolated ? " (beyond the training rows)" : "");
    }

    /** The rule of the schema that was applied to the user's value. */
    private Optional<Substitution> substitution() {
        return signals.substitutions().stream()
                .filter(given -> given.signal().equals(signal().name()))
                .findFirst();
    }

    private String substituted(Substitution substitution) {
        return switch (substitution.rule()) {
            case MISSING -> "missing";
            case UNSEEN -> ArtifactText.quoted(substitution.given()) + " (unseen)";
            case CLIPPED -> withUnit(signals) + " (" + substitution.given() + " given, clipped)";
            case NOT_ESTIMATED, EXTRAPOLATED ->
                throw new AssertionError("not a rule of the schema: " + substitution.rule());
        };
    }

    /**
     * The reference user's value, with its unit.
     *
     * @return the value as text
     */
    public String referenceValue() {
        return withUnit(reference);
    }

    private String withUnit(Signals user) {
        String unit = signal() instanceof NumericSignal numeric ? numeric.unit() : "";
        return unit.isEmpty() ? user.text(position) : user.text(position) + " " + unit;
    }

    /**
     * Why the signal moves the probability, in words: the text that the schema declares for the direction, otherwise the
     * meaning of the signal, or its name, and what it does. What is declared speaks of values, so it is not said of one
     * that is missing or unseen.
     *
     * @return the reason, for people
     */
    public String reason() {
        Signal signal = signal();
        Optional<Rule> rule = substitution().map(Substitution::rule).filter(applied -> applied != Rule.CLIPPED);
        String declared = switch (direction()) {
            case RAISES -> signal.reasons().raises();
            case LOWERS -> signal.reasons().lowers();
            case NEITHER -> "";
        };
        if (!declared.isEmpty() && rule.isEmpty()) {
            return declared;
        }
        String what = signal.meaning().isEmpty() ? signal.name() : signal.meaning();
        String unobserved = rule.map(applied -> applied == Rule.MISSING ? ", missing" : ", unseen")
                .orElse("");
        return what
                + unobserved
                + switch (direction()) {
                    case RAISES -> ": raises the probability";
                    case LOWERS -> ": lowers the probability";
                    case NEITHER -> ": makes no difference";
                };
    }

    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("signal", signal().name());
        Score.putFinite(map, "log_odds", logOdds);
        map.put("direction", direction().name().toLowerCase(Locale.ROOT));
        map.put("value", value());
        map.put("reference", referenceValue());
        map.put("reason", reason());
        return Collections.unmodifiableMap(map);
    }

    /** The signal, the contribution and the values of both users. */
    @Override
    public String toString() {
        return signal().name() + " " + logOdds + " (" + value() + ", reference " + referenceValue() + ")";
    }

    /** Which way a signal moves a probability. */
    public enum Direction {
        /** It is higher than the reference user's would be. */
        RAISES,
        /** It is lower than the reference user's would be. */
        LOWERS,
        /** It makes no difference. */
        NEITHER
    }
}
