package io.conversion.core.json;

import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/** How much of a document is read. A reader keeps one for all its documents. Immutable. */
public final class JsonLimits {

    /** For the library's own artifacts. */
    public static final JsonLimits ARTIFACT =
            new JsonLimits(JsonDocument.MAX_BYTES, JsonDocument.MAX_DEPTH, 4 * 1024, 64 * 1024, 512, false);

    private final int bytes;
    private final JsonFactory factory;
    private final boolean exact;
    private final int groups;

    private JsonLimits(
            int bytes, int depth, int nameLength, int textLength, int numberLength, boolean exactWholeNumbers) {
        this(bytes, exactWholeNumbers, 0, factory(depth, nameLength, textLength, numberLength));
    }

    private JsonLimits(int bytes, boolean exact, int groups, JsonFactory factory) {
        this.bytes = bytes;
        this.exact = exact;
        this.groups = groups;
        this.factory = factory;
    }

    private static JsonFactory factory(int depth, int nameLength, int textLength, int numberLength) {
        // NaN and infinities are let through here so that they are refused with their pointer, not as a syntax error.
        return JsonFactory.builder()
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
        return new JsonLimits(bytes, depth, nameLength, textLength, numberLength, true);
    }

    /**
     * The same for documents of many parts, such as the rows of a batch: problems that are not listed are counted by the
     * part that they are in.
     *
     * @param steps how many steps of a pointer lead to a part
     * @return the changed copy
     */
    public JsonLimits countedBy(int steps) {
        return new JsonLimits(bytes, exact, steps, factory);
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

    JsonFactory factory() {
        return factory;
    }
}
