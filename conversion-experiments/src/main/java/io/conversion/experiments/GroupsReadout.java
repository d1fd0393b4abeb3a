package io.conversion.experiments;

import java.util.List;

/**
 * The effect of an arm on the primary metric, by what was known of users before: groups of about as many users each, in the order
 * of a covariate, such as the recorded probability. Whether groups differ at all is tested first, and the effects of groups are
 * given only if they do. Immutable and safe to share between threads.
 *
 * @param arm the arm
 * @param covariate what the groups are made by
 * @param pValue the p-value of no difference between groups, corrected by Holm for their number, by the intervals that decide
 * @param groups the groups with their effects, ascending; none if a difference is not shown
 * @param together the effect over all users, of the groups put together by their size: what they differ in before is no error any
 *     more
 */
public record GroupsReadout(String arm, String covariate, double pValue, List<Group> groups, EffectReadout together) {

    /** Copies the list. {@inheritDoc} */
    public GroupsReadout {
        groups = List.copyOf(groups);
    }

    /**
     * A group of users.
     *
     * @param from the smallest value of the covariate
     * @param to the largest one
     * @param users the users of both arms
     * @param effect the effect; its intervals hold for all groups together
     */
    public record Group(double from, double to, long users, EffectReadout effect) {}
}
