package io.conversion.policy.history;

import io.conversion.core.artifact.InvalidArtifactException;
import io.conversion.policy.Policy;
import io.conversion.policy.history.PolicyChange.Pin;
import io.conversion.policy.history.PolicyChange.Publish;
import io.conversion.policy.history.PolicyChange.RollBack;
import io.conversion.policy.history.PolicyChange.Unpin;
import io.conversion.policy.internal.MomentLimit;
import io.conversion.policy.internal.Wording;
import io.conversion.policy.signing.SigningKeys;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All versions of one policy, oldest first, in a folder to which entries are only ever added.
 *
 * <p>Each entry is a file of its own, which holds the digest of the entry before it. Loading checks all of them, so that
 * an entry that was changed, replaced or left out is refused; that the last entries are gone can only be told by the
 * digest of the head. A history in memory is what was in the folder
 * when it was loaded: immutable and safe to share between threads. A change answers the history with the change in it,
 * and is refused as stale if somebody else changed the folder in the meantime; any number of threads and processes may
 * try. A process that is killed at any moment leaves the history as it was before the change or after it. The file
 * format is described in {@code docs/policy-history.md}.
 */
public final class PolicyHistory {

    private static final Logger LOG = LoggerFactory.getLogger(PolicyHistory.class);

    private final HistoryFolder folder;
    private final List<HistoryEntry> entries;

    private final MomentLimit latest;

    private PolicyHistory(HistoryFolder folder, List<HistoryEntry> entries, MomentLimit latest) {
        this.folder = folder;
        this.latest = latest;
        this.entries = List.copyOf(entries);
    }

    /**
     * Loads a history and checks it completely.
     *
     * @param folder the folder; an empty one is a history without entries
     * @return the history
     * @throws IOException if the folder does not exist or cannot be read
     * @throws InvalidArtifactException if a file is missing, is no entry, or does not follow the one before it
     */
    public static PolicyHistory load(Path folder) throws IOException {
        return load(new HistoryFolder(folder));
    }

    /**
     * Loads a history and checks it completely, its signatures, too. Changes on top of it are signed. Entries before the
     * first signed one may be without a signature, and {@link HistoryEntry#signedBy()} says so; none after it may.
     *
     * @param folder the folder; an empty one is a history without entries
     * @param keys the keys; the first one signs
     * @return the history
     * @throws IOException if the folder does not exist or cannot be read
     * @throws InvalidArtifactException if a file is missing, is no entry, does not follow the one before it, or is not as
     *     somebody with a key wrote it
     */
    public static PolicyHistory load(Path folder, SigningKeys keys) throws IOException {
        return load(new HistoryFolder(folder, keys));
    }

    private static PolicyHistory load(HistoryFolder files) throws IOException {
        PolicyHistory history = new PolicyHistory(files, files.read(), MomentLimit.NONE);
        LOG.info("loaded {} entries of a policy history from {}", history.entries.size(), files.path());
        return history;
    }

    /**
     * The same history, which refuses changes with a moment ahead of a clock. No later change can be before such a moment,
     * so a single one that is years ahead would close the history for years.
     *
     * @param clock the caller's clock; the history reads no other one
     * @param tolerance how far ahead of the clock a moment may be; not negative
     * @return the history, for changes on top of it
     * @throws IllegalArgumentException if the tolerance is negative
     */
    public PolicyHistory withClock(InstantSource clock, Duration tolerance) {
        return new PolicyHistory(folder, entries, new MomentLimit(clock, tolerance));
    }

    /**
     * Adds a version. It is in force from its publication on or, where {@link Policy#effectiveFrom()} is later, from then
     * on.
     *
     * @param policy the version, of the name that the other ones have, and of a version that none of them has
     * @param publication when, by whom and why
     * @return the history with the version
     * @throws IllegalArgumentException if the version does not fit the history; the message lists every problem
     * @throws StaleHistoryException if the folder was changed after this history was loaded; nothing is written then
     * @throws IOException if the entry cannot be written
     */
    public PolicyHistory publish(Policy policy, Publication publication) throws IOException {
        return add(new Publish(policy), publication);
    }

    /**
     * Adds a version with the content of an earlier one.
     *
     * @param restores the earlier version
     * @param version what the new version is to be called
     * @param publication when, by whom and why
     * @return the history with the new version
     * @throws IllegalArgumentException if there is no such earlier version, or the new one does not fit the history
     * @throws StaleHistoryException if the folder was changed after this history was loaded; nothing is written then
     * @throws IOException if the entry cannot be written
     */
    public PolicyHistory rollBack(String restores, String version, Publication publication) throws IOException {
        folder.refuseIfStale(entries);
        Policy earlier = version(restores)
                .orElseThrow(() -> new IllegalArgumentException(folder.path() + " has no version "
                        + Wording.quoted(restores) + " to roll back to; it has " + versions()));
        return add(RollBack.to(earlier, version), publication);
    }

    /**
     * Holds one version in force from the moment of publication on, whatever else is published, until the history is
     * unpinned or another version is pinned.
     *
     * @param version the version
     * @param publication when, by whom and why
     * @return the history with the pin
     * @throws IllegalArgumentException if there is no such version
     * @throws StaleHistoryException if the folder was changed after this history was loaded; nothing is written then
     * @throws IOException if the entry cannot be written
     */
    public PolicyHistory pin(String version, Publication publication) throws IOException {
        return add(new Pin(version), publication);
    }

    /**
     * Ends a pin.
     *
     * @param publication when, by whom and why
     * @return the history without the pin
     * @throws IllegalArgumentException if no version is pinned
     * @throws StaleHistoryException if the folder was changed after this history was loaded; nothing is written then
     * @throws IOException if the entry cannot be written
     */
    public PolicyHistory unpin(Publication publication) throws IOException {
        return add(new Unpin(), publication);
    }

    private PolicyHistory add(PolicyChange change, Publication publication) throws IOException {
        // First of all, since what is wrong with a change may be right on top of what others did.
        folder.refuseIfStale(entries);
        HistoryEntry entry = new HistoryEntry(
                entries.size() + 1, head().map(HistoryEntry::digest).orElse(null), change, publication);
        List<InvalidArtifactException.Problem> problems = new ArrayList<>();
        HistoryCheck.check(entries, entry, problems::add);
        if (latest.isBeyond(publication.moment())) {
            problems.add(new InvalidArtifactException.Problem(
                    "/published",
                    publication.moment().toString(),
                    "that is ahead of the clock, which says " + latest.clock().instant()
                            + "; no change could be made before it: correct the moment"));
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(folder.path() + " cannot have this entry: "
                    + problems.stream().map(String::valueOf).collect(Collectors.joining("\n  ")));
        }
        SigningKeys keys = folder.keys();
        if (keys != null) {
            entry = entry.with(EntrySignature.of(entry.digest(), keys.signing()));
        } else if (head().flatMap(HistoryEntry::signedBy).isPresent()) {
            throw new IllegalArgumentException(
                    folder.path() + " is signed, and this entry would have no signature; load"
                            + " the history with its keys, and make the change on top of it");
        }
        folder.create(entry);
        LOG.info("added {} to the policy history {}", entry, folder.path());
        List<HistoryEntry> all = new ArrayList<>(entries);
        all.add(entry);
        return new PolicyHistory(folder, all, latest);
    }

    /**
     * The policy in force at a moment, as far as this history knows: the pinned version if one is pinned then, else the
     * last version that was published by then and is effective by then. So a version replaces all that were published
     * before it, also one that would have become effective later; and what was in force at a moment does not change by
     * anything that is published after it.
     *
     * @param moment the moment
     * @return the policy; empty if none is in force
     */
    public Optional<Policy> at(Instant moment) {
        return entryAt(moment)
                .flatMap(entry -> entry.change() instanceof Pin pin
                        ? version(pin.version())
                        : entry.change().added());
    }

    /**
     * Why the policy {@linkplain #at in force at a moment} is: the entry that pinned it, else the one that added it.
     *
     * @param moment the moment
     * @return the entry; empty if no policy is in force
     */
    public Optional<HistoryEntry> entryAt(Instant moment) {
        List<HistoryEntry> published = entries.stream()
                .filter(entry -> !entry.publication().moment().isAfter(moment))
                .toList();
        return pin(published)
                .or(() -> published.stream()
                        .filter(entry -> !entry.countsFrom().isAfter(moment))
                        .filter(entry -> entry.change().added().isPresent())
                        .reduce((earlier, later) -> later));
    }

    /** The pin that holds after the last of some entries. */
    static Optional<HistoryEntry> pin(List<HistoryEntry> entries) {
        return entries.stream()
                .filter(entry -> entry.change() instanceof Pin || entry.change() instanceof Unpin)
                .reduce((earlier, later) -> later)
                .filter(entry -> entry.change() instanceof Pin);
    }

    /**
     * One version of the policy.
     *
     * @param version the version
     * @return the policy; empty if the history does not have it
     */
    public Optional<Policy> version(String version) {
        return version(entries, version);
    }

    static Optional<Policy> version(List<HistoryEntry> entries, String version) {
        return entries.stream()
                .flatMap(entry -> entry.change().added().stream())
                .filter(policy -> policy.version().equals(version))
                .findFirst();
    }

    /**
     * All entries, oldest first.
     *
     * @return the entries, none for an empty folder
     */
    public List<HistoryEntry> entries() {
        return entries;
    }

    /**
     * The last entry, on top of which a change is made.
     *
     * @return the entry; empty if there is none
     */
    public Optional<HistoryEntry> head() {
        return entries.isEmpty() ? Optional.empty() : Optional.of(entries.get(entries.size() - 1));
    }

    private String versions() {
        return Wording.quoted(entries.stream()
                .flatMap(entry -> entry.change().added().stream())
                .map(Policy::version)
                .toList());
    }

    /** The folder and the number of entries. */
    @Override
    public String toString() {
        return folder.path() + " (" + entries.size() + " entries)";
    }
}
