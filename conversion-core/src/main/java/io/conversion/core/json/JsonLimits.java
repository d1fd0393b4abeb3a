package io.conversion.core.json;

import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/** How much of a document is read. A reader keeps one for all its documents. Immutable. */
public final class JsonLimits {

    /** For the library's own artifacts. */
    public static final JsonLimits ARTIFACT = new JsonLimits(
            JsonDocument.MAX_BYTES,
            false,
            0,
            Integer.MAX_VALUE,
            Integer.MAX_VALUE,
            factory(JsonDocument.MAX_DEPTH, 4 * 1024, 64 * 1024, 512));

    private final int bytes;
    private final boolean exact;
    private final int groups;
    private final int values;
    private final int elements;
    private final JsonFactory factory;

    private JsonLimits(int bytes, boolean exact, int groups, int values, int elements, JsonFactory factory) {
        this.bytes = bytes;
        this.exact = exact;
        this.groups = groups;
        this.values = values;
        this.elements = elements;
        this.factory = factory;
    }

    private static JsonFactory factory(int depth, int nameLength, int textLength, int numberLength) {
        return JsonFactory.builder()
                // The parser would keep names for all documents to come, and names made to collide would spoil them.
                .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
                // NaN and infinities are let through so that they are refused with their pointer, not as a syntax
                // error.
                .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(depth)
                        .maxStringLength(textLength)
                        .maxNameLength(nameLength)
                        .maxNumberLength(numberLength)
                        .build())
                .build();
    }

    /**
     * Limits of documents from outside, whose whole numbers must each be equal to a double. Those of an artifact need not
     * be, since other software spells a large double by its first 17 digits and zeros.
     *
     * @param bytes the longest document, in bytes
     * @param depth the deepest nesting of objects and lists
     * @param nameLength the longest name of a field, in UTF-16 code units
     * @param textLength the longest text, in UTF-16 code units
     * @param numberLength the longest number, in characters
     * @return the limits
     */
    public static JsonLimits of(int bytes, int depth, int nameLength, int textLength, int numberLength) {
        return new JsonLimits(
                bytes,
                true,
                0,
                Integer.MAX_VALUE,
                Integer.MAX_VALUE,
                factory(depth, nameLength, textLength, numberLength));
    }

    /**
     * The same with a budget, at the end of which the reading stops.
     *
     * @param most the most values of a document: numbers, texts, truth values, objects and lists
     * @param longest the longest list
     * @return the changed copy
     */
    public JsonLimits budget(int most, int longest) {
        return new JsonLimits(bytes, exact, groups, most, longest, factory);
    }

    /**
     * The same for documents of many parts, such as the rows of a batch: problems that are not listed are counted by the
     * part that they are in.
     *
     * @param steps how many steps of a pointer lead to a part
     * @return the changed copy
     */
    public JsonLimits countedBy(int steps) {
        return new JsonLimits(bytes, exact, steps, values, elements, factory);
    }

    int groups() {
        return groups;
    }

    /**
     * The longest document.
     *
     * @return its length, in bytes
     */
    public int bytes() {
        return bytes;
    }

    boolean exactWholeNumbers() {
        return exact;
    }

    int values() {
        return values;
    }

    int elements() {
        return elements;
    }

    JsonFactory factory() {
        return factory;
    }
}
