package io.conversion.policy;

import io.conversion.core.ModelReference;
import io.conversion.core.Score;
import io.conversion.policy.internal.Wording;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the engine answered: decided by a band, overridden by a guardrail, the control action, an alternative that was drawn, or a fallback; each with
 * its reason. A fallback is a type of its own, so that it cannot be taken for a decision; the others are {@link Banded}.
 * Immutable and safe to share between threads.
 */
public sealed interface Decision {

    /**
     * What the host is to do.
     *
     * @return the action of the band, the guardrail, the control group or the alternative that was drawn, or the policy's fallback action
     */
    String action();

    /**
     * The action for a host that has its own answer where no decision could be made.
     *
     * @param otherwise what to do in place of the policy's fallback action
     * @return the action that was decided; the given one for a fallback
     */
    default String orElse(String otherwise) {
        return action();
    }

    /**
     * The segment of the user.
     *
     * @return the segment of the band, empty for a fallback
     */
    Optional<String> segment();

    /**
     * Why this is the answer.
     *
     * @return the reason
     */
    Reason reason();

    /**
     * The reason in sentences.
     *
     * @return the sentences, at least one; no value of a signal, except where a schema refused it
     */
    List<String> details();

    /**
     * The probability with which a user like this one gets this action, over the assignment of users to the control
     * group and over exploration; later evaluation weighs by its inverse.
     *
     * @return a number above 0 and at most 1; 1 where nothing was drawn: no control group or exploration, no key, an overriding
     *     guardrail, a fallback
     */
    double propensity();

    /**
     * The policy that was applied.
     *
     * @return its reference; {@link PolicyReference#NONE} where the host had none
     */
    PolicyReference policy();

    /**
     * The model that the user was scored by, or would have been.
     *
     * @return its reference
     */
    ModelReference model();

    /**
     * The score that was decided on.
     *
     * @return the score; null for a fallback without one, such as on signals that were refused
     */
    @Nullable
    Score score();

    /**
     * The decision as plain values, for any JSON mapper: {@code action}, {@code segment} (left out for a fallback),
     * {@code reason} in lower case, {@code details}, {@code propensity}, {@code score} as {@link Score#toMap()} has it (left
     * out where there is none), {@code model} and {@code policy}.
     *
     * @return an unmodifiable map of numbers, texts, truth values, lists and maps, with its keys in that order
     */
    default Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("action", action());
        segment().ifPresent(segment -> map.put("segment", segment));
        map.put("reason", reason().name().toLowerCase(Locale.ROOT));
        map.put("details", details());
        map.put("propensity", propensity());
        Score score = score();
        if (score != null) {
            map.put("score", score.toMap());
        }
        map.put("model", model().toMap());
        map.put("policy", policy().toMap());
        return Collections.unmodifiableMap(map);
    }

    /** A decision on a probability that has a band, whoever set the action. */
    sealed interface Banded extends Decision {

        /**
         * The score that was decided on.
         *
         * @return the score
         */
        @Override
        Score score();

        /**
         * The band that the user is in.
         *
         * @return the band of the probability, or the previous one if the margin of the policy held it
         */
        Band band();

        @Override
        default Optional<String> segment() {
            return Optional.of(band().segment());
        }

        @Override
        default ModelReference model() {
            return score().model();
        }
    }

    /**
     * Decided by the band.
     *
     * @param score the score that was decided on
     * @param band the band of its probability, or the previous one
     * @param reason {@link Reason#BAND}, or {@link Reason#HELD_BAND} for the previous one
     * @param propensity the probability of this action, above 0 and at most 1
     * @param policy the policy that was applied
     */
    record Decided(Score score, Band band, Reason reason, double propensity, PolicyReference policy) implements Banded {

        @Override
        public String action() {
            return band.action();
        }

        @Override
        public List<String> details() {
            return List.of("probability " + score.probability()
                    + (reason == Reason.HELD_BAND
                            ? " is too near to the previous band " + Wording.quoted(band.segment()) + " to leave it"
                            : " is in band " + Wording.quoted(band.segment()) + ", which starts at " + band.from()));
        }
    }

    /**
     * Overridden by a guardrail.
     *
     * @param score the score that was decided on
     * @param band the band whose action was overridden
     * @param guardrail the first guardrail of the policy whose condition holds
     * @param policy the policy that was applied
     */
    record Overridden(Score score, Band band, Guardrail guardrail, PolicyReference policy) implements Banded {

        @Override
        public String action() {
            return guardrail.action();
        }

        @Override
        public Reason reason() {
            return Reason.GUARDRAIL;
        }

        @Override
        public List<String> details() {
            return List.of("guardrail " + Wording.quoted(guardrail.name()) + " overrides band "
                    + Wording.quoted(band.segment()) + ": " + guardrail.reason());
        }

        /** Guardrails draw nothing: 1. */
        @Override
        public double propensity() {
            return 1;
        }
    }

    /**
     * The control action, in place of the action of the band.
     *
     * @param score the score that was decided on
     * @param band the band whose action was not taken
     * @param control the control group that the user is in
     * @param propensity the probability of this action, above 0 and at most 1
     * @param policy the policy that was applied
     */
    record Control(Score score, Band band, ControlGroup control, double propensity, PolicyReference policy)
            implements Banded {

        @Override
        public String action() {
            return control.action();
        }

        @Override
        public Reason reason() {
            return Reason.CONTROL;
        }

        @Override
        public List<String> details() {
            // Not its salt: who knows that can tell from a key who gets the action.
            return List.of("the user is in the control group of share " + control.share()
                    + ", which gets no action of band " + Wording.quoted(band.segment()));
        }
    }

    /**
     * An action that was drawn from alternatives of the band.
     *
     * @param score the score that was decided on
     * @param band the band whose alternatives were drawn from
     * @param exploration what the policy explores
     * @param action the alternative that was drawn; it may be that of the band, if the policy lists it
     * @param propensity the probability of this action, above 0 and at most 1
     * @param policy the policy that was applied
     */
    record Explored(
            Score score, Band band, Exploration exploration, String action, double propensity, PolicyReference policy)
            implements Banded {

        @Override
        public Reason reason() {
            return Reason.EXPLORATION;
        }

        @Override
        public List<String> details() {
            int among = exploration
                    .alternatives()
                    .getOrDefault(band.segment(), List.of())
                    .size();
            return List.of("the user is in the share of " + exploration.share()
                    + " whose action is drawn from the " + among + (among == 1 ? " alternative" : " alternatives")
                    + " of band " + Wording.quoted(band.segment()));
        }
    }

    /**
     * Not decided: the policy's fallback action, and why.
     *
     * @param reason why no decision could be made
     * @param details the reason in sentences, at least one
     * @param action the fallback action of the policy
     * @param model the model that the user was scored by, or would have been
     * @param policy the policy that was applied
     * @param score the score that could not be decided on; null if there is none
     */
    record Fallback(
            Reason reason,
            List<String> details,
            String action,
            ModelReference model,
            PolicyReference policy,
            @Nullable Score score)
            implements Decision {

        /**
         * Copies the details. {@inheritDoc}
         *
         * @throws IllegalArgumentException if there are no details, or the reason is none of a fallback
         */
        public Fallback {
            details = List.copyOf(details);
            if (details.isEmpty()) {
                throw new IllegalArgumentException("a fallback states at least one reason");
            }
            if (!reason.isFallback()) {
                throw new IllegalArgumentException("a fallback cannot have the reason " + reason);
            }
        }

        /**
         * The answer of a host that has a model and no policy for it yet.
         *
         * @param model the model
         * @param action what the host does without a policy
         * @return the fallback, of {@link PolicyReference#NONE}
         */
        public static Fallback withoutPolicy(ModelReference model, String action) {
            return new Fallback(
                    Reason.NO_POLICY,
                    List.of("there is no policy for model " + Wording.quoted(model.name()) + " yet"),
                    action,
                    model,
                    PolicyReference.NONE,
                    null);
        }

        @Override
        public String orElse(String otherwise) {
            return otherwise;
        }

        /** A fallback has no segment. */
        @Override
        public Optional<String> segment() {
            return Optional.empty();
        }

        /** Fallbacks draw nothing: 1. */
        @Override
        public double propensity() {
            return 1;
        }
    }

    /** Why a decision is what it is. */
    enum Reason {
        /** The band that the probability lies in. */
        BAND,
        /** The band of the decision before, which the probability has not left by the margin of the policy. */
        HELD_BAND,
        /** A guardrail whose condition holds. */
        GUARDRAIL,
        /** The user is in the control group. */
        CONTROL,
        /** The action was drawn from alternatives of the band. */
        EXPLORATION,
        /** A fallback: the schema refused the signals; the details are its violations. */
        INVALID_SIGNALS,
        /** A fallback: the score is of another model than the policy was tuned for. */
        OTHER_MODEL,
        /**
         * A fallback: a guardrail is about a signal or a level that the schema of the score does not have; the details name
         * each.
         */
        POLICY_DOES_NOT_FIT,
        /** A fallback: there is no {@linkplain Score#isDefined() probability to decide on}. */
        UNDEFINED_PROBABILITY,
        /**
         * A fallback: the score rests on less than the model's minimum evidence, and no guardrail decided; the details say
         * what it lacks.
         */
        INSUFFICIENT_EVIDENCE,
        /** A fallback: the host has no policy. */
        NO_POLICY;

        /**
         * Tells whether this is why no decision could be made.
         *
         * @return whether it is a reason of a {@link Fallback}
         */
        public boolean isFallback() {
            return compareTo(INVALID_SIGNALS) >= 0;
        }
    }
}
