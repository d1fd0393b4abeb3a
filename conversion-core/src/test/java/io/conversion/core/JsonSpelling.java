package io.conversion.core;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import tools.jackson.databind.json.JsonMapper;

/** Rewrites JSON text: the same content in another spelling, or the same spelling with one value changed. */
final class JsonSpelling {

    private static final JsonMapper MAPPER = new JsonMapper();

    private final Random random;
    private final StringBuilder out = new StringBuilder();

    private JsonSpelling(Random random) {
        this.random = random;
    }

    /** The same content with other white space, order of keys, escapes, and spelling of numbers. */
    static String respelled(String json, Random random) {
        JsonSpelling spelling = new JsonSpelling(random);
        spelling.write(MAPPER.readValue(json, Object.class));
        return spelling.out.toString();
    }

    /** The content with one number, text or truth value changed, wherever it stands. */
    static String withOneValueChanged(String json, Random random) {
        Object tree = MAPPER.readValue(json, Object.class);
        List<Runnable> changes = new ArrayList<>();
        collectChanges(tree, random, changes);
        changes.get(random.nextInt(changes.size())).run();
        return MAPPER.writeValueAsString(tree);
    }

    @SuppressWarnings("unchecked") // the mapper makes maps with text keys and lists
    private static void collectChanges(Object tree, Random random, List<Runnable> changes) {
        UnaryOperator<Object> visit = value -> {
            if (value instanceof Map || value instanceof List) {
                collectChanges(value, random, changes);
            }
            return value;
        };
        if (tree instanceof Map<?, ?> object) {
            Map<String, Object> fields = (Map<String, Object>) object;
            fields.replaceAll((name, value) -> visit.apply(value));
            fields.forEach((name, value) -> changeOf(value, random, changes, changed -> fields.put(name, changed)));
        } else if (tree instanceof List<?> list) {
            List<Object> elements = (List<Object>) list;
            elements.replaceAll(visit);
            for (int i = 0; i < elements.size(); i++) {
                int index = i;
                changeOf(elements.get(i), random, changes, changed -> elements.set(index, changed));
            }
        }
    }

    private static void changeOf(Object value, Random random, List<Runnable> changes, Consumer<Object> put) {
        if (value instanceof String text) {
            changes.add(() -> put.accept(changedText(text, random)));
        } else if (value instanceof Boolean flag) {
            changes.add(() -> put.accept(!flag));
        } else if (value instanceof Number number) {
            changes.add(() -> put.accept(changedNumber(number.doubleValue(), random)));
        }
    }

    private static String changedText(String text, Random random) {
        int at = random.nextInt(text.length());
        return random.nextBoolean()
                ? text.substring(0, at) + (char) (text.charAt(at) + 1) + text.substring(at + 1)
                : text + random.nextInt(10);
    }

    private static double changedNumber(double number, Random random) {
        return random.nextBoolean() ? Math.nextUp(number) : number + 1 + Math.abs(number);
    }

    private void write(Object value) {
        space();
        if (value instanceof Map<?, ?> object) {
            object(object);
        } else if (value instanceof List<?> list) {
            String separator = "[";
            for (Object element : list) {
                out.append(separator);
                write(element);
                separator = ",";
            }
            out.append(list.isEmpty() ? "[]" : "]");
        } else if (value instanceof String text) {
            text(text);
        } else if (value instanceof Number number) {
            out.append(number(new BigDecimal(number.toString())));
        } else {
            out.append(value);
        }
        space();
    }

    private void object(Map<?, ?> object) {
        List<Map.Entry<?, ?>> fields = new ArrayList<>(object.entrySet());
        Collections.shuffle(fields, random);
        String separator = "{";
        for (Map.Entry<?, ?> field : fields) {
            out.append(separator);
            space();
            text((String) field.getKey());
            space();
            out.append(':');
            write(field.getValue());
            separator = ",";
        }
        out.append(fields.isEmpty() ? "{}" : "}");
    }

    /** Some characters as escapes, and those that need one always. */
    private void text(String text) {
        out.append('"');
        text.codePoints().forEach(point -> {
            String character = Character.toString(point);
            boolean escape = point == '"' || point == '\\' || point < ' ' || random.nextInt(8) == 0;
            out.append(escape ? escaped(character) : character);
        });
        out.append('"');
    }

    private static String escaped(String character) {
        StringBuilder escaped = new StringBuilder();
        character.chars().forEach(unit -> escaped.append(String.format(Locale.ROOT, "\\u%04x", unit)));
        return escaped.toString();
    }

    /** Another decimal of the same value: plain, with zeros appended, or with an exponent. */
    private String number(BigDecimal number) {
        int shift = random.nextInt(7) - 3;
        return switch (random.nextInt(4)) {
            case 0 -> number.abs().compareTo(BigDecimal.valueOf(1e30)) > 0 ? number.toString() : number.toPlainString();
            case 1 -> number.setScale(number.scale() + random.nextInt(4)).toString();
            case 2 -> number.scaleByPowerOfTen(shift).toPlainString() + "e" + -shift;
            default ->
                number.unscaledValue() + "E" + (random.nextBoolean() && number.scale() <= 0 ? "+" : "")
                        + -number.scale();
        };
    }

    private void space() {
        for (int i = random.nextInt(3); i > 0; i--) {
            out.append(" \n\t\r".charAt(random.nextInt(4)));
        }
    }
}
