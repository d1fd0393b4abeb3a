package io.conversion.policy.records;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/**
 * Walks over the lines of a stream of records, as bytes and in bounded memory. A line ends with a line feed, a carriage
 * return or both, which a record never holds. For one thread.
 */
final class RecordLines {

    /** No record is longer; what is longer is no record. */
    static final int LONGEST = 16 * 1024 * 1024;

    private static final int NOTHING = -2;
    private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final InputStream in;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(2048);
    private final EnumSet<LineFraming> framing = EnumSet.noneOf(LineFraming.class);
    private byte[] record = {};
    private int readAhead = NOTHING;
    private long number;
    private long length;
    private boolean ended;

    RecordLines(InputStream in) {
        this.in = new BufferedInputStream(in, 1 << 16);
    }

    /** Goes to the next line; whether there is one. */
    boolean next() throws IOException {
        bytes.reset();
        framing.clear();
        length = 0;
        int next = read();
        while (next >= 0 && next != '\n' && next != '\r') {
            if (length++ < LONGEST) {
                bytes.write(next);
            }
            next = read();
        }
        ended = next >= 0;
        if (next == '\r') {
            framing.add(LineFraming.CARRIAGE_RETURN);
            int after = read();
            readAhead = after == '\n' ? NOTHING : after;
        }
        record = unframed(bytes.toByteArray());
        number++;
        return ended || length > 0;
    }

    private int read() throws IOException {
        int next = readAhead == NOTHING ? in.read() : readAhead;
        readAhead = NOTHING;
        return next;
    }

    private byte[] unframed(byte[] line) {
        int from = 0;
        int to = line.length;
        if (to >= MARK.length && Arrays.equals(line, 0, MARK.length, MARK, 0, MARK.length)) {
            framing.add(LineFraming.BYTE_ORDER_MARK);
            from = MARK.length;
        }
        int start = from;
        while (from < to && isBlank(line[from])) {
            from++;
        }
        while (from < to && isBlank(line[to - 1])) {
            to--;
        }
        if (from > start || to < line.length) {
            framing.add(LineFraming.BLANKS);
        }
        return to - from == line.length ? line : Arrays.copyOfRange(line, from, to);
    }

    private static boolean isBlank(byte octet) {
        return octet == ' ' || (octet >= '\t' && octet <= '\f');
    }

    /** The number of the line, from 1. */
    long number() {
        return number;
    }

    /** How many bytes the line has, without what ends it. */
    long length() {
        return length;
    }

    /** Whether something ends the line. */
    boolean ended() {
        return ended;
    }

    /** What stands around the record. */
    Set<LineFraming> framing() {
        return Set.copyOf(framing);
    }

    /** The bytes of the line without what stands around the record, as far as a record may be long. */
    byte[] record() {
        return record;
    }

    /** Whether this is the first line of text in UTF-16, by its byte order mark or by the zero beside its first brace. */
    boolean isUtf16() {
        if (number != 1 || record.length < 2) {
            return false;
        }
        int start = (record[0] & 0xFF) << 8 | (record[1] & 0xFF);
        return start == 0xFEFF || start == 0xFFFE || start == '{' || start == '{' << 8;
    }
}
