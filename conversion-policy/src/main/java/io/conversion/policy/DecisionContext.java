package io.conversion.policy;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the caller knows of a user beside the score: the band of the decision before this one, and a key. Starts at
 * {@link #NONE}. Immutable and safe to share between threads.
 */
public final class DecisionContext {

    /** Nothing is known: the plain bands decide, and nobody is in a control group. */
    public static final DecisionContext NONE = new DecisionContext(null, null);

    private final @Nullable String previousSegment;
    private final @Nullable String userKey;

    private DecisionContext(@Nullable String previousSegment, @Nullable String userKey) {
        this.previousSegment = previousSegment;
        this.userKey = userKey;
    }

    /**
     * States the segment of the decision before this one, which a policy with a margin holds on to.
     *
     * @param segment the segment
     * @return the changed copy
     */
    public DecisionContext previousSegment(String segment) {
        return new DecisionContext(segment, userKey);
    }

    /**
     * States the key of the user, by which a policy with a control group assigns users to it.
     *
     * @param key any text that stays the same for the user
     * @return the changed copy
     */
    public DecisionContext userKey(String key) {
        return new DecisionContext(previousSegment, key);
    }

    /**
     * The segment of the decision before this one.
     *
     * @return the segment; empty if it is not known
     */
    public Optional<String> previousSegment() {
        return Optional.ofNullable(previousSegment);
    }

    /**
     * The key of the user.
     *
     * @return the key; empty if none was given
     */
    public Optional<String> userKey() {
        return Optional.ofNullable(userKey);
    }

    @Nullable
    String segmentOrNull() {
        return previousSegment;
    }

    @Nullable
    String keyOrNull() {
        return userKey;
    }

    /** Whether a previous segment and a key are known; neither of them, since a key may be personal. */
    @Override
    public String toString() {
        return (previousSegment == null ? "no previous segment" : "a previous segment")
                + (userKey == null ? ", no key" : ", a key");
    }
}
