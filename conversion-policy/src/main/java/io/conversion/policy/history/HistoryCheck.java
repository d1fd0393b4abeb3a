package io.conversion.policy.history;

import io.conversion.core.artifact.InvalidArtifactException.Problem;
import io.conversion.policy.Policy;
import io.conversion.policy.history.PolicyChange.Pin;
import io.conversion.policy.history.PolicyChange.RollBack;
import io.conversion.policy.history.PolicyChange.Unpin;
import io.conversion.policy.internal.Wording;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Finds everything for which an entry cannot follow the entries before it. */
final class HistoryCheck {

    private final List<HistoryEntry> before;
    private final HistoryEntry entry;
    private final Consumer<Problem> problems;

    private HistoryCheck(List<HistoryEntry> before, HistoryEntry entry, Consumer<Problem> problems) {
        this.before = before;
        this.entry = entry;
        this.problems = problems;
    }

    static void check(List<HistoryEntry> before, HistoryEntry entry, Consumer<Problem> problems) {
        HistoryCheck check = new HistoryCheck(before, entry, problems);
        if (before.isEmpty()) {
            entry.predecessor().ifPresent(given -> check.problem("/predecessor", given, "the first entry has none"));
        } else {
            check.chain(before.get(before.size() - 1));
        }
        check.change(entry.change());
    }

    private void chain(HistoryEntry head) {
        String name = HistoryFolder.nameOf(head.sequence());
        String given = entry.predecessor().orElse("missing");
        if (!given.equals(head.digest())) {
            String expected = before.stream()
                    .filter(earlier -> earlier.digest().equals(given))
                    .findFirst()
                    .map(earlier -> "that is " + HistoryFolder.nameOf(earlier.sequence()) + ", which "
                            + HistoryFolder.nameOf(earlier.sequence() + 1)
                            + " follows already, so that the history has two heads: make this change again on top of "
                            + name)
                    .orElse(name + " has " + head.digest()
                            + ": an entry before was replaced, or this one is of another history");
            problem("/predecessor", given, expected);
        }
        Instant earliest = head.publication().moment();
        Instant moment = entry.publication().moment();
        if (moment.isBefore(earliest)) {
            problem("/published", moment.toString(), name + " before it was published at " + earliest);
        }
    }

    private void change(PolicyChange change) {
        change.added().ifPresent(this::added);
        if (change instanceof RollBack rollBack) {
            restored("/restores", rollBack.restores())
                    .filter(earlier -> !isRepeatedBy(rollBack.policy(), earlier))
                    .ifPresent(earlier -> problem(
                            "/policy",
                            "not the content of version " + Wording.quoted(earlier.version()),
                            "a roll back changes nothing but the version"));
        } else if (change instanceof Pin pin) {
            restored("/pins", pin.version());
        } else if (change instanceof Unpin && PolicyHistory.pin(before).isEmpty()) {
            problem("/kind", Wording.quoted(HistoryFormat.kindOf(change)), "no version is pinned");
        }
    }

    private void added(Policy policy) {
        for (HistoryEntry earlier : before) {
            Optional<Policy> other = earlier.change().added();
            if (other.isPresent() && other.get().version().equals(policy.version())) {
                problem(
                        "/policy/version",
                        Wording.quoted(policy.version()),
                        HistoryFolder.nameOf(earlier.sequence()) + " has that version already: give each its own");
            }
        }
        before.stream()
                .flatMap(earlier -> earlier.change().added().stream())
                .map(Policy::name)
                .findFirst()
                .filter(name -> !name.equals(policy.name()))
                .ifPresent(name -> problem(
                        "/policy/name",
                        Wording.quoted(policy.name()),
                        "this is the history of policy " + Wording.quoted(name)
                                + ": keep each policy in a folder of its own"));
    }

    private Optional<Policy> restored(String pointer, String version) {
        Optional<Policy> earlier = PolicyHistory.version(before, version);
        if (earlier.isEmpty()) {
            problem(pointer, Wording.quoted(version), "no entry before has that version");
        }
        return earlier;
    }

    private static boolean isRepeatedBy(Policy policy, Policy earlier) {
        return RollBack.to(earlier, policy.version()).policy().reference().equals(policy.reference());
    }

    private void problem(String pointer, String found, String expected) {
        problems.accept(new Problem(pointer, found, expected));
    }
}
