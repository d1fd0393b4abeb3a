package io.conversion.model.signals;

/** What a signal is validated for. */
public enum Dimension {
    /** Whether it tells converters from others at all: ROC AUC and lift. */
    PREDICTIVE_STRENGTH,
    /** Whether it tells suspiciously much, as a signal does that holds the outcome itself. */
    LEAKAGE,
    /** Whether it is known on the day of the prediction. */
    TEMPORAL_VALIDITY,
    /** Whether it works the same way in all cohorts. */
    STABILITY,
    /** Whether other signals tell the same. */
    COLLINEARITY,
    /** Whether its meaning and its unit are declared. */
    INTERPRETABILITY,
    /** Whether the product is declared to be able to move it. It informs, and decides no verdict. */
    ACTIONABILITY
}
