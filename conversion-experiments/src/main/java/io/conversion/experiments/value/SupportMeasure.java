package io.conversion.experiments.value;

import io.conversion.experiments.statistics.Moments;
import io.conversion.experiments.statistics.PropensityCheck;
import io.conversion.experiments.value.Support.ActionCheck;
import io.conversion.experiments.value.Support.Gap;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.commons.statistics.distribution.NormalDistribution;

/** Measures what a log holds for a policy. */
final class SupportMeasure {

    private static final double ROUNDING = 1e-9;

    private final LoggedDecisions log;
    private final TargetPolicy target;
    private final WeightedRows rows;

    SupportMeasure(LoggedDecisions log, TargetPolicy target, WeightedRows rows) {
        this.log = log;
        this.target = target;
        this.rows = rows;
    }

    Support measure(double weightBound) {
        Estimates estimates = new Estimates(rows);
        ValueEstimate mean = estimates.mean(Estimator.IPS, Double.NaN, rows.weight);
        double[] outcomes = new double[rows.size()];
        double[] beyond = new double[rows.size()];
        for (int row = 0; row < rows.size(); row++) {
            outcomes[row] = rows.weight[row] * log.outcome(row);
            beyond[row] = rows.weight[row] > weightBound ? rows.weight[row] : 0;
        }
        Moments moments = rows.moments(rows.weight, outcomes, beyond);
        double weight = moments.mean(0);
        return new Support(
                log.size(),
                moments.count(),
                mean.value(),
                mean.standardError(),
                pValue(mean),
                effective(moments, 0),
                weight > 0 ? rows.largest(rows.weight) / (weight * moments.count()) : 0,
                weight > 0 ? moments.mean(2) / weight : 0,
                effective(moments, 1),
                actions(),
                gaps());
    }

    private static double pValue(ValueEstimate mean) {
        double distance = Math.abs(mean.value() - 1);
        if (distance < ROUNDING) {
            return 1;
        }
        return mean.standardError() > 0
                ? Math.min(1, 2 * NormalDistribution.of(0, 1).survivalProbability(distance / mean.standardError()))
                : 0;
    }

    /** The square of the sum over users by the sum of squares; 0 if all are 0. */
    private static double effective(Moments moments, int value) {
        double users = moments.count();
        double mean = moments.mean(value);
        double square = users < 2 ? mean * mean : moments.variance(value) * (users - 1) / users + mean * mean;
        return square > 0 ? users * mean * mean / square : 0;
    }

    /**
     * Of decisions that were drawn, the first one of each user. Where an action was drawn at all, each such decision of the
     * stratum could have had it.
     */
    private List<ActionCheck> actions() {
        Map<Integer, Map<Integer, PropensityCheck>> strata = new TreeMap<>();
        Map<Integer, Long> drawn = new TreeMap<>();
        Set<Long> seen = new HashSet<>();
        long[] units = log.units();
        for (int row = 0; row < log.size(); row++) {
            if (log.propensity(row) < 1 && (units == null || seen.add(units[row]))) {
                drawn.merge(log.stratum(row), 1L, Long::sum);
                strata.computeIfAbsent(log.stratum(row), of -> new TreeMap<>())
                        .computeIfAbsent(log.action(row), of -> new PropensityCheck())
                        .taken(log.propensity(row));
            }
        }
        Map<Integer, PropensityCheck> checks = new TreeMap<>();
        strata.forEach((stratum, taken) -> taken.forEach((action, check) -> {
            check.possible(drawn.getOrDefault(stratum, 0L));
            checks.merge(action, check, PropensityCheck::plus);
        }));
        List<ActionCheck> actions = new ArrayList<>();
        checks.forEach((action, check) -> actions.add(new ActionCheck(
                log.actions().get(action),
                check.taken(),
                check.mean(),
                check.standardError(),
                check.z(),
                check.pValue())));
        return actions;
    }

    /** What is known of an action in a band. */
    private static final class Cell {
        private long logged;
        private long wanted;
        private double probability;
    }

    private List<Gap> gaps() {
        if (!target.isWhole()) {
            return List.of();
        }
        Map<Integer, Map<Integer, Cell>> bands = new TreeMap<>();
        for (int row = 0; row < log.size(); row++) {
            Map<Integer, Cell> actions = bands.computeIfAbsent(target.band(row), of -> new TreeMap<>());
            actions.computeIfAbsent(log.action(row), of -> new Cell()).logged++;
            target.each(row, (action, probability) -> {
                if (probability > 0) {
                    Cell cell = actions.computeIfAbsent(action, of -> new Cell());
                    cell.wanted++;
                    cell.probability += probability;
                }
            });
        }
        List<Gap> gaps = new ArrayList<>();
        bands.forEach((band, actions) -> actions.forEach((action, cell) -> {
            if (cell.logged == 0) {
                gaps.add(new Gap(
                        target.bands().get(band),
                        log.actions().get(action),
                        cell.wanted,
                        cell.probability / log.size()));
            }
        }));
        return gaps;
    }
}
