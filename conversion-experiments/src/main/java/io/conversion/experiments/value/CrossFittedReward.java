package io.conversion.experiments.value;

import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalSchema;
import io.conversion.model.LogisticTrainer;
import io.conversion.model.RefusedModelException;
import io.conversion.model.TrainingResult;
import io.conversion.model.data.DataSet;
import io.conversion.model.data.InvalidDataException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What actions are expected to bring, by the library's own trainer: the probability of an outcome other than 0, from the action
 * and the covariates of the log, times the mean of such outcomes of the action. Each user is told by a fit on the other four
 * fifths of users. Where a fit is refused, such as with a handful of outcomes, the share of the action stands in for it, as if
 * there were 100 more decisions with the share of all.
 */
final class CrossFittedReward implements RewardModel {

    private static final int FOLDS = 5;
    private static final double PRIOR = 100;
    private static final int FEWEST = 20;

    private final int[] foldOf;

    /** The log-odds of each decision with the first action. */
    private final double[] logOdds;

    /** By fold and action: what it adds to the log-odds, and the mean of outcomes other than 0. */
    private final double[][] ofAction;

    private final double[][] sizes;

    private CrossFittedReward(int[] foldOf, double[] logOdds, double[][] ofAction, double[][] sizes) {
        this.foldOf = foldOf;
        this.logOdds = logOdds;
        this.ofAction = ofAction;
        this.sizes = sizes;
    }

    @Override
    public double outcome(int row, int action) {
        int fold = foldOf[row];
        return sizes[fold][action] / (1 + Math.exp(-logOdds[row] - ofAction[fold][action]));
    }

    static CrossFittedReward of(LoggedDecisions log) {
        int[] foldOf = folds(log);
        double[] logOdds = new double[log.size()];
        double[][] ofAction = new double[FOLDS][];
        double[][] sizes = new double[FOLDS][];
        Rows rows = Rows.of(log);
        for (int fold = 0; fold < FOLDS; fold++) {
            boolean[] learns = new boolean[log.size()];
            for (int row = 0; row < learns.length; row++) {
                learns[row] = foldOf[row] != fold;
            }
            sizes[fold] = sizes(log, learns);
            Optional<TrainingResult> fit = rows.fit(learns);
            if (fit.isPresent()) {
                ofAction[fold] = rows.differences(fit.get());
                double[] first = rows.logOddsOfFirst(fit.get());
                for (int row = 0; row < first.length; row++) {
                    logOdds[row] = foldOf[row] == fold ? first[row] : logOdds[row];
                }
            } else {
                ofAction[fold] = shares(log, learns);
            }
        }
        return new CrossFittedReward(foldOf, logOdds, ofAction, sizes);
    }

    /** All decisions of a user in one; by the user, not by the place in the log, where users are known. */
    private static int[] folds(LoggedDecisions log) {
        int[] folds = new int[log.size()];
        long[] units = log.units();
        Arrays.setAll(
                folds, row -> units == null ? row % FOLDS : (int) Long.remainderUnsigned(mixed(units[row]), FOLDS));
        return folds;
    }

    /** Numbers of users may be consecutive, or even: the finaliser of SplittableRandom spreads them. */
    private static long mixed(long unit) {
        long z = (unit ^ (unit >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    /** The mean of outcomes other than 0 of each action, as if 20 more had that of all. */
    private static double[] sizes(LoggedDecisions log, boolean[] learns) {
        double[] sums = new double[log.actions().size()];
        double[] counts = new double[sums.length];
        double sum = 0;
        double count = 0;
        for (int row = 0; row < log.size(); row++) {
            if (learns[row] && log.outcome(row) != 0) {
                sums[log.action(row)] += log.outcome(row);
                counts[log.action(row)]++;
                sum += log.outcome(row);
                count++;
            }
        }
        double mean = count == 0 ? 0 : sum / count;
        double[] sizes = new double[sums.length];
        Arrays.setAll(sizes, action -> (sums[action] + FEWEST * mean) / (counts[action] + FEWEST));
        return sizes;
    }

    /** The log-odds of the share of decisions for an action that had an outcome other than 0. */
    private static double[] shares(LoggedDecisions log, boolean[] learns) {
        double[] hits = new double[log.actions().size()];
        double[] counts = new double[hits.length];
        double all = 0;
        double count = 0;
        for (int row = 0; row < log.size(); row++) {
            if (learns[row]) {
                double hit = log.outcome(row) != 0 ? 1 : 0;
                hits[log.action(row)] += hit;
                counts[log.action(row)]++;
                all += hit;
                count++;
            }
        }
        double rate = count == 0 ? 0.5 : (all + 0.5) / (count + 1);
        double[] logOdds = new double[hits.length];
        Arrays.setAll(logOdds, action -> {
            double share = (hits[action] + PRIOR * rate) / (counts[action] + PRIOR);
            return Math.log(share / (1 - share));
        });
        return logOdds;
    }

    /** The log as training rows, whose names need not be those of signals. */
    private record Rows(LoggedDecisions log, SignalSchema schema, List<String> levels, DataSet logged, DataSet first) {

        private static final String ACTION = "action";

        static Rows of(LoggedDecisions log) {
            List<String> levels = new ArrayList<>();
            for (int action = 0; action < log.actions().size(); action++) {
                levels.add("a" + action);
            }
            if (levels.size() == 1) {
                levels.add("none");
            }
            List<double[]> covariates = List.copyOf(log.covariates().values());
            List<Signal> signals = new ArrayList<>();
            signals.add(Signal.categorical(ACTION, levels));
            for (int i = 0; i < covariates.size(); i++) {
                signals.add(Signal.numeric("x" + i));
            }
            SignalSchema schema = SignalSchema.of("rewards", "1", signals.toArray(Signal[]::new));
            DataSet.Builder logged = DataSet.builder(schema);
            DataSet.Builder first = DataSet.builder(schema);
            for (int row = 0; row < log.size(); row++) {
                Map<String, Object> values = new LinkedHashMap<>();
                for (int i = 0; i < covariates.size(); i++) {
                    values.put("x" + i, covariates.get(i)[row]);
                }
                values.put(ACTION, levels.get(0));
                first.add(values, log.outcome(row) != 0);
                values.put(ACTION, levels.get(log.action(row)));
                logged.add(values, log.outcome(row) != 0);
            }
            return new Rows(log, schema, levels, logged.build("outcome"), first.build("outcome"));
        }

        Optional<TrainingResult> fit(boolean[] learns) {
            DataSet training = logged.rows(row -> learns[row]);
            if (Math.min(training.positives(), training.rows() - training.positives()) < FEWEST) {
                return Optional.empty();
            }
            try {
                return Optional.of(LogisticTrainer.linear().withFewRows().train(training));
            } catch (InvalidDataException | RefusedModelException refused) {
                return Optional.empty();
            }
        }

        double[] logOddsOfFirst(TrainingResult fit) {
            return logOdds(fit.probabilities(first));
        }

        /** What each action adds to the log-odds of the first one, which is the same for everybody. */
        double[] differences(TrainingResult fit) {
            DataSet.Builder each = DataSet.builder(schema);
            for (String level : levels) {
                Map<String, Object> values = new LinkedHashMap<>();
                values.put(ACTION, level);
                int i = 0;
                for (double[] covariate : log.covariates().values()) {
                    values.put("x" + i++, covariate[0]);
                }
                each.add(values, false);
            }
            double[] logOdds = logOdds(fit.probabilities(each.build("outcome")));
            double base = logOdds[0];
            Arrays.setAll(logOdds, action -> logOdds[action] - base);
            return logOdds;
        }

        private static double[] logOdds(double[] probabilities) {
            return Arrays.stream(probabilities)
                    .map(p -> Math.log(p) - Math.log1p(-p))
                    .toArray();
        }
    }
}
