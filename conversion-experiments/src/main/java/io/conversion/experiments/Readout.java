package io.conversion.experiments;

import io.conversion.core.json.ArtifactText;
import io.conversion.core.json.AtomicFile;
import io.conversion.experiments.internal.NumberTexts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * What an experiment says: its health first, then effects, then the verdict of what was fixed before. The same plan and the same
 * users give the same read-out to the bit, whatever the order of the users, but for {@linkplain ComparisonReadout#exact() what
 * depends on it} and the path. Immutable and safe to share between threads.
 *
 * @param plan what was fixed before
 * @param users the users of all arms
 * @param health whether the data are what they should be
 * @param metrics the metrics, the primary one first; none if the health refuses every effect
 * @param groups the effect on the primary metric by what was known of users before; empty without a covariate
 * @param path the primary metric after some of the users, in the order in which they came; empty if nothing is known of that
 * @param verdict what to do
 * @param sources the digests of the artifacts that it was made of, by their names; empty for a plain table
 */
public record Readout(
        ReadoutPlan plan,
        long users,
        Health health,
        List<MetricReadout> metrics,
        List<GroupsReadout> groups,
        List<PathPoint> path,
        Verdict verdict,
        Map<String, String> sources) {

    /** The looks of a path over users who came one by one. */
    private static final int LOOKS = 20;

    /** Copies the lists. {@inheritDoc} */
    public Readout {
        metrics = List.copyOf(metrics);
        groups = List.copyOf(groups);
        path = List.copyOf(path);
    }

    /**
     * Reads an experiment out.
     *
     * @param plan what was fixed before
     * @param table what users did
     * @return the read-out
     * @throws IllegalArgumentException if the table has no column of a metric or covariate, not the control, fewer than two arms
     *     or others than the plan declares shares for, or a proportion has other numbers than 0 and 1
     */
    public static Readout of(ReadoutPlan plan, UserTable table) {
        checkArms(plan, table.arms());
        checkShares(plan, table);
        Health health = HealthCheck.of(plan, table);
        if (health.refusal().isPresent()) {
            return of(plan, table, health, List.of(), List.of(), List.of());
        }
        List<MetricMeasure> measures = plan.metrics().stream()
                .map(metric -> new MetricMeasure(plan, metric, table, table.size()))
                .toList();
        List<MetricReadout> metrics = measures.stream().map(MetricMeasure::read).toList();
        health = health.with(measures.stream()
                .flatMap(measure -> measure.findings().stream())
                .toList());
        List<PathPoint> path = new ArrayList<>();
        for (int look = 1; look <= LOOKS; look++) {
            int first = (int) Math.floor((double) table.size() * look / LOOKS + 0.5);
            path.add(new PathPoint(
                    NumberTexts.count(first),
                    first,
                    new MetricMeasure(plan, plan.primary(), table, first).read().comparisons()));
        }
        return of(plan, table, health, metrics, GroupsMeasure.of(plan, table), path);
    }

    /**
     * Reads an experiment out of which only counts, means and variances are known.
     *
     * @param plan what was fixed before
     * @param table what is known of the arms, look by look
     * @return the read-out
     * @throws IllegalArgumentException if the table has not the control, fewer than two arms or others than the plan declares
     *     shares for, or the plan has covariates, of which nothing is known then
     */
    public static Readout of(ReadoutPlan plan, SummaryTable table) {
        checkArms(plan, table.arms());
        if (!plan.covariates().isEmpty()) {
            throw new IllegalArgumentException(
                    "covariates need a row for each user; only sums of the arms are known here");
        }
        long users = users(table.last());
        Health health = HealthCheck.of(plan, table);
        if (health.refusal().isPresent()) {
            return of(plan, users, health, List.of(), List.of());
        }
        List<MetricReadout> metrics = IntStream.range(0, plan.metrics().size())
                .mapToObj(metric -> table.read(plan, metric, table.last()))
                .toList();
        List<PathPoint> path = table.looks().stream()
                .map(look -> new PathPoint(
                        look.label(), users(look), table.read(plan, 0, look).comparisons()))
                .toList();
        return of(plan, users, health, metrics, path);
    }

    private static long users(SummaryTable.Look look) {
        return look.samples().get(0).stream()
                .mapToLong(sample -> sample.users())
                .sum();
    }

    private static Readout of(
            ReadoutPlan plan,
            UserTable table,
            Health health,
            List<MetricReadout> metrics,
            List<GroupsReadout> groups,
            List<PathPoint> path) {
        Verdict verdict = Judgement.of(plan, health, metrics, table.size(), table.usersPerDay());
        return new Readout(plan, table.size(), health, metrics, groups, path, verdict, table.sources());
    }

    private static Readout of(
            ReadoutPlan plan, long users, Health health, List<MetricReadout> metrics, List<PathPoint> path) {
        Verdict verdict = Judgement.of(plan, health, metrics, users, Double.NaN);
        return new Readout(plan, users, health, metrics, List.of(), path, verdict, Map.of());
    }

    private static void checkArms(ReadoutPlan plan, List<String> arms) {
        if (arms.size() < 2) {
            throw new IllegalArgumentException("all users are in one arm; an effect is a difference between arms");
        }
        if (!arms.contains(plan.control())) {
            throw new IllegalArgumentException("no user is in the control " + ArtifactText.quoted(plan.control())
                    + "; the arms are " + names(arms));
        }
        if (!plan.shares().isEmpty() && !plan.shares().keySet().equals(new TreeSet<>(arms))) {
            throw new IllegalArgumentException("the arms of the users are " + names(arms)
                    + ", but shares are declared for "
                    + names(List.copyOf(new TreeSet<>(plan.shares().keySet()))));
        }
    }

    private static void checkShares(ReadoutPlan plan, UserTable table) {
        for (Metric metric : plan.metrics()) {
            for (double value : table.column(metric.column())) {
                if (metric.kind() == Metric.Kind.PROPORTION && !(value == 0 || value == 1 || Double.isNaN(value))) {
                    throw new IllegalArgumentException("metric " + ArtifactText.quoted(metric.name())
                            + " is a share of users, but a user has " + value + "; it must be 0 or 1");
                }
            }
        }
    }

    private static String names(List<String> arms) {
        return String.join(", ", arms.stream().map(ArtifactText::quoted).toList());
    }

    /**
     * The read-out as JSON; its schema is {@code META-INF/schemas/conversion-readout-1.schema.json} of this jar.
     *
     * @return the text
     */
    public String toJson() {
        return ReadoutJson.of(this);
    }

    /**
     * Many read-outs as one JSON list.
     *
     * @param readouts the read-outs
     * @return the text
     */
    public static String toJson(Collection<Readout> readouts) {
        return ReadoutJson.of(readouts);
    }

    /**
     * Writes the read-out as JSON, completely or not at all.
     *
     * @param file where to
     * @throws IOException if it cannot be written
     */
    public void writeJson(Path file) throws IOException {
        AtomicFile.write(file, toJson());
    }

    /**
     * The read-out as a page: one file without scripts, for a screen, a phone and paper.
     *
     * @return HTML text
     */
    public String toHtml() {
        return ReadoutPage.of(this);
    }

    /**
     * Writes the page, completely or not at all.
     *
     * @param file where to
     * @throws IOException if it cannot be written
     */
    public void write(Path file) throws IOException {
        AtomicFile.write(file, toHtml());
    }
}
