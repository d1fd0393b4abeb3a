package io.conversion.core.json;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.io.JsonStringEncoder;

/**
 * Writes plain values (maps with text keys, lists, texts, numbers, truth values) as JSON: to be read by people, on one
 * line, or in the canonical form that digests are taken of. Pure and safe for use by many threads.
 */
public final class JsonText {

    private static final Comparator<String> BY_CODE_POINT =
            (a, b) -> Arrays.compare(a.codePoints().toArray(), b.codePoints().toArray());

    private final StringBuilder out = new StringBuilder();
    private final boolean canonical;
    private final boolean compact;

    private JsonText(boolean canonical, boolean compact) {
        this.canonical = canonical;
        this.compact = compact;
    }

    /**
     * The value as indented JSON in the order of its maps, lists of plain values on one line, doubles as
     * {@link Double#toString(double)}. The text ends with the last bracket and no line feed, so that a file that was
     * cut at any byte is noticed.
     *
     * @param value the value; its numbers are finite
     * @return the text
     */
    public static String pretty(Object value) {
        JsonText text = new JsonText(false, false);
        text.write(value, "\n");
        return text.out.toString();
    }

    /**
     * The value as JSON on one line without white space, in the order of its maps, doubles as
     * {@link Double#toString(double)}.
     *
     * @param value the value; its numbers are finite
     * @return the text, without a line feed
     */
    public static String line(Object value) {
        JsonText text = new JsonText(false, true);
        text.write(value, "");
        return text.out.toString();
    }

    /**
     * A map of keys and values in the order in which they are given, for {@link #pretty}.
     *
     * @param keysAndValues a key, its value, the next key, and so on
     * @return a map that can be added to
     */
    public static Map<String, Object> object(Object... keysAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }

    /**
     * An artifact of its own as a value within another one, for {@link #pretty} only.
     *
     * @param pretty the text that {@link #pretty} made of the artifact
     */
    public record Embedded(String pretty) {}

    /**
     * SHA-256 of the canonical form of a value, in UTF-8: keys sorted by code point, no white space, each number as the
     * sixteen hexadecimal digits of its double bits with -0.0 as 0.
     *
     * @param value the value; its numbers are finite
     * @return {@code sha256:} and 64 hexadecimal digits
     */
    public static String digest(Object value) {
        JsonText text = new JsonText(true, true);
        text.write(value, "");
        return sha256(text.out.toString().getBytes(StandardCharsets.UTF_8));
    }

    /**
     * SHA-256 of bytes.
     *
     * @param bytes the bytes
     * @return {@code sha256:} and 64 hexadecimal digits
     */
    public static String sha256(byte[] bytes) {
        return digestText(sha256().digest(bytes));
    }

    /**
     * A SHA-256 to be fed piece by piece.
     *
     * @return a fresh digest; every Java platform has SHA-256
     */
    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    /**
     * A finished SHA-256 as this library writes it.
     *
     * @param hash the 32 bytes
     * @return {@code sha256:} and 64 hexadecimal digits
     */
    public static String digestText(byte[] hash) {
        return "sha256:" + HexFormat.of().formatHex(hash);
    }

    private void write(Object value, String lineBreak) {
        if (value instanceof Map<?, ?> map) {
            object(map, lineBreak);
        } else if (value instanceof Collection<?> list) {
            array(list, lineBreak);
        } else if (value instanceof Number number) {
            number(number);
        } else if (value instanceof Boolean) {
            out.append(value);
        } else if (value instanceof String text) {
            string(text);
        } else if (value instanceof Embedded artifact && !canonical) {
            // Line feeds within texts are escaped, so that those found here are line breaks.
            out.append(artifact.pretty().replace("\n", lineBreak));
        } else {
            throw new IllegalArgumentException("not a JSON value: " + value);
        }
    }

    private void object(Map<?, ?> map, String lineBreak) {
        List<String> keys = map.keySet().stream().map(String.class::cast).toList();
        if (canonical) {
            keys = keys.stream().sorted(BY_CODE_POINT).toList();
        }
        String inner = compact ? "" : lineBreak + "  ";
        out.append('{');
        String separator = inner;
        for (String key : keys) {
            out.append(separator);
            string(key);
            out.append(compact ? ":" : ": ");
            Object value = map.get(key);
            if (value == null) {
                throw new IllegalArgumentException("no value for the key " + key);
            }
            write(value, inner);
            separator = "," + inner;
        }
        out.append(keys.isEmpty() || compact ? "" : lineBreak).append('}');
    }

    private void array(Collection<?> list, String lineBreak) {
        boolean inline = list.stream().noneMatch(element -> element instanceof Map || element instanceof Collection);
        String inner = compact || inline ? "" : lineBreak + "  ";
        out.append('[');
        String separator = inner;
        for (Object element : list) {
            out.append(separator);
            write(element, inner);
            separator = compact ? "," : inline ? ", " : "," + inner;
        }
        out.append(inner.isEmpty() ? "" : lineBreak).append(']');
    }

    private void number(Number number) {
        double value = number.doubleValue();
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("JSON has no number " + value);
        }
        if (canonical) {
            // Adding zero turns -0.0 into 0.0 and leaves every other number as it is.
            out.append(HexFormat.of().toHexDigits(Double.doubleToLongBits(value + 0.0)));
        } else {
            out.append(number);
        }
    }

    private void string(String text) {
        out.append('"');
        JsonStringEncoder.getInstance().quoteAsString(text, out);
        out.append('"');
    }
}
