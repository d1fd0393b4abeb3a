package io.conversion.experiments.threshold;

import io.conversion.core.json.ArtifactText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Users of a policy and what became of them: for each decision the running variable, which is what the bound is on, such as the
 * calibrated probability, and the outcome. In whatever order they come, everything that is made of them is the same to the
 * bit. Immutable and safe to share between threads.
 */
public final class ThresholdUsers {

    private final double[] running;
    private final double[] outcomes;
    private final boolean @Nullable [] upper;
    private final Decider[] deciders;
    private final int[] units;
    private final Map<String, double[]> covariates;

    private ThresholdUsers(
            double[] running,
            double[] outcomes,
            boolean @Nullable [] upper,
            Decider[] deciders,
            int[] units,
            Map<String, double[]> covariates) {
        this.running = running;
        this.outcomes = outcomes;
        this.upper = upper;
        this.deciders = deciders;
        this.units = units;
        this.covariates = Collections.unmodifiableMap(covariates);
    }

    /**
     * Starts with users who all got what the side of the bound that they are on says.
     *
     * @param running the running variable of each, finite
     * @param outcomes the outcome of each, finite
     * @return the users, independent and without covariates
     * @throws IllegalArgumentException if there are not as many of both, or a number is not finite
     */
    public static ThresholdUsers of(double[] running, double[] outcomes) {
        Decider[] deciders = new Decider[running.length];
        Arrays.fill(deciders, Decider.BOUND);
        return new ThresholdUsers(
                checked("the running variable", running, running.length),
                checked("the outcome", outcomes, running.length),
                null,
                deciders,
                new int[0],
                new LinkedHashMap<>());
    }

    private static double[] checked(String what, double[] values, int users) {
        refuseOtherLength(what, values.length, users);
        for (double value : values) {
            if (!(Math.abs(value) <= Double.MAX_VALUE)) {
                throw new IllegalArgumentException(what + " is " + value + " for a user; it must be finite");
            }
        }
        return values.clone();
    }

    private static void refuseOtherLength(String what, int values, int users) {
        if (values != users) {
            throw new IllegalArgumentException(
                    what + " is there for " + values + " users of " + users + "; it must be there for each");
        }
    }

    /**
     * Says who got the action that begins at the bound.
     *
     * @param ofUsers true for each who got the upper action, false for each who got the lower one
     * @return the changed copy
     * @throws IllegalArgumentException if there are not as many as users
     */
    public ThresholdUsers upper(boolean[] ofUsers) {
        refuseOtherLength("the action", ofUsers.length, running.length);
        return new ThresholdUsers(running, outcomes, ofUsers.clone(), deciders, units, covariates);
    }

    /**
     * Says what decided about each. Only users whom the bound decided about are compared.
     *
     * @param ofUsers what decided
     * @return the changed copy
     * @throws IllegalArgumentException if there are not as many as users
     */
    public ThresholdUsers deciders(List<Decider> ofUsers) {
        refuseOtherLength("what decided", ofUsers.size(), running.length);
        return new ThresholdUsers(running, outcomes, upper, ofUsers.toArray(Decider[]::new), units, covariates);
    }

    /**
     * Says which rows are of the same user, so that they are alike.
     *
     * @param ofRows a number for each row, the same for rows of one user
     * @return the changed copy
     * @throws IllegalArgumentException if there are not as many as rows
     */
    public ThresholdUsers units(int[] ofRows) {
        refuseOtherLength("the unit", ofRows.length, running.length);
        return new ThresholdUsers(running, outcomes, upper, deciders, ofRows.clone(), covariates);
    }

    /**
     * Adds something that was known of users before the decision: what it explains of the outcome makes the interval narrower,
     * and a jump of it at the bound shows that the sides cannot be compared.
     *
     * @param name its name
     * @param ofUsers its value for each, finite
     * @return the changed copy
     * @throws IllegalArgumentException if there are not as many as users, or a number is not finite
     */
    public ThresholdUsers covariate(String name, double[] ofUsers) {
        Map<String, double[]> more = new LinkedHashMap<>(covariates);
        more.put(name, checked("covariate " + ArtifactText.quoted(name), ofUsers, running.length));
        return new ThresholdUsers(running, outcomes, upper, deciders, units, more);
    }

    /**
     * Some of the users: where a policy has several bounds, one asks about each among the users of the bands on its sides only.
     *
     * @param from where the running variable begins, inclusive
     * @param to where it ends, exclusive
     * @return those whose running variable lies between both
     */
    public ThresholdUsers between(double from, double to) {
        int[] rows = IntStream.range(0, running.length)
                .filter(i -> running[i] >= from && running[i] < to)
                .toArray();
        boolean[] actions = upper;
        boolean[] some = new boolean[rows.length];
        for (int i = 0; actions != null && i < rows.length; i++) {
            some[i] = actions[rows[i]];
        }
        Map<String, double[]> columns = new LinkedHashMap<>();
        covariates.forEach((name, values) -> columns.put(name, column(values, rows)));
        return new ThresholdUsers(
                column(running, rows),
                column(outcomes, rows),
                actions == null ? null : some,
                Arrays.stream(rows).mapToObj(i -> deciders[i]).toArray(Decider[]::new),
                units.length == 0
                        ? units
                        : Arrays.stream(rows).map(i -> units[i]).toArray(),
                columns);
    }

    /**
     * How many there are.
     *
     * @return the number of rows
     */
    public int size() {
        return running.length;
    }

    /**
     * The names of what was known before.
     *
     * @return the names, in the order in which they were added
     */
    public List<String> covariates() {
        return List.copyOf(covariates.keySet());
    }

    /** Whether all outcomes are 0 or 1. */
    boolean areShares() {
        return Arrays.stream(outcomes).allMatch(outcome -> outcome == 0 || outcome == 1);
    }

    /** Users below a bound, or at it and above, whom one of these decided about. */
    Side side(double bound, boolean above, Set<Decider> decided) {
        List<Comparator<Integer>> orders = new ArrayList<>();
        orders.add(Comparator.comparingDouble(i -> running[i]));
        orders.add(Comparator.comparingDouble(i -> outcomes[i]));
        covariates.values().forEach(column -> orders.add(Comparator.comparingDouble(i -> column[i])));
        Comparator<Integer> order =
                orders.stream().reduce(Comparator::thenComparing).orElseThrow();
        int[] rows = IntStream.range(0, running.length)
                .filter(i -> decided.contains(deciders[i]) && running[i] >= bound == above)
                .boxed()
                .sorted(order)
                .mapToInt(i -> i)
                .toArray();
        return new Side(
                Arrays.stream(rows).mapToDouble(i -> running[i] - bound).toArray(),
                column(outcomes, rows),
                covariates.values().stream().map(values -> column(values, rows)).toArray(double[][]::new),
                units.length == 0
                        ? units
                        : Arrays.stream(rows).map(i -> units[i]).toArray());
    }

    private static double[] column(double[] values, int[] rows) {
        return Arrays.stream(rows).mapToDouble(i -> values[i]).toArray();
    }

    /** How many users closer to a bound than a distance something decided about. */
    long near(double bound, double distance, Decider decider) {
        return count(bound, distance, i -> deciders[i] == decider);
    }

    /** How many users near whom the bound decided about got the action of the other side. */
    long exceptions(double bound, double distance) {
        boolean[] actions = upper;
        return actions == null
                ? 0
                : count(bound, distance, i -> deciders[i] == Decider.BOUND && actions[i] != running[i] >= bound);
    }

    private long count(double bound, double distance, IntPredicate rows) {
        return IntStream.range(0, running.length)
                .filter(i -> Math.abs(running[i] - bound) < distance)
                .filter(rows)
                .count();
    }
}
