package io.conversion.policy.records;

import io.conversion.core.ConversionModel;
import io.conversion.core.ModelReference;
import io.conversion.core.Score;
import io.conversion.core.Scorer;
import io.conversion.core.json.ArtifactText;
import io.conversion.core.shapes.Shape;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalReading;
import io.conversion.core.signals.SignalSchema;
import io.conversion.core.signals.Signals;
import io.conversion.policy.Assignment;
import io.conversion.policy.Decision;
import io.conversion.policy.Decision.Banded;
import io.conversion.policy.Decision.Overridden;
import io.conversion.policy.Decision.Reason;
import io.conversion.policy.DecisionContext;
import io.conversion.policy.Guardrail;
import io.conversion.policy.ModelRequirement;
import io.conversion.policy.Policy;
import io.conversion.policy.PolicyEngine;
import io.conversion.policy.internal.Wording;
import io.conversion.policy.records.DecisionRecord.Numbers;
import io.conversion.policy.records.DecisionRecord.Outcome;
import io.conversion.policy.records.PolicyOnRecords.Alternative;
import io.conversion.policy.records.Replayed.Differs;
import io.conversion.policy.records.Replayed.VerifiedInPart;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Replays records whose signals are redacted, by one policy: what follows from the recorded log-odds and evidence. The
 * engine itself decides, by the bands of the policy, on the score of a model whose log-odds are its only signal.
 */
final class RedactedReplay {

    private static final String LOG_ODDS = "log_odds";
    private static final ConversionModel MODEL = ConversionModel.of(
            "recorded log-odds",
            "1",
            SignalSchema.of("recorded log-odds", "1", Signal.numeric(LOG_ODDS)),
            0,
            Map.of(LOG_ODDS, new Shape.Linear(1, 0, 0)));

    private final Policy policy;
    private final PolicyEngine bands;

    RedactedReplay(Policy policy) {
        this.policy = policy;
        this.bands = PolicyEngine.of(Policy.builder(
                        policy.name(),
                        policy.version(),
                        ModelRequirement.named(MODEL.reference().name()))
                .bands(policy.bands())
                .margin(policy.margin())
                .control(policy.control().orElse(null))
                .exploration(policy.exploration().orElse(null))
                .fallbackAction(policy.fallbackAction())
                .build());
    }

    Replayed replay(DecisionRecord record, Scorer scorer) {
        Numbers recorded = record.score();
        if (recorded == null) {
            return new Differs(record, "score", "nothing", "a score, since no violations of signals are recorded");
        }
        boolean isFinite = Double.isFinite(recorded.logOdds());
        // A score that overflowed is refused as a signal; any other one stands in for it, since no band is asked for.
        Signals logOdds = MODEL.schema()
                .signals()
                .set(LOG_ODDS, isFinite ? recorded.logOdds() : 0)
                .build();
        Score score = recorded.isForeign()
                ? Score.of(MODEL.scorer(), logOdds, recorded.probability())
                : MODEL.scorer().score(logOdds);
        boolean isDefined = recorded.isForeign() ? !Double.isNaN(recorded.probability()) : isFinite;
        Optional<Outcome> outcome = outcome(record, scorer, recorded, isDefined, score);
        if (outcome.isEmpty()) {
            return new Differs(
                    record,
                    "outcome/guardrail",
                    ArtifactText.shown(String.valueOf(record.outcome().guardrail())),
                    "no guardrail of this name in the policy");
        }
        DecisionRecord recomputed = record.recomputed(
                scorer,
                policy.reference(),
                new Numbers(
                        recorded.rawLogOdds(),
                        recorded.logOdds(),
                        isFinite ? score.probability() : recorded.probability(),
                        recorded.evidence(),
                        recorded.isForeign()),
                outcome.get());
        return RecordDifference.first(record, recomputed)
                .<Replayed>map(differs -> differs)
                .orElseGet(() -> new VerifiedInPart(record, taken(record)));
    }

    /** What the policy would do by its bands alone with a user of a model. */
    Alternative alternative(@Nullable Numbers recorded, ModelReference model, DecisionContext context) {
        if (recorded == null || !policy.model().isMetBy(model)) {
            return new Alternative(null, Map.of(policy.fallbackAction(), 1.0));
        }
        Scorer standsIn = new RecordedScorer(MODEL.reference(), MODEL.schema(), recorded);
        // Any number does: the stand-in has the recorded probability.
        SignalReading any = MODEL.schema().read(Map.of(LOG_ODDS, 0));
        return new Alternative(
                bands.decide(standsIn, any, context).segment().orElse(null),
                bands.propensities(standsIn, any, context));
    }

    /** What the engine decides on the recorded numbers, in its order; empty for a guardrail that the policy lacks. */
    private Optional<Outcome> outcome(
            DecisionRecord record, Scorer scorer, Numbers recorded, boolean isDefined, Score score) {
        if (!policy.model().isMetBy(scorer.model())) {
            return Optional.of(fallback(record, Reason.OTHER_MODEL));
        } else if (!policy.misfits(scorer.schema()).isEmpty()) {
            return Optional.of(fallback(record, Reason.POLICY_DOES_NOT_FIT));
        } else if (!isDefined) {
            return Optional.of(fallback(record, Reason.UNDEFINED_PROBABILITY));
        }
        Decision decision = bands.decide(score, Replay.context(record));
        if (record.outcome().reason() == Reason.GUARDRAIL) {
            return policy.guardrails().stream()
                    .filter(guardrail ->
                            guardrail.name().equals(record.outcome().guardrail()))
                    .findFirst()
                    .map(guardrail -> overridden((Banded) decision, guardrail, record.assignment()));
        }
        return Optional.of(
                recorded.evidence().isSufficient()
                        ? RecordMaker.outcome(decision, policy, record.assignment())
                        : fallback(record, Reason.INSUFFICIENT_EVIDENCE));
    }

    private Outcome overridden(Banded decision, Guardrail guardrail, @Nullable Assignment assignment) {
        return RecordMaker.outcome(
                new Overridden(decision.score(), decision.band(), guardrail, policy.reference()), policy, assignment);
    }

    private Outcome fallback(DecisionRecord record, Reason reason) {
        return new Outcome(
                reason,
                null,
                List.of(),
                null,
                policy.fallbackAction(),
                record.assignment() == null
                        ? 1
                        : record.assignment().propensities().getOrDefault(policy.fallbackAction(), 1.0),
                record.outcome().details());
    }

    private List<String> taken(DecisionRecord record) {
        List<String> taken = new ArrayList<>();
        if (record.assignment() != null) {
            taken.add(
                    "the arm and the probabilities of actions are taken as recorded, since those of other arms depend on"
                            + " redacted signals");
        }
        if (!record.propensities().isEmpty()) {
            taken.add("the probabilities of other actions are taken as recorded");
        }
        taken.add("signals " + Wording.listed(record.inputs().redacted().keySet())
                + " are redacted, so signals, raw and calibrated log-odds and evidence are taken as recorded");
        if (record.isForeign()) {
            taken.addAll(Replay.foreign(record));
        }
        if (!policy.guardrails().isEmpty()) {
            taken.add("which guardrails hold is taken as recorded");
        }
        return taken;
    }
}
