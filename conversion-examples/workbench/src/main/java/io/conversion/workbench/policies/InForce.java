package io.conversion.workbench.policies;

import io.conversion.policy.Policy;
import io.conversion.policy.history.HistoryEntry;
import io.conversion.policy.history.PolicyHistory;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A policy that is in force from some moment on.
 *
 * @param from the moment
 * @param policy the policy
 * @param by the entry that made it so
 */
record InForce(Instant from, Policy policy, HistoryEntry by) {

    static Optional<InForce> at(PolicyHistory history, Instant moment) {
        return history.entryAt(moment)
                .flatMap(entry -> history.at(moment).map(policy -> new InForce(moment, policy, entry)));
    }

    /** What is in force after a moment, wherever an entry makes a difference, as far as the history knows. */
    static List<InForce> after(PolicyHistory history, Instant moment) {
        List<InForce> changes = new ArrayList<>();
        HistoryEntry last = history.entryAt(moment).orElse(null);
        for (Instant later : history.entries().stream()
                .map(HistoryEntry::countsFrom)
                .filter(moment::isBefore)
                .sorted()
                .distinct()
                .toList()) {
            InForce change = at(history, later).orElse(null);
            if (change != null && change.by() != last) {
                changes.add(change);
                last = change.by();
            }
        }
        return changes;
    }

    /** Says what is in force at a moment, and what will be. */
    static void print(PolicyHistory history, Instant moment, PrintWriter out) {
        out.println("in force at " + moment + ": "
                + at(history, moment).map(InForce::toString).orElse("no policy"));
        printAfter(history, moment, out);
    }

    static void printAfter(PolicyHistory history, Instant moment, PrintWriter out) {
        after(history, moment).forEach(change -> out.println("from " + change.from() + " on: " + change));
    }

    /** Such as {@code policy "offers" 2, by 000003.json (pin)}. */
    @Override
    public String toString() {
        return "policy " + policy.reference() + ", by " + by;
    }
}
