package io.conversion.model.signals;

/** How the rate of conversion runs over the bins of a signal, as far as it differs by more than noise. */
public enum Relation {
    /** It rises, and never falls. */
    INCREASING,
    /** It falls, and never rises. */
    DECREASING,
    /** It falls, then rises. */
    U_SHAPED,
    /** It rises, then falls. */
    INVERTED_U,
    /** It changes its direction more than once. */
    IRREGULAR,
    /** It differs nowhere by more than noise. */
    FLAT,
    /** The bins are levels without an order. */
    UNORDERED
}
