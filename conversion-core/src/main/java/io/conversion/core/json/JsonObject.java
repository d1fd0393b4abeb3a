package io.conversion.core.json;

import io.conversion.core.artifact.InvalidArtifactException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One object of a document, read field by field. A fault is recorded and a stand-in is returned, so that a reader goes
 * on and finds all faults; {@link #refuseIfInvalid()} then throws them at once. A field that nobody asked for is a
 * fault, too.
 */
public final class JsonObject {

    private static final Pattern HEX = Pattern.compile("-?0x[01](\\.[0-9a-f]{1,13})?p-?[0-9]{1,4}");

    private final @Nullable JsonObject parent;
    private final String field;
    private final int position;
    private final Map<String, Object> fields;
    private final JsonProblems problems;
    private final List<JsonObject> opened;
    private List<String> known = List.of();
    private boolean allKnown;

    private JsonObject(
            @Nullable JsonObject parent,
            String field,
            int position,
            Map<String, Object> fields,
            JsonProblems problems,
            List<JsonObject> opened) {
        this.parent = parent;
        this.field = field;
        this.position = position;
        this.fields = fields;
        this.problems = problems;
        this.opened = opened;
        opened.add(this);
    }

    static JsonObject root(Object value, JsonProblems problems) {
        JsonObject root = new JsonObject(null, "", -1, asObject(value), problems, new ArrayList<>());
        if (!(value instanceof Map)) {
            reportNoObject(value, "", problems);
            problems.throwIfAny();
        }
        return root;
    }

    /** Made when it is asked for, since there may be many objects and nothing wrong. */
    private String pointer() {
        if (parent == null) {
            return "";
        }
        String pointer = JsonProblems.child(parent.pointer(), field);
        return position < 0 ? pointer : pointer + "/" + position;
    }

    /**
     * Throws all problems found so far, unknown fields included, if there are any. To be called when all fields were
     * asked for and before a value is built from them.
     */
    public void refuseIfInvalid() {
        opened.forEach(JsonObject::reportUnknownFields);
        opened.clear();
        problems.throwIfAny();
    }

    /** Throws the problems found so far, if any, without a look at fields that nobody has asked for yet. */
    void refuseNow() {
        problems.throwIfAny();
    }

    /**
     * Tells whether nothing wrong was found so far in the whole document.
     *
     * @return whether there is no problem yet
     */
    public boolean isValid() {
        return problems.isEmpty();
    }

    /**
     * Records a problem of this object itself.
     *
     * @param found what stands there
     * @param expected what is allowed
     */
    public void problem(String found, String expected) {
        problems.add(pointer(), found, expected);
    }

    /**
     * Records a problem of one field.
     *
     * @param field the name of the field
     * @param found what stands there
     * @param expected what is allowed
     */
    public void problem(String field, String found, String expected) {
        problems.add(JsonProblems.child(pointer(), field), found, expected);
    }

    /**
     * Records a problem of a value below this object.
     *
     * @param path the way to it, such as {@code bands/2/from}
     * @param found what stands there
     * @param expected what is allowed
     */
    public void problemAt(String path, String found, String expected) {
        problems.add(pointer() + "/" + path, found, expected);
    }

    /**
     * Tells whether a field is given.
     *
     * @param field the name of the field
     * @return whether it stands in the document
     */
    public boolean has(String field) {
        if (!allKnown && !known.contains(field)) {
            if (known.isEmpty()) {
                known = new ArrayList<>();
            }
            known.add(field);
        }
        return fields.containsKey(field);
    }

    /**
     * A required text that is not blank.
     *
     * @param field the name of the field
     * @return its value
     */
    public String text(String field) {
        String text = value(field, "a text") instanceof String given ? given : wrong(field, "a text", "");
        if (text.isBlank() && fields.get(field) instanceof String) {
            problem(field, "blank", "expected a text");
        }
        return text;
    }

    /**
     * A required name: a text as {@link ArtifactText#isName} allows it.
     *
     * @param field the name of the field
     * @return its value
     */
    public String name(String field) {
        String name = text(field);
        if (!name.isBlank() && !ArtifactText.isName(name)) {
            problem(field, ArtifactText.quoted(name), ArtifactText.NAME);
        }
        return name;
    }

    /**
     * An optional name that no message shows, such as the key of a user.
     *
     * @param field the name of the field
     * @return its value, empty if it is not given or not valid
     */
    public Optional<String> privateName(String field) {
        if (!has(field)) {
            return Optional.empty();
        }
        Object value = fields.get(field);
        if (value instanceof String name && ArtifactText.isName(name)) {
            return Optional.of(name);
        } else if (value != StrictJsonParser.REPORTED) {
            problem(field, "not valid", ArtifactText.NAME);
        }
        return Optional.empty();
    }

    /**
     * A required digest.
     *
     * @param field the name of the field
     * @return its value
     */
    public Optional<String> requiredDigest(String field) {
        if (!has(field)) {
            problem(field, "missing", "expected sha256: and 64 hexadecimal digits");
        }
        return digest(field);
    }

    /**
     * An optional digest.
     *
     * @param field the name of the field
     * @return its value, empty if it is not given
     */
    public Optional<String> digest(String field) {
        if (!has(field)) {
            return Optional.empty();
        }
        String digest = text(field);
        if (!digest.isBlank() && !ArtifactText.isDigest(digest)) {
            problem(field, ArtifactText.quoted(digest), "expected sha256: and 64 hexadecimal digits");
        }
        return Optional.of(digest);
    }

    /**
     * An optional text, which may be blank.
     *
     * @param field the name of the field
     * @param absent the value if it is not given
     * @return its value
     */
    public String text(String field, String absent) {
        if (!has(field)) {
            return absent;
        }
        return value(field, "a text") instanceof String text ? text : wrong(field, "a text", absent);
    }

    /**
     * A required finite number.
     *
     * @param field the name of the field
     * @return its value
     */
    public double number(String field) {
        return value(field, "a finite number") instanceof Double number ? number : wrong(field, "a finite number", 0.0);
    }

    /**
     * An optional finite number.
     *
     * @param field the name of the field
     * @param absent the value if it is not given
     * @return its value
     */
    public double number(String field, double absent) {
        return has(field) ? number(field) : absent;
    }

    /**
     * A required finite number as hexadecimal text, such as {@code 0x1.8p0}, which says every bit.
     *
     * @param field the name of the field
     * @return its value
     */
    public double hexNumber(String field) {
        String text = text(field);
        double number = HEX.matcher(text).matches() ? Double.parseDouble(text) : Double.NaN;
        if (Double.isInfinite(number)) {
            problem(field, ArtifactText.quoted(text), "every number must be finite");
        } else if (Double.isFinite(number) && Double.toHexString(number).equals(text)) {
            return number;
        } else if (!text.isBlank()) {
            // Each number has one spelling, so that no other one goes unnoticed.
            problem(field, ArtifactText.quoted(text), "expected a hexadecimal number such as \"0x1.8p0\"");
        }
        return 0;
    }

    /**
     * A required count: a whole number from 0 to 2^53.
     *
     * @param field the name of the field
     * @return its value
     */
    public long count(String field) {
        double number = number(field);
        if (!isCount(number)) {
            problem(field, Double.toString(number), "expected a whole number of at least 0");
            return 0;
        }
        return (long) number;
    }

    /**
     * A truth value.
     *
     * @param field the name of the field
     * @param absent the value if it is not given
     * @return its value
     */
    public boolean flag(String field, boolean absent) {
        if (!has(field)) {
            return absent;
        }
        return value(field, "true or false") instanceof Boolean flag ? flag : wrong(field, "true or false", absent);
    }

    /**
     * A required moment in ISO-8601 and UTC, such as {@code 2026-11-22T09:30:00Z}.
     *
     * @param field the name of the field
     * @return its value
     */
    public Instant instant(String field) {
        String text = text(field);
        try {
            if (text.endsWith("Z")) {
                return Instant.parse(text);
            }
        } catch (DateTimeException e) {
            // Reported below.
        }
        if (!text.isBlank()) {
            problem(field, ArtifactText.quoted(text), "expected a moment in UTC such as \"2026-11-22T09:30:00Z\"");
        }
        return Instant.EPOCH;
    }

    /**
     * An optional choice among the constants of an enum, written in lower case.
     *
     * @param field the name of the field
     * @param absent the value if it is not given
     * @param <E> the enum
     * @return its value
     */
    public <E extends Enum<E>> E choice(String field, E absent) {
        return has(field) ? choice(field, absent.getDeclaringClass()).orElse(absent) : absent;
    }

    /**
     * A required choice among the constants of an enum, written in lower case.
     *
     * @param field the name of the field
     * @param choices the enum
     * @param <E> the enum
     * @return its value, empty if it is missing or none of them
     */
    public <E extends Enum<E>> Optional<E> choice(String field, Class<E> choices) {
        String text = text(field);
        List<String> allowed = new ArrayList<>();
        for (E constant : choices.getEnumConstants()) {
            String name = constant.name().toLowerCase(Locale.ROOT);
            if (name.equals(text)) {
                return Optional.of(constant);
            }
            allowed.add(name);
        }
        if (!text.isBlank()) {
            problem(field, ArtifactText.quoted(text), "expected one of " + String.join(", ", allowed));
        }
        return Optional.empty();
    }

    /** Leaves the other fields alone, where a fault makes it impossible to say what they should be. */
    public void skipOtherFields() {
        allKnown = true;
    }

    /**
     * An optional object.
     *
     * @param field the name of the field
     * @return the object, empty if it is not given
     */
    public Optional<JsonObject> optionalObject(String field) {
        return has(field) ? Optional.of(object(field)) : Optional.empty();
    }

    /**
     * A required object.
     *
     * @param field the name of the field
     * @return the object; one without fields if it is missing or of another type
     */
    public JsonObject object(String field) {
        return open(field, -1, value(field, "an object"));
    }

    /**
     * A required object that is an artifact of its own, such as the policy in an entry of a history.
     *
     * @param field the name of the field
     * @param reader makes the artifact of its fields; what it refuses is reported with its place below the field
     * @param <T> the type of the artifact
     * @return the artifact, empty if it is missing or refused
     */
    public <T> Optional<T> embedded(String field, Function<Map<String, ?>, T> reader) {
        if (!(value(field, "an object") instanceof Map<?, ?> artifact)) {
            return wrong(field, "an object", Optional.empty());
        } else if (isReported(artifact)) {
            return Optional.empty();
        }
        try {
            return Optional.of(reader.apply(asObject(artifact)));
        } catch (InvalidArtifactException e) {
            e.problems().forEach(fault -> problemAt(field + fault.pointer(), fault.found(), fault.expected()));
            return Optional.empty();
        }
    }

    /** Whether a value has a fault that was reported when the text was parsed, so that nothing can be made of it. */
    private static boolean isReported(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.values().stream().anyMatch(JsonObject::isReported);
        } else if (value instanceof List<?> list) {
            return list.stream().anyMatch(JsonObject::isReported);
        }
        return value == StrictJsonParser.REPORTED;
    }

    /**
     * A required list of objects. Of a list in which too much is wrong to be listed, the rest is left out.
     *
     * @param field the name of the field
     * @return the objects in order
     */
    public List<JsonObject> objects(String field) {
        List<JsonObject> objects = new ArrayList<>();
        for (Object element : list(field, "a list of objects")) {
            if (problems.isFull()) {
                break;
            }
            objects.add(open(field, objects.size(), element));
        }
        return objects;
    }

    /**
     * A list of texts.
     *
     * @param field the name of the field
     * @return the texts in order, none if the field is not given
     */
    public List<String> texts(String field) {
        List<String> texts = new ArrayList<>();
        for (Object element : has(field) ? list(field, "a list of texts") : List.of()) {
            if (element instanceof String text) {
                texts.add(text);
            } else if (element != StrictJsonParser.REPORTED) {
                problem(field, describe(element) + " in its list", "expected a list of texts");
            }
        }
        return texts;
    }

    /**
     * A required list of finite numbers.
     *
     * @param field the name of the field
     * @return the numbers in order
     */
    public List<Double> numberList(String field) {
        List<Double> numbers = new ArrayList<>();
        for (Object element : list(field, "a list of finite numbers")) {
            if (element instanceof Double number) {
                numbers.add(number);
            } else if (element != StrictJsonParser.REPORTED) {
                problem(field, describe(element) + " in its list", "expected a list of finite numbers");
            }
        }
        return numbers;
    }

    /**
     * A required list of counts: whole numbers from 0 to 2^53.
     *
     * @param field the name of the field
     * @return the counts in order
     */
    public List<Long> counts(String field) {
        List<Long> counts = new ArrayList<>();
        for (double number : numberList(field)) {
            if (isCount(number)) {
                counts.add((long) number);
            } else {
                problem(field, number + " in its list", "expected whole numbers of at least 0");
            }
        }
        return counts;
    }

    private static boolean isCount(double number) {
        return number >= 0 && number <= 0x1p53 && number == StrictMath.rint(number);
    }

    /**
     * The names of the fields, for an object that may have any; none of them is a fault then.
     *
     * @return the names in the order of the document
     */
    public List<String> names() {
        skipOtherFields();
        return List.copyOf(fields.keySet());
    }

    /**
     * A required object whose values are all finite numbers.
     *
     * @param field the name of the field
     * @return the numbers by name, in the order of the document
     */
    public Map<String, Double> numbers(String field) {
        JsonObject object = object(field);
        object.skipOtherFields();
        Map<String, Double> numbers = new LinkedHashMap<>();
        object.fields.keySet().forEach(name -> numbers.put(name, object.number(name)));
        return numbers;
    }

    /**
     * All fields of this object, each a finite number, a text, or true or false.
     *
     * @return the values by name, in the order of the document
     */
    public Map<String, Object> values() {
        skipOtherFields();
        if (fields.values().stream().allMatch(JsonObject::isPlain)) {
            return fields;
        }
        Map<String, Object> values = new LinkedHashMap<>();
        fields.forEach((name, value) -> {
            if (value instanceof Map || value instanceof List) {
                problem(name, describe(value), "expected a number, a text, or true or false");
            } else if (value != StrictJsonParser.REPORTED) {
                values.put(name, value);
            }
        });
        return values;
    }

    /**
     * A required object whose values are all texts.
     *
     * @param field the name of the field
     * @return the texts by name, in the order of the document
     */
    public Map<String, String> textsByName(String field) {
        JsonObject object = object(field);
        object.skipOtherFields();
        Map<String, String> texts = new LinkedHashMap<>();
        object.fields.keySet().forEach(name -> texts.put(name, object.text(name)));
        return texts;
    }

    private List<?> list(String field, String expected) {
        return value(field, expected) instanceof List<?> list ? list : wrong(field, expected, List.of());
    }

    private JsonObject open(String field, int position, @Nullable Object value) {
        if (value instanceof Map) {
            return new JsonObject(this, field, position, asObject(value), problems, opened);
        }
        // The fault is reported, so what is asked of the stand-in is not reported again.
        JsonObject standIn = new JsonObject(this, field, position, Map.of(), problems.muted(), opened);
        if (value != null) {
            reportNoObject(value, standIn.pointer(), problems);
        }
        return standIn;
    }

    private @Nullable Object value(String field, String expected) {
        if (!has(field)) {
            problem(field, "missing", "expected " + expected);
            return null;
        }
        return fields.get(field);
    }

    private <T> T wrong(String field, String expected, T standIn) {
        Object found = fields.get(field);
        if (found != null && found != StrictJsonParser.REPORTED) {
            problem(field, describe(found), "expected " + expected);
        }
        return standIn;
    }

    private void reportUnknownFields() {
        for (String field : allKnown ? Set.<String>of() : fields.keySet()) {
            if (!known.contains(field)) {
                problem(
                        field,
                        "not a known field",
                        known.isEmpty() ? "leave it out" : "known here are " + String.join(", ", known));
            }
        }
    }

    @SuppressWarnings("unchecked") // the parser makes maps with text keys only
    private static Map<String, Object> asObject(Object value) {
        return value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }

    private static void reportNoObject(Object value, String at, JsonProblems problems) {
        if (value != StrictJsonParser.REPORTED) {
            problems.add(at, describe(value), "expected an object");
        }
    }

    private static boolean isPlain(Object value) {
        return !(value instanceof Map || value instanceof List || value == StrictJsonParser.REPORTED);
    }

    private static String describe(Object value) {
        if (value instanceof String text) {
            return "the text " + ArtifactText.quoted(text);
        } else if (value instanceof Map) {
            return "an object";
        } else if (value instanceof List) {
            return "a list";
        }
        return String.valueOf(value);
    }
}
