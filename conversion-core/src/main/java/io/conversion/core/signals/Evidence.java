package io.conversion.core.signals;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a score rests on: the signals that were not scored by a value observed and estimated, each with the rule that
 * was applied in its place, those whose value no training row came near, and whether the rest suffices. All other signals
 * were scored as observed. Immutable and safe
 * to share between threads.
 *
 * @param substitutions the signals scored by a rule, in the order of the schema; empty for a score that rests on
 *     observed signals only
 * @param observedShare the share of the model's weight that observed signals carry, 0 to 1; see {@code MinimumEvidence}
 * @param shortfalls in which ways the evidence falls short of the model's minimum, in whole sentences; empty if it
 *     suffices
 */
public record Evidence(List<Substitution> substitutions, double observedShare, List<String> shortfalls) {

    /** That of a score that rests on observed and estimated values only. */
    public static final Evidence COMPLETE = new Evidence(List.of(), 1, List.of());

    /**
     * What signals of equal weight tell, for a model without a minimum of evidence.
     *
     * @param signals the signals
     * @return the evidence, with the share of the signals that were observed
     */
    public static Evidence of(Signals signals) {
        List<Substitution> rules = signals.substitutions();
        long unobserved =
                rules.stream().filter(rule -> !rule.rule().isObserved()).count();
        return rules.isEmpty()
                ? COMPLETE
                : new Evidence(rules, 1 - unobserved / (double) signals.schema().size(), List.of());
    }

    /** Copies the lists. {@inheritDoc} */
    public Evidence {
        substitutions = List.copyOf(substitutions);
        shortfalls = List.copyOf(shortfalls);
    }

    /**
     * Tells whether the evidence reaches the model's {@code MinimumEvidence}.
     *
     * @return whether there is no shortfall; true for a model without a minimum
     */
    public boolean isSufficient() {
        return shortfalls.isEmpty();
    }

    /**
     * Tells whether every signal was scored as observed, within the range of the training rows where it is known.
     *
     * @return whether no rule was applied and no value is extrapolated
     */
    public boolean isComplete() {
        return substitutions.isEmpty();
    }

    /**
     * The evidence as plain values, for any JSON mapper: {@code observed_share}, {@code shortfalls} and {@code rules}, each
     * of these with {@code signal}, {@code rule} in lower case and {@code given}.
     *
     * @return an unmodifiable map of numbers, texts, lists and maps, with its keys in that order
     */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("observed_share", observedShare);
        map.put("shortfalls", shortfalls);
        map.put("rules", substitutions.stream().map(Substitution::toMap).toList());
        return Collections.unmodifiableMap(map);
    }

    /**
     * The signals to which a rule was applied.
     *
     * @param rule the rule
     * @return the names of the signals, in the order of the schema
     */
    public List<String> signals(Rule rule) {
        return substitutions.stream()
                .filter(substitution -> substitution.rule() == rule)
                .map(Substitution::signal)
                .toList();
    }

    /** Why a signal was scored by a rule of the schema or the model. */
    public enum Rule {
        /** It was missing; the model's value for missing was scored. */
        MISSING,
        /** It was out of range; the nearer end of the range was scored. */
        CLIPPED,
        /** Its level is not in the schema; the value declared for unseen levels was scored. */
        UNSEEN,
        /** Its level has no estimate, for want of training rows with both outcomes; the first level was scored. */
        NOT_ESTIMATED,
        /**
         * It was scored as it is, but it is below or above all training rows: what the shape says there is a guess that no
         * data support.
         */
        EXTRAPOLATED;

        /**
         * Tells whether the signal counts as observed all the same.
         *
         * @return true if a number of the user was scored, clipped to the range or beyond the training rows
         */
        public boolean isObserved() {
            return this == CLIPPED || this == EXTRAPOLATED;
        }
    }

    /**
     * One signal that was scored by a rule.
     *
     * @param signal the name of the signal
     * @param rule the rule that was applied
     * @param given the value as it was given, as text; empty if it was missing
     */
    public record Substitution(String signal, Rule rule, String given) {

        private Map<String, Object> toMap() {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("signal", signal);
            map.put("rule", rule.name().toLowerCase(Locale.ROOT));
            map.put("given", given);
            return Collections.unmodifiableMap(map);
        }

        /**
         * The value as it was given, where another one was scored in its place.
         *
         * @return the number that was clipped, a {@link Double} or a {@link BigDecimal}; the level that is not in the
         *     schema; empty for any other rule
         */
        public Optional<Object> value() {
            return switch (rule) {
                case CLIPPED -> Optional.of(number(given));
                case UNSEEN -> Optional.of(given);
                case MISSING, NOT_ESTIMATED, EXTRAPOLATED -> Optional.empty();
            };
        }

        /** A double where it is spelled as one, else the exact number; the text if it is none. */
        private static Object number(String text) {
            try {
                Double number = Double.valueOf(text);
                return number.toString().equals(text) ? (Object) number : new BigDecimal(text);
            } catch (NumberFormatException e) {
                return text;
            }
        }
    }
}
