package io.conversion.workbench.models;

import io.conversion.core.ConversionModel;
import io.conversion.core.provenance.GateCheck;
import io.conversion.core.shapes.Calibration;
import io.conversion.model.Diagnostics;
import io.conversion.model.TrainingResult;
import io.conversion.model.data.DataSet;
import io.conversion.model.signals.SignalReport;
import io.conversion.model.signals.SignalValidation;
import io.conversion.workbench.console.Numbers;
import io.conversion.workbench.console.TextTable;
import io.conversion.workbench.console.Wording;
import java.io.PrintWriter;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What a data scientist wants to know right after a training. */
record TrainingSummary(DataSet users, TrainingResult result, ConversionModel model, SignalValidation signals) {

    /** How many warnings are printed; the artifact has them all. */
    private static final int NAMED = 10;

    void print(PrintWriter out) {
        out.println("model " + model.reference());
        DataSetSummary.of(users)
                .row("signals", SchemaDescription.kinds(users.schema()))
                .row("columns excluded", Wording.orNone(users.label().excluded()))
                .row("signals imputed", Wording.orNone(SchemaDescription.imputed(users.schema())))
                .row("penalty", penalty())
                .row("calibration", calibration())
                .row("fit", fit())
                .row("columns left out", leftOut())
                .print(out);
        shapes(out);
        dropped(out);
        gate(out);
        warnings(out);
    }

    private String penalty() {
        return Numbers.plain(result.penalty())
                + (result.penaltyPath().isPresent() ? ", of the smallest cross-validated log loss" : "");
    }

    private String calibration() {
        Calibration calibration = model.calibration();
        if (calibration instanceof Calibration.Platt platt) {
            return "Platt, slope " + Numbers.decimals(platt.slope()) + ", intercept "
                    + Numbers.decimals(platt.intercept());
        } else if (calibration instanceof Calibration.Isotonic isotonic) {
            return "isotonic, " + Numbers.count(isotonic.raw().size(), "point");
        }
        return "none";
    }

    /** The shapes that are no straight lines. */
    private void shapes(PrintWriter out) {
        TextTable curves = new TextTable("ll");
        boolean any = false;
        for (Map.Entry<String, String> shape : result.shapeDescriptions().entrySet()) {
            if (!shape.getValue().equals("linear")) {
                any = true;
                curves.row(shape.getKey(), shape.getValue());
            }
        }
        if (any) {
            out.println("shapes other than linear:");
            curves.print(out);
        }
    }

    /** The signals that the model has although they are judged drop. */
    private void dropped(PrintWriter out) {
        List<SignalReport> dropped = signals.dropped();
        if (dropped.isEmpty()) {
            return;
        }
        out.println("in the model although judged drop:");
        for (SignalReport report : dropped.subList(0, Math.min(NAMED, dropped.size()))) {
            out.println("  " + report.signal());
            report.reasons().forEach(reason -> Wording.print("    ", "      ", reason, out));
        }
        if (dropped.size() > NAMED) {
            out.println("  and " + (dropped.size() - NAMED) + " more");
        }
        SignalTable.printWithoutDropped(signals, users.label().excluded(), out);
    }

    private void gate(PrintWriter out) {
        // Several signals may have one finding.
        Set<String> findings = new HashSet<>();
        List<GateCheck> gate = result.gate().stream()
                .filter(check -> findings.add(check.name() + check.sentence()))
                .toList();
        List<GateCheck> notable = gate.stream()
                .filter(check -> check.verdict() != GateCheck.Verdict.PASSED)
                .toList();
        out.println("publish gate: " + (gate.size() - notable.size()) + " of " + Numbers.count(gate.size(), "check")
                + " passed" + (notable.isEmpty() ? "" : ", and"));
        notable.forEach(check -> out.println("  "
                + (check.override().isPresent()
                        ? "overridden (" + check.override().get() + ")"
                        : "warning") + ", "
                + check.name() + ": " + check.sentence()));
    }

    private String fit() {
        Diagnostics diagnostics = result.diagnostics();
        return String.format(
                Locale.ROOT,
                "%s, optimum after %s, relative gradient %.0e",
                Numbers.count(result.coefficients().size(), "column"),
                Numbers.count(diagnostics.newtonSteps(), "Newton step"),
                diagnostics.relativeGradient());
    }

    /** Each column that was left out has a warning, which says why. */
    private String leftOut() {
        int leftOut = result.diagnostics().leftOut().size();
        int all = leftOut + result.coefficients().size();
        return leftOut == 0 ? "none" : Numbers.count(leftOut) + " of " + Numbers.count(all) + ", see the warnings";
    }

    private void warnings(PrintWriter out) {
        List<String> warnings = result.diagnostics().warnings();
        if (warnings.isEmpty()) {
            boolean passed = result.gate().stream().allMatch(check -> check.verdict() == GateCheck.Verdict.PASSED);
            if (passed && signals.dropped().isEmpty()) {
                out.println("no warnings");
            }
            return;
        }
        out.println(Numbers.count(warnings.size(), "warning") + ":");
        warnings.stream().limit(NAMED).forEach(warning -> out.println("  " + warning));
        if (warnings.size() > NAMED) {
            out.println("  and " + (warnings.size() - NAMED) + " more, which evaluation.json lists");
        }
    }
}
