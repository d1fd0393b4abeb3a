package io.conversion.experiments;

import io.conversion.experiments.ComparisonReadout.AdjustedReadout;
import io.conversion.experiments.ComparisonReadout.ClusterReadout;
import io.conversion.experiments.statistics.Adjustment;
import io.conversion.experiments.statistics.Clusters;
import io.conversion.experiments.statistics.ConfidenceSequence;
import io.conversion.experiments.statistics.Difference;
import io.conversion.experiments.statistics.Inference;
import io.conversion.experiments.statistics.MomentSums;
import io.conversion.experiments.statistics.Moments;
import io.conversion.experiments.statistics.MultipleComparisons;
import io.conversion.experiments.statistics.Newcombe;
import io.conversion.experiments.statistics.Sample;
import io.conversion.experiments.statistics.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** One metric of all arms, computed from the users of a table. */
final class MetricMeasure {

    /** Fewer users than this in an arm say nothing of a mean. */
    static final int LEAST_USERS = 10;

    /** So many successes, and as many failures, the normal approximation of a share needs in each arm. */
    static final int LEAST_OUTCOMES = 10;

    /** Fewer degrees of freedom leave the error of a difference over clusters unknown. */
    static final double LEAST_DEGREES = 10;

    /** A mean that others are divided by is to be so many of its errors from 0. */
    private static final double LEAST_DIVISOR = 5;

    private final ReadoutPlan plan;
    private final Metric metric;
    private final UserTable table;
    private final boolean[] wanted;
    private final double[][] values;
    private final int control;
    private final Moments[] moments;
    private final Sample[] samples;
    private final ConfidenceSequence sequence;

    MetricMeasure(ReadoutPlan plan, Metric metric, UserTable table) {
        this.plan = plan;
        this.metric = metric;
        this.table = table;
        control = table.arms().indexOf(plan.control());
        values = values();
        wanted = new boolean[table.size()];
        int outcomes = metric.columns().length;
        for (int user = 0; user < wanted.length; user++) {
            int place = user;
            wanted[user] = IntStream.range(0, outcomes).noneMatch(i -> Double.isNaN(values[i][place]));
        }
        int arms = table.arms().size();
        moments = new Moments[arms];
        samples = new Sample[arms];
        for (int arm = 0; arm < arms; arm++) {
            MomentSums sums = table.sums(arm, values, user -> wanted[user]);
            moments[arm] = sums.moments();
            samples[arm] = metric.kind() == Metric.Kind.PROPORTION && sums.count() > 0
                    ? Sample.ofProportion(Math.round(sums.sum(0)), sums.count())
                    : Sample.of(moments[arm], metric.value());
        }
        sequence = new ConfidenceSequence(plan.alpha(), plan.tunedUsers());
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
        if (known.count() == column.length || known.count() == 0) {
            return column;
        }
        double mean = known.moments().mean(0);
        double[] filled = column.clone();
        for (int i = 0; i < filled.length; i++) {
            filled[i] = Double.isNaN(filled[i]) ? mean : filled[i];
        }
        return filled;
    }

    MetricReadout read() {
        List<ArmReadout> arms = new ArrayList<>();
        List<ComparisonReadout> comparisons = new ArrayList<>();
        arms.add(new ArmReadout(table.arms().get(control), samples[control]));
        for (int arm = 0; arm < samples.length; arm++) {
            if (arm != control) {
                arms.add(new ArmReadout(table.arms().get(arm), samples[arm]));
                comparisons.add(compare(arm));
            }
        }
        return new MetricReadout(metric, arms, corrected(comparisons));
    }

    private List<ComparisonReadout> corrected(List<ComparisonReadout> comparisons) {
        List<ComparisonReadout> given =
                comparisons.stream().filter(of -> of.refusal() == null).toList();
        double[] corrected = MultipleComparisons.holm(given.stream()
                .mapToDouble(of -> of.given().deciding(plan.singleLook()).pValue())
                .toArray());
        return comparisons.stream()
                .map(of -> of.refusal() == null ? of.corrected(corrected[given.indexOf(of)]) : of)
                .toList();
    }

    private ComparisonReadout compare(int arm) {
        String name = table.arms().get(arm);
        ComparisonReadout.@Nullable ExactReadout exact =
                metric.kind() == Metric.Kind.PROPORTION && table.clusters() == null
                        ? ExactMeasure.of(plan, table, control, arm, values[0])
                        : null;
        Refusal refusal = refusal(arm);
        if (refusal != null) {
            return new ComparisonReadout(name, refusal, null, null, null, null, exact, Double.NaN);
        }
        long users = samples[control].users() + samples[arm].users();
        Difference plain = Difference.of(samples[control], samples[arm]);
        Adjustment adjustment = plan.covariates().isEmpty() ? null : adjustment(arm);
        if (table.clusters() != null) {
            return clustered(name, arm, plain, adjustment, users);
        }
        Difference fixed =
                metric.kind() == Metric.Kind.MEAN ? Difference.ofWelch(samples[control], samples[arm]) : plain;
        Inference difference = metric.kind() == Metric.Kind.PROPORTION
                ? Newcombe.difference(samples[control], samples[arm], plan.alpha())
                : fixed.fixed(plan.alpha());
        return new ComparisonReadout(
                name,
                null,
                new EffectReadout(plain.estimate(), plain.standardError(), difference, sequence.at(plain, users)),
                hasRelative() ? effect(fixed.relative(samples[control], samples[arm]), users) : null,
                adjustment == null
                        ? null
                        : new AdjustedReadout(effect(adjustment.difference(), users), adjustment.varianceReduction()),
                null,
                exact,
                Double.NaN);
    }

    /** Single looks by the difference's own degrees of freedom, sequences by the normal distribution. */
    private EffectReadout effect(Difference difference, long users) {
        Difference normal = new Difference(difference.estimate(), difference.standardError(), Double.POSITIVE_INFINITY);
        return new EffectReadout(
                difference.estimate(),
                difference.standardError(),
                difference.fixed(plan.alpha()),
                sequence.at(normal, users));
    }

    private Adjustment adjustment(int arm) {
        int first = metric.columns().length;
        List<Value> covariates =
                IntStream.range(first, values.length).mapToObj(Value::mean).toList();
        return Adjustment.of(moments[control], moments[arm], metric.value(), covariates);
    }

    private ComparisonReadout clustered(
            String name, int arm, Difference plain, @Nullable Adjustment adjustment, long users) {
        double[] below = metric.value().weights(moments[control]);
        double[] above = metric.value().weights(moments[arm]);
        Clusters clusters = clusters(arm, below, above);
        Difference difference = clusters.difference(plain.estimate());
        if (!(difference.degreesOfFreedom() >= LEAST_DEGREES)) {
            return ComparisonReadout.refused(
                    name,
                    new Refusal(
                            "too_few_clusters",
                            clusters.inControl() + " and " + clusters.inTreatment() + " clusters leave "
                                    + Texts.number(difference.degreesOfFreedom())
                                    + " degrees of freedom to the error; " + Texts.number(LEAST_DEGREES)
                                    + " are needed",
                            "assign more clusters, or smaller ones"));
        }
        double designEffect = square(difference.standardError() / plain.standardError());
        EffectReadout relative = null;
        if (hasRelative()) {
            double level = samples[control].mean();
            double ratio = samples[arm].mean() / level;
            relative = clusteredEffect(
                    clusters(arm, times(below, ratio / level), times(above, 1 / level)),
                    plain.estimate() / level,
                    users);
        }
        AdjustedReadout adjusted = null;
        if (adjustment != null) {
            Clusters residuals = clusters(arm, adjustment.weights(moments[control]), adjustment.weights(moments[arm]));
            EffectReadout effect =
                    clusteredEffect(residuals, adjustment.difference().estimate(), users);
            adjusted = new AdjustedReadout(effect, 1 - square(effect.standardError() / difference.standardError()));
        }
        return new ComparisonReadout(
                name,
                null,
                clusteredEffect(clusters, plain.estimate(), users),
                relative,
                adjusted,
                new ClusterReadout(
                        clusters.inControl(),
                        clusters.inTreatment(),
                        difference.degreesOfFreedom(),
                        clusters.simpleError(),
                        designEffect),
                null,
                Double.NaN);
    }

    private EffectReadout clusteredEffect(Clusters clusters, double estimate, long users) {
        Difference difference = clusters.difference(estimate);
        return new EffectReadout(
                estimate, difference.standardError(), difference.fixed(plan.alpha()), sequence.at(difference, users));
    }

    private Clusters clusters(int arm, double[] below, double[] above) {
        return ClusterSums.of(table, wanted, values, control, moments[control], below, arm, moments[arm], above);
    }

    private boolean hasRelative() {
        Sample divisor = samples[control];
        return divisor.mean() > LEAST_DIVISOR * Math.sqrt(divisor.errorVariance());
    }

    private @Nullable Refusal refusal(int arm) {
        for (int of : new int[] {control, arm}) {
            Sample sample = samples[of];
            String name = ReadoutPlanCheck.quoted(table.arms().get(of));
            if (sample.users() < LEAST_USERS) {
                return new Refusal(
                        "too_few_users",
                        "arm " + name + " has " + sample.users() + " users; " + LEAST_USERS + " are needed",
                        "wait for more users");
            }
            long successes = Math.round(sample.mean() * sample.users());
            if (metric.kind() == Metric.Kind.PROPORTION
                    && Math.min(successes, sample.users() - successes) < LEAST_OUTCOMES) {
                return new Refusal(
                        "too_few_outcomes",
                        "arm " + name + " has " + successes + " of " + sample.users() + " users who did it; "
                                + LEAST_OUTCOMES + " are needed who did and as many who did not",
                        "wait for more outcomes; the exact evidence holds with any number");
            }
            if (!(sample.variance() > 0)) {
                return metric.kind() == Metric.Kind.RATIO && !(moments[of].mean(1) > 0)
                        ? new Refusal(
                                "no_denominator",
                                "the denominator of arm " + name + " does not sum to more than 0",
                                "choose another denominator")
                        : new Refusal(
                                "no_variance",
                                "all users of arm " + name + " have the same value",
                                "look whether the outcome was measured there");
            }
            if (metric.kind() == Metric.Kind.RATIO
                    && moments[of].mean(1) < LEAST_DIVISOR * Math.sqrt(moments[of].variance(1) / sample.users())) {
                return new Refusal(
                        "unstable_denominator",
                        "the denominator of arm " + name + " is too near 0 for its error",
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
