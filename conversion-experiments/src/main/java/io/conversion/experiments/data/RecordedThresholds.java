package io.conversion.experiments.data;

import io.conversion.experiments.Finding;
import io.conversion.experiments.threshold.ThresholdEffect;
import io.conversion.experiments.threshold.ThresholdPlan;
import io.conversion.experiments.threshold.ThresholdUsers;
import io.conversion.policy.Band;
import io.conversion.policy.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The decisions of a policy on record, joined with what users did afterwards, around the bounds of the policy. Users whom its
 * margin or a guardrail decided about are told apart from those whom a bound decided about; so are those of the control group
 * and of exploration. Immutable and safe to share between threads.
 *
 * @param policy the policy that was in force
 * @param metric the outcome
 * @param users its decisions by calibrated probability, the first of each user, with their outcomes
 * @param findings what was left out, and why
 * @param sources what it was made of
 */
public record RecordedThresholds(
        Policy policy, String metric, ThresholdUsers users, List<Finding> findings, Map<String, String> sources) {

    /** Copies the collections. {@inheritDoc} */
    public RecordedThresholds {
        findings = List.copyOf(findings);
        sources = Map.copyOf(sources);
    }

    /**
     * The effect at each bound where the action changes, each among users between the bounds on its sides where it changes, too.
     *
     * @param plan what is asked at each bound, whatever its own bound and action
     * @return an answer for each of those bounds, in ascending order; none if all bands have the same action
     */
    public List<ThresholdEffect> effects(ThresholdPlan plan) {
        List<Band> starts = new ArrayList<>();
        for (Band band : policy.bands()) {
            if (starts.isEmpty() || !starts.get(starts.size() - 1).action().equals(band.action())) {
                starts.add(band);
            }
        }
        List<ThresholdEffect> answers = new ArrayList<>();
        for (int i = 1; i < starts.size(); i++) {
            double to = i + 1 < starts.size() ? starts.get(i + 1).from() : Double.POSITIVE_INFINITY;
            answers.add(ThresholdEffect.of(
                    plan.withBound(starts.get(i).from())
                            .withAction(starts.get(i).action()),
                    users.between(starts.get(i - 1).from(), to)));
        }
        return answers;
    }
}
