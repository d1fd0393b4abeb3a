package io.conversion.policy.review;

import io.conversion.policy.Band;
import io.conversion.policy.DecisionContext;
import io.conversion.policy.Policy;
import io.conversion.policy.internal.Wording;
import io.conversion.policy.review.Outcome.Kind;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
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

    // Users whose band or draw decided; of whom those whom the margin could not hold, and those who were not drawn.
    private final Set<String> segments;
    private long banded;
    private long withoutSegment;
    private long withoutKey;

    PolicyTally(Policy policy) {
        this.policy = policy;
        this.outcomes = Outcome.of(policy);
        this.users = new long[outcomes.size()];
        this.labelled = new long[users.length];
        this.converted = new long[users.length];
        this.probabilities = Stream.generate(DoubleSummaryStatistics::new)
                .limit(users.length)
                .toArray(DoubleSummaryStatistics[]::new);
        this.segments = policy.bands().stream().map(Band::segment).collect(Collectors.toSet());
    }

    List<Outcome> outcomes() {
        return outcomes;
    }

    void add(int outcome, double probability, DecisionContext context) {
        users[outcome]++;
        if (!Double.isNaN(probability)) {
            probabilities[outcome].accept(probability);
        }
        Kind kind = outcomes.get(outcome).kind();
        if (kind == Kind.BAND || kind == Kind.CONTROL || kind == Kind.EXPLORATION) {
            banded++;
            withoutSegment +=
                    context.previousSegment().filter(segments::contains).isPresent() ? 0 : 1;
            withoutKey += hasDraw(context) ? 0 : 1;
        }
    }

    private boolean hasDraw(DecisionContext context) {
        return context.userKey().isPresent()
                || policy.control().flatMap(of -> boxed(context.draw(of))).isPresent()
                || policy.exploration().flatMap(of -> boxed(context.draw(of))).isPresent();
    }

    private static Optional<Double> boxed(OptionalDouble draw) {
        return draw.stream().boxed().findFirst();
    }

    void addLabel(int outcome, boolean label) {
        labelled[outcome]++;
        converted[outcome] += label ? 1 : 0;
    }

    /** What the numbers do not say because contexts are missing, or are those of one moment. */
    List<String> limits() {
        List<String> limits = new ArrayList<>();
        if (policy.margin() > 0 && withoutSegment > 0) {
            limits.add("Policy " + policy + " holds previous bands by a margin; " + share(withoutSegment)
                    + " came without a previous segment that it has, and count by their plain band.");
        }
        if (policy.margin() > 0 && withoutSegment < banded) {
            limits.add(
                    "Previous segments are taken as they were given: this is the first decision on each user, and not"
                            + " where users are after several.");
        }
        policy.control()
                .filter(any -> withoutKey > 0)
                .ifPresent(control -> limits.add("Policy " + policy
                        + " has a control group of share " + Wording.number(control.share()) + "; " + share(withoutKey)
                        + " came without a key, and count as outside of it."));
        policy.exploration()
                .filter(any -> withoutKey > 0)
                .ifPresent(exploration -> limits.add("Policy " + policy + " draws the actions of a share of "
                        + Wording.number(exploration.share()) + "; " + share(withoutKey)
                        + " came without a key, and count as not drawn."));
        return limits;
    }

    private String share(long some) {
        return Wording.count(some) + " of the " + Wording.count(banded) + " users whose band decides";
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
