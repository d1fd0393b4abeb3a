package io.conversion.policy.records;

/**
 * What editors, version control and file transfer put around a record. The record in it is as it was written, and is
 * replayed; only the file is not the one that a log wrote, byte for byte.
 */
public enum LineFraming {
    /** A byte order mark stands before the record, as editors put it at the beginning of a file. */
    BYTE_ORDER_MARK("a byte order mark before the record"),
    /** The line ends with a carriage return, alone or before its line feed. */
    CARRIAGE_RETURN("a carriage return at the end"),
    /** Spaces or tabs stand before or after the record. */
    BLANKS("blanks before or after the record");

    private final String words;

    LineFraming(String words) {
        this.words = words;
    }

    /**
     * What stands there, as a part of a sentence.
     *
     * @return the words
     */
    public String words() {
        return words;
    }
}
