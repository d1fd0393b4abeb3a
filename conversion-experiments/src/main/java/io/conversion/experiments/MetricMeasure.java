package io.conversion.experiments;

import io.conversion.core.json.ArtifactText;
import io.conversion.experiments.ComparisonReadout.AdjustedReadout;
import io.conversion.experiments.ComparisonReadout.ClusterReadout;
import io.conversion.experiments.ComparisonReadout.ExactReadout;
import io.conversion.experiments.internal.NumberTexts;
import io.conversion.experiments.statistics.Adjustment;
import io.conversion.experiments.statistics.Clusters;
import io.conversion.experiments.statistics.Difference;
import io.conversion.experiments.statistics.MomentSums;
import io.conversion.experiments.statistics.Moments;
import io.conversion.experiments.statistics.Sample;
import io.conversion.experiments.statistics.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** One metric of all arms, computed from the first users of a table. */
final class MetricMeasure {

    /** Fewer degrees of freedom leave the error of a difference over clusters unknown. */
    private static final double LEAST_DEGREES = 10;

    /** A denominator is to be so many of its errors from 0. */
    private static final double LEAST_DENOMINATOR = 5;

    /** No covariate from before leaves so little of the error. */
    private static final double LEAST_LEFT = 1e-3;

    private final ReadoutPlan plan;
    private final Metric metric;
    private final UserTable table;
    private final boolean[] wanted;
    private final double[][] values;
    private final int control;
    private final Moments[] moments;
    private final List<ArmReadout> arms = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();

    MetricMeasure(ReadoutPlan plan, Metric metric, UserTable table, int firstUsers) {
        this.plan = plan;
        this.metric = metric;
        this.table = table;
        control = table.arms().indexOf(plan.control());
        values = values();
        wanted = new boolean[table.size()];
        int outcomes = metric.columns().length;
        for (int user = 0; user < firstUsers; user++) {
            int place = user;
            wanted[user] = IntStream.range(0, outcomes).noneMatch(i -> Double.isNaN(values[i][place]));
        }
        moments = new Moments[table.arms().size()];
        for (int arm = 0; arm < moments.length; arm++) {
            MomentSums sums = table.sums(arm, values, user -> wanted[user]);
            moments[arm] = sums.moments();
            Sample sample = metric.kind() == Metric.Kind.PROPORTION && sums.count() > 0
                    ? Sample.ofProportion(Math.round(sums.sum(0)), sums.count())
                    : Sample.of(moments[arm], metric.value());
            String name = table.arms().get(arm);
            arms.add(
                    table.clusters() == null
                            ? ArmReadout.of(plan, metric, name, sample)
                            : new ArmReadout(name, sample, null));
        }
    }

    /** The columns of the metric, and covariates whose missing numbers are the mean of the others, of all arms. */
    private double[][] values() {
        List<double[]> columns = new ArrayList<>();
        for (String column : metric.columns()) {
            columns.add(table.column(column));
        }
        for (String covariate : plan.covariates()) {
            columns.add(filled(table.column(covariate)));
        }
        return columns.toArray(double[][]::new);
    }

    private static double[] filled(double[] column) {
        MomentSums known = new MomentSums(1);
        for (double value : column) {
            if (!Double.isNaN(value)) {
                known.add(value);
            }
        }
        if (known.count() == column.length) {
            return column;
        }
        double mean = known.count() == 0 ? 0 : known.moments().mean(0);
        double[] filled = column.clone();
        for (int i = 0; i < filled.length; i++) {
            filled[i] = Double.isNaN(filled[i]) ? mean : filled[i];
        }
        return filled;
    }

    MetricReadout read() {
        List<ComparisonReadout> comparisons = IntStream.range(0, arms.size())
                .filter(arm -> arm != control)
                .mapToObj(this::compare)
                .toList();
        return MetricReadout.of(plan, metric, arms, comparisons);
    }

    private ComparisonReadout compare(int arm) {
        String name = arms.get(arm).name();
        SampleComparison samples = new SampleComparison(plan, metric, arms.get(control), arms.get(arm));
        ExactReadout exact = metric.kind() == Metric.Kind.PROPORTION && table.clusters() == null
                ? ExactMeasure.of(plan, table, control, arm, values[0], wanted)
                : null;
        Refusal refusal = ofDenominators(arm);
        refusal = refusal == null ? samples.refusal() : refusal;
        if (refusal != null) {
            return new ComparisonReadout(name, refusal, null, null, null, null, exact, Double.NaN);
        }
        Adjustment adjustment = plan.covariates().isEmpty() ? null : adjustment(arm);
        if (adjustment != null
                && !(adjustment.difference().standardError()
                        > LEAST_LEFT * samples.plain().standardError())) {
            return ComparisonReadout.refused(
                    name,
                    new Refusal(
                            "covariate_is_outcome",
                            "the covariates explain the outcome wholly, as only the outcome itself can",
                            "name what was known before the assignment"));
        }
        if (adjustment != null) {
            unused(arm, adjustment);
            AdjustmentCheck check = check(arm, samples, adjustment);
            check.finding().ifPresent(findings::add);
            if (check.refusal().isPresent()) {
                return ComparisonReadout.refused(name, check.refusal().get());
            }
        }
        if (table.clusters() != null) {
            return clustered(arm, samples, adjustment);
        }
        AdjustedReadout adjusted = adjustment == null
                ? null
                : new AdjustedReadout(samples.effect(adjustment.difference()), adjustment.varianceReduction());
        return new ComparisonReadout(
                name, null, samples.difference(), samples.relative(), adjusted, null, exact, Double.NaN);
    }

    private AdjustmentCheck check(int arm, SampleComparison samples, Adjustment adjustment) {
        Difference moved = adjustment.movement();
        double error = samples.plain().standardError();
        if (table.clusters() != null) {
            error = clusters(
                            arm,
                            metric.value().weights(moments[control]),
                            metric.value().weights(moments[arm]))
                    .difference(0)
                    .standardError();
            moved = clusters(
                            arm, adjustment.movementWeights(moments[control]), adjustment.movementWeights(moments[arm]))
                    .difference(moved.estimate());
        }
        Difference plain = new Difference(samples.plain().estimate(), error, Double.POSITIVE_INFINITY);
        long users = moments[control].count() + moments[arm].count();
        int comparisons = plan.metrics().size() * (arms.size() - 1);
        return new AdjustmentCheck(plan, metric, arms.get(arm).name(), plain, moved, users, comparisons);
    }

    /** Covariates that are constant have a finding of the health already. */
    private void unused(int arm, Adjustment adjustment) {
        int first = metric.columns().length;
        for (int i = 0; metric.equals(plan.primary()) && i < plan.covariates().size(); i++) {
            if (!adjustment.uses(i) && moments[control].variance(first + i) + moments[arm].variance(first + i) > 0) {
                Finding finding = new Finding(
                        "covariate_follows",
                        Finding.Severity.NOTES,
                        "covariate " + ArtifactText.quoted(plan.covariates().get(i))
                                + " follows from those before it and changes nothing; leave it out");
                if (!findings.contains(finding)) {
                    findings.add(finding);
                }
            }
        }
    }

    /** What was found while arms were compared. */
    List<Finding> findings() {
        return List.copyOf(findings);
    }

    private Adjustment adjustment(int arm) {
        int first = metric.columns().length;
        List<Value> covariates =
                IntStream.range(first, values.length).mapToObj(Value::mean).toList();
        return Adjustment.of(moments[control], moments[arm], metric.value(), covariates);
    }

    private ComparisonReadout clustered(int arm, SampleComparison samples, @Nullable Adjustment adjustment) {
        double[] below = metric.value().weights(moments[control]);
        double[] above = metric.value().weights(moments[arm]);
        Clusters clusters = clusters(arm, below, above);
        Difference difference = clusters.difference(samples.plain().estimate());
        if (!(difference.degreesOfFreedom() >= LEAST_DEGREES)) {
            return ComparisonReadout.refused(
                    arms.get(arm).name(),
                    new Refusal(
                            "too_few_clusters",
                            clusters.inControl() + " and " + clusters.inTreatment() + " clusters leave "
                                    + NumberTexts.number(difference.degreesOfFreedom())
                                    + " degrees of freedom to the error; " + NumberTexts.number(LEAST_DEGREES)
                                    + " are needed",
                            "assign more clusters, or smaller ones"));
        }
        EffectReadout relative = null;
        if (samples.hasRelative()) {
            double level = arms.get(control).sample().mean();
            double ratio = arms.get(arm).sample().mean() / level;
            relative = samples.ofClusters(clusters(arm, times(below, ratio / level), times(above, 1 / level))
                    .difference(difference.estimate() / level));
        }
        AdjustedReadout adjusted = null;
        if (adjustment != null) {
            Difference residual = clusters(arm, adjustment.weights(moments[control]), adjustment.weights(moments[arm]))
                    .difference(adjustment.difference().estimate());
            adjusted = new AdjustedReadout(
                    samples.ofClusters(residual), 1 - square(residual.standardError() / difference.standardError()));
        }
        return new ComparisonReadout(
                arms.get(arm).name(),
                null,
                samples.ofClusters(difference),
                relative,
                adjusted,
                new ClusterReadout(
                        clusters.inControl(),
                        clusters.inTreatment(),
                        difference.degreesOfFreedom(),
                        clusters.simpleError(),
                        square(difference.standardError() / samples.plain().standardError())),
                null,
                Double.NaN);
    }

    private Clusters clusters(int arm, double[] below, double[] above) {
        return ClusterSums.of(table, wanted, values, control, moments[control], below, arm, moments[arm], above);
    }

    private @Nullable Refusal ofDenominators(int arm) {
        if (metric.kind() != Metric.Kind.RATIO) {
            return null;
        }
        for (int of : new int[] {control, arm}) {
            Moments moment = moments[of];
            if (!(moment.mean(1) > LEAST_DENOMINATOR * Math.sqrt(moment.variance(1) / moment.count()))) {
                return new Refusal(
                        "unstable_denominator",
                        "the denominator of arm "
                                + ArtifactText.quoted(arms.get(of).name()) + " is too near 0 for its error",
                        "wait for more users, or compare the sums per user");
            }
        }
        return null;
    }

    private static double[] times(double[] weights, double factor) {
        return IntStream.range(0, weights.length)
                .mapToDouble(i -> weights[i] * factor)
                .toArray();
    }

    private static double square(double x) {
        return x * x;
    }
}
