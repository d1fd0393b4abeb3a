package io.conversion.policy;

import io.conversion.core.ProbabilityInterval;
import io.conversion.core.Score;
import io.conversion.core.signals.CategoricalSignal;
import io.conversion.core.signals.Evidence;
import io.conversion.core.signals.Evidence.Rule;
import io.conversion.core.signals.Evidence.Substitution;
import io.conversion.core.signals.FlagSignal;
import io.conversion.core.signals.NumericSignal;
import io.conversion.core.signals.Signal;
import io.conversion.policy.internal.Wording;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * What a guardrail watches for: a declared condition on the signals that a score was computed from, or on what the score
 * rests on. Values are those that were scored, so a number may have been clipped to its range. A missing signal makes
 * every comparison of its value false; {@link Missing} asks for it. Immutable and safe to share between threads.
 */
public sealed interface Condition {

    /**
     * Tells whether the condition holds. Pure.
     *
     * @param score the score, whose signals and evidence are looked at
     * @return whether it holds
     * @throws IllegalArgumentException if the schema of the signals has no signal of this name and kind; the engine asks
     *     {@link Policy#misfits} first
     */
    boolean holds(Score score);

    /**
     * The conditions that hold together where this one does.
     *
     * @return the parts of {@link AllOf}, in order; of any other condition itself
     */
    List<Single> parts();

    /**
     * Answers by the kind of the condition.
     *
     * @param cases an answer for each kind
     * @param <T> the type of the answer
     * @return the answer for this one
     */
    <T> T match(Cases<T> cases);

    /** An answer for each kind of condition, so that the compiler finds who has none for a new one. */
    interface Cases<T> extends SingleCases<T> {

        /**
         * Answers for several conditions.
         *
         * @param condition the condition
         * @return the answer
         */
        T all(AllOf condition);
    }

    /** An answer for each kind of condition that is not made of others. */
    interface SingleCases<T> {

        /**
         * Answers for a comparison of a number.
         *
         * @param condition the condition
         * @return the answer
         */
        T number(NumberIs condition);

        /**
         * Answers for a set of levels.
         *
         * @param condition the condition
         * @return the answer
         */
        T level(LevelIn condition);

        /**
         * Answers for the value of a flag.
         *
         * @param condition the condition
         * @return the answer
         */
        T flag(FlagIs condition);

        /**
         * Answers for a missing signal.
         *
         * @param condition the condition
         * @return the answer
         */
        T missing(Missing condition);

        /**
         * Answers for a number beyond the training rows.
         *
         * @param condition the condition
         * @return the answer
         */
        T extrapolated(Extrapolated condition);

        /**
         * Answers for insufficient evidence.
         *
         * @param condition the condition
         * @return the answer
         */
        T insufficientEvidence(InsufficientEvidence condition);

        /**
         * Answers for the share of observed signals.
         *
         * @param condition the condition
         * @return the answer
         */
        T observedShare(ObservedShareBelow condition);

        /**
         * Answers for the interval of the probability.
         *
         * @param condition the condition
         * @return the answer
         */
        T interval(IntervalContains condition);
    }

    /** A condition that is not made of others. */
    sealed interface Single extends Condition {

        /**
         * Answers by the kind of the condition.
         *
         * @param cases an answer for each kind
         * @param <T> the type of the answer
         * @return the answer for this one
         */
        <T> T match(SingleCases<T> cases);

        @Override
        default <T> T match(Cases<T> cases) {
            return match((SingleCases<T>) cases);
        }

        @Override
        default List<Single> parts() {
            return List.of(this);
        }
    }

    /** A condition on one signal. */
    sealed interface OfSignal extends Single {

        /**
         * The signal that the condition is about.
         *
         * @return its name
         */
        String signal();

        /**
         * The kind of signal that the condition takes its own for, as messages call it.
         *
         * @return such as {@code numeric signal}; empty if any will do
         */
        String kind();

        /**
         * Tells whether a signal is of that kind.
         *
         * @param declared the signal, as a schema declares it
         * @return whether it is
         */
        boolean takes(Signal declared);
    }

    /**
     * A numeric signal compares with a number. False where the signal is missing, whatever the comparison.
     *
     * @param signal the name of a numeric signal
     * @param comparison how the signal, to the left, is compared
     * @param number the number to the right, finite, in the unit of the signal
     */
    record NumberIs(String signal, Comparison comparison, double number) implements OfSignal {

        @Override
        public String kind() {
            return "numeric signal";
        }

        @Override
        public boolean takes(Signal declared) {
            return declared instanceof NumericSignal;
        }

        @Override
        public <T> T match(SingleCases<T> cases) {
            return cases.number(this);
        }

        @Override
        public boolean holds(Score score) {
            OptionalDouble value = score.signals().number(signal);
            return value.isPresent() && comparison.holds(value.getAsDouble(), number);
        }

        /** The comparison, such as {@code "sessions_7d" < 3}. */
        @Override
        public String toString() {
            return Wording.quoted(signal) + " " + comparison.symbol() + " " + Wording.number(number);
        }
    }

    /**
     * The level of a categorical signal is one of a set, or none of it. False where the signal is missing, either way. A
     * level that the schema does not know is in no set.
     *
     * @param signal the name of a categorical signal
     * @param levels the levels, at least one, no two alike
     * @param negated whether the level must be none of them
     */
    record LevelIn(String signal, List<String> levels, boolean negated) implements OfSignal {

        /** Copies the levels. {@inheritDoc} */
        public LevelIn {
            levels = List.copyOf(levels);
        }

        /**
         * The level is one of these.
         *
         * @param signal the name of a categorical signal
         * @param levels the levels, at least one, no two alike
         * @return the condition
         */
        public static LevelIn of(String signal, String... levels) {
            return new LevelIn(signal, List.of(levels), false);
        }

        /**
         * The level is given and none of these.
         *
         * @param signal the name of a categorical signal
         * @param levels the levels, at least one, no two alike
         * @return the condition
         */
        public static LevelIn noneOf(String signal, String... levels) {
            return new LevelIn(signal, List.of(levels), true);
        }

        @Override
        public String kind() {
            return "categorical signal";
        }

        @Override
        public boolean takes(Signal declared) {
            return declared instanceof CategoricalSignal;
        }

        @Override
        public <T> T match(SingleCases<T> cases) {
            return cases.level(this);
        }

        @Override
        public boolean holds(Score score) {
            Optional<String> level = score.signals().level(signal);
            return level.isPresent()
                    ? levels.contains(level.get()) != negated
                    : negated && isReplaced(score.evidence(), signal, Rule.UNSEEN);
        }

        /** The set, such as {@code "country_tier" in [tier_1, tier_2]}. */
        @Override
        public String toString() {
            return Wording.quoted(signal) + " " + (negated ? "not in " : "in ") + Wording.listed(levels);
        }
    }

    /**
     * A flag has a value. False where the flag is missing.
     *
     * @param signal the name of a flag
     * @param value the value that it must have
     */
    record FlagIs(String signal, boolean value) implements OfSignal {

        @Override
        public String kind() {
            return "flag";
        }

        @Override
        public boolean takes(Signal declared) {
            return declared instanceof FlagSignal;
        }

        @Override
        public <T> T match(SingleCases<T> cases) {
            return cases.flag(this);
        }

        @Override
        public boolean holds(Score score) {
            Optional<Boolean> flag = score.signals().flag(signal);
            return flag.isPresent() && flag.get() == value;
        }

        /** The comparison, such as {@code "has_complaint" is true}. */
        @Override
        public String toString() {
            return Wording.quoted(signal) + " is " + value;
        }
    }

    /**
     * A signal is missing: no value of it was given, and the model's value for missing was scored.
     *
     * @param signal the name of a signal of any kind
     */
    record Missing(String signal) implements OfSignal {

        @Override
        public String kind() {
            return "";
        }

        @Override
        public boolean takes(Signal declared) {
            return true;
        }

        @Override
        public <T> T match(SingleCases<T> cases) {
            return cases.missing(this);
        }

        @Override
        public boolean holds(Score score) {
            return isReplaced(score.evidence(), signal, Rule.MISSING);
        }

        /** Such as {@code "country_tier" is missing}. */
        @Override
        public String toString() {
            return Wording.quoted(signal) + " is missing";
        }
    }

    /**
     * A number is below or above those of all training rows, so that no data support its score. Never holds for a model
     * that does not know the range of its training rows, nor where the signal is missing.
     *
     * @param signal the name of a numeric signal
     */
    record Extrapolated(String signal) implements OfSignal {

        @Override
        public String kind() {
            return "numeric signal";
        }

        @Override
        public boolean takes(Signal declared) {
            return declared instanceof NumericSignal;
        }

        @Override
        public <T> T match(SingleCases<T> cases) {
            return cases.extrapolated(this);
        }

        @Override
        public boolean holds(Score score) {
            return isReplaced(score.evidence(), signal, Rule.EXTRAPOLATED);
        }

        /** Such as {@code "sessions_7d" is beyond the training rows}. */
        @Override
        public String toString() {
            return Wording.quoted(signal) + " is beyond the training rows";
        }
    }

    /**
     * The evidence falls short of the {@linkplain io.conversion.core.MinimumEvidence minimum} of the model. Never holds
     * for a model without a minimum. Where no guardrail holds, such a score is answered by the fallback.
     */
    record InsufficientEvidence() implements Single {

        @Override
        public <T> T match(SingleCases<T> cases) {
            return cases.insufficientEvidence(this);
        }

        @Override
        public boolean holds(Score score) {
            return !score.evidence().isSufficient();
        }

        @Override
        public String toString() {
            return "evidence is insufficient";
        }
    }

    /**
     * Observed signals carry less than a share of the model's weight.
     *
     * @param share the share, above 0 and at most 1
     */
    record ObservedShareBelow(double share) implements Single {

        @Override
        public <T> T match(SingleCases<T> cases) {
            return cases.observedShare(this);
        }

        @Override
        public boolean holds(Score score) {
            return score.evidence().observedShare() < share;
        }

        @Override
        public String toString() {
            return "observed share < " + share;
        }
    }

    /**
     * The Wald interval of the probability contains a threshold, its ends included: the estimation of the model leaves
     * open on which side of it the user is. Never holds for a model without a covariance, which gives no interval.
     *
     * @param threshold the threshold, a probability from 0 to 1
     * @param level the confidence level, above 0 and below 1, such as 0.95
     */
    record IntervalContains(double threshold, double level) implements Single {

        @Override
        public <T> T match(SingleCases<T> cases) {
            return cases.interval(this);
        }

        @Override
        public boolean holds(Score score) {
            Optional<ProbabilityInterval> interval = score.interval(level);
            return interval.isPresent()
                    && interval.get().lower() <= threshold
                    && threshold <= interval.get().upper();
        }

        @Override
        public String toString() {
            return level + " interval contains " + threshold;
        }
    }

    /**
     * All of several conditions hold. Any of several is a guardrail for each.
     *
     * @param conditions the conditions, at least two, none of them of this kind itself
     */
    record AllOf(List<Condition> conditions) implements Condition {

        /** Copies the conditions. {@inheritDoc} */
        public AllOf {
            conditions = List.copyOf(conditions);
        }

        /**
         * All of these hold.
         *
         * @param conditions the conditions, at least two
         * @return the condition
         */
        public static AllOf of(Condition... conditions) {
            return new AllOf(List.of(conditions));
        }

        @Override
        public <T> T match(Cases<T> cases) {
            return cases.all(this);
        }

        @Override
        public List<Single> parts() {
            return conditions.stream()
                    .flatMap(condition -> condition.parts().stream())
                    .toList();
        }

        @Override
        public boolean holds(Score score) {
            for (int i = 0; i < conditions.size(); i++) {
                if (!conditions.get(i).holds(score)) {
                    return false;
                }
            }
            return true;
        }

        /** The conditions, with {@code and} between them. */
        @Override
        public String toString() {
            return conditions.stream().map(Condition::toString).collect(Collectors.joining(" and "));
        }
    }

    private static boolean isReplaced(Evidence evidence, String signal, Rule rule) {
        List<Substitution> substitutions = evidence.substitutions();
        for (int i = 0; i < substitutions.size(); i++) {
            Substitution substitution = substitutions.get(i);
            if (substitution.rule() == rule && substitution.signal().equals(signal)) {
                return true;
            }
        }
        return false;
    }
}
