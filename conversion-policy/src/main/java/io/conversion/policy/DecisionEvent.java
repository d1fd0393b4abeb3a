package io.conversion.policy;

import io.conversion.core.ModelReference;
import io.conversion.core.Score;
import io.conversion.core.Scorer;
import io.conversion.core.json.ArtifactText;
import io.conversion.core.signals.SignalReading;
import io.conversion.core.signals.SignalSchema;
import io.conversion.core.signals.Signals;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One decision with all that it was made of, as the request path tells a {@link DecisionListener}: references to immutable
 * objects, from which a {@link io.conversion.policy.records.DecisionRecord} is made later and elsewhere. Immutable and
 * safe to share between threads.
 *
 * @param request what the caller calls the request
 * @param moment when it was decided, by the caller's clock; null if that is not said
 * @param scorer the scorer of the model
 * @param policy the policy that was applied; null if the host had none
 * @param reading what came of reading the signals
 * @param context what else the caller knew of the user
 * @param decision what was decided
 * @param experiments the engine that decided, if it runs experiments; null for the engine of one policy
 */
public record DecisionEvent(
        String request,
        @Nullable Instant moment,
        Scorer scorer,
        @Nullable Policy policy,
        SignalReading reading,
        DecisionContext context,
        Decision decision,
        @Nullable PolicyEngine experiments) {

    /**
     * Keeps what a decision of one policy was made of.
     *
     * @param request what the caller calls the request
     * @param moment when it was decided, by the caller's clock; null if that is not said
     * @param scorer the scorer of the model
     * @param policy the policy that was applied; null if the host had none
     * @param reading what came of reading the signals
     * @param context what else the caller knew of the user
     * @param decision what was decided
     */
    public DecisionEvent(
            String request,
            @Nullable Instant moment,
            Scorer scorer,
            @Nullable Policy policy,
            SignalReading reading,
            DecisionContext context,
            Decision decision) {
        this(request, moment, scorer, policy, reading, context, decision, null);
    }

    /**
     * Decides, and keeps what the decision was made of.
     *
     * @param engine the engine of the policy
     * @param scorer the scorer of the model
     * @param reading what came of reading the signals
     * @param context what else is known of the user
     * @param request what the caller calls the request
     * @param moment when it is decided, by the caller's clock; null to leave that out
     * @return the event, with {@link PolicyEngine#decide(Scorer, SignalReading, DecisionContext) the decision}
     * @throws IllegalArgumentException if the signals were accepted by another schema than the scorer's
     */
    public static DecisionEvent decide(
            PolicyEngine engine,
            Scorer scorer,
            SignalReading reading,
            DecisionContext context,
            String request,
            @Nullable Instant moment) {
        if (!engine.runsExperiments()) {
            Decision decision = engine.decide(scorer, reading, context);
            return new DecisionEvent(request, moment, scorer, engine.policy(context), reading, context, decision);
        }
        DecisionContext at = moment == null ? context : context.moment(moment);
        Decision decision = engine.decide(scorer, reading, at);
        return new DecisionEvent(request, moment, scorer, engine.policy(decision), reading, at, decision, engine);
    }

    /**
     * The score that was decided on: that of the decision, else a new one, since it is a pure function of the
     * signals. A foreign scorer whose host has no policy is asked again.
     *
     * @return the score; empty if the signals were refused
     */
    public Optional<Score> score() {
        return Optional.ofNullable(decision.score())
                .or(() -> reading instanceof SignalReading.Accepted accepted
                        ? Optional.of(scorer.score(accepted.signals()))
                        : Optional.empty());
    }

    /**
     * Where the user stands in an experiment, computed when it is asked for.
     *
     * @return the assignment; empty if no experiment runs
     */
    public Optional<Assignment> assignment() {
        return experiments == null ? Optional.empty() : experiments.assignment(scored(), reading, context);
    }

    /**
     * The probability of each action that the user could have got, over all that was drawn: control group, exploration, and the
     * layer and arms of an experiment. Computed when it is asked for.
     *
     * @return the probability by action, summing to 1; that of the one action where nothing was drawn
     */
    public Map<String, Double> propensities() {
        if (policy == null) {
            return Map.of(decision.action(), 1.0);
        }
        PolicyEngine engine = experiments == null ? PolicyEngine.of(policy) : experiments;
        return engine.propensities(scored(), reading, context);
    }

    /** Gives the score that is known: a scorer of another make may take long, or say something else the next time. */
    private Scorer scored() {
        Score known = decision.score();
        return known == null ? scorer : new Scored(scorer, known);
    }

    private record Scored(Scorer scorer, Score known) implements Scorer {

        @Override
        public ModelReference model() {
            return scorer.model();
        }

        @Override
        public SignalSchema schema() {
            return scorer.schema();
        }

        @Override
        public Score score(Signals signals) {
            return known;
        }
    }

    /**
     * Where the user stands in an experiment, without the probabilities of actions.
     *
     * @return the placement; empty if no experiment runs
     */
    public Optional<Assignment.Placement> placement() {
        return experiments == null ? Optional.empty() : experiments.placement(score().orElse(null), context);
    }

    /**
     * The signals as they were given, to read them again by another schema: a value that was clipped or unseen as it was, a
     * missing one not at all.
     *
     * @return the values by name; empty if the signals were refused, since those are not kept
     */
    public Optional<Map<String, Object>> given() {
        return reading instanceof SignalReading.Accepted accepted
                ? Optional.of(accepted.signals().given())
                : Optional.empty();
    }

    /**
     * The same event without its moment, for listeners that do not believe it.
     *
     * @return the event
     */
    public DecisionEvent withoutMoment() {
        return new DecisionEvent(request, null, scorer, policy, reading, context, decision, experiments);
    }

    /** The request and the action; no value of a signal. */
    @Override
    public String toString() {
        return "request " + ArtifactText.shown(request) + ": " + decision.action();
    }
}
