package io.conversion.model;

/** How the log-odds of a model are calibrated. */
public enum CalibrationMethod {
    /** Not at all. */
    NONE,
    /** By a straight line, see {@link PlattScaling}. */
    PLATT,
    /** By isotonic regression with bounded blocks, see {@link IsotonicScaling}. */
    ISOTONIC,
    /** By whichever of the others has a better cross-validated log loss, see {@link CalibrationChoice}. */
    AUTO
}
