package io.conversion.policy.economics;

import io.conversion.core.json.ArtifactText;

/** The numbers that an assumption may have, ends included. */
record Limit(double least, double most) {

    static final Limit VALUE = new Limit(1e-6, 1e12);
    static final Limit MONEY = new Limit(0, 1e12);
    static final Limit RELATIVE = new Limit(-1, 1000);
    static final Limit LOG_ODDS = new Limit(-10, 10);
    static final Limit ABSOLUTE = new Limit(-1, 1);
    static final Limit USERS = new Limit(1, 1e12);

    /** What the size of an effect may be. */
    static Limit of(Effect effect) {
        if (effect instanceof Effect.Relative) {
            return RELATIVE;
        }
        return effect instanceof Effect.LogOdds ? LOG_ODDS : ABSOLUTE;
    }

    boolean allows(double number) {
        return number >= least && number <= most;
    }

    String expected() {
        return "expected a number from " + Amount.text(least) + " to " + Amount.text(most);
    }

    /** The number itself, if it is allowed. */
    double require(String what, double number) {
        if (!allows(number)) {
            throw new IllegalArgumentException(what + " is " + number + "; " + expected());
        }
        return number;
    }

    double nearest(double number) {
        return Math.max(least, Math.min(most, number));
    }

    static String requireName(String what, String name) {
        if (!ArtifactText.isName(name)) {
            throw new IllegalArgumentException(what + " is not valid: " + ArtifactText.NAME);
        }
        return name;
    }
}
