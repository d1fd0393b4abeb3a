package io.conversion.workbench.policies;

import io.conversion.policy.Policy;
import io.conversion.policy.history.HistoryEntry;
import io.conversion.policy.history.PolicyHistory;
import io.conversion.policy.history.Publication;
import io.conversion.policy.review.PolicyDiff;
import io.conversion.workbench.console.MomentConverter;
import io.conversion.workbench.console.RefusedInputException;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of every command that adds an entry to the history of a policy. */
final class HistoryChange {

    /** Adds an entry. */
    @FunctionalInterface
    interface Change {
        PolicyHistory of(PolicyHistory history, Publication publication) throws IOException;
    }

    @Mixin
    private HistoryFolderOption source;

    @Option(names = "--author", paramLabel = "NAME", required = true, description = "Who makes the change.")
    private String author;

    @Option(names = "--note", paramLabel = "TEXT", required = true, description = "Why it is made, for people.")
    private String note;

    @Option(
            names = "--moment",
            paramLabel = "MOMENT",
            order = 2,
            converter = MomentConverter.class,
            description = "When the change is made, in UTC, such as 2026-11-22T09:30:00Z; not in the future, and not"
                    + " before the last entry (default: now).")
    private @Nullable Instant moment;

    PolicyHistory load() throws IOException {
        return source.load();
    }

    /** The version that was added last, whether it is in force or not. */
    static Optional<Policy> lastVersion(PolicyHistory history) {
        return history.entries().stream()
                .flatMap(entry -> entry.change().added().stream())
                .reduce((earlier, later) -> later);
    }

    /** Adds an entry to a history, and says what it changes and what is in force then. */
    void make(PolicyHistory before, Change change, PrintWriter out) throws IOException {
        Instant made = moment();
        PolicyHistory after;
        try {
            after = change.of(before, new Publication(made, author, note));
        } catch (IllegalArgumentException e) {
            // A text that no entry holds, or a version that does not follow the others: the message says what.
            throw new RefusedInputException(e);
        }
        HistoryEntry entry = after.head().orElseThrow();
        out.println("added " + entry + " to " + source.folder());
        Optional<Policy> added = entry.change().added();
        if (added.isPresent() && lastVersion(before).isEmpty()) {
            out.println("policy " + added.get().reference() + " is the first version");
        } else if (added.isPresent()) {
            printDifference(lastVersion(before), added, out);
        } else {
            printDifference(before.at(made), after.at(made), out);
        }
        InForce.print(after, made, out);
    }

    private static void printDifference(Optional<Policy> before, Optional<Policy> after, PrintWriter out) {
        boolean differs = !before.map(Policy::reference).equals(after.map(Policy::reference));
        if (differs && before.isPresent() && after.isPresent()) {
            PolicyDiffCommand.print(PolicyDiff.of(before.get(), after.get()), out);
        }
    }

    private Instant moment() {
        Instant now = Instant.now();
        if (moment != null && moment.isAfter(now)) {
            throw new RefusedInputException("--moment is " + moment + ", which is in the future; a change is published"
                    + " when it is made, and the \"effective_from\" of a policy says from when on it applies");
        }
        return moment == null ? now.truncatedTo(ChronoUnit.SECONDS) : moment;
    }
}
