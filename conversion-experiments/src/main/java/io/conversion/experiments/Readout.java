package io.conversion.experiments;

import io.conversion.core.json.AtomicFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;

/**
 * What an experiment says: its health first, then effects, then the verdict of what was fixed before. The same plan and the same
 * users give the same read-out to the bit, whatever the order of the users, but for {@linkplain ComparisonReadout#exact() what
 * depends on it}. Immutable and safe to share between threads.
 *
 * @param plan what was fixed before
 * @param users the users of all arms
 * @param health whether the data are what they should be
 * @param metrics the metrics, the primary one first; none if the health refuses every effect
 * @param verdict what to do
 */
public record Readout(ReadoutPlan plan, long users, Health health, List<MetricReadout> metrics, Verdict verdict) {

    /** Copies the list. {@inheritDoc} */
    public Readout {
        metrics = List.copyOf(metrics);
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
        check(plan, table);
        Health health = HealthCheck.of(plan, table);
        if (health.refusal().isPresent()) {
            return new Readout(
                    plan, table.size(), health, List.of(), Judgement.of(plan, health, List.of(), table.size()));
        }
        List<MetricReadout> metrics = plan.metrics().stream()
                .map(metric -> new MetricMeasure(plan, metric, table).read())
                .toList();
        return new Readout(plan, table.size(), health, metrics, Judgement.of(plan, health, metrics, table.size()));
    }

    private static void check(ReadoutPlan plan, UserTable table) {
        if (table.arms().size() < 2) {
            throw new IllegalArgumentException("all users are in one arm; an effect is a difference between arms");
        }
        if (!table.arms().contains(plan.control())) {
            throw new IllegalArgumentException("no user is in the control " + ReadoutPlanCheck.quoted(plan.control())
                    + "; the arms are " + names(table.arms()));
        }
        if (!plan.shares().isEmpty() && !plan.shares().keySet().equals(new TreeSet<>(table.arms()))) {
            throw new IllegalArgumentException("the arms of the users are " + names(table.arms())
                    + ", but shares are declared for "
                    + names(List.copyOf(new TreeSet<>(plan.shares().keySet()))));
        }
        for (Metric metric : plan.metrics()) {
            double[] values = table.column(metric.column());
            for (double value : values) {
                if (metric.kind() == Metric.Kind.PROPORTION && !(value == 0 || value == 1 || Double.isNaN(value))) {
                    throw new IllegalArgumentException("metric " + ReadoutPlanCheck.quoted(metric.name())
                            + " is a share of users, but a user has " + value + "; it must be 0 or 1");
                }
            }
        }
    }

    private static String names(List<String> arms) {
        return String.join(", ", arms.stream().map(ReadoutPlanCheck::quoted).toList());
    }

    /**
     * The read-out as JSON; its schema is {@code conversion-readout.schema.json} in this jar.
     *
     * @return the text
     */
    public String toJson() {
        return ReadoutJson.of(this);
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
}
