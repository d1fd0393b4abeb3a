package io.conversion.policy.records;

import java.util.List;

/** What came of replaying one line of a file of records. */
public sealed interface Replayed {

    /**
     * What came of it, in a sentence.
     *
     * @return the sentence
     */
    String sentence();

    /** An outcome of a line that holds a whole record. */
    sealed interface OfRecord extends Replayed {

        /**
         * The record that was replayed.
         *
         * @return the record
         */
        DecisionRecord record();
    }

    /**
     * Everything was computed again from the signals, and every bit is as recorded.
     *
     * @param record the record
     */
    record Verified(DecisionRecord record) implements OfRecord {

        @Override
        public String sentence() {
            return "verified";
        }
    }

    /**
     * The decision follows from what is on record, of which a part had to be taken as it stands.
     *
     * @param record the record
     * @param takenAsRecorded what could not be computed again, in whole sentences, at least one
     */
    record VerifiedInPart(DecisionRecord record, List<String> takenAsRecorded) implements OfRecord {

        /** Copies the list. {@inheritDoc} */
        public VerifiedInPart {
            takenAsRecorded = List.copyOf(takenAsRecorded);
        }

        @Override
        public String sentence() {
            return "verified in part: " + String.join("; ", takenAsRecorded);
        }
    }

    /**
     * The replay came to something else.
     *
     * @param record the record
     * @param element the first element that differs, in the order of the line, such as {@code score/probability}
     * @param recorded what is on record; "nothing" if the element is absent
     * @param recomputed what was computed; "nothing" if the element is absent
     */
    record Differs(DecisionRecord record, String element, String recorded, String recomputed) implements OfRecord {

        @Override
        public String sentence() {
            return element + ": recorded " + recorded + ", recomputed " + recomputed;
        }
    }

    /**
     * The record is of a model or a policy that was not given.
     *
     * @param record the record
     * @param artifact which one, with its digest
     */
    record UnknownArtifact(DecisionRecord record, String artifact) implements OfRecord {

        @Override
        public String sentence() {
            return artifact + " was not given, so the record cannot be replayed";
        }
    }

    /**
     * The record is of a format that a newer release of the library writes.
     *
     * @param problem what was found and what this release reads
     */
    record Newer(String problem) implements Replayed {

        @Override
        public String sentence() {
            return problem;
        }
    }

    /**
     * The line is not as a record was written: it was tampered with, or the file was damaged or converted.
     *
     * @param problem what is wrong with it
     */
    record Altered(String problem) implements Replayed {

        @Override
        public String sentence() {
            return problem;
        }
    }

    /** The line holds no record and nothing else. No log writes one; editors and file transfers do. */
    record Empty() implements Replayed {

        @Override
        public String sentence() {
            return "the line is empty";
        }
    }

    /**
     * The last line has no end: the process was killed, or the file was copied, while it was being written.
     *
     * @param bytes how many bytes there are of it
     */
    record Cut(long bytes) implements Replayed {

        @Override
        public String sentence() {
            return "the last line is cut after " + bytes + " bytes";
        }
    }
}
