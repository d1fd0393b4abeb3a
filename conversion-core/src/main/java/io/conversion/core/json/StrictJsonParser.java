package io.conversion.core.json;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
 */
final class StrictJsonParser {

    /** Stands for a value whose problem is known already. */
    static final Object REPORTED = new Object();

    private final JsonParser parser;
    private final JsonProblems problems;
    private final boolean exact;
    private String pointer = "";

    private StrictJsonParser(JsonParser parser, JsonProblems problems, boolean exact) {
        this.parser = parser;
        this.problems = problems;
        this.exact = exact;
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
        problems.add("", "too large", "at most " + limits.bytes() + " bytes are read");
        problems.throwIfAny();
        return new AssertionError("a problem was reported");
    }

    private static Object parseText(String json, JsonProblems problems, JsonLimits limits) {
        try (JsonParser parser = limits.factory().createParser(ObjectReadContext.empty(), json)) {
            return new StrictJsonParser(parser, problems, limits.exactWholeNumbers()).document();
        }
    }

    /** Decoded here, since the parser would guess at other encodings than UTF-8. A byte order mark is dropped. */
    private static String decode(byte[] json, JsonProblems problems) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(json))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            problems.add("", "not text in UTF-8", "save it in UTF-8");
            problems.throwIfAny();
            throw new AssertionError("a problem was reported", e);
        }
    }

    private Object document() {
        try {
            if (parser.nextToken() == null) {
                problems.add("", "empty", "expected a JSON object");
                problems.throwIfAny();
            }
            Object root = value("");
            pointer = "";
            if (parser.nextToken() != null) {
                problems.add("", "longer than its JSON document", "nothing may follow the closing brace");
            }
            return root;
        } catch (UnexpectedEndOfInputException e) {
            problems.add(pointer, "cut off" + at(e), "the file is not complete: write or copy it again");
        } catch (StreamConstraintsException e) {
            problems.add(
                    pointer, "beyond a limit" + at(e), e.getOriginalMessage().replaceFirst(", from `[^`]*`", ""));
        } catch (JacksonException e) {
            // What the parser was expecting would name NaN, which is refused later.
            String reason =
                    e.getOriginalMessage().replaceFirst(": (was expecting|expected a valid value|maybe a) .*", "");
            problems.add(pointer, "not valid JSON" + at(e), reason);
        }
        problems.throwIfAny();
        throw new AssertionError("a problem was reported");
    }

    private Object value(String at) {
        pointer = at;
        JsonToken token = parser.currentToken();
        return switch (token) {
            case START_OBJECT -> object(at);
            case START_ARRAY -> array(at);
            case VALUE_STRING -> string(at);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(at);
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> reported(at, "null", "leave the field out or give a value");
            default -> throw new AssertionError(token);
        };
    }

    private Object string(String at) {
        String text = parser.getString();
        return ArtifactText.isWellFormed(text)
                ? text
                : reported(at, "a text with half of a surrogate pair", "write the whole character");
    }

    private Object number(String at) {
        double value = parser.getDoubleValue();
        if (exact && parser.currentToken() == JsonToken.VALUE_NUMBER_INT && !isExact(value)) {
            return reported(at, parser.getString(), "it has no exact double; whole numbers are exact up to 2^53");
        }
        return Double.isFinite(value) ? value : reported(at, parser.getString(), "every number must be finite");
    }

    /** Whether a whole number is the double that it was read as. With a fraction or an exponent it is spelt as a double. */
    private boolean isExact(double value) {
        return Math.abs(value) < 0x1p53
                || Double.isInfinite(value)
                || new BigDecimal(value).compareTo(new BigDecimal(parser.getBigIntegerValue())) == 0;
    }

    private Map<String, Object> object(String at) {
        Map<String, Object> fields = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            String child = JsonProblems.child(at, name);
            if (!ArtifactText.isWellFormed(name)) {
                problems.add(child, "a name with half of a surrogate pair", "write the whole character");
            }
            parser.nextToken();
            if (fields.put(name, value(child)) != null) {
                problems.add(child, "given twice", "each field may be given once");
            }
            pointer = at;
        }
        return fields;
    }

    private List<Object> array(String at) {
        List<Object> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(value(at + "/" + elements.size()));
            pointer = at;
        }
        return elements;
    }

    private Object reported(String at, String found, String expected) {
        problems.add(at, found, expected);
        return REPORTED;
    }

    private static String at(JacksonException e) {
        TokenStreamLocation location = e.getLocation();
        return location == null ? "" : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
    }
}
