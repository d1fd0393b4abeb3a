package io.conversion.experiments.threshold;

/** How the error of an effect at a bound is estimated for independent users. */
public enum ErrorKind {
    /** From what users differ in from those nearest to them: no model of the outcome; the usual choice. */
    NEAREST_NEIGHBOURS,
    /** From what users differ in from the fitted lines, with the factor {@code n / (n - k)} (HC1). */
    HC1
}
