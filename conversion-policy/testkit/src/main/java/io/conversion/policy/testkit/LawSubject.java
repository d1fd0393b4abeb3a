package io.conversion.policy.testkit;

import io.conversion.core.ConversionModel;
import io.conversion.core.Score;
import io.conversion.policy.Band;
import io.conversion.policy.DecisionContext;
import io.conversion.policy.Guardrail;
import io.conversion.policy.Policy;
import io.conversion.policy.PolicyEngine;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What the laws are checked on.
 *
 * @param policy the policy of the user
 * @param scores scores with chosen probabilities for it
 * @param engine the engine for the scores of {@code model}
 * @param model the model of the user, or in place of one that of the chosen scores
 */
record LawSubject(Policy policy, ChosenScores scores, PolicyEngine engine, ConversionModel model) {

    static LawSubject of(Policy policy, Optional<ConversionModel> model) {
        ChosenScores scores = ChosenScores.of(policy);
        return model.isPresent()
                ? new LawSubject(policy, scores, PolicyEngine.of(policy), model.get())
                : new LawSubject(policy, scores, scores.engine(), scores.model());
    }

    /** Reports a law that is broken if the answer found is not the expected one. */
    void require(String law, String where, Object expected, Object found) {
        if (!Objects.equals(expected, found)) {
            throw broken(law, where + ": expected " + expected + ", found " + found);
        }
    }

    AssertionError broken(String law, String how) {
        return new AssertionError("policy " + policy + " breaks the law \"" + law + "\"\n  " + how);
    }

    /** A number with all its digits. */
    static String at(double number) {
        return "probability " + number;
    }

    /** A score and what else is known, without the values of signals that are missing. */
    static String at(Score score, DecisionContext context) {
        return at(score.probability()) + " (log-odds " + score.logOdds() + ") of signals "
                + score.signals()
                + context.previousSegment()
                        .map(segment -> " after segment \"" + segment + "\"")
                        .orElse("")
                + context.userKey().map(key -> " with key \"" + key + "\"").orElse("");
    }

    /** A band in words. */
    String text(Optional<Band> band) {
        if (band.isEmpty()) {
            return "no band";
        }
        List<Band> bands = policy.bands();
        int next = bands.indexOf(band.get()) + 1;
        return "band \"" + band.get().segment() + "\" (from " + band.get().from()
                + (next < bands.size() && next > 0
                        ? " to below " + bands.get(next).from()
                        : " to 1") + ", action \""
                + band.get().action() + "\")";
    }

    /** A guardrail in words. */
    static String guardrail(Optional<Guardrail> guardrail) {
        return guardrail
                .map(one -> "guardrail \"" + one.name() + "\" (" + one.condition() + ")")
                .orElse("no guardrail");
    }
}
