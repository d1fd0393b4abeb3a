package io.conversion.policy.testkit;

import io.conversion.core.Score;
import io.conversion.policy.Band;
import io.conversion.policy.ControlGroup;
import io.conversion.policy.Decision;
import io.conversion.policy.Decision.Banded;
import io.conversion.policy.Decision.Reason;
import io.conversion.policy.DecisionContext;
import io.conversion.policy.Exploration;
import io.conversion.policy.Guardrail;
import io.conversion.policy.Policy;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a policy answers by its documentation, written a second time and as plainly as can be: the laws compare the engine
 * with it.
 *
 * @param reason why
 * @param band the band; null for a fallback
 * @param action what the host is to do
 */
record DocumentedDecision(Reason reason, @Nullable Band band, String action) {

    static DocumentedDecision of(Policy policy, Score score, DecisionContext context) {
        if (!policy.model().isMetBy(score.model())) {
            return fallback(policy, Reason.OTHER_MODEL);
        }
        if (!policy.misfits(score.signals().schema()).isEmpty()) {
            return fallback(policy, Reason.POLICY_DOES_NOT_FIT);
        }
        Optional<Band> plain = plainBand(policy, score.probability());
        if (!Double.isFinite(score.logOdds()) || plain.isEmpty()) {
            return fallback(policy, Reason.UNDEFINED_PROBABILITY);
        }
        Band band = heldBand(policy, score.probability(), context).orElse(plain.get());
        for (Guardrail guardrail : policy.guardrails()) {
            if (guardrail.condition().holds(score)) {
                return new DocumentedDecision(Reason.GUARDRAIL, band, guardrail.action());
            }
        }
        if (!score.evidence().isSufficient()) {
            return fallback(policy, Reason.INSUFFICIENT_EVIDENCE);
        }
        Optional<ControlGroup> control = policy.control();
        if (control.isPresent()
                && context.userKey().filter(control.get()::includes).isPresent()) {
            return new DocumentedDecision(Reason.CONTROL, band, control.get().action());
        }
        Optional<Exploration> exploration = policy.exploration();
        if (exploration.isPresent() && context.userKey().isPresent()) {
            Exploration explored = exploration.get();
            List<String> among = explored.alternatives().getOrDefault(band.segment(), List.of());
            double draw = explored.draw(context.userKey().get());
            for (int i = 0; i < among.size(); i++) {
                // The share is cut into as many equal parts as there are alternatives; the last one ends with it.
                if (draw < explored.share()
                        && (i == among.size() - 1 || draw / explored.share() * among.size() < i + 1)) {
                    return new DocumentedDecision(Reason.EXPLORATION, band, among.get(i));
                }
            }
        }
        return new DocumentedDecision(band.equals(plain.get()) ? Reason.BAND : Reason.HELD_BAND, band, band.action());
    }

    /** What an answer says, to be compared. */
    static DocumentedDecision of(Decision decision) {
        Band band = decision instanceof Banded banded ? banded.band() : null;
        return new DocumentedDecision(decision.reason(), band, decision.action());
    }

    /** The last band whose lower bound is not above a number, if that is a probability. */
    static Optional<Band> plainBand(Policy policy, double number) {
        return number >= 0 && number <= 1
                ? policy.bands().stream().filter(band -> band.from() <= number).reduce((lower, upper) -> upper)
                : Optional.empty();
    }

    /** The previous band, if the probability has left it neither upwards nor downwards by the margin. */
    static Optional<Band> heldBand(Policy policy, double probability, DecisionContext context) {
        List<Band> bands = policy.bands();
        for (int i = 0; i < bands.size(); i++) {
            Band band = bands.get(i);
            if (context.previousSegment().filter(band.segment()::equals).isPresent()) {
                boolean isLast = i == bands.size() - 1;
                boolean leftUpwards = !isLast && probability >= bands.get(i + 1).from() + policy.margin();
                boolean leftDownwards = probability < band.from() - policy.margin();
                if (!leftUpwards && !leftDownwards) {
                    return Optional.of(band);
                }
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static DocumentedDecision fallback(Policy policy, Reason reason) {
        return new DocumentedDecision(reason, null, policy.fallbackAction());
    }

    /** The answer in words. */
    @Override
    public String toString() {
        String answer = reason + " with action \"" + action + "\"";
        return band == null
                ? "no decision (" + answer + ")"
                : "band \"" + band.segment() + "\" from " + band.from() + " (" + answer + ")";
    }
}
