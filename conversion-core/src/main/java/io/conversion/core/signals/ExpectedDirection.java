package io.conversion.core.signals;

/** Which way a signal is declared to move the probability, by what the product knows. */
public enum ExpectedDirection {
    /** Nothing is declared. */
    ANY,
    /** The probability never falls where the signal rises. */
    INCREASING,
    /** The probability never rises where the signal rises. */
    DECREASING
}
