package io.conversion.experiments;

import static io.conversion.experiments.Finding.Severity.NOTES;
import static io.conversion.experiments.Finding.Severity.REFUSES;
import static io.conversion.experiments.Finding.Severity.WARNS;

import io.conversion.core.json.ArtifactText;
import io.conversion.experiments.internal.NumberTexts;
import io.conversion.experiments.statistics.Difference;
import io.conversion.experiments.statistics.Moments;
import io.conversion.experiments.statistics.Sample;
import io.conversion.experiments.statistics.SampleRatio;
import io.conversion.experiments.statistics.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.jspecify.annotations.Nullable;

/** Looks at the data of an experiment before any effect. */
final class HealthCheck {

    /** Chance findings below this are none: of a thousand sound experiments one is refused. */
    static final double ALARM = 0.001;

    private static final double DOUBT = 0.01;

    /** One user who moves a difference by this many of its errors makes it about that user. */
    private static final double MOVING_USER = 0.5;

    /** A covariate that so many users do not have explains next to nothing. */
    private static final double MOSTLY = 0.9;

    private final ReadoutPlan plan;
    private final List<String> arms;
    private final long[] users;
    private final List<Finding> findings;

    private HealthCheck(ReadoutPlan plan, List<String> arms, long[] users, List<Finding> findings) {
        this.plan = plan;
        this.arms = arms;
        this.users = users;
        this.findings = new ArrayList<>(findings);
    }

    static Health of(ReadoutPlan plan, UserTable table) {
        HealthCheck check = new HealthCheck(plan, table.arms(), table.usersOfArms(), table.findings());
        return check.check(() -> check.users(table));
    }

    static Health of(ReadoutPlan plan, SummaryTable table) {
        long[] users =
                table.last().samples().get(0).stream().mapToLong(Sample::users).toArray();
        return new HealthCheck(plan, table.arms(), users, table.findings()).check(() -> {});
    }

    private Health check(Runnable more) {
        SampleRatio ratio = sampleRatio();
        emptyArms();
        more.run();
        findings.sort(Comparator.comparing(Finding::severity));
        return new Health(ratio, findings);
    }

    private void users(UserTable table) {
        for (Metric metric : plan.metrics()) {
            for (String column : metric.columns()) {
                missing(table, column);
            }
            if (metric.kind() == Metric.Kind.MEAN) {
                movingUser(table, metric);
            }
        }
        for (String covariate : plan.covariates()) {
            balance(table, covariate);
        }
        clusters(table);
    }

    private @Nullable SampleRatio sampleRatio() {
        if (plan.shares().isEmpty()) {
            findings.add(new Finding(
                    "shares_not_declared",
                    NOTES,
                    "the shares of the arms were not declared, so that nobody can tell whether users got lost on the way; "
                            + "declare them"));
            return null;
        }
        SampleRatio ratio = SampleRatio.of(
                users, arms.stream().mapToDouble(arm -> plan.shares().get(arm)).toArray(), plan.tolerance());
        // Over many looks only the sequential test keeps its error rate.
        double deciding = plan.singleLook() || plan.plannedUsers() == 0 ? ratio.pValue() : ratio.sequentialPValue();
        String counts = counts();
        if (deciding < ALARM) {
            findings.add(new Finding(
                    "sample_ratio",
                    REFUSES,
                    counts + " are not the declared shares (" + NumberTexts.pValue(deciding)
                            + "): users of one arm got lost or were doubled between the assignment and these data; "
                            + "find out where before you look at any effect"));
        } else if (ratio.pValue() < DOUBT) {
            findings.add(new Finding(
                    "sample_ratio_doubtful",
                    WARNS,
                    counts + " are unlikely under the declared shares (" + NumberTexts.pValue(ratio.pValue())
                            + " for a single look); look for users who got lost"));
        }
        return ratio;
    }

    private String counts() {
        List<String> texts = IntStream.range(0, users.length)
                .mapToObj(arm -> NumberTexts.count(users[arm]) + " in " + ArtifactText.quoted(arms.get(arm)))
                .toList();
        return "the users (" + String.join(", ", texts) + ")";
    }

    private void emptyArms() {
        for (int arm = 0; arm < users.length; arm++) {
            if (users[arm] == 0) {
                findings.add(new Finding(
                        "empty_arm", REFUSES, "arm " + ArtifactText.quoted(arms.get(arm)) + " has no users"));
            }
        }
    }

    /** Users without an outcome are left out; if that is not the same in all arms, those who stay cannot be compared. */
    private void missing(UserTable table, String column) {
        long[] without = without(table, table.column(column));
        long all = Arrays.stream(users).sum();
        long missing = Arrays.stream(without).sum();
        if (missing == 0) {
            return;
        }
        double p = independence(users, without, all, missing);
        String sentence = NumberTexts.count(missing) + " of " + NumberTexts.count(all) + " users have no "
                + ArtifactText.quoted(column) + " and are left out of what is computed of it";
        findings.add(
                p < ALARM
                        ? new Finding(
                                "missing_differs",
                                WARNS,
                                sentence + ", more of one arm than of another (" + NumberTexts.pValue(p)
                                        + "): those who stay may differ, too")
                        : new Finding("missing", NOTES, sentence));
    }

    private long[] without(UserTable table, double[] values) {
        long[] without = new long[users.length];
        for (int user = 0; user < values.length; user++) {
            without[table.armOf(user)] += Double.isNaN(values[user]) ? 1 : 0;
        }
        return without;
    }

    private static double independence(long[] users, long[] without, long all, long missing) {
        if (missing == all) {
            return 1;
        }
        double chiSquare = 0;
        int arms = 0;
        for (int arm = 0; arm < users.length; arm++) {
            if (users[arm] > 0) {
                arms++;
                double expected = (double) users[arm] * missing / all;
                double off = without[arm] - expected;
                chiSquare += off * off / expected + off * off / (users[arm] - expected);
            }
        }
        return arms < 2 ? 1 : ChiSquaredDistribution.of(arms - 1).survivalProbability(chiSquare);
    }

    private void movingUser(UserTable table, Metric metric) {
        Moments[] moments = moments(table, table.column(metric.column()));
        int control = arms.indexOf(plan.control());
        double[] values = table.column(metric.column());
        double[] farthest = new double[moments.length];
        for (int user = 0; user < values.length; user++) {
            int arm = table.armOf(user);
            double off = values[user] - moments[arm].mean(0);
            if (Math.abs(off) > Math.abs(farthest[arm])) {
                farthest[arm] = off;
            }
        }
        for (int arm = 0; arm < moments.length; arm++) {
            if (arm == control) {
                continue;
            }
            Difference difference = Difference.of(sample(moments[control]), sample(moments[arm]));
            for (int of : new int[] {control, arm}) {
                double moved = farthest[of] / (moments[of].count() - 1);
                if (Math.abs(moved) > MOVING_USER * difference.standardError()) {
                    double without = difference.estimate() + (of == control ? moved : -moved);
                    findings.add(new Finding(
                            "one_user_moves_it",
                            WARNS,
                            "one user of arm "
                                    + ArtifactText.quoted(arms.get(of)) + " with "
                                    + ArtifactText.quoted(metric.name()) + " "
                                    + NumberTexts.number(moments[of].mean(0) + farthest[of])
                                    + " moves the difference from "
                                    + NumberTexts.number(without) + " to " + NumberTexts.number(difference.estimate())
                                    + "; fix a cap before the next experiment, or take a share in place of a mean"));
                }
            }
        }
    }

    private void balance(UserTable table, String covariate) {
        covariateMissing(table, covariate);
        Moments[] moments = moments(table, table.column(covariate));
        int control = arms.indexOf(plan.control());
        for (int arm = 0; arm < moments.length; arm++) {
            if (arm == control || moments[arm].count() < 2 || moments[control].count() < 2) {
                continue;
            }
            Difference difference = Difference.ofWelch(sample(moments[control]), sample(moments[arm]));
            if (difference.standardError() > 0 && difference.fixed(ALARM).pValue() < ALARM) {
                findings.add(new Finding(
                        "imbalance",
                        WARNS,
                        "covariate " + ArtifactText.quoted(covariate) + " is "
                                + NumberTexts.number(moments[arm].mean(0)) + " in arm "
                                + ArtifactText.quoted(arms.get(arm)) + " and "
                                + NumberTexts.number(moments[control].mean(0)) + " in the control ("
                                + NumberTexts.pValue(difference.fixed(ALARM).pValue())
                                + "): either users were not assigned by chance, or it was measured after the assignment "
                                + "and is no covariate"));
            }
        }
    }

    private void covariateMissing(UserTable table, String covariate) {
        double[] known = Arrays.stream(table.column(covariate))
                .filter(value -> !Double.isNaN(value))
                .toArray();
        long all = table.size();
        long unknown = all - known.length;
        String name = ArtifactText.quoted(covariate);
        if (unknown == all) {
            findings.add(new Finding(
                    "covariate_absent",
                    WARNS,
                    "no user has " + name + ", so that it explains nothing; look whether it is the right column"));
            return;
        }
        if (Arrays.stream(known).allMatch(value -> value == known[0])) {
            findings.add(new Finding(
                    "covariate_constant",
                    WARNS,
                    "all users who have " + name + " have the same, so that it explains nothing; leave it out"));
        }
        if (unknown > 0) {
            double p = independence(users, without(table, table.column(covariate)), all, unknown);
            String sentence = NumberTexts.count(unknown) + " of " + NumberTexts.count(all) + " users have no " + name
                    + "; they are taken to have the mean of the others";
            findings.add(
                    p < ALARM
                            ? new Finding(
                                    "covariate_missing_differs",
                                    WARNS,
                                    sentence + ", and are more of one arm than of another (" + NumberTexts.pValue(p)
                                            + "): what the assignment changes was measured after it, and is no covariate")
                            : unknown > MOSTLY * all
                                    ? new Finding(
                                            "covariate_mostly_missing",
                                            WARNS,
                                            sentence + ", so that it explains next to nothing; leave it out")
                                    : new Finding("covariate_missing", NOTES, sentence));
        }
    }

    private void clusters(UserTable table) {
        int[] clusters = table.clusters();
        if (clusters == null) {
            return;
        }
        int[] armOfCluster = new int[Arrays.stream(clusters).max().orElse(-1) + 1];
        Arrays.fill(armOfCluster, -1);
        boolean[] mixed = new boolean[armOfCluster.length];
        for (int user = 0; user < clusters.length; user++) {
            int known = armOfCluster[clusters[user]];
            mixed[clusters[user]] |= known >= 0 && known != table.armOf(user);
            armOfCluster[clusters[user]] = table.armOf(user);
        }
        long inSeveral = IntStream.range(0, mixed.length).filter(i -> mixed[i]).count();
        if (inSeveral > 0) {
            findings.add(new Finding(
                    "clusters_in_several_arms",
                    WARNS,
                    inSeveral + " of " + mixed.length + " clusters have users in several arms: what was assigned is "
                            + "smaller than a cluster"));
        }
    }

    private static Moments[] moments(UserTable table, double[] values) {
        return IntStream.range(0, table.arms().size())
                .mapToObj(arm -> table.sums(arm, new double[][] {values}, user -> !Double.isNaN(values[user]))
                        .moments())
                .toArray(Moments[]::new);
    }

    private static Sample sample(Moments moments) {
        return Sample.of(moments, Value.mean(0));
    }
}
