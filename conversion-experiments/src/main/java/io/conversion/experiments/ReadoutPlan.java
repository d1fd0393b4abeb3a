package io.conversion.experiments;

import io.conversion.core.json.ArtifactText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was fixed before an experiment is read out. Immutable and safe to share between threads.
 *
 * @param name what the read-out is called
 * @param control the arm that others are compared with
 * @param shares the declared share of each arm; empty where none was declared, and then there is no sample ratio to check
 * @param metrics the metrics, the primary one first
 * @param covariates columns that were known of users before their assignment and explain their outcome
 * @param alpha the chance to see an effect where there is none, two-sided
 * @param plannedUsers the planned users of all arms; 0 if none were
 * @param smallestEffect the smallest difference of the primary metric that matters; NaN if none was declared
 * @param singleLook whether this is the only look, so that intervals of a single look decide; else anytime ones do
 * @param tolerance the relative deviation of a share that would not matter
 */
public record ReadoutPlan(
        String name,
        String control,
        Map<String, Double> shares,
        List<Metric> metrics,
        List<String> covariates,
        double alpha,
        long plannedUsers,
        double smallestEffect,
        boolean singleLook,
        double tolerance) {

    /**
     * The size at which anytime intervals are narrowest where none was planned. It is fixed: one that grew with the data would
     * make the intervals wrong.
     */
    public static final long UNPLANNED_USERS = 10_000;

    /**
     * Copies the collections and checks the plan. {@inheritDoc}
     *
     * @throws IllegalArgumentException with all that is wrong with it
     */
    public ReadoutPlan {
        shares = Collections.unmodifiableMap(new LinkedHashMap<>(shares));
        metrics = List.copyOf(metrics);
        covariates = List.copyOf(covariates);
        List<String> problems = ReadoutPlanCheck.problems(
                control, shares, metrics, covariates, alpha, plannedUsers, smallestEffect, tolerance);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(
                    "plan " + ArtifactText.quoted(name) + ": " + String.join("; ", problems));
        }
    }

    /**
     * Starts a plan with an error rate of 0.05 and anytime intervals, and without shares, size and covariates.
     *
     * @param name what the read-out is called
     * @param control the arm that others are compared with
     * @param primary the metric that the verdict is about
     * @return the builder
     */
    public static Builder builder(String name, String control, Metric primary) {
        return new Builder(name, control, primary);
    }

    /**
     * The metric that the verdict is about.
     *
     * @return the first metric
     */
    public Metric primary() {
        return metrics.get(0);
    }

    /** The size by which anytime intervals are tuned. */
    long tunedUsers() {
        return plannedUsers > 0 ? plannedUsers : UNPLANNED_USERS;
    }

    /** Builds a {@link ReadoutPlan}. Not safe for use by several threads at once. */
    public static final class Builder {

        private final String name;
        private final String control;
        private final List<Metric> metrics = new ArrayList<>();
        private Map<String, Double> shares = Map.of();
        private List<String> covariates = List.of();
        private double alpha = 0.05;
        private long plannedUsers;
        private double smallestEffect = Double.NaN;
        private boolean singleLook;
        private double tolerance;

        private Builder(String name, String control, Metric primary) {
            this.name = name;
            this.control = control;
            metrics.add(primary.primary());
        }

        /**
         * Adds a metric: a guardrail, or one that decides nothing.
         *
         * @param metric the metric
         * @return this builder
         */
        public Builder metric(Metric metric) {
            metrics.add(metric);
            return this;
        }

        /**
         * Declares the share of each arm.
         *
         * @param declared the share of each arm by name, positive, summing to 1
         * @return this builder
         */
        public Builder shares(Map<String, Double> declared) {
            shares = declared;
            return this;
        }

        /**
         * Names what was known of users before their assignment, such as the recorded probability.
         *
         * @param columns the columns
         * @return this builder
         */
        public Builder covariates(List<String> columns) {
            covariates = columns;
            return this;
        }

        /**
         * Sets the error rate.
         *
         * @param rate between 0 and 1
         * @return this builder
         */
        public Builder alpha(double rate) {
            alpha = rate;
            return this;
        }

        /**
         * Sets the planned size.
         *
         * @param users the users of all arms together, at least 1
         * @return this builder
         */
        public Builder plannedUsers(long users) {
            plannedUsers = users;
            return this;
        }

        /**
         * Sets the smallest effect that matters.
         *
         * @param effect a difference of the primary metric, above 0
         * @return this builder
         */
        public Builder smallestEffect(double effect) {
            smallestEffect = effect;
            return this;
        }

        /**
         * Says that this is the one look that was planned, so that intervals of a single look decide.
         *
         * @return this builder
         */
        public Builder singleLook() {
            singleLook = true;
            return this;
        }

        /**
         * Sets the relative deviation of a share that would not matter.
         *
         * @param relative from 0 to below 1
         * @return this builder
         */
        public Builder tolerance(double relative) {
            tolerance = relative;
            return this;
        }

        /**
         * Makes the plan.
         *
         * @return the plan
         * @throws IllegalArgumentException with all that is wrong with it
         */
        public ReadoutPlan build() {
            return new ReadoutPlan(
                    name,
                    control,
                    shares,
                    metrics,
                    covariates,
                    alpha,
                    plannedUsers,
                    smallestEffect,
                    singleLook,
                    tolerance);
        }
    }
}
