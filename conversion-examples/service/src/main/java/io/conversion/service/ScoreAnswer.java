package io.conversion.service;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.conversion.core.Contribution;
import io.conversion.core.Score;
import io.conversion.core.signals.Evidence;
import io.conversion.policy.Decision;
import io.conversion.policy.serving.ServedDecision;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What was decided on one user, and why.
 *
 * @param request what the request is called
 * @param probability the calibrated probability of conversion, 0 to 1; null if it is undefined
 * @param logOdds the calibrated log-odds; null if they are undefined
 * @param interval the 95 % Wald interval of the probability; null if the model has none
 * @param segment the segment of the user; null for a fallback
 * @param action what is to be done
 * @param reason why this action
 * @param details the reason in sentences
 * @param propensity the probability of this action, over the draw of the control group
 * @param reasons the signals that move the probability most, strongest first
 * @param evidence what the score rests on
 * @param model the model that scored
 * @param policy the policy that decided
 * @param revision the revision of the pair
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ScoreAnswer(
        String request,

        @Schema(minimum = "0", maximum = "1", example = "0.9982") @Nullable
        Double probability,

        @JsonProperty("log_odds") @Nullable Double logOdds,
        @Nullable Interval interval,
        @Schema(example = "high_intent") @Nullable String segment,
        @Schema(example = "offer_annual_plan") String action,

        @Schema(description = "The reason in one word: of those from invalid_signals on, the action is the fallback's")
        String reason,

        List<String> details,
        double propensity,
        List<SignalReason> reasons,
        EvidenceAnswer evidence,
        ArtifactReference model,
        ArtifactReference policy,
        long revision) {

    private static final double LEVEL = 0.95;
    private static final int STRONGEST = 3;

    /** The answer to a user whose signals were accepted. */
    static ScoreAnswer of(ServedDecision served) {
        Decision decision = served.decision();
        Score score = served.event().score().orElseThrow();
        boolean defined = Double.isFinite(score.logOdds());
        return new ScoreAnswer(
                served.event().request(),
                defined ? score.probability() : null,
                defined ? score.logOdds() : null,
                defined ? score.interval(LEVEL).map(Interval::of).orElse(null) : null,
                decision.segment().orElse(null),
                decision.action(),
                decision.reason().name().toLowerCase(Locale.ROOT),
                decision.details(),
                decision.propensity(),
                defined ? reasons(served, score) : List.of(),
                EvidenceAnswer.of(score.evidence()),
                ArtifactReference.of(decision.model()),
                ArtifactReference.of(decision.policy()),
                served.unit().revision());
    }

    private static List<SignalReason> reasons(ServedDecision served, Score score) {
        return served.unit().scorer().explain(score.signals(), STRONGEST).contributions().stream()
                .filter(contribution -> contribution.direction() != Contribution.Direction.NEITHER)
                .map(SignalReason::of)
                .toList();
    }

    /** An interval of the probability, at a confidence level. */
    record Interval(double lower, double upper, double level) {

        static Interval of(io.conversion.core.ProbabilityInterval interval) {
            return new Interval(interval.lower(), interval.upper(), interval.level());
        }
    }

    /** How much one signal moves the log-odds against the reference user, and why in words. */
    record SignalReason(
            String signal, @JsonProperty("log_odds") double logOdds, String value, String reference, String reason) {

        static SignalReason of(Contribution contribution) {
            return new SignalReason(
                    contribution.signal().name(),
                    contribution.logOdds(),
                    contribution.value(),
                    contribution.referenceValue(),
                    contribution.reason());
        }
    }

    /** The share of the model's weight that was observed, what is short of its minimum, and the rules that stood in. */
    record EvidenceAnswer(
            @JsonProperty("observed_share") double observedShare, List<String> shortfalls, List<RuleApplied> rules) {

        static EvidenceAnswer of(Evidence evidence) {
            return new EvidenceAnswer(
                    evidence.observedShare(),
                    evidence.shortfalls(),
                    evidence.substitutions().stream().map(RuleApplied::of).toList());
        }
    }

    /** A signal that was scored by a rule: missing, clipped, unseen, not_estimated or extrapolated; and its value as it was given. */
    record RuleApplied(String signal, String rule, String given) {

        static RuleApplied of(Evidence.Substitution substitution) {
            return new RuleApplied(
                    substitution.signal(), substitution.rule().name().toLowerCase(Locale.ROOT), substitution.given());
        }
    }
}
