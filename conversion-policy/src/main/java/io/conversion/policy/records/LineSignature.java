package io.conversion.policy.records;

import io.conversion.core.json.ArtifactText;
import io.conversion.core.json.JsonObject;
import io.conversion.core.json.JsonText;
import io.conversion.policy.signing.SigningKey;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The signature at the end of a line: of the signature before it in the file and of all bytes of the line before its own
 * digits, so that a line that is changed, removed or moved by somebody without the key is found.
 *
 * @param key the id of the key
 * @param line the number of the line among those of its file, from 1
 * @param mac 64 hexadecimal digits
 */
record LineSignature(String key, long line, String mac) {

    /** What stands in place of the signature before the first line of a file. */
    static final String START = "0".repeat(64);

    private static final String DOMAIN = "conversion-decision-log\n";
    private static final String END = "\"}}";

    static LineSignature read(JsonObject json) {
        LineSignature read = new LineSignature(json.name("key"), json.count("line"), json.text("mac"));
        if (!read.mac.isBlank() && !isMac(read.mac)) {
            json.problem("mac", ArtifactText.quoted(read.mac), "expected 64 hexadecimal digits");
        }
        return read;
    }

    private static boolean isMac(String text) {
        return text.length() == START.length() && text.chars().allMatch(c -> "0123456789abcdef".indexOf(c) >= 0);
    }

    /** The bytes of a signed line from a line without a signature. */
    static byte[] signed(byte[] line, SigningKey key, String previous, long number) {
        byte[] head = start(key.id(), number).getBytes(StandardCharsets.UTF_8);
        // Takes the place of the last brace, which comes after the signature.
        byte[] signed = Arrays.copyOf(line, line.length - 1 + head.length + START.length() + END.length());
        System.arraycopy(head, 0, signed, line.length - 1, head.length);
        int digits = line.length - 1 + head.length;
        byte[] tail =
                (key.sign(content(Arrays.copyOf(signed, digits), previous)) + END).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(tail, 0, signed, digits, tail.length);
        return signed;
    }

    /** The digits of the signature of a line that {@link #signed} made. */
    static String macOf(byte[] signed) {
        int end = signed.length - END.length();
        return new String(signed, end - START.length(), START.length(), StandardCharsets.US_ASCII);
    }

    /** The line without this signature; empty if it does not end with it in the one spelling that it has. */
    byte[] unsigned(byte[] line) {
        byte[] tail = (start(key, this.line) + mac + END).getBytes(StandardCharsets.UTF_8);
        int end = line.length - tail.length;
        if (end < 0 || !Arrays.equals(line, end, line.length, tail, 0, tail.length)) {
            return new byte[0];
        }
        byte[] unsigned = Arrays.copyOf(line, end + 1);
        unsigned[end] = '}';
        return unsigned;
    }

    /** Whether a line with this signature was signed after another one. */
    boolean isOf(byte[] signed, SigningKey by, String previous) {
        int digits = signed.length - END.length() - START.length();
        return by.verifies(content(Arrays.copyOf(signed, digits), previous), mac);
    }

    private static String start(String key, long line) {
        return ",\"signature\":{\"key\":" + JsonText.line(key) + ",\"line\":" + line + ",\"mac\":\"";
    }

    private static byte[] content(byte[] line, String previous) {
        byte[] before = (DOMAIN + previous + "\n").getBytes(StandardCharsets.US_ASCII);
        byte[] content = Arrays.copyOf(before, before.length + line.length);
        System.arraycopy(line, 0, content, before.length, line.length);
        return content;
    }
}
