package io.conversion.experiments.value;

import io.conversion.experiments.statistics.Inference;
import io.conversion.experiments.statistics.OffPolicySequence;
import io.conversion.experiments.value.ValueAnswer.Interval;
import java.util.Arrays;
import org.apache.commons.statistics.distribution.TDistribution;
import org.jspecify.annotations.Nullable;

/** The intervals of a value, at an error rate and for outcomes of a range. Immutable and safe to share between threads. */
final class ValueIntervals {

    private final double alpha;
    private final double @Nullable [] outcomes;

    /** With the lowest and the highest outcome that is possible; null if they are not declared. */
    ValueIntervals(double alpha, double @Nullable [] outcomes) {
        this.alpha = alpha;
        this.outcomes = outcomes;
    }

    double alpha() {
        return alpha;
    }

    ValueIntervals alpha(double rate) {
        return new ValueIntervals(rate, outcomes);
    }

    /** With as many degrees of freedom as there are effective users less one. */
    Interval student(ValueEstimate estimate, double effective) {
        double degrees = Math.max(1, effective - 1);
        double reach = estimate.standardError() == 0
                ? 0
                : estimate.standardError() * TDistribution.of(degrees).inverseCumulativeProbability(1 - alpha / 2);
        return new Interval(estimate.value() - reach, estimate.value() + reach);
    }

    /** Maurer and Pontil (2009), theorem 4, with half of the error rate at each end; the error over users holds the variance. */
    Interval bernstein(ValueEstimate estimate, double[] terms) {
        double log = Math.log(4 / alpha);
        double range = Arrays.stream(terms).max().orElse(0)
                - Arrays.stream(terms).min().orElse(0);
        double reach =
                estimate.standardError() * Math.sqrt(2 * log) + 7 * range * log / (3 * Math.max(1, terms.length - 1.0));
        return new Interval(estimate.value() - reach, estimate.value() + reach);
    }

    /** An interval without what no reward can bring, unless the estimate itself is out there. */
    Interval possible(LoggedDecisions of, ValueEstimate estimate, Interval interval) {
        if (outcomes == null) {
            return interval;
        }
        double[] rewards = of.rewardRange(outcomes[0], outcomes[1]);
        return new Interval(
                Math.min(estimate.value(), Math.max(rewards[0], interval.lower())),
                Math.max(estimate.value(), Math.min(rewards[1], interval.upper())));
    }

    @Nullable
    Interval anytime(LoggedDecisions of, WeightedRows rows) {
        if (outcomes == null) {
            return null;
        }
        double[] rewards = of.rewardRange(outcomes[0], outcomes[1]);
        if (!(rewards[0] < rewards[1])) {
            return new Interval(rewards[0], rewards[1]);
        }
        OffPolicySequence sequence = new OffPolicySequence(rewards[0], rewards[1]);
        for (int row = 0; row < rows.size(); row++) {
            sequence.add(rows.weight[row], rows.reward[row]);
        }
        Inference at = sequence.at(alpha);
        return new Interval(at.lower(), at.upper());
    }
}
