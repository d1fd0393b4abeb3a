package io.conversion.experiments;

import io.conversion.experiments.statistics.Value;
import org.jspecify.annotations.Nullable;

/**
 * What an experiment measures of a user, and what would be good and bad of it. Immutable and safe to share between threads.
 *
 * @param name what it is called
 * @param kind what is compared between arms
 * @param column the column that holds a user's value
 * @param denominator the column whose sum divides; null unless this is a ratio
 * @param role what it decides
 * @param higherIsBetter whether more of it is better
 * @param harm of a guardrail, the change for the worse, in its own unit, that is not to be borne; at least 0, NaN of any other
 */
public record Metric(
        String name,
        Kind kind,
        String column,
        @Nullable String denominator,
        Role role,
        boolean higherIsBetter,
        double harm) {

    /** What is compared between arms. */
    public enum Kind {
        /** The share of users who did it: values are 0 or 1. */
        PROPORTION,
        /** The mean over users. */
        MEAN,
        /** The ratio of the sums of two values over users, with users as what is independent. */
        RATIO
    }

    /** What a metric decides. */
    public enum Role {
        /** The one that the verdict is about. */
        PRIMARY,
        /** One that must not be harmed. */
        GUARDRAIL,
        /** One that decides nothing. */
        OTHER
    }

    /**
     * Checks that the parts fit each other. {@inheritDoc}
     *
     * @throws IllegalArgumentException if a ratio has no denominator, or another has one, or a guardrail has no harm
     */
    public Metric {
        if (kind == Kind.RATIO ^ denominator != null) {
            throw new IllegalArgumentException("a ratio has a denominator, and nothing else has one");
        }
        if (role == Role.GUARDRAIL && !(harm >= 0)) {
            throw new IllegalArgumentException("the harm of a guardrail must be at least 0, not " + harm);
        }
    }

    /**
     * A metric that is better the higher it is and decides nothing.
     *
     * @param name what it is called, and the column
     * @param kind proportion or mean
     * @return the metric
     */
    public static Metric of(String name, Kind kind) {
        return new Metric(name, kind, name, null, Role.OTHER, true, Double.NaN);
    }

    /**
     * A ratio that is better the higher it is and decides nothing.
     *
     * @param name what it is called
     * @param numerator the column above
     * @param denominator the column below
     * @return the metric
     */
    public static Metric ratio(String name, String numerator, String denominator) {
        return new Metric(name, Kind.RATIO, numerator, denominator, Role.OTHER, true, Double.NaN);
    }

    /**
     * The same metric as the one that the verdict is about.
     *
     * @return the changed copy
     */
    public Metric primary() {
        return new Metric(name, kind, column, denominator, Role.PRIMARY, higherIsBetter, Double.NaN);
    }

    /**
     * The same metric as one that must not be harmed.
     *
     * @param leastHarm the change for the worse that is not to be borne, at least 0
     * @return the changed copy
     */
    public Metric guardrail(double leastHarm) {
        return new Metric(name, kind, column, denominator, Role.GUARDRAIL, higherIsBetter, leastHarm);
    }

    /**
     * The same metric as one of which less is better.
     *
     * @return the changed copy
     */
    public Metric lowerIsBetter() {
        return new Metric(name, kind, column, denominator, role, false, harm);
    }

    /** Where the values of a user are: the numerator first, the denominator next. */
    Value value() {
        return kind == Kind.RATIO ? Value.ratio(0, 1) : Value.mean(0);
    }

    /** The columns of a user's values, in the order of {@link #value()}. */
    String[] columns() {
        return denominator == null ? new String[] {column} : new String[] {column, denominator};
    }

    /** A change of this metric as a gain: above 0 where it is for the better. */
    double gain(double change) {
        return higherIsBetter ? change : -change;
    }
}
