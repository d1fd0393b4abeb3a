package io.conversion.core.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values that somebody else parsed, as {@link StrictJsonParser} would have made them, or a problem for each other one. */
final class ParsedJson {

    private final JsonProblems problems;

    private ParsedJson(JsonProblems problems) {
        this.problems = problems;
    }

    static Object of(Map<String, ?> json, JsonProblems problems) {
        return new ParsedJson(problems).plain(json, "", 1);
    }

    private Object plain(@Nullable Object value, String pointer, int depth) {
        if (value instanceof String || value instanceof Boolean || value == StrictJsonParser.REPORTED) {
            return value;
        } else if (value instanceof Number number) {
            return number(number, pointer);
        } else if (depth > JsonDocument.MAX_DEPTH) {
            return problem(pointer, "nested too deeply", "at most " + JsonDocument.MAX_DEPTH + " levels are allowed");
        } else if (value instanceof Map<?, ?> map) {
            Map<String, Object> plain = new LinkedHashMap<>();
            map.forEach((name, field) -> {
                String at = JsonProblems.child(pointer, String.valueOf(name));
                if (!(name instanceof String)) {
                    problems.add(at, "a field whose name is no text", "name it by a text");
                }
                plain.put(String.valueOf(name), plain(field, at, depth + 1));
            });
            return plain;
        } else if (value instanceof List<?> list) {
            List<Object> plain = new ArrayList<>();
            for (Object element : list) {
                plain.add(plain(element, pointer + "/" + plain.size(), depth + 1));
            }
            return plain;
        }
        return problem(
                pointer,
                value == null ? "null" : "a value of type " + value.getClass().getName(),
                "expected an object, a list, a text, a number, or true or false");
    }

    private Object number(Number number, String pointer) {
        double value = number.doubleValue();
        return Double.isFinite(value) ? (Object) value : problem(pointer, "" + value, "every number must be finite");
    }

    private Object problem(String pointer, String found, String expected) {
        problems.add(pointer, found, expected);
        return StrictJsonParser.REPORTED;
    }
}
