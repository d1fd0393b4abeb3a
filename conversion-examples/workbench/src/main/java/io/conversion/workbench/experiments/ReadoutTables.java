package io.conversion.workbench.experiments;

import io.conversion.experiments.ArmReadout;
import io.conversion.experiments.ComparisonReadout;
import io.conversion.experiments.EffectReadout;
import io.conversion.experiments.Finding;
import io.conversion.experiments.Metric;
import io.conversion.experiments.MetricReadout;
import io.conversion.experiments.Readout;
import io.conversion.experiments.statistics.Inference;
import io.conversion.workbench.console.Numbers;
import io.conversion.workbench.console.TextTable;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;

/** A read-out on the terminal: the verdict first. */
final class ReadoutTables {

    private ReadoutTables() {}

    static void print(Readout readout, PrintWriter out) {
        out.println(readout.verdict().sentence());
        out.println();
        for (Finding finding : readout.health().findings()) {
            out.println(finding.severity().name().toLowerCase(Locale.ROOT) + "  " + finding.code() + ": "
                    + finding.sentence());
        }
        for (MetricReadout metric : readout.metrics()) {
            out.println();
            print(metric, readout, out);
        }
    }

    /** One line for each of many experiments. */
    static void printSeries(Map<String, Readout> readouts, PrintWriter out) {
        TextTable table = new TextTable("lrlll").row("experiment", "users", "arm", "interval", "verdict");
        for (Map.Entry<String, Readout> of : readouts.entrySet()) {
            Readout readout = of.getValue();
            for (MetricReadout metric : readout.metrics().stream().limit(1).toList()) {
                for (ComparisonReadout comparison : metric.comparisons()) {
                    table.row(
                            of.getKey(),
                            Numbers.count(readout.users()),
                            comparison.arm(),
                            effect(metric.metric(), comparison, readout.plan().singleLook())[1],
                            readout.verdict().kind());
                }
            }
            if (readout.metrics().isEmpty()) {
                table.row(
                        of.getKey(),
                        Numbers.count(readout.users()),
                        "",
                        "",
                        readout.verdict().kind());
            }
        }
        table.print(out);
    }

    private static void print(MetricReadout metric, Readout readout, PrintWriter out) {
        Metric of = metric.metric();
        out.println(of.name() + " (" + of.role().name().toLowerCase(Locale.ROOT) + ", "
                + of.kind().name().toLowerCase(Locale.ROOT) + ", "
                + (of.higherIsBetter() ? "higher is better" : "lower is better") + ")");
        TextTable table = new TextTable("lrrrlr").row("  arm", "users", "mean", "difference", "interval", "p");
        for (ArmReadout arm : metric.arms()) {
            String[] effect = metric.comparisons().stream()
                    .filter(comparison -> comparison.arm().equals(arm.name()))
                    .findFirst()
                    .map(comparison -> effect(of, comparison, readout.plan().singleLook()))
                    .orElse(new String[] {"", "", ""});
            table.row(
                    "  " + arm.name(),
                    Numbers.count(arm.sample().users()),
                    level(of, arm.sample().mean()),
                    effect[0],
                    effect[1],
                    effect[2]);
        }
        table.print(out);
        for (ComparisonReadout comparison : metric.comparisons()) {
            if (comparison.adjusted() != null) {
                out.println("  " + comparison.arm() + ": covariates save "
                        + Numbers.decimals(100 * comparison.adjusted().varianceReduction(), 1) + " % of the users");
            }
        }
    }

    private static String[] effect(Metric metric, ComparisonReadout comparison, boolean singleLook) {
        EffectReadout best = comparison.adjusted() == null
                ? comparison.difference()
                : comparison.adjusted().difference();
        if (best == null) {
            return new String[] {
                "refused",
                comparison.refusal() == null ? "" : comparison.refusal().reason(),
                ""
            };
        }
        Inference deciding = singleLook ? best.fixed() : best.anytime();
        return new String[] {
            change(metric, best.estimate()),
            change(metric, deciding.lower()) + " to " + change(metric, deciding.upper())
                    + (metric.kind() == Metric.Kind.PROPORTION ? " points" : ""),
            deciding.pValue() < 1e-4 ? "< 0.0001" : Numbers.decimals(deciding.pValue(), 4)
        };
    }

    private static String level(Metric metric, double mean) {
        return metric.kind() == Metric.Kind.PROPORTION
                ? Numbers.decimals(100 * mean, 3) + " %"
                : Numbers.grouped(mean, 4);
    }

    private static String change(Metric metric, double change) {
        return metric.kind() == Metric.Kind.PROPORTION
                ? (change > 0 ? "+" : "") + Numbers.decimals(100 * change, 3)
                : Numbers.signed(change);
    }
}
