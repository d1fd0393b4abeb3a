package io.conversion.policy.history;

import io.conversion.core.json.ArtifactText;
import java.time.Instant;

/**
 * When, by whom and why a policy was changed. The library reads no clock: the moment is what the caller says.
 *
 * @param moment when the change was made; it is not before the one of the change before it
 * @param author who made it
 * @param note why it was made, for people; not blank
 */
public record Publication(Instant moment, String author, String note) {

    /**
     * Refuses texts that a history cannot hold. {@inheritDoc}
     *
     * @throws IllegalArgumentException if the author or the note is not valid
     */
    public Publication {
        if (!ArtifactText.isName(author)) {
            throw new IllegalArgumentException(
                    "the author " + ArtifactText.quoted(author) + " is not valid; " + ArtifactText.NAME);
        }
        if (!isNote(note)) {
            throw new IllegalArgumentException("the note " + ArtifactText.quoted(note) + " is not valid; " + NOTE);
        }
    }

    static final String NOTE =
            "expected a text that is not blank, of at most " + ArtifactText.LONGEST_TEXT + " characters";

    static boolean isNote(String note) {
        return !note.isBlank() && ArtifactText.isText(note);
    }
}
