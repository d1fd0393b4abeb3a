package io.conversion.workbench;

import io.conversion.core.ConversionModel;
import io.conversion.model.DataSet;
import io.conversion.model.Diagnostics;
import io.conversion.model.TrainingResult;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** What a data scientist wants to know right after a training. */
record TrainingSummary(DataSet users, TrainingResult result, ConversionModel model) {

    /** How many warnings are printed; the artifact has them all. */
    private static final int NAMED = 10;

    void print(PrintWriter out) {
        out.println("model " + model.reference());
        TextTable facts = new TextTable("ll");
        DataSetSummary.addTo(facts, users);
        facts.row("signals", SchemaDescription.kinds(users.schema()))
                .row("columns excluded", orNone(users.label().excluded()))
                .row("signals imputed", orNone(SchemaDescription.imputed(users.schema())))
                .row("penalty", Numbers.plain(result.penalty()))
                .row("fit", fit())
                .row("columns left out", leftOut());
        facts.print(out);
        warnings(out);
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
            out.println("no warnings");
            return;
        }
        out.println(Numbers.count(warnings.size(), "warning") + ":");
        warnings.stream().limit(NAMED).forEach(warning -> out.println("  " + warning));
        if (warnings.size() > NAMED) {
            out.println("  and " + (warnings.size() - NAMED) + " more, which evaluation.json lists");
        }
    }

    private static String orNone(List<String> names) {
        return names.isEmpty() ? "none" : String.join(", ", names);
    }
}
