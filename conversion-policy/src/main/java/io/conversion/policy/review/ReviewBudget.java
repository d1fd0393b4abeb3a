package io.conversion.policy.review;

/**
 * How much work one review may do: whether some conditions cover another one is a question whose work can double with
 * each of them. Counted in sides of boxes. For one thread.
 */
final class ReviewBudget {

    private static final long QUESTION = 2_000_000;
    private static final long ALL = 10_000_000;

    private long left = ALL;
    private long ofQuestion;

    /** Begins another question. */
    void begin() {
        ofQuestion = Math.min(QUESTION, left);
    }

    /** Does so much more of the question; whether it may. */
    boolean spend(long sides) {
        ofQuestion -= sides;
        left -= sides;
        return ofQuestion >= 0;
    }
}
