package io.conversion.policy;

/**
 * How a number is compared with another one. Comparisons are of 64-bit doubles, nothing is rounded; one with NaN never
 * holds.
 */
public enum Comparison {
    /** Below. */
    BELOW("<"),
    /** Below or equal. */
    AT_MOST("<="),
    /** Above. */
    ABOVE(">"),
    /** Above or equal. */
    AT_LEAST(">="),
    /** Equal. */
    EQUAL("=="),
    /** Another number. */
    DIFFERENT("!=");

    private final String symbol;

    Comparison(String symbol) {
        this.symbol = symbol;
    }

    /**
     * The symbol, as a policy file writes it.
     *
     * @return such as {@code <=}
     */
    public String symbol() {
        return symbol;
    }

    /**
     * Compares two numbers.
     *
     * @param left the number to the left of the symbol
     * @param right the number to its right
     * @return whether the comparison holds; false if either is NaN
     */
    public boolean holds(double left, double right) {
        return switch (this) {
            case BELOW -> left < right;
            case AT_MOST -> left <= right;
            case ABOVE -> left > right;
            case AT_LEAST -> left >= right;
            case EQUAL -> left == right;
            case DIFFERENT -> left < right || left > right;
        };
    }
}
