package io.conversion.policy.history;

import java.io.Serial;

/**
 * A change that was not made, since the history was changed by somebody else after it was loaded. Whoever made the
 * change loads the history again, looks at what is new, and changes that.
 *
 * @serial exclude
 */
public final class StaleHistoryException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String folder;
    private final int basedOn;

    StaleHistoryException(String folder, int basedOn, String reason) {
        super(folder + ": " + reason
                + "; load the history again, look at what changed, and make the change on top of it");
        this.folder = folder;
        this.basedOn = basedOn;
    }

    /**
     * The folder of the history.
     *
     * @return its path
     */
    public String folder() {
        return folder;
    }

    /**
     * What the refused change was based on.
     *
     * @return the sequence number of the entry that was the head when the history was loaded; 0 if it was empty
     */
    public int basedOn() {
        return basedOn;
    }
}
