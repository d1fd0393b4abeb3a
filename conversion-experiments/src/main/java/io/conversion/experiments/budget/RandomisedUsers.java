package io.conversion.experiments.budget;

import io.conversion.experiments.Refusal;
import io.conversion.experiments.statistics.MomentSums;
import io.conversion.experiments.statistics.Sample;
import io.conversion.experiments.statistics.Value;
import java.util.Arrays;
import java.util.Optional;

/**
 * Users who got one of the actions, or none, at random with known shares, and what they did: they tell what a point of a path
 * gains, whatever predicted it. They must be other users than those that the predictions were fitted to.
 *
 * <p>The score of a user i and an action a is {@code m_a(i) + 1{i got a} (y(i) - m_a(i)) / share_a}: inverse propensity
 * weighting where the predicted outcomes m are 0, doubly robust where they are {@linkplain #predicted given} (Robins, Rotnitzky
 * and Zhao, JASA 89, 1994). The gain at a spend is the mean over users of the score of their action less that of none; of the
 * step that the budget pays a part of, that part. Its standard error takes the path as given and sums by cluster:
 * {@code sqrt(G / (G - 1) sum_g (sum over g of deviations)^2) / n}. Scores are not clipped: they leave the range of outcomes,
 * and their mean is unbiased for it. Immutable, as long as the arrays that were given, which are not copied, stay as they are.
 */
public final class RandomisedUsers {

    private final int[] given;
    private final double[] outcomes;
    private final double[] shares;
    private final double[][] predicted;
    private final int[] clusters;

    private RandomisedUsers(int[] given, double[] outcomes, double[] shares, double[][] predicted, int[] clusters) {
        this.given = given;
        this.outcomes = outcomes;
        this.shares = shares;
        this.predicted = predicted;
        this.clusters = clusters;
    }

    /**
     * Users and what they did.
     *
     * @param given for each row the number of the action that the user got, {@link BudgetStep#NOTHING} for none
     * @param outcomes for each row what the user did: 0 or 1 for a conversion, or an amount; finite
     * @param nothing the share of users who were to get no action, above 0
     * @param shares for each action the share of users who were to get it, above 0; with {@code nothing} at most 1
     * @return the users
     * @throws IllegalArgumentException if the parts do not fit, or a number is out of range
     */
    public static RandomisedUsers of(int[] given, double[] outcomes, double nothing, double... shares) {
        ActionGains.requireRows("outcomes", outcomes.length, given.length);
        double[] all = new double[shares.length + 1];
        all[0] = nothing;
        System.arraycopy(shares, 0, all, 1, shares.length);
        double sum = 0;
        for (double share : all) {
            if (!(share > 0)) {
                throw new IllegalArgumentException("a share of users is " + share + "; expected a number above 0");
            }
            sum += share;
        }
        if (!(sum <= 1 + 1e-9)) {
            throw new IllegalArgumentException("the shares of users add up to " + sum + "; expected at most 1");
        }
        for (int i = 0; i < given.length; i++) {
            if (!(given[i] >= BudgetStep.NOTHING && given[i] < shares.length && Double.isFinite(outcomes[i]))) {
                throw new IllegalArgumentException(
                        "row " + i + " got action " + given[i] + " with outcome " + outcomes[i]
                                + "; expected an action from -1 to " + (shares.length - 1) + " and a finite outcome");
            }
        }
        return new RandomisedUsers(given, outcomes, all, new double[0][], new int[0]);
    }

    /**
     * The same with predicted outcomes, which make the estimate doubly robust.
     *
     * @param nothing for each row the predicted outcome without an action
     * @param actions for each action and row the predicted outcome with it
     * @return the changed copy
     * @throws IllegalArgumentException if there are not as many as rows and actions
     */
    public RandomisedUsers predicted(double[] nothing, double[][] actions) {
        double[][] all = new double[shares.length][];
        all[0] = nothing;
        if (actions.length != shares.length - 1) {
            throw new IllegalArgumentException("there are predicted outcomes of " + actions.length + " actions and "
                    + (shares.length - 1) + " actions; give them for each action");
        }
        System.arraycopy(actions, 0, all, 1, actions.length);
        for (double[] column : all) {
            ActionGains.requireRows("predicted outcomes", column.length, given.length);
        }
        return new RandomisedUsers(given, outcomes, shares, all, clusters);
    }

    /**
     * The same in clusters, such as households, whose users are alike or got their action together.
     *
     * @param clusters for each row the number of its cluster
     * @return the changed copy
     * @throws IllegalArgumentException if there are not as many as rows
     */
    public RandomisedUsers clusters(int... clusters) {
        ActionGains.requireRows("clusters", clusters.length, given.length);
        return new RandomisedUsers(given, outcomes, shares, predicted, clusters);
    }

    /**
     * The gain at a spend.
     *
     * @param path the path of predicted gains of the same rows and actions
     * @param budget the budget for one user on average, at least 0
     * @return the gain and its error; or a refusal, if nobody got an action that the point gives, or there is one cluster only
     * @throws IllegalArgumentException if the path is of other rows or actions, or the budget is below 0
     */
    public SpendGain gain(BudgetPath path, double budget) {
        ActionGains gains = path.gains();
        ActionGains.requireRows("randomised users", given.length, gains.rows());
        if (gains.actions().size() != shares.length - 1) {
            throw new IllegalArgumentException("the path has the actions " + gains.actions()
                    + ", and there are shares of " + (shares.length - 1) + "; give one for each action");
        }
        int[] actions = path.actions(budget);
        BudgetPoint point = path.at(budget);
        Optional<Refusal> refusal = refusal(gains, actions, point);
        if (refusal.isPresent()) {
            return new SpendGain.Refused(refusal.get());
        }
        double[] effects = new double[actions.length];
        for (int row = 0; row < actions.length; row++) {
            effects[row] = score(actions[row], row) - score(BudgetStep.NOTHING, row);
        }
        point.partial().ifPresent(step -> {
            double before = score(step.from(), step.row());
            effects[step.row()] += point.share() * (score(step.to(), step.row()) - before);
        });
        return measured(gains, point.spend(), effects);
    }

    private double score(int action, int row) {
        double expected = predicted.length == 0 ? 0 : predicted[action + 1][row];
        return given[row] == action ? expected + (outcomes[row] - expected) / shares[action + 1] : expected;
    }

    private Optional<Refusal> refusal(ActionGains gains, int[] actions, BudgetPoint point) {
        boolean[] seen = new boolean[shares.length];
        for (int action : given) {
            seen[action + 1] = true;
        }
        boolean[] needed = new boolean[shares.length];
        needed[0] = true;
        for (int action : actions) {
            needed[action + 1] = true;
        }
        point.partial().ifPresent(step -> needed[step.to() + 1] = true);
        for (int i = 0; i < shares.length; i++) {
            if (needed[i] && !seen[i]) {
                String what =
                        i == 0 ? "no action" : "action \"" + gains.actions().get(i - 1) + "\"";
                return Optional.of(new Refusal(
                        "no_support",
                        "none of the randomised users got " + what + ", so that nothing is known of what it changes",
                        "give " + what + " to a share of users at random, or leave it out of the path"));
            }
        }
        boolean isOne = clusters.length == 0
                ? gains.size() < 2
                : Arrays.stream(clusters).distinct().limit(2).count() < 2;
        return isOne
                ? Optional.of(new Refusal(
                        "one_cluster",
                        "all randomised users are of one cluster, so that the gain has no error that could be told",
                        "give users of at least two clusters"))
                : Optional.empty();
    }

    private SpendGain measured(ActionGains gains, double spend, double[] effects) {
        MomentSums sums = new MomentSums(2);
        if (clusters.length == 0) {
            for (int row = 0; row < effects.length; row++) {
                for (int i = 0; i < gains.count(row); i++) {
                    sums.add(effects[row], 1);
                }
            }
        } else {
            addClusters(gains, effects, sums);
        }
        // A ratio of sums over clusters: the error of the mean of a user, with clusters of any size.
        Sample sample = Sample.of(sums.moments(), Value.ratio(0, 1));
        return new SpendGain.Measured(spend, sample.mean(), Math.sqrt(sample.errorVariance()), sample.users());
    }

    private void addClusters(ActionGains gains, double[] effects, MomentSums sums) {
        long[] order = new long[clusters.length];
        for (int row = 0; row < order.length; row++) {
            order[row] = (long) clusters[row] << Integer.SIZE | row;
        }
        Arrays.sort(order);
        for (int i = 0; i < order.length; ) {
            long cluster = order[i] >> Integer.SIZE;
            MomentSums own = new MomentSums(1);
            for (; i < order.length && order[i] >> Integer.SIZE == cluster; i++) {
                int row = (int) order[i];
                for (int k = 0; k < gains.count(row); k++) {
                    own.add(effects[row]);
                }
            }
            sums.add(own.sum(0), (double) own.count());
        }
    }
}
