package io.conversion.policy;

import io.conversion.core.ModelReference;
import io.conversion.core.Score;
import io.conversion.core.ScoredBatch;
import io.conversion.core.Scorer;
import io.conversion.core.signals.SignalReading;
import io.conversion.core.signals.SignalSchema;
import io.conversion.core.signals.Violation;
import io.conversion.policy.Decision.Banded;
import io.conversion.policy.Decision.Control;
import io.conversion.policy.Decision.Decided;
import io.conversion.policy.Decision.Explored;
import io.conversion.policy.Decision.Fallback;
import io.conversion.policy.Decision.Overridden;
import io.conversion.policy.Decision.Reason;
import io.conversion.policy.internal.Wording;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** The engine of one policy. */
final class BandEngine implements PolicyEngine {

    private static final Guardrail[] NO_GUARDRAILS = {};
    private static final String[] NO_ACTIONS = {};
    private static final DecisionContext[] NOTHING_KNOWN = {};

    private final Policy policy;
    private final Guardrail[] guardrails;
    private final @Nullable ControlGroup control;
    private final @Nullable Exploration exploration;

    // By band; empty for one that is not explored.
    private final String[][] alternatives;

    // What the last schema was found to lack: a pure function of it, kept to ask once and not for each user.
    private volatile @Nullable Fit lastFit;

    private record Fit(SignalSchema schema, List<String> misfits) {}

    BandEngine(Policy policy) {
        this.policy = policy;
        this.guardrails = policy.guardrails().toArray(NO_GUARDRAILS);
        this.control = policy.parts().control();
        this.exploration = policy.parts().exploration();
        Map<String, List<String>> bySegment = exploration == null ? Map.of() : exploration.alternatives();
        this.alternatives = policy.bands().stream()
                .map(band -> bySegment.getOrDefault(band.segment(), List.of()).toArray(NO_ACTIONS))
                .toArray(String[][]::new);
    }

    @Override
    public Policy policy(DecisionContext context) {
        return policy;
    }

    @Override
    public Decision decide(Score score, DecisionContext context) {
        if (!policy.model().isMetBy(score.model())) {
            return otherModel(score);
        }
        List<String> misfits = misfits(score.signals().schema());
        if (!misfits.isEmpty()) {
            return fallback(score, Reason.POLICY_DOES_NOT_FIT, misfits);
        }
        int plain = plainBand(score.isDefined(), score.probability());
        if (plain < 0) {
            return undefined(score);
        }
        int index = bandIndex(score.probability(), plain, context);
        Band band = policy.bands().get(index);
        int guardrail = firstGuardrail(score);
        if (guardrail >= 0) {
            return new Overridden(score, band, guardrails[guardrail], policy.reference());
        }
        if (!score.hasSufficientEvidence()) {
            return fallback(
                    score, Reason.INSUFFICIENT_EVIDENCE, score.evidence().shortfalls());
        }
        Reason reason = index == plain ? Reason.BAND : Reason.HELD_BAND;
        int drawn = drawn(index, context);
        if (drawn == DecidedColumns.CONTROL && control != null) {
            double propensity = propensity(control.action(), index, context);
            return new Control(score, band, control, propensity, policy.reference());
        } else if (drawn != 0 && exploration != null) {
            String action = alternatives[index][DecidedColumns.alternative(drawn)];
            double propensity = propensity(action, index, context);
            return new Explored(score, band, exploration, action, propensity, policy.reference());
        }
        return new Decided(score, band, reason, propensity(band.action(), index, context), policy.reference());
    }

    /** What takes the place of the action of a band, as {@link DecidedColumns} counts it; 0 for nothing. */
    private int drawn(int band, DecisionContext context) {
        if (control != null && context.drawn(control) < control.share()) {
            return DecidedColumns.CONTROL;
        }
        int among = alternatives[band].length;
        if (exploration == null || among == 0) {
            return 0;
        }
        double draw = context.drawn(exploration);
        return draw < exploration.share() ? DecidedColumns.explored(exploration.index(draw, among)) : 0;
    }

    String alternative(int band, int index) {
        return alternatives[band][index];
    }

    /** The probability of an action in a band, over the control group and what is explored, as far as the user has a draw. */
    private double propensity(String action, int band, DecisionContext context) {
        ControlGroup group = context.hasDraw() || context.hadKey() ? control : null;
        Exploration explored = context.hasExplorationDraw() || context.hadKey() ? exploration : null;
        String[] among = alternatives[band];
        double rest = group == null ? 1 : 1 - group.share();
        double drawn = explored == null || among.length == 0 ? 0 : explored.share();
        double probability = action.equals(policy.bands().get(band).action()) ? rest * (1 - drawn) : 0;
        if (drawn > 0) {
            for (String alternative : among) {
                if (alternative.equals(action)) {
                    probability += rest * drawn / among.length;
                }
            }
        }
        // The sum with 1 - share is 1 to the bit where both sides of the draw get one action.
        return group != null && group.action().equals(action) ? probability + group.share() : probability;
    }

    @Override
    public Map<String, Double> propensities(Scorer scorer, SignalReading reading, DecisionContext context) {
        Decision decision = decide(scorer, reading, context);
        if (!(decision instanceof Banded banded) || decision instanceof Overridden) {
            return Map.of(decision.action(), 1.0);
        }
        int band = policy.bands().indexOf(banded.band());
        Set<String> actions = new LinkedHashSet<>(List.of(banded.band().action()));
        if (control != null) {
            actions.add(control.action());
        }
        actions.addAll(List.of(alternatives[band]));
        Map<String, Double> propensities = new LinkedHashMap<>();
        for (String action : actions) {
            double propensity = propensity(action, band, context);
            if (propensity > 0) {
                propensities.put(action, propensity);
            }
        }
        return propensities;
    }

    /** The index of the first guardrail whose condition holds; -1 if none does. */
    private int firstGuardrail(Score score) {
        for (int i = 0; i < guardrails.length; i++) {
            if (guardrails[i].condition().holds(score)) {
                return i;
            }
        }
        return -1;
    }

    private List<String> misfits(SignalSchema schema) {
        if (guardrails.length == 0) {
            return List.of();
        }
        Fit fit = lastFit;
        if (fit == null || !fit.schema().equals(schema)) {
            fit = new Fit(
                    schema,
                    policy.misfits(schema).stream().map(Misfit::sentence).toList());
            lastFit = fit;
        }
        return fit.misfits();
    }

    /** The index of the band of a probability; -1 if there is none to decide on. */
    private int plainBand(boolean isDefined, double probability) {
        return isDefined ? policy.bandIndex(probability) : -1;
    }

    /** The index of the band to decide by, given that of the probability alone. */
    private int bandIndex(double probability, int plain, DecisionContext context) {
        String previous = context.segmentOrNull();
        return previous == null ? plain : policy.bandIndex(probability, policy.indexOf(previous));
    }

    @Override
    public DecidedBatch decide(ScoredBatch scores, IntFunction<DecisionContext> contexts) {
        DecisionContext[] byRow = new DecisionContext[scores.rows()];
        Arrays.setAll(byRow, contexts);
        return decide(scores, byRow);
    }

    @Override
    public DecidedBatch decide(ScoredBatch scores) {
        return decide(scores, NOTHING_KNOWN);
    }

    private DecidedBatch decide(ScoredBatch scores, DecisionContext[] contexts) {
        int[] outcomes = new int[scores.rows()];
        boolean drawing = (control != null || exploration != null) && contexts.length > 0;
        int[] overriding = new int[guardrails.length > 0 || drawing ? outcomes.length : 0];
        Reason ofAll = reasonOfAll(scores);
        for (int row = 0; row < outcomes.length; row++) {
            int plain = plainBand(scores.isDefined(row), scores.probability(row));
            if (ofAll != null || plain < 0) {
                Reason reason = scores.batch().isRefused(row)
                        ? Reason.INVALID_SIGNALS
                        : ofAll != null ? ofAll : Reason.UNDEFINED_PROBABILITY;
                outcomes[row] = DecidedColumns.outcome(reason);
                continue;
            }
            DecisionContext context = contexts.length == 0 ? DecisionContext.NONE : contexts[row];
            outcomes[row] = bandIndex(scores.probability(row), plain, context);
            int guardrail = guardrails.length == 0
                    ? -1
                    : firstGuardrail(scores.score(row).orElseThrow());
            if (guardrail >= 0) {
                overriding[row] = guardrail + 1;
            } else if (!scores.isSufficient(row)) {
                outcomes[row] = DecidedColumns.outcome(Reason.INSUFFICIENT_EVIDENCE);
            } else if (drawing) {
                overriding[row] = drawn(outcomes[row], context);
            }
        }
        return new DecidedColumns(this, policy, scores, contexts, outcomes, overriding);
    }

    /** Why no row of a batch can be decided; null if there is no such reason. */
    private @Nullable Reason reasonOfAll(ScoredBatch scores) {
        if (!policy.model().isMetBy(scores.model())) {
            return Reason.OTHER_MODEL;
        }
        return misfits(scores.batch().schema()).isEmpty() ? null : Reason.POLICY_DOES_NOT_FIT;
    }

    static Fallback refused(List<Violation> violations, Policy policy, ModelReference model) {
        return new Fallback(
                Reason.INVALID_SIGNALS,
                violations.stream().map(Violation::message).toList(),
                policy.fallbackAction(),
                model,
                policy.reference(),
                null);
    }

    private Fallback otherModel(Score score) {
        ModelReference model = score.model();
        return fallback(
                score,
                Reason.OTHER_MODEL,
                List.of("policy " + policy + " is tuned for model " + policy.model() + "; the score is of model "
                        + Wording.quoted(model.name()) + " with digest " + model.digest()));
    }

    private Fallback undefined(Score score) {
        return fallback(
                score,
                Reason.UNDEFINED_PROBABILITY,
                List.of(
                        score.isForeign()
                                ? "model " + score.model() + " gave no probability to decide on"
                                : "the score has log-odds " + score.logOdds() + ": a signal is too large for its shape,"
                                        + " so there is no probability to decide on"));
    }

    private Fallback fallback(Score score, Reason reason, List<String> details) {
        return new Fallback(reason, details, policy.fallbackAction(), score.model(), policy.reference(), score);
    }
}
