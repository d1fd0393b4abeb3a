package io.conversion.core.json;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;

/**
 * Parses JSON into maps, lists, strings, finite doubles and booleans. What cannot be represented so is reported as a
 * problem and leaves {@link #REPORTED} in its place.
 *
 * <p>What is made of a document, here and by its reader, is no larger than some 20 times its text. Texts and numbers cannot be
 * larger. Objects, lists and the names of large objects can, so that a long document may have no more of them than are of use:
 * each of them takes some characters of the length of the text. Limits with a budget of values do without that.
 */
final class StrictJsonParser {

    /** Stands for a value whose problem is known already. */
    static final Object REPORTED = new Object();

    /** So much may be taken of the shortest text. */
    private static final int FREE = 100_000;

    /** What an object or a list takes, which has a name and a value if it is of any use. */
    private static final int CONTAINER = 40;

    /** What a name takes beyond the first {@value #FEW_NAMES} of an object. */
    private static final int NAME = 14;

    private static final int FEW_NAMES = 64;

    private final JsonParser parser;
    private final JsonProblems problems;
    private final JsonLimits limits;
    private final long mostTaken;
    private final JsonPlace place = new JsonPlace();
    private final NameCache names = new NameCache();
    private int values;
    private long taken;

    private StrictJsonParser(JsonParser parser, JsonProblems problems, JsonLimits limits, int length) {
        this.parser = parser;
        this.problems = problems;
        this.limits = limits;
        this.mostTaken = limits.values() == Integer.MAX_VALUE ? FREE + (long) length : Long.MAX_VALUE;
    }

    static Object parse(byte[] json, JsonProblems problems, JsonLimits limits) {
        if (json.length > limits.bytes()) {
            throw tooLarge(problems, limits);
        }
        return parseText(decode(json, problems), problems, limits);
    }

    /** Of text that is no bytes yet, so that half of a surrogate pair in it is found and not replaced. */
    static Object parse(String json, JsonProblems problems, JsonLimits limits) {
        // A code unit takes at least one byte and at most three.
        boolean mayBeTooLarge = json.length() > limits.bytes() / 3;
        if (mayBeTooLarge && json.getBytes(StandardCharsets.UTF_8).length > limits.bytes()) {
            throw tooLarge(problems, limits);
        }
        return parseText(json, problems, limits);
    }

    private static AssertionError tooLarge(JsonProblems problems, JsonLimits limits) {
        return problems.refuse("", "too large", "at most " + limits.bytes() + " bytes are read");
    }

    private static Object parseText(String json, JsonProblems problems, JsonLimits limits) {
        String text = json.startsWith("\uFEFF") ? json.substring(1) : json;
        try (JsonParser parser = limits.factory().createParser(ObjectReadContext.empty(), text)) {
            return new StrictJsonParser(parser, problems, limits, text.length()).document();
        }
    }

    /** Decoded here, since the parser would guess at other encodings than UTF-8. */
    private static String decode(byte[] json, JsonProblems problems) {
        String text = new String(json, StandardCharsets.UTF_8);
        // What cannot be decoded is replaced by U+FFFD, which may also stand in the text itself.
        if (text.indexOf('\uFFFD') >= 0 && !Arrays.equals(text.getBytes(StandardCharsets.UTF_8), json)) {
            throw problems.refuse("", "not text in UTF-8", "save it in UTF-8");
        }
        return text;
    }

    private Object document() {
        try {
            if (parser.nextToken() == null) {
                throw problems.refuse("", "empty", "expected a JSON object");
            }
            Object root = value();
            if (parser.nextToken() != null) {
                problems.add("", "longer than its JSON document", "nothing may follow the closing brace");
            }
            return root;
        } catch (UnexpectedEndOfInputException e) {
            throw refuse("cut off" + at(e), "the file is not complete: write or copy it again");
        } catch (StreamConstraintsException e) {
            throw refuse(
                    "beyond a limit" + at(e),
                    asciiDigits(e.getOriginalMessage()).replaceFirst(", from `[^`]*`", ""));
        } catch (JacksonException e) {
            // What the parser was expecting would name NaN, which is refused later.
            String reason =
                    e.getOriginalMessage().replaceFirst(": (was expecting|expected a valid value|maybe a) .*", "");
            throw refuse("not valid JSON" + at(e), reason);
        }
    }

    /** The parser writes its numbers in the digits of the default locale. */
    private static String asciiDigits(String message) {
        StringBuilder ascii = new StringBuilder(message.length());
        message.codePoints()
                .map(point -> Character.isDigit(point) ? '0' + Character.digit(point, 10) : point)
                .forEach(ascii::appendCodePoint);
        return ascii.toString();
    }

    private Object value() {
        if (++values > limits.values()) {
            throw refuse("beyond a limit", "at most " + limits.values() + " values are read");
        }
        JsonToken token = parser.currentToken();
        return switch (token) {
            case START_OBJECT -> object();
            case START_ARRAY -> array();
            case VALUE_STRING -> string();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> reported("null", "leave the field out or give a value");
            default -> throw new AssertionError(token);
        };
    }

    private Object string() {
        String text = parser.getString();
        return ArtifactText.isWellFormed(text)
                ? text
                : reported("a text with half of a surrogate pair", "write the whole character");
    }

    private Object number() {
        double value = parser.getDoubleValue();
        // 2^53 is the end of the range of every count; the next whole number would be read as it.
        if ((limits.exactWholeNumbers() || Math.abs(value) == 0x1p53)
                && parser.currentToken() == JsonToken.VALUE_NUMBER_INT
                && !isExact(value)) {
            return reported(
                    ArtifactText.shown(parser.getString()),
                    "it has no exact double; whole numbers are exact up to 2^53");
        }
        return Double.isFinite(value)
                ? value
                : reported(ArtifactText.shown(parser.getString()), "every number must be finite");
    }

    /** Whether a whole number is the double that it was read as. With a fraction or an exponent it is spelt as a double. */
    private boolean isExact(double value) {
        return Math.abs(value) < 0x1p53
                || Double.isInfinite(value)
                || new BigDecimal(value).compareTo(new BigDecimal(parser.getBigIntegerValue())) == 0;
    }

    private Map<String, Object> object() {
        take(CONTAINER);
        Map<String, Object> fields = Map.of();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = names.of(parser.currentName());
            parser.nextToken();
            place.down(name);
            if (!ArtifactText.isWellFormed(name)) {
                reported("a name with half of a surrogate pair", "write the whole character");
            }
            if (fields.isEmpty()) {
                fields = new LinkedHashMap<>(2);
            } else if (fields.size() >= FEW_NAMES) {
                take(NAME);
            }
            if (fields.put(name, value()) != null) {
                reported("given twice", "each field may be given once");
            }
            place.up();
        }
        return fields;
    }

    private List<Object> array() {
        take(CONTAINER);
        List<Object> elements = List.of();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (elements.size() == limits.elements()) {
                throw refuse("too long", "a list may have at most " + limits.elements() + " elements");
            }
            if (elements.isEmpty()) {
                elements = new ArrayList<>();
            }
            place.down(elements.size());
            elements.add(value());
            place.up();
        }
        return elements;
    }

    private void take(int characters) {
        taken += characters;
        if (taken > mostTaken) {
            throw refuse("beyond a limit", "a text of this length may not hold so many objects, lists and names");
        }
    }

    private Object reported(String found, String expected) {
        problems.add(place.pointer(), found, expected);
        return REPORTED;
    }

    private AssertionError refuse(String found, String expected) {
        return problems.refuse(place.pointer(), found, expected);
    }

    private static String at(JacksonException e) {
        TokenStreamLocation location = e.getLocation();
        return location == null ? "" : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    /** One text for a name that comes again and again. Holds a few, whatever they are. */
    private static final class NameCache {

        private final @Nullable String[] names = new String[64];

        String of(String name) {
            int slot = name.hashCode() & (names.length - 1);
            String kept = names[slot];
            if (name.equals(kept)) {
                return kept;
            }
            names[slot] = name;
            return name;
        }
    }
}
