package io.conversion.model.comparison;

import java.util.Locale;

/** The contenders of a comparison, from the plainest to the most opaque. */
public enum Approach {
    /** The best rule of one signal: above a threshold, or of a level, or not. */
    NAIVE_RULE,
    /** One small classification tree. */
    SINGLE_TREE,
    /** A logistic regression with linear shapes. */
    LINEAR_MODEL,
    /** The model of the trainer that is measured. */
    OUR_MODEL,
    /** A random forest. */
    RANDOM_FOREST,
    /** Gradient boosting of trees. */
    GRADIENT_BOOSTING;

    /**
     * Whether nobody can read how it comes to a probability.
     *
     * @return whether it is a black box
     */
    public boolean isBlackBox() {
        return this == RANDOM_FOREST || this == GRADIENT_BOOSTING;
    }

    /** The name in words, such as {@code gradient boosting}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
