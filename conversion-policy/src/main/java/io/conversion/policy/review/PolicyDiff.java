package io.conversion.policy.review;

import io.conversion.policy.Band;
import io.conversion.policy.Policy;
import io.conversion.policy.PolicyReference;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What is different in another version of a policy: exactly which probabilities get another action or segment, which
 * guardrails are new, gone, moved or changed, and what else says something else. Versions and digests, by which policies
 * are told apart, are no difference. Immutable and safe to share between threads.
 */
public final class PolicyDiff {

    private final PolicyReference before;
    private final PolicyReference after;
    private final List<BandChange> bands;
    private final List<GuardrailChange> guardrails;
    private final List<FieldChange> fields;

    private PolicyDiff(Policy before, Policy after) {
        this.before = before.reference();
        this.after = after.reference();
        this.bands = bandChanges(before, after);
        this.guardrails = GuardrailComparison.of(before.guardrails(), after.guardrails());
        this.fields = FieldComparison.of(before, after);
    }

    /**
     * Compares two policies.
     *
     * @param before the old one
     * @param after the new one
     * @return their difference; empty for a policy and itself
     */
    public static PolicyDiff of(Policy before, Policy after) {
        return new PolicyDiff(before, after);
    }

    /** Each interval between two bounds of either policy has one band of each; neighbours that say the same are one. */
    private static List<BandChange> bandChanges(Policy before, Policy after) {
        TreeSet<Double> bounds = new TreeSet<>();
        Stream.concat(before.bands().stream(), after.bands().stream()).forEach(band -> bounds.add(band.from() + 0.0));
        List<BandChange> changes = new ArrayList<>();
        for (double from : bounds) {
            Double next = bounds.higher(from);
            double to = next == null ? 1 : next;
            Band old = before.bandOf(from).orElseThrow();
            Band now = after.bandOf(from).orElseThrow();
            if (saysTheSame(old, now)) {
                continue;
            }
            BandChange last = changes.isEmpty() ? null : changes.get(changes.size() - 1);
            if (last != null
                    && last.to() == from
                    && saysTheSame(last.before(), old)
                    && saysTheSame(last.after(), now)) {
                changes.set(
                        changes.size() - 1, new BandChange(last.from(), to, next == null, last.before(), last.after()));
            } else {
                changes.add(new BandChange(from, to, next == null, old, now));
            }
        }
        return List.copyOf(changes);
    }

    private static boolean saysTheSame(Band one, Band other) {
        return one.segment().equals(other.segment()) && one.action().equals(other.action());
    }

    /**
     * The old policy.
     *
     * @return its reference
     */
    public PolicyReference before() {
        return before;
    }

    /**
     * The new policy.
     *
     * @return its reference
     */
    public PolicyReference after() {
        return after;
    }

    /**
     * The probabilities whose band says something else, for users without a previous band whom no guardrail and no
     * control group concerns.
     *
     * @return the largest such intervals, in ascending order
     */
    public List<BandChange> bands() {
        return bands;
    }

    /**
     * The guardrails that are different.
     *
     * @return those that are gone, in their old order; then those that are new, moved or changed, in their new order
     */
    public List<GuardrailChange> guardrails() {
        return guardrails;
    }

    /**
     * Everything else that is different.
     *
     * @return the fields, in the order of the file
     */
    public List<FieldChange> fields() {
        return fields;
    }

    /**
     * Tells whether the two policies decide the same and say the same.
     *
     * @return whether there is no difference but that of version and digest
     */
    public boolean isEmpty() {
        return bands.isEmpty() && guardrails.isEmpty() && fields.isEmpty();
    }

    /**
     * All differences in words.
     *
     * @return a sentence for each: bands, guardrails, other fields; none if there is no difference
     */
    public List<String> sentences() {
        List<String> sentences = new ArrayList<>();
        bands.forEach(change -> sentences.add(change.sentence()));
        guardrails.forEach(change -> sentences.add(change.sentence()));
        fields.forEach(change -> sentences.add(change.sentence()));
        return List.copyOf(sentences);
    }

    /** The sentences, a line each. */
    @Override
    public String toString() {
        return isEmpty() ? "no difference" : String.join("\n", sentences());
    }
}
