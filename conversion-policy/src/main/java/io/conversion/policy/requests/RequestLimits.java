package io.conversion.policy.requests;

/**
 * How much of a request is read. Starts at {@link #defaults()} and is refined by the methods that return a changed copy.
 * Immutable.
 *
 * @param bytes the longest request, in bytes, at least 1
 * @param depth the deepest nesting of objects and lists, at least 4, which a batch with a context has
 * @param nameLength the longest name of a field, in UTF-16 code units, at least 1
 * @param textLength the longest text, in UTF-16 code units, at least 1
 * @param numberLength the longest number, in characters, at least 1
 * @param values the most values of a request: numbers, texts, truth values, objects and lists, at least 1; each takes some
 *     100 bytes of memory while the request is held
 * @param rows the most rows of a batch, at least 1
 */
public record RequestLimits(
        int bytes, int depth, int nameLength, int textLength, int numberLength, int values, int rows) {

    /**
     * Checks the limits. {@inheritDoc}
     *
     * @throws IllegalArgumentException if one is too small
     */
    public RequestLimits {
        if (bytes < 1 || depth < 4 || nameLength < 1 || textLength < 1 || numberLength < 1 || values < 1 || rows < 1) {
            throw new IllegalArgumentException("the limits of requests are " + bytes + " bytes, depth " + depth
                    + ", names of " + nameLength + ", texts of " + textLength + ", numbers of " + numberLength + ", "
                    + values
                    + " values, " + rows + " rows; the depth must be at least 4 and the others at least 1");
        }
    }

    /**
     * 1 MB, a depth of 8, names of 4,096 and texts of 65,536 code units, numbers of 512 characters, 65,536 values, 1,000
     * rows. More than about 60 signals in each of 1,000 rows need more values.
     *
     * @return the limits
     */
    public static RequestLimits defaults() {
        return new RequestLimits(1 << 20, 8, 4 * 1024, 64 * 1024, 512, 64 * 1024, 1_000);
    }

    /**
     * States the longest request.
     *
     * @param most its length in bytes, at least 1
     * @return the changed copy
     */
    public RequestLimits bytes(int most) {
        return new RequestLimits(most, depth, nameLength, textLength, numberLength, values, rows);
    }

    /**
     * States the most values of a request.
     *
     * @param most the number of numbers, texts, truth values, objects and lists, at least 1
     * @return the changed copy
     */
    public RequestLimits values(int most) {
        return new RequestLimits(bytes, depth, nameLength, textLength, numberLength, most, rows);
    }

    /**
     * States the most rows of a batch.
     *
     * @param most the number of rows, at least 1
     * @return the changed copy
     */
    public RequestLimits rows(int most) {
        return new RequestLimits(bytes, depth, nameLength, textLength, numberLength, values, most);
    }
}
