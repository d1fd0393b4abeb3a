package io.conversion.policy.testkit;

import io.conversion.core.Score;
import io.conversion.policy.Decision;
import io.conversion.policy.DecisionContext;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One user to show a policy by.
 *
 * @param probability the probability, which the scores of the policy can have exactly
 * @param values the signals of guardrails that are given, by name
 * @param previousSegment the segment of the decision before; null if there was none
 */
record Example(
        double probability,
        Map<String, Object> values,
        @Nullable String previousSegment) {

    Example {
        values = Map.copyOf(values);
    }

    Example previously(String segment) {
        return new Example(probability, values, segment);
    }

    Example at(double otherProbability) {
        return new Example(otherProbability, values, previousSegment);
    }

    /** The same with one signal changed; null for missing. */
    Example with(String signal, @Nullable Object value) {
        Map<String, Object> changed = new TreeMap<>(values);
        if (value == null) {
            changed.remove(signal);
        } else {
            changed.put(signal, value);
        }
        return new Example(probability, changed, previousSegment);
    }

    Score score(ChosenScores scores) {
        return scores.scored(scores.score(probability).logOdds(), values);
    }

    Decision decision(ChosenScores scores) {
        DecisionContext context =
                previousSegment == null ? DecisionContext.NONE : DecisionContext.NONE.previousSegment(previousSegment);
        return scores.engine().decide(score(scores), context);
    }
}
