package io.conversion.experiments.value;

import io.conversion.experiments.statistics.MomentSums;
import io.conversion.experiments.statistics.Moments;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The decisions of a log under another policy: weights, rewards and what a reward model expects; of one user together. */
final class WeightedRows {

    final double[] weight;
    final double[] reward;

    /** What the model expects of the logged action; null without a model. */
    final double @Nullable [] expected;

    /** What the model expects of the policy. */
    final double @Nullable [] direct;

    /** The rows of each user, one user behind the other; null where each row is a user of its own. */
    private final int @Nullable [] byUser;

    private final long @Nullable [] units;

    WeightedRows(LoggedDecisions log, TargetPolicy target, @Nullable RewardModel model) {
        int size = log.size();
        weight = new double[size];
        reward = new double[size];
        expected = model == null ? null : new double[size];
        direct = model == null ? null : new double[size];
        for (int row = 0; row < size; row++) {
            int logged = log.action(row);
            weight[row] = target.ofLogged(row, logged) / log.propensity(row);
            reward[row] = log.reward(row);
            if (model != null && expected != null && direct != null) {
                expected[row] = log.reward(logged, model.outcome(row, logged));
                direct[row] = direct(log, target, model, row);
            }
        }
        units = log.units();
        byUser = units == null ? null : byUser(units);
    }

    private static double direct(LoggedDecisions log, TargetPolicy target, RewardModel model, int row) {
        double[] sum = new double[1];
        target.each(
                row,
                (action, probability) ->
                        sum[0] += probability == 0 ? 0 : probability * log.reward(action, model.outcome(row, action)));
        return sum[0];
    }

    private static int[] byUser(long[] units) {
        Integer[] rows = new Integer[units.length];
        Arrays.setAll(rows, row -> row);
        Arrays.sort(rows, (a, b) -> Long.compare(units[a], units[b]));
        return Arrays.stream(rows).mapToInt(row -> row).toArray();
    }

    int size() {
        return weight.length;
    }

    double[] ones() {
        double[] ones = new double[size()];
        Arrays.fill(ones, 1);
        return ones;
    }

    double[] weighted() {
        return times(weight, reward);
    }

    static double[] times(double[] one, double[] other) {
        double[] product = new double[one.length];
        Arrays.setAll(product, row -> one[row] * other[row]);
        return product;
    }

    /** The largest sum of a term over the decisions of a user. */
    double largest(double[] term) {
        if (byUser == null || units == null) {
            return Arrays.stream(term).max().orElse(0);
        }
        double largest = Double.NEGATIVE_INFINITY;
        int from = 0;
        for (int to = 1; to <= byUser.length; to++) {
            if (to == byUser.length || units[byUser[to]] != units[byUser[from]]) {
                largest = Math.max(largest, ofUser(new double[][] {term}, byUser, from, to)[0]);
                from = to;
            }
        }
        return largest;
    }

    /** The moments over users of the sums of some terms over the decisions of a user. */
    Moments moments(double[]... terms) {
        MomentSums sums = new MomentSums(terms.length);
        if (byUser == null || units == null) {
            double[] values = new double[terms.length];
            for (int row = 0; row < size(); row++) {
                for (int i = 0; i < terms.length; i++) {
                    values[i] = terms[i][row];
                }
                sums.add(values);
            }
            return sums.moments();
        }
        int from = 0;
        for (int to = 1; to <= byUser.length; to++) {
            if (to == byUser.length || units[byUser[to]] != units[byUser[from]]) {
                sums.add(ofUser(terms, byUser, from, to));
                from = to;
            }
        }
        return sums.moments();
    }

    private static double[] ofUser(double[][] terms, int[] rows, int from, int to) {
        double[] totals = new double[terms.length];
        double[] some = new double[to - from];
        for (int i = 0; i < terms.length; i++) {
            for (int at = from; at < to; at++) {
                some[at - from] = terms[i][rows[at]];
            }
            // Ascending, whatever the order of the rows was.
            Arrays.sort(some);
            for (double value : some) {
                totals[i] += value;
            }
        }
        return totals;
    }
}
