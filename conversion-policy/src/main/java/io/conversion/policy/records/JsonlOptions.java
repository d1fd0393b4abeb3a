package io.conversion.policy.records;

import io.conversion.policy.signing.SigningKey;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a {@link JsonlDecisionLog} writes. Starts at {@link #defaults()}.
 *
 * @param capacity how many decisions may be in memory and not yet in a file: what a killed process loses at most; 2 or
 *     more
 * @param patience how long a request may wait when the buffer is full, before its decision is lost; zero for not at all,
 *     3,650 days at most
 * @param maxFileBytes the size at which a new file is started, in bytes; a single batch may exceed it
 * @param force when files are forced to the disk
 * @param redaction which signals are recorded by a digest only
 * @param reasons how many contributions each record lists at most
 * @param rollEvery after which time a new file is started; zero for never, 3,650 days at most
 * @param key by which each line is signed; null for no signatures
 */
public record JsonlOptions(
        int capacity,
        Duration patience,
        long maxFileBytes,
        Force force,
        Redaction redaction,
        int reasons,
        Duration rollEvery,
        @Nullable SigningKey key) {

    private static final Duration LONGEST = Duration.ofDays(3_650);

    /**
     * When a file is forced to the disk. A record that was written survives the process; one that was forced survives the
     * machine.
     */
    public enum Force {
        /** When it is closed, because it is full or the log is closed. */
        ON_CLOSE,
        /** After each batch that was written. */
        EACH_BATCH
    }

    /**
     * Checks the numbers. {@inheritDoc}
     *
     * @throws IllegalArgumentException if one is out of range
     */
    public JsonlOptions {
        require(capacity >= 2, "capacity", capacity, "at least 2");
        require("patience", patience);
        require(maxFileBytes >= 1, "size of a file", maxFileBytes, "at least 1");
        require(reasons >= 0, "number of reasons", reasons, "at least 0");
        require("time of a file", rollEvery);
    }

    /**
     * The options that hold where nothing else is said: eight thousand decisions in memory, no waiting, files of 64
     * MiB, forced when closed; nothing redacted, no reasons.
     *
     * @return the options
     */
    public static JsonlOptions defaults() {
        return new JsonlOptions(
                8_192, Duration.ZERO, 64L << 20, Force.ON_CLOSE, Redaction.NONE, 0, Duration.ZERO, null);
    }

    private static void require(String what, Duration found) {
        require(
                !found.isNegative() && found.compareTo(LONGEST) <= 0,
                what,
                found,
                "zero to " + LONGEST.toDays() + " days");
    }

    private static void require(boolean holds, String what, Object found, String allowed) {
        if (!holds) {
            throw new IllegalArgumentException(
                    "the " + what + " of a decision log is " + found + "; " + allowed + " is allowed");
        }
    }

    /**
     * States how many decisions may be in memory.
     *
     * @param decisions the number, 2 or more
     * @return the changed copy
     */
    public JsonlOptions capacity(int decisions) {
        return new JsonlOptions(decisions, patience, maxFileBytes, force, redaction, reasons, rollEvery, key);
    }

    /**
     * States how long a request may wait when the buffer is full.
     *
     * @param wait the longest wait, zero to 3,650 days
     * @return the changed copy
     */
    public JsonlOptions patience(Duration wait) {
        return new JsonlOptions(capacity, wait, maxFileBytes, force, redaction, reasons, rollEvery, key);
    }

    /**
     * States at which size a new file is started.
     *
     * @param bytes the size, at least 1
     * @return the changed copy
     */
    public JsonlOptions maxFileBytes(long bytes) {
        return new JsonlOptions(capacity, patience, bytes, force, redaction, reasons, rollEvery, key);
    }

    /**
     * States when files are forced to the disk.
     *
     * @param when the policy
     * @return the changed copy
     */
    public JsonlOptions force(Force when) {
        return new JsonlOptions(capacity, patience, maxFileBytes, when, redaction, reasons, rollEvery, key);
    }

    /**
     * States which signals are withheld.
     *
     * @param withheld the redaction
     * @return the changed copy
     */
    public JsonlOptions redaction(Redaction withheld) {
        return new JsonlOptions(capacity, patience, maxFileBytes, force, withheld, reasons, rollEvery, key);
    }

    /**
     * States how many contributions each record lists.
     *
     * @param strongest how many at most, at least 0
     * @return the changed copy
     */
    public JsonlOptions reasons(int strongest) {
        return new JsonlOptions(capacity, patience, maxFileBytes, force, redaction, strongest, rollEvery, key);
    }

    /**
     * States after which time a new file is started, also while nothing is decided, so that a file can be shipped when
     * it is closed. The time is that of the process and no moment of a calendar.
     *
     * @param time the time, zero to 3,650 days; zero for never
     * @return the changed copy
     */
    public JsonlOptions rollEvery(Duration time) {
        return new JsonlOptions(capacity, patience, maxFileBytes, force, redaction, reasons, time, key);
    }

    /**
     * Has each line signed, after the one before it, so that {@link Replay} finds what somebody without the key changed,
     * removed or moved.
     *
     * @param signing the key
     * @return the changed copy
     */
    public JsonlOptions signedBy(SigningKey signing) {
        return new JsonlOptions(capacity, patience, maxFileBytes, force, redaction, reasons, rollEvery, signing);
    }
}
