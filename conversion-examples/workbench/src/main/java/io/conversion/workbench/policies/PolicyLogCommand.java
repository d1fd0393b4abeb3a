package io.conversion.workbench.policies;

import io.conversion.policy.Policy;
import io.conversion.policy.history.HistoryEntry;
import io.conversion.policy.history.PolicyChange;
import io.conversion.policy.history.PolicyChange.Pin;
import io.conversion.policy.history.PolicyChange.RollBack;
import io.conversion.policy.history.PolicyChange.Unpin;
import io.conversion.policy.history.PolicyHistory;
import io.conversion.policy.history.Publication;
import io.conversion.policy.review.PolicyDiff;
import io.conversion.workbench.console.Console;
import io.conversion.workbench.console.Numbers;
import io.conversion.workbench.console.TextTable;
import io.conversion.workbench.console.Wording;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows the history of a policy. */
@Command(
        name = "log",
        header = "Shows the versions of a policy, and which was in force when.",
        description = {
            "Checks every entry first, and refuses a history in which one is missing, was",
            "changed or replaced. That the last entries are gone cannot be told from the",
            "rest: keep the digest of the last entry elsewhere to notice."
        },
        customSynopsis = "workbench policy log --history DIR [--changes]%n                       [--key-file FILE]",
        footer = "  workbench policy log --history policies/offers --changes")
final class PolicyLogCommand implements Callable<Integer> {

    @Mixin
    private Console console;

    @Mixin
    private HistoryFolderOption source;

    @Option(names = "--changes", description = "Also says what each version changes against the one before.")
    private boolean changes;

    @Override
    public Integer call() throws IOException {
        PolicyHistory history = source.load();
        PrintWriter out = console.out();
        HistoryEntry head = history.head().orElse(null);
        if (head == null) {
            out.println(source.folder() + " has no entry yet");
            return 0;
        }
        String name = HistoryChange.lastVersion(history).map(Policy::name).orElseThrow();
        out.println("history of policy " + Wording.quoted(name) + ", "
                + (head.sequence() == 1 ? "1 entry:" : Numbers.count(head.sequence()) + " entries:"));
        printEntries(history.entries(), out);
        if (changes) {
            printChanges(history.entries(), out);
        }
        out.println("in force:");
        TextTable periods = new TextTable("lll").row("from", "version", "by");
        InForce.after(history, Instant.MIN)
                .forEach(period -> periods.row(
                        period.from().toString(),
                        period.policy().version(),
                        period.by().toString()));
        periods.print(out);
        out.println("digest of the last entry: " + head.digest());
        printSignatures(history.entries(), out);
        return 0;
    }

    /** Nothing of a history without signatures, unless keys were given to verify some. */
    private void printSignatures(List<HistoryEntry> entries, PrintWriter out) {
        long signed =
                entries.stream().filter(entry -> entry.signedBy().isPresent()).count();
        if (signed > 0 || source.verifies()) {
            long unsigned = entries.size() - signed;
            out.println("signed: " + Numbers.count(signed) + (signed == 1 ? " entry" : " entries")
                    + (signed == 0 ? "" : source.verifies() ? ", verified" : ", not verified: give --key-file")
                    + "; unsigned: " + Numbers.count(unsigned) + (unsigned == 1 ? " entry" : " entries"));
        }
    }

    private static void printEntries(List<HistoryEntry> entries, PrintWriter out) {
        TextTable table = new TextTable("rllll").row("entry", "published", "author", "change", "note");
        for (HistoryEntry entry : entries) {
            Publication publication = entry.publication();
            table.row(
                    String.valueOf(entry.sequence()),
                    publication.moment().toString(),
                    publication.author(),
                    describe(entry),
                    Wording.oneLine(publication.note()));
        }
        table.print(out);
    }

    private static void printChanges(List<HistoryEntry> entries, PrintWriter out) {
        Policy before = null;
        for (HistoryEntry entry : entries) {
            Policy added = entry.change().added().orElse(null);
            if (before != null && added != null) {
                PolicyDiffCommand.print(PolicyDiff.of(before, added), out);
            }
            before = added == null ? before : added;
        }
    }

    /** Such as {@code publish 2, from 2026-12-01T00:00:00Z on}. */
    private static String describe(HistoryEntry entry) {
        PolicyChange change = entry.change();
        if (change instanceof Pin pin) {
            return "pin " + pin.version();
        } else if (change instanceof Unpin) {
            return "unpin";
        }
        String version = change.added().map(Policy::version).orElseThrow();
        String done = change instanceof RollBack rollBack
                ? "roll back to " + rollBack.restores() + " as " + version
                : "publish " + version;
        Instant from = entry.countsFrom();
        return from.equals(entry.publication().moment()) ? done : done + ", from " + from + " on";
    }
}
