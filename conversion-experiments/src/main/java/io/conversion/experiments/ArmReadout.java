package io.conversion.experiments;

import io.conversion.experiments.statistics.AnytimeRate;
import io.conversion.experiments.statistics.Sample;
import org.jspecify.annotations.Nullable;

/**
 * An arm as it is. Immutable and safe to share between threads.
 *
 * @param name the name of the arm
 * @param sample its users with the mean of the metric and its variance
 * @param rate where the share of an arm by itself can be, however often one looks; null of other metrics, of clusters and without
 *     users
 */
public record ArmReadout(
        String name, Sample sample, @Nullable AnytimeRate rate) {

    /** An arm of independent users. */
    static ArmReadout of(ReadoutPlan plan, Metric metric, String name, Sample sample) {
        boolean hasRate = metric.kind() == Metric.Kind.PROPORTION && sample.users() > 0;
        // Narrowest where the arm is planned to end: at its share of all users, half of them where none was declared.
        double planned = Math.max(1, plan.tunedUsers() * plan.shares().getOrDefault(name, 0.5));
        return new ArmReadout(
                name,
                sample,
                hasRate
                        ? AnytimeRate.of(
                                Math.round(sample.mean() * sample.users()), sample.users(), plan.alpha(), planned)
                        : null);
    }
}
