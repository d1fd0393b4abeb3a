package io.conversion.policy.testkit;

import io.conversion.policy.Band;
import io.conversion.policy.Condition;
import io.conversion.policy.Guardrail;
import io.conversion.policy.Policy;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/**
 * The numbers at which a policy may go wrong: each of its thresholds and the doubles next to it on either side, the ends
 * of the range, and numbers that are no probability.
 *
 * <p>An arbitrary of its own, since jqwik draws doubles with two decimals unless told otherwise, and so never meets the
 * double next to a threshold. Pure and safe to share between threads.
 */
public final class Edges {

    private static final List<Double> OF_ANY_POLICY = List.of(
            0.0,
            -0.0,
            Double.MIN_VALUE,
            -Double.MIN_VALUE,
            Math.nextDown(Double.MIN_NORMAL),
            Double.MIN_NORMAL,
            0.5,
            Math.nextDown(1.0),
            1.0,
            Math.nextUp(1.0),
            -1.0,
            Double.MAX_VALUE,
            -Double.MAX_VALUE,
            Double.NaN,
            Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY);

    private Edges() {}

    /**
     * Draws the edges of a policy.
     *
     * @param policy the policy
     * @return an arbitrary of its edges
     */
    public static Arbitrary<Double> of(Policy policy) {
        return Arbitraries.of(listOf(policy));
    }

    /**
     * The edges of a policy.
     *
     * @param policy the policy
     * @return each threshold, the double below it and the double above it; 0, -0.0, 1, subnormal numbers, NaN, the
     *     infinities and other numbers that are no probability; each once
     */
    public static List<Double> listOf(Policy policy) {
        Set<Double> edges = new LinkedHashSet<>();
        for (double threshold : thresholdsOf(policy)) {
            edges.add(Math.nextDown(threshold));
            edges.add(threshold);
            edges.add(Math.nextUp(threshold));
        }
        edges.addAll(OF_ANY_POLICY);
        return List.copyOf(edges);
    }

    /**
     * The thresholds of a policy: the lower bounds of its bands, the same with its margin on either side, and the
     * thresholds of its conditions on intervals.
     *
     * @param policy the policy
     * @return the thresholds, each once
     */
    public static List<Double> thresholdsOf(Policy policy) {
        Set<Double> thresholds = new LinkedHashSet<>();
        for (Band band : policy.bands()) {
            thresholds.add(band.from());
        }
        if (policy.margin() > 0) {
            for (Band band : policy.bands()) {
                thresholds.add(band.from() - policy.margin());
                thresholds.add(band.from() + policy.margin());
            }
        }
        for (Guardrail guardrail : policy.guardrails()) {
            for (Condition condition : guardrail.condition().parts()) {
                if (condition instanceof Condition.IntervalContains interval) {
                    thresholds.add(interval.threshold());
                }
            }
        }
        return new ArrayList<>(thresholds);
    }
}
