package io.conversion.policy.history;

import io.conversion.core.json.JsonText;
import io.conversion.policy.Policy;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a policy history: what was changed, when, by whom and why, and the digest of the entry before it.
 * Immutable and safe to share between threads.
 */
public final class HistoryEntry {

    private final int sequence;
    private final @Nullable String predecessor;
    private final PolicyChange change;
    private final Publication publication;
    private final String digest;
    private final @Nullable EntrySignature signature;

    HistoryEntry(int sequence, @Nullable String predecessor, PolicyChange change, Publication publication) {
        this(sequence, predecessor, change, publication, null);
    }

    private HistoryEntry(
            int sequence,
            @Nullable String predecessor,
            PolicyChange change,
            Publication publication,
            @Nullable EntrySignature signature) {
        this.signature = signature;
        this.sequence = sequence;
        this.predecessor = predecessor;
        this.change = change;
        this.publication = publication;
        this.digest = JsonText.digest(HistoryFormat.content(this));
    }

    /**
     * The place of the entry in its history.
     *
     * @return 1 for the first one, and one more for each that follows
     */
    public int sequence() {
        return sequence;
    }

    /**
     * The digest of the entry before.
     *
     * @return its {@link #digest}; empty for the first entry
     */
    public Optional<String> predecessor() {
        return Optional.ofNullable(predecessor);
    }

    /**
     * What the entry changes.
     *
     * @return the change
     */
    public PolicyChange change() {
        return change;
    }

    /**
     * When, by whom and why the change was made.
     *
     * @return the publication
     */
    public Publication publication() {
        return publication;
    }

    /**
     * The digest of the entry. It covers the digest of the policy and that of the entry before, and so everything up to
     * this entry.
     *
     * @return {@code sha256:} and 64 hexadecimal digits
     */
    public String digest() {
        return digest;
    }

    /** The same entry with a signature. */
    HistoryEntry with(@Nullable EntrySignature by) {
        return new HistoryEntry(sequence, predecessor, change, publication, by);
    }

    @Nullable
    EntrySignature signature() {
        return signature;
    }

    /**
     * The key that signed the entry. It was verified if the history was loaded with keys.
     *
     * @return the id of the key; empty for an entry without a signature, which whoever can compute a digest may have
     *     changed
     */
    public Optional<String> signedBy() {
        return Optional.ofNullable(signature).map(EntrySignature::key);
    }

    /**
     * From when on the change counts: the moment of its publication or, where the policy that it adds is effective from
     * a later moment, that one.
     *
     * @return the moment
     */
    public Instant countsFrom() {
        Instant published = publication.moment();
        return change.added()
                .flatMap(Policy::effectiveFrom)
                .filter(published::isBefore)
                .orElse(published);
    }

    /** The name of the file and the kind of change, such as {@code 000002.json (roll_back)}. */
    @Override
    public String toString() {
        return HistoryFolder.nameOf(sequence) + " (" + HistoryFormat.kindOf(change) + ")";
    }
}
