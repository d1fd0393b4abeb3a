package io.conversion.policy.records;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/** Walks over the lines of a stream of records, as bytes and in bounded memory. For one thread. */
final class RecordLines {

    /** No record is longer; what is longer is no record. */
    static final int LONGEST = 16 * 1024 * 1024;

    private final InputStream in;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(2048);
    private long number;
    private long length;
    private boolean ended;

    RecordLines(InputStream in) {
        this.in = new BufferedInputStream(in, 1 << 16);
    }

    /** Goes to the next line; whether there is one. */
    boolean next() throws IOException {
        bytes.reset();
        length = 0;
        int next = in.read();
        while (next >= 0 && next != '\n') {
            if (length++ < LONGEST) {
                bytes.write(next);
            }
            next = in.read();
        }
        ended = next == '\n';
        number++;
        return ended || length > 0;
    }

    /** The number of the line, from 1. */
    long number() {
        return number;
    }

    /** How many bytes the line has, without its line feed. */
    long length() {
        return length;
    }

    /** Whether the line has a line feed at its end. */
    boolean ended() {
        return ended;
    }

    /** The bytes of the line without its line feed, as far as a record may be long. */
    byte[] bytes() {
        return bytes.toByteArray();
    }
}
