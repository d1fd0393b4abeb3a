package io.conversion.experiments;

import io.conversion.experiments.GroupsReadout.Group;
import io.conversion.experiments.statistics.ConfidenceSequence;
import io.conversion.experiments.statistics.Difference;
import io.conversion.experiments.statistics.MomentSums;
import io.conversion.experiments.statistics.Moments;
import io.conversion.experiments.statistics.MultipleComparisons;
import io.conversion.experiments.statistics.Sample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Effects by groups of the first covariate. */
final class GroupsMeasure {

    private static final int GROUPS = 5;

    /** A mean of fewer users, or a share with fewer who did it or did not, says nothing. */
    private static final int LEAST = 10;

    private final ReadoutPlan plan;
    private final UserTable table;
    private final Metric metric;
    private final double[] covariate;
    private final double[][] values;
    private final int control;

    private GroupsMeasure(ReadoutPlan plan, UserTable table) {
        this.plan = plan;
        this.table = table;
        this.metric = plan.primary();
        this.covariate = table.column(plan.covariates().get(0));
        this.values = Arrays.stream(metric.columns()).map(table::column).toArray(double[][]::new);
        this.control = table.arms().indexOf(plan.control());
    }

    /** Of each arm for which there are groups of enough users; none without a covariate, or with clusters. */
    static List<GroupsReadout> of(ReadoutPlan plan, UserTable table) {
        if (plan.covariates().isEmpty() || table.clusters() != null) {
            return List.of();
        }
        GroupsMeasure measure = new GroupsMeasure(plan, table);
        return IntStream.range(0, table.arms().size())
                .filter(arm -> arm != measure.control)
                .mapToObj(measure::read)
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<GroupsReadout> read(int arm) {
        int[] users = IntStream.range(0, table.size())
                .filter(user -> (table.armOf(user) == control || table.armOf(user) == arm)
                        && !Double.isNaN(covariate[user])
                        && Arrays.stream(values).noneMatch(of -> Double.isNaN(of[user])))
                .toArray();
        double[] cuts = cuts(users);
        Moments[][] moments = new Moments[cuts.length][];
        for (int group = 0; group < cuts.length; group++) {
            moments[group] = moments(users, arm, group == 0 ? Double.NEGATIVE_INFINITY : cuts[group - 1], cuts[group]);
            if (!isEnough(moments[group][0]) || !isEnough(moments[group][1])) {
                return Optional.empty();
            }
        }
        return cuts.length < 2 ? Optional.empty() : Optional.of(read(arm, users, cuts, moments));
    }

    private boolean isEnough(Moments moments) {
        double successes = moments.mean(0) * moments.count();
        return moments.count() >= LEAST
                && (metric.kind() != Metric.Kind.PROPORTION
                        || Math.min(successes, moments.count() - successes) >= LEAST)
                && Sample.of(moments, metric.value()).variance() > 0;
    }

    private GroupsReadout read(int arm, int[] users, double[] cuts, Moments[][] moments) {
        int count = cuts.length;
        Difference[] differences = new Difference[count];
        double[] sizes = new double[count];
        for (int group = 0; group < count; group++) {
            differences[group] = Difference.of(
                    Sample.of(moments[group][0], metric.value()), Sample.of(moments[group][1], metric.value()));
            sizes[group] = moments[group][0].count() + moments[group][1].count();
        }
        // Each group against all others, so that the least p-value, corrected, is that of no difference at all.
        double[] pValues = new double[count];
        for (int group = 0; group < count; group++) {
            pValues[group] = effect(against(differences, sizes, group), users.length, plan.alpha())
                    .deciding(plan.singleLook())
                    .pValue();
        }
        double pValue = Arrays.stream(MultipleComparisons.holm(pValues)).min().orElse(1);
        List<Group> groups = new ArrayList<>();
        for (int group = 0; pValue < plan.alpha() && group < count; group++) {
            double from = group == 0 ? smallest(users) : next(users, cuts[group - 1]);
            groups.add(new Group(
                    from,
                    cuts[group],
                    (long) sizes[group],
                    effect(differences[group], (long) sizes[group], plan.alpha() / count)));
        }
        return new GroupsReadout(
                table.arms().get(arm),
                plan.covariates().get(0),
                pValue,
                groups,
                effect(weighted(differences, sizes, -1), users.length, plan.alpha()));
    }

    private EffectReadout effect(Difference difference, long users, double alpha) {
        return new EffectReadout(
                difference.estimate(),
                difference.standardError(),
                difference.fixed(alpha),
                new ConfidenceSequence(alpha, plan.tunedUsers()).at(difference, users));
    }

    private static Difference against(Difference[] differences, double[] sizes, int group) {
        Difference others = weighted(differences, sizes, group);
        return new Difference(
                differences[group].estimate() - others.estimate(),
                Math.hypot(differences[group].standardError(), others.standardError()),
                Double.POSITIVE_INFINITY);
    }

    /** By the size of the groups, without one of them. */
    private static Difference weighted(Difference[] differences, double[] sizes, int without) {
        double all = Arrays.stream(sizes).sum() - (without < 0 ? 0 : sizes[without]);
        double estimate = 0;
        double variance = 0;
        for (int group = 0; group < sizes.length; group++) {
            if (group != without) {
                double weight = sizes[group] / all;
                estimate += weight * differences[group].estimate();
                variance += weight * weight * differences[group].standardError() * differences[group].standardError();
            }
        }
        return new Difference(estimate, Math.sqrt(variance), Double.POSITIVE_INFINITY);
    }

    private Moments[] moments(int[] users, int arm, double above, double to) {
        MomentSums[] sums = {new MomentSums(values.length), new MomentSums(values.length)};
        double[] row = new double[values.length];
        for (int user : users) {
            if (covariate[user] > above && covariate[user] <= to) {
                for (int i = 0; i < row.length; i++) {
                    row[i] = values[i][user];
                }
                sums[table.armOf(user) == arm ? 1 : 0].add(row);
            }
        }
        return new Moments[] {sums[0].moments(), sums[1].moments()};
    }

    /** The largest value of each group: fifths, fewer where many users have the same value. */
    private double[] cuts(int[] users) {
        double[] sorted = IntStream.of(users)
                .mapToDouble(user -> covariate[user])
                .sorted()
                .toArray();
        return IntStream.rangeClosed(1, sorted.length == 0 ? 0 : GROUPS)
                .mapToDouble(group -> sorted[Math.max(0, (int) ((long) sorted.length * group / GROUPS) - 1)])
                .distinct()
                .toArray();
    }

    private double smallest(int[] users) {
        return next(users, Double.NEGATIVE_INFINITY);
    }

    private double next(int[] users, double above) {
        return IntStream.of(users)
                .mapToDouble(user -> covariate[user])
                .filter(value -> value > above)
                .min()
                .orElse(Double.NaN);
    }
}
