package io.conversion.core.json;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.entry;

import io.conversion.core.artifact.InvalidArtifactException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonDocumentTest {

    private enum Colour {
        RED,
        DARK_BLUE
    }

    @Test
    void documentIsReadFieldByField() {
        String json = "{\"t\":\"x\",\"n\":1e2,\"c\":3,\"f\":true,\"e\":\"dark_blue\",\"o\":{\"l\":[\"a\",\"b\"]}}";

        List<Object> values = read(
                json,
                root -> List.of(
                        root.text("t"),
                        root.number("n"),
                        root.count("c"),
                        root.flag("f", false),
                        root.choice("e", Colour.RED),
                        root.object("o").texts("l")));

        assertThat(values).containsExactly("x", 100.0, 3L, true, Colour.DARK_BLUE, List.of("a", "b"));
    }

    @Test
    void problemsBeyondAThousandAreCounted() {
        assertThat(problemsOfNulls(1_000))
                .hasSize(1_000)
                .last()
                .hasToString("/999 is null; leave the field out or give" + " a value");
        assertThat(problemsOfNulls(1_001))
                .hasSize(1_001)
                .last()
                .hasToString("the file is wrong in 1 more place;" + " mend those that are listed first");
        assertThat(problemsOfNulls(7_000))
                .hasSize(1_001)
                .last()
                .hasToString("the file is wrong in 6000 more places;" + " mend those that are listed first");
    }

    /**
     * Names of one hash code, by the hash that the parser of JSON uses and by that of {@code String}: the document is read, in
     * time that a few thousand names take, and so is any document after it.
     */
    @Test
    void namesThatCollideSpoilNothing() {
        for (int names : new int[] {300, 330, 1_024, 4_096}) {
            String colliding = IntStream.range(0, names)
                    .mapToObj(i -> IntStream.range(0, 12)
                            .mapToObj(bit -> (i >> bit & 1) == 0 ? "Ab" : "BA")
                            .collect(joining("", "\"", "\":1")))
                    .collect(joining(",", "{", "}"));
            String others = IntStream.range(0, names)
                    .mapToObj(i -> "\"name" + i + "\":1")
                    .collect(joining(",", "{", "}"));

            assertThat(read(colliding, JsonObject::values)).hasSize(names);
            assertThat(refusal(colliding, root -> root.text("x", ""))).contains("is not a known field");
            assertThat(read(others, JsonObject::values)).hasSize(names);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "{\"a\":1}", "[1,2]", "{\"abc\":\"d\"}"})
    void textOfLittleButObjectsAndListsIsNotReadToItsEnd(String element) {
        String few = "{\"l\":[" + (element + ",").repeat(2_000) + element + "]}";
        String many = "{\"l\":[" + (element + ",").repeat(40_000) + element + "]}";

        assertThat(JsonDocument.attempt(few, JsonLimits.ARTIFACT, root -> root.has("l"))
                        .problems())
                .isEmpty();
        assertThat(refusal(many, root -> root.objects("l")))
                .contains("is beyond a limit; a text of this length may not hold so many objects, lists and names");
    }

    @Test
    void namesNeedValuesOfSomeLength() {
        Function<String, String> names = value -> IntStream.range(0, 40_000)
                .mapToObj(i -> "\"" + i + "\":" + value)
                .collect(joining(",", "{", "}"));

        assertThat(read(names.apply("0.123456"), JsonObject::values)).hasSize(40_000);
        assertThat(refusal(names.apply("1"), JsonObject::values)).contains(" is beyond a limit; a text of this length");
    }

    @Test
    void budgetEndsTheReading() {
        JsonLimits limits = JsonLimits.of(1_000, 8, 10, 10, 10).budget(6, 3);

        assertThat(JsonDocument.attempt("{\"a\":1,\"b\":[1,2,3]}", limits, JsonObject::names)
                        .problems())
                .isEmpty();
        assertThat(JsonDocument.attempt("{\"a\":1,\"b\":[1,2,3],\"c\":2}", limits, JsonObject::names)
                        .problems())
                .extracting(Object::toString)
                .containsExactly("/c is beyond a limit; at most 6 values are read");
        assertThat(JsonDocument.attempt("{\"b\":[1,2,3,4]}", limits, JsonObject::names)
                        .problems())
                .extracting(Object::toString)
                .containsExactly("/b is too long; a list may have at most 3 elements");
    }

    private static List<InvalidArtifactException.Problem> problemsOfNulls(int nulls) {
        String json =
                IntStream.range(0, nulls).mapToObj(i -> "\"" + i + "\":null").collect(joining(",", "{", "}"));
        InvalidArtifactException refusal =
                catchThrowableOfType(InvalidArtifactException.class, () -> read(json, JsonObject::values));
        return refusal.problems();
    }

    @Test
    void fieldsThatAreNotGivenHaveTheirDefaults() {
        List<Object> values = read(
                "{}",
                root -> List.of(
                        root.text("t", "-"),
                        root.number("n", -1),
                        root.flag("f", true),
                        root.choice("e", Colour.RED),
                        root.texts("l"),
                        root.optionalObject("o")));

        assertThat(values).containsExactly("-", -1.0, true, Colour.RED, List.of(), Optional.empty());
    }

    /** RFC 6901: {@code ~} is written {@code ~0} and {@code /} is written {@code ~1}. */
    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, delimiter = '|', textBlock = """
                    field | pointer
                    a/b   | /o/a~1b
                    m~n   | /o/m~0n
                    ~1    | /o/~01
                    ~/    | /o/~0~1
                    c%d   | /o/c%d
                    e^f   | /o/e^f
                    g h   | /o/g h
                    0     | /o/0
                    """)
    void pointerEscapesTheNamesOfFields(String field, String pointer) {
        assertThat(refusal(
                        "{\"o\": {\"" + field + "\": 1e999}}",
                        root -> root.object("o").numbers(field)))
                .contains("document: " + pointer + " is 1e999; every number must be finite");
        assertThat(refusal("{\"o\": {\"" + field + "\": 1}}", root -> root.object("o")))
                .isEqualTo("document: " + pointer + " is not a known field; leave it out");
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, delimiter = '|', quoteCharacter = '\'', textBlock = """
                    json              | message
                    ''                | the file is empty; expected a JSON object
                    ' '               | the file is empty; expected a JSON object
                    []                | the file is a list; expected an object
                    3                 | the file is 3.0; expected an object
                    true              | the file is true; expected an object
                    "x"               | the file is the text "x"; expected an object
                    {                 | the file is cut off at line 1, column 2; the file is not complete: write or copy it again
                    {} {}             | the file is longer than its JSON document; nothing may follow the closing brace
                    {} x              | the file is not valid JSON at line 1, column 4; Unrecognized token 'x'
                    {x: 1}            | the file is not valid JSON at line 1, column 2; Unexpected character ('x' (code 120))
                    {"x": tru}        | the file is not valid JSON at line 1, column 7; Unrecognized token 'tru'
                    {"x": 1,}         | the file is not valid JSON at line 1, column 9; Unexpected character ('}' (code 125))
                    """)
    void whatIsNotOneObjectIsRefused(String json, String message) {
        assertThat(refusal(json, root -> root.text("x", ""))).isEqualTo("document: " + message);
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, delimiter = '|', quoteCharacter = '\'', textBlock = """
                    json            | message
                    {}              | /c is missing; expected a finite number
                    {"c": 1.5}      | /c is 1.5; expected a whole number of at least 0
                    {"c": -1}       | /c is -1.0; expected a whole number of at least 0
                    {"c": 1e300}    | /c is 1.0E300; expected a whole number of at least 0
                    {"c": "1"}      | /c is the text "1"; expected a finite number
                    {"c": true}     | /c is true; expected a finite number
                    {"c": null}     | /c is null; leave the field out or give a value
                    {"c": 1, "c": 2} | /c is given twice; each field may be given once
                    """)
    void countIsAWholeNumber(String json, String message) {
        assertThat(refusal(json, root -> root.count("c"))).isEqualTo("document: " + message);
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
                    text,                      value
                    0x1.8p0,                   1.5
                    -0x1.0p-2,                 -0.25
                    0x1.0p10,                  1024
                    0x0.0p0,                   0.0
                    -0x0.0p0,                  -0.0
                    0x0.0000000000001p-1022,   4.9e-324
                    0x1.fffffffffffffp1023,    1.7976931348623157e308
                    """)
    void hexNumberHasEveryBit(String text, double value) {
        double read = read("{\"x\": \"" + text + "\"}", root -> root.hexNumber("x"));

        assertThat(Double.doubleToRawLongBits(read)).isEqualTo(Double.doubleToRawLongBits(value));
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, delimiter = '|', quoteCharacter = '\'', textBlock = """
                    json                             | message
                    {}                               | /x is missing; expected a text
                    {"x": 1.5}                       | /x is 1.5; expected a text
                    {"x": " "}                       | /x is blank; expected a text
                    {"x": "1.5"}                     | /x is "1.5"; expected a hexadecimal number such as "0x1.8p0"
                    {"x": "0x1.8"}                   | /x is "0x1.8"; expected a hexadecimal number such as "0x1.8p0"
                    {"x": "0x1.8p+0"}                | /x is "0x1.8p+0"; expected a hexadecimal number such as "0x1.8p0"
                    {"x": "0X1.8P0"}                 | /x is "0X1.8P0"; expected a hexadecimal number such as "0x1.8p0"
                    {"x": "0x1.Ap0"}                 | /x is "0x1.Ap0"; expected a hexadecimal number such as "0x1.8p0"
                    {"x": "0x1.0p00"}                | /x is "0x1.0p00"; expected a hexadecimal number such as "0x1.8p0"
                    {"x": "0x1p10"}                  | /x is "0x1p10"; expected a hexadecimal number such as "0x1.8p0"
                    {"x": "0x1.80p0"}                | /x is "0x1.80p0"; expected a hexadecimal number such as "0x1.8p0"
                    {"x": "0x2.0p0"}                 | /x is "0x2.0p0"; expected a hexadecimal number such as "0x1.8p0"
                    {"x": "0x1.00000000000001p0"}    | /x is "0x1.00000000000001p0"; expected a hexadecimal number such as "0x1.8p0"
                    {"x": "0x1.8p0 "}                | /x is "0x1.8p0 "; expected a hexadecimal number such as "0x1.8p0"
                    {"x": "0x1.8p0\\n"}              | /x is "0x1.8p0\\u000a"; expected a hexadecimal number such as "0x1.8p0"
                    {"x": "NaN"}                     | /x is "NaN"; expected a hexadecimal number such as "0x1.8p0"
                    {"x": "Infinity"}                | /x is "Infinity"; expected a hexadecimal number such as "0x1.8p0"
                    {"x": "0x1.0p1024"}              | /x is "0x1.0p1024"; every number must be finite
                    {"x": "-0x1.0p9999"}             | /x is "-0x1.0p9999"; every number must be finite
                    """)
    void hexNumberIsWrittenInOneWay(String json, String message) {
        assertThat(refusal(json, root -> root.hexNumber("x"))).isEqualTo("document: " + message);
    }

    @Test
    void valuesAreNumbersTextsAndTruthValuesInTheOrderOfTheDocument() {
        Map<String, Object> values = read(
                "{\"v\": {\"n\": 1e1, \"t\": \" \", \"f\": false, \"a/b\": true}}",
                root -> root.object("v").values());

        assertThat(values).containsExactly(entry("n", 10.0), entry("t", " "), entry("f", false), entry("a/b", true));
    }

    @Test
    void valueOfAnotherTypeIsReportedByItsPointer() {
        String json = "{\"v\": {\"n\": 1, \"a/b\": [1], \"o\": {}, \"z\": null}}";

        assertThat(refusal(json, root -> root.object("v").values())).isEqualTo("""
                        document: 3 problems
                          /v/z is null; leave the field out or give a value
                          /v/a~1b is a list; expected a number, a text, or true or false
                          /v/o is an object; expected a number, a text, or true or false""");
    }

    @Test
    void embeddedArtifactIsReadFromItsOwnFields() {
        String json = "{\"inner\":{\"t\":\"x\\ny\",\"n\":0.1}}";

        Optional<Object> values = read(
                json,
                root -> root.embedded(
                        "inner",
                        fields -> JsonDocument.read(fields, "inner", inner -> {
                            return List.of(inner.text("t"), inner.number("n"));
                        })));

        assertThat(values).contains(List.of("x\ny", 0.1));
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, delimiter = '|', quoteCharacter = '\'', textBlock = """
                    json                            | message
                    {"inner":{"l":{"t":1}}}         | /inner/l/t is 1.0; expected a text
                    {"inner":{"l":{"t":"","x":0}}}  | 2 problems; /inner/l/t is blank; expected a text; /inner/l/x is not a known field; known here are t
                    {"inner":{"l":{"t":NaN}}}       | /inner/l/t is NaN; every number must be finite
                    {"inner":[]}                    | /inner is a list; expected an object
                    {"inner":null}                  | /inner is null; leave the field out or give a value
                    {}                              | /inner is missing; expected an object
                    """)
    void faultOfAnEmbeddedArtifactHasItsWholePointer(String json, String message) {
        Function<JsonObject, String> artifact = inner -> inner.object("l").text("t");

        String refusal =
                refusal(json, root -> root.embedded("inner", fields -> JsonDocument.read(fields, "inner", artifact)));

        assertThat(refusal.replace("\n ", ";")).isEqualTo("document: " + message);
    }

    @Test
    void longTextsAreCutInMessages() {
        String json = "{\"e\": \"" + "x".repeat(90) + "\"}";

        assertThat(refusal(json, root -> root.choice("e", Colour.RED)))
                .isEqualTo("document: /e is \"" + "x".repeat(77) + "...\"; expected one of red, dark_blue");
        assertThat(refusal("{\"n\": \"" + "x".repeat(501) + "\"}", root -> root.name("n")))
                .isEqualTo("document: /n is \"" + "x".repeat(77) + "...\"; expected a text that is not blank, of at"
                        + " most 500 characters and without control characters");
    }

    @Test
    void partOfAnotherTypeIsReportedOnceAndNotAskedFurther() {
        assertThat(refusal("{\"o\": 1, \"l\": [1, {}]}", root -> {
                    root.object("o").text("never");
                    root.optionalObject("p");
                    return root.objects("l").stream().map(o -> o.text("t")).toList();
                }))
                .isEqualTo("""
                        document: 3 problems
                          /o is 1.0; expected an object
                          /l/0 is 1.0; expected an object
                          /l/1/t is missing; expected a text""");
    }

    @Test
    void readerCanReportWhatItKnowsBetter() {
        assertThat(refusal("{\"a\": {\"x/y\": 1}}", root -> {
                    JsonObject a = root.object("a");
                    a.number("x/y");
                    a.problem("odd", "make it even");
                    a.problem("x/y", "1", "expected 2");
                    root.problemAt("a/b/0", "absent", "add it");
                    return "";
                }))
                .isEqualTo("""
                        document: 3 problems
                          /a is odd; make it even
                          /a/x~1y is 1; expected 2
                          /a/b/0 is absent; add it""");
    }

    @Test
    void documentBeyondTheLimitIsNotParsed(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("huge.json");
        try (RandomAccessFile huge = new RandomAccessFile(file.toFile(), "rw")) {
            huge.setLength(JsonDocument.MAX_BYTES + 1L);
        }

        assertThatExceptionOfType(InvalidArtifactException.class)
                .isThrownBy(() -> JsonDocument.read(file, root -> root))
                .withMessage("huge.json: the file is too large; at most 33554432 bytes are read");
    }

    @Test
    void nestingUpToTheLimitIsRead() {
        int depth = JsonDocument.MAX_DEPTH - 1;
        String json = "{\"l\":" + "[".repeat(depth) + "]".repeat(depth) + "}";

        boolean read = read(json, root -> root.has("l"));

        assertThat(read).isTrue();
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, delimiter = '|', textBlock = """
                    repeated | times | message
                    [        | 16    | /l/0/0/0/0/0/0/0/0/0/0/0/0/0/0 is beyond a limit; Document nesting depth (17) exceeds the maximum allowed (16)
                    {"l":    | 16    | /l/l/l/l/l/l/l/l/l/l/l/l/l/l/l is beyond a limit; Document nesting depth (17) exceeds the maximum allowed (16)
                    """)
    void nestingBeyondTheLimitIsRefusedWhereItStarts(String repeated, int times, String message) {
        String json = "{\"l\": " + repeated.repeat(times);

        assertThat(refusal(json, root -> root.has("l"))).isEqualTo("document: " + message);
    }

    @Test
    void onlyUtf8IsRead() {
        assertThat(refusal("{\"t\": \"x\"}".getBytes(StandardCharsets.UTF_16)))
                .isEqualTo("document: the file is not text in UTF-8; save it in UTF-8");
        assertThat(refusal(new byte[] {'{', '"', (byte) 0xC3, '"'}))
                .isEqualTo("document: the file is not text in UTF-8; save it in UTF-8");
        assertThat(refusal("\uFEFF{\"t\": \"x\"}".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("read: x");
    }

    @Test
    void halfOfASurrogatePairIsNoText() {
        assertThat(refusal("{\"t\": \"\\ud83d\"}", root -> root.text("t")))
                .isEqualTo("document: /t is a text with half of a surrogate pair; write the whole character");
        assertThat(refusal("{\"t\": \"\\ud83d\\udcfa\"}", root -> root.text("t")))
                .isEqualTo("read: \uD83D\uDCFA");
    }

    @Test
    void directoryIsNotAFileToRead(@TempDir Path folder) {
        assertThatIOException()
                .isThrownBy(() -> JsonDocument.read(folder, root -> root))
                .withMessage(folder + " is a directory; a file was expected");
    }

    @Test
    void fileThatDoesNotExistIsNamed(@TempDir Path folder) {
        Path file = folder.resolve("none.json");

        assertThatExceptionOfType(NoSuchFileException.class)
                .isThrownBy(() -> JsonDocument.read(file, root -> root))
                .withMessage(file.toString());
        assertThat(Files.exists(file)).isFalse();
    }

    private static <T> T read(String json, Function<JsonObject, T> reader) {
        return JsonDocument.read(json.getBytes(StandardCharsets.UTF_8), "document", reader);
    }

    private static String refusal(byte[] json) {
        return refusal(json, root -> root.text("t"));
    }

    private static String refusal(String json, Function<JsonObject, ?> reader) {
        return refusal(json.getBytes(StandardCharsets.UTF_8), reader);
    }

    private static String refusal(byte[] json, Function<JsonObject, ?> reader) {
        try {
            return "read: " + JsonDocument.read(json, "document", reader);
        } catch (InvalidArtifactException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
