package io.conversion.workbench.policies;

import io.conversion.experiments.Finding;
import io.conversion.experiments.threshold.DensityTest;
import io.conversion.experiments.threshold.LocalEffect;
import io.conversion.experiments.threshold.NamedJump;
import io.conversion.experiments.threshold.NearBound;
import io.conversion.experiments.threshold.ThresholdEffect;
import io.conversion.workbench.console.Numbers;
import io.conversion.workbench.console.TextTable;
import io.conversion.workbench.console.Wording;
import java.io.PrintWriter;

/** The effect at a bound as a product manager reads it. */
final class ThresholdEffectLines {

    private final ThresholdEffect answer;
    private final PrintWriter out;

    private ThresholdEffectLines(ThresholdEffect answer, PrintWriter out) {
        this.answer = answer;
        this.out = out;
    }

    static void print(ThresholdEffect answer, String outcome, PrintWriter out) {
        Wording.print(answer.sentence(outcome), out);
        for (Finding finding : answer.findings()) {
            Wording.print("  " + Wording.of(finding.severity()) + ": ", "    ", finding.sentence(), out);
        }
        new ThresholdEffectLines(answer, out).tables();
    }

    private void tables() {
        LocalEffect effect = answer.effect();
        NearBound below = answer.below();
        NearBound above = answer.above();
        if (below != null && above != null) {
            new TextTable("lrr")
                    .row("near the bound", "below", "above")
                    .row("decisions", Numbers.count(below.rows()), Numbers.count(above.rows()))
                    .row("users", Numbers.count(below.units()), Numbers.count(above.units()))
                    .row("different values", Numbers.count(below.values()), Numbers.count(above.values()))
                    .row("outcome, mean", mean(below.mean()), mean(above.mean()))
                    .print(out);
        }
        TextTable table = new TextTable("ll");
        if (effect != null) {
            table.row("near is closer than", Numbers.decimals(effect.bandwidth()))
                    .row(
                            "by lines, with their bias",
                            change(effect.line()) + ", standard error " + size(effect.lineError()));
        }
        DensityTest density = answer.density();
        if (density != null) {
            table.row(
                    "density of users",
                    Numbers.decimals(density.below(), 3) + " just below, " + Numbers.decimals(density.above(), 3)
                            + " just above, p = " + Numbers.decimals(density.pValue(), 3));
        }
        for (NamedJump jump : answer.placebos()) {
            table.row("no action changes at " + Numbers.decimals(jump.at()), change(jump));
        }
        for (NamedJump jump : answer.covariates()) {
            table.row(
                    "before: " + Wording.brief(jump.name()),
                    Numbers.signed(jump.estimate()) + " ("
                            + Numbers.signed(jump.inference().lower()) + " to "
                            + Numbers.signed(jump.inference().upper()) + ")");
        }
        table.print(out);
    }

    private String mean(double value) {
        return !Double.isFinite(value) ? "-" : answer.isShare() ? percent(value) : Numbers.decimals(value);
    }

    private String change(NamedJump jump) {
        return change(jump.estimate()) + " (" + change(jump.inference().lower()) + " to "
                + change(jump.inference().upper()) + ")";
    }

    /** Percentage points of shares, the units of the outcome of any other. */
    private String change(double value) {
        return (value > 0 ? "+" : "") + size(value);
    }

    private String size(double value) {
        return answer.isShare() ? Numbers.decimals(100 * value, 1) : Numbers.decimals(value);
    }

    private static String percent(double share) {
        return Numbers.decimals(100 * share, 1) + " %";
    }
}
