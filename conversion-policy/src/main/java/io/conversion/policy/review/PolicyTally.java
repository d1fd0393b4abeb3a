package io.conversion.policy.review;

import io.conversion.policy.Policy;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Counts users by the outcome of one policy. For one thread. */
final class PolicyTally {

    private final Policy policy;
    private final List<Outcome> outcomes;
    private final long[] users;
    private final long[] labelled;
    private final long[] converted;

    // Sums that carry their rounding errors along.
    private final DoubleSummaryStatistics[] probabilities;

    PolicyTally(Policy policy) {
        this.policy = policy;
        this.outcomes = Outcome.of(policy);
        this.users = new long[outcomes.size()];
        this.labelled = new long[users.length];
        this.converted = new long[users.length];
        this.probabilities = Stream.generate(DoubleSummaryStatistics::new)
                .limit(users.length)
                .toArray(DoubleSummaryStatistics[]::new);
    }

    List<Outcome> outcomes() {
        return outcomes;
    }

    void add(int outcome, double probability) {
        users[outcome]++;
        if (!Double.isNaN(probability)) {
            probabilities[outcome].accept(probability);
        }
    }

    void addLabel(int outcome, boolean label) {
        labelled[outcome]++;
        converted[outcome] += label ? 1 : 0;
    }

    PolicyVolume volume() {
        List<OutcomeVolume> volumes = new ArrayList<>();
        Map<String, Long> byAction = new LinkedHashMap<>();
        policy.actions().forEach(action -> byAction.put(action, 0L));
        for (int i = 0; i < users.length; i++) {
            volumes.add(new OutcomeVolume(
                    outcomes.get(i),
                    users[i],
                    probabilities[i].getCount(),
                    probabilities[i].getSum(),
                    labelled[i] == 0 ? null : new ConversionRate(converted[i], labelled[i])));
            byAction.merge(outcomes.get(i).action(), users[i], Long::sum);
        }
        return new PolicyVolume(policy.reference(), volumes, byAction, policy.capacities());
    }
}
