package io.conversion.policy.serving;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one look at a folder found. */
sealed interface Candidate {

    /**
     * Nothing new: the manifest is the one that was accepted last, or names what is served.
     *
     * @param manifestDigest of the bytes of the manifest
     */
    record Accepted(String manifestDigest) implements Candidate {}

    /** The candidate that was refused last still stands there, unchanged. */
    record StillRefused() implements Candidate {}

    /**
     * A unit that may be served.
     *
     * @param manifestDigest of the bytes of the manifest
     * @param unit the unit
     * @param judgedBeside the unit whose place it may take; null if it is the first one
     */
    record Good(
            String manifestDigest,
            ServingUnit unit,
            @Nullable ServingUnit judgedBeside) implements Candidate {}

    /**
     * A candidate that must not be served.
     *
     * @param manifestDigest of the bytes of the manifest; what is wrong with them, if they cannot be read
     * @param identity by which the same candidate is known again, refused for the same reasons: what its files hold, and
     *     reasons that may pass while the files stay as they are
     * @param manifest the manifest, if it is one
     * @param reasons whole sentences, at least one
     */
    record Bad(
            String manifestDigest,
            String identity,
            @Nullable ServingManifest manifest,
            List<String> reasons) implements Candidate {}

    /**
     * A reason not to serve a candidate.
     *
     * @param sentence the reason, as a whole sentence
     * @param passing by what it is known again, if it may pass while the files stay as they are; empty if it is a fact
     *     about the files
     */
    record Reason(String sentence, String passing) {

        static Reason ofFiles(String sentence) {
            return new Reason(sentence, "");
        }

        static Reason passing(String sentence) {
            return new Reason(sentence, sentence);
        }
    }
}
