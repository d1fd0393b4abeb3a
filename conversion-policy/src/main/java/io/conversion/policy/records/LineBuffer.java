package io.conversion.policy.records;

import io.conversion.core.json.JsonText;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.util.Arrays;

/** The bytes of lines of JSON in UTF-8, to be used again so that a line costs no memory of its own. For one thread. */
final class LineBuffer {

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final int DIGEST_LENGTH = 32;
    private static final int FRACTION_BITS = 52;
    private static final long FRACTION = (1L << FRACTION_BITS) - 1;

    private final MessageDigest sha256 = JsonText.sha256();
    private final byte[] hash = new byte[DIGEST_LENGTH];
    private byte[] bytes;
    private int size;

    LineBuffer(int capacity) {
        this.bytes = new byte[capacity];
    }

    int size() {
        return size;
    }

    /** Takes back what was written after it had this size. */
    void cutTo(int earlier) {
        size = earlier;
    }

    /** What was written from a place on. */
    ByteBuffer since(int start) {
        return ByteBuffer.wrap(bytes, start, size - start);
    }

    String text() {
        return new String(bytes, 0, size, StandardCharsets.UTF_8);
    }

    private void ensure(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(size, more), (int) Math.min(2L * size, 1 << 30)));
        }
    }

    LineBuffer put(char ascii) {
        ensure(1);
        bytes[size++] = (byte) ascii;
        return this;
    }

    /** JSON as it stands, all of it ASCII. */
    LineBuffer raw(String ascii) {
        int length = ascii.length();
        ensure(length);
        for (int i = 0; i < length; i++) {
            bytes[size + i] = (byte) ascii.charAt(i);
        }
        size += length;
        return this;
    }

    /** A text in quotes. */
    LineBuffer text(String text) {
        if (!isPlain(text)) {
            byte[] escaped = JsonText.line(text).getBytes(StandardCharsets.UTF_8);
            ensure(escaped.length);
            System.arraycopy(escaped, 0, bytes, size, escaped.length);
            size += escaped.length;
            return this;
        }
        return put('"').raw(text).put('"');
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~' || c == '"' || c == '\\') {
                return false;
            }
        }
        return true;
    }

    /** A number in quotes, as {@link Double#toHexString} writes it, which takes two thousand bytes to do so. */
    LineBuffer hex(double number) {
        return put('"').bareHex(number).put('"');
    }

    LineBuffer bareHex(double number) {
        if (!Double.isFinite(number)) {
            return raw(Double.toString(number));
        }
        long bits = Double.doubleToRawLongBits(number);
        if (bits < 0) {
            put('-');
        }
        int exponent = Math.getExponent(number);
        long fraction = bits & FRACTION;
        boolean isSubnormal = exponent < Double.MIN_EXPONENT;
        raw(isSubnormal ? "0x0." : "0x1.");
        int shift = FRACTION_BITS - 4;
        do {
            put((char) HEX[(int) (fraction >>> shift) & 0xF]);
            shift -= 4;
        } while (shift >= 0 && (fraction & ((1L << (shift + 4)) - 1)) != 0);
        put('p');
        return whole(isSubnormal ? (fraction == 0 ? 0 : Double.MIN_EXPONENT) : exponent);
    }

    LineBuffer whole(long number) {
        if (number == Long.MIN_VALUE) {
            return raw(Long.toString(number));
        }
        long rest = Math.abs(number);
        if (number < 0) {
            put('-');
        }
        int digits = 1;
        for (long ten = rest; ten >= 10; ten /= 10) {
            digits++;
        }
        ensure(digits);
        for (int i = digits - 1; i >= 0; i--) {
            bytes[size + i] = HEX[(int) (rest % 10)];
            rest /= 10;
        }
        size += digits;
        return this;
    }

    /** The digest, as this library writes it, of what was written between two places. */
    LineBuffer digest(int start, int end) {
        try {
            sha256.update(bytes, start, end - start);
            sha256.digest(hash, 0, DIGEST_LENGTH);
        } catch (DigestException e) {
            throw new AssertionError("a SHA-256 has 32 bytes", e);
        }
        raw("sha256:");
        ensure(2 * DIGEST_LENGTH);
        for (byte octet : hash) {
            bytes[size++] = HEX[octet >> 4 & 0xF];
            bytes[size++] = HEX[octet & 0xF];
        }
        return this;
    }
}
