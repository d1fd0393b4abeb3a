package io.conversion.workbench.policies;

import io.conversion.experiments.Finding;
import io.conversion.experiments.Refusal;
import io.conversion.experiments.value.BandValue;
import io.conversion.experiments.value.OffPolicyReadout;
import io.conversion.experiments.value.Support;
import io.conversion.experiments.value.ValueAnswer;
import io.conversion.experiments.value.ValueAnswer.Estimated;
import io.conversion.experiments.value.ValueAnswer.Interval;
import io.conversion.experiments.value.ValueAnswer.Refused;
import io.conversion.experiments.value.ValueEstimate;
import io.conversion.workbench.console.Numbers;
import io.conversion.workbench.console.TextTable;
import java.io.PrintWriter;
import java.util.Locale;

/** The value of a policy on the terminal: the answer first. */
final class ValueTables {

    private ValueTables() {}

    static void print(OffPolicyReadout readout, PrintWriter out) {
        out.println(readout.sentence());
        out.println();
        Support support = readout.answer().support();
        out.println(Numbers.count(support.decisions()) + " decisions of " + Numbers.count(support.users())
                + " users, which count as " + number(support.effectiveUsers()) + "; mean weight "
                + number(support.meanWeight()) + "; one user carries "
                + number(100 * support.largestShare()) + " %");
        findings(readout, out);
        refusals("", readout.answer(), out);
        if (!readout.bands().isEmpty()) {
            out.println();
            bands(readout, out);
        }
        if (readout.answer() instanceof Estimated value) {
            out.println();
            estimates(value, out);
        }
    }

    private static void findings(OffPolicyReadout readout, PrintWriter out) {
        readout.log().findings().forEach(finding -> print(finding, out));
        if (readout.answer() instanceof Estimated value) {
            value.findings().forEach(finding -> print(finding, out));
        }
    }

    private static void print(Finding finding, PrintWriter out) {
        out.println(
                finding.severity().name().toLowerCase(Locale.ROOT) + "  " + finding.code() + ": " + finding.sentence());
    }

    private static void refusals(String indent, ValueAnswer answer, PrintWriter out) {
        if (answer instanceof Refused refused) {
            for (Refusal refusal : refused.refusals()) {
                out.println(indent + "refuses  " + refusal.code() + ": " + refusal.reason());
                out.println(indent + "         " + refusal.remedy());
            }
        }
    }

    private static void bands(OffPolicyReadout readout, PrintWriter out) {
        TextTable table =
                new TextTable("lrrrrl").row("band", "decisions", "effective", "in force", "value", "interval");
        for (BandValue band : readout.bands()) {
            String decisions = Numbers.count(band.decisions());
            String effective = number(band.answer().support().effectiveUsers());
            if (band.answer() instanceof Estimated value) {
                table.row(
                        band.band(),
                        decisions,
                        effective,
                        number(band.logged()),
                        number(value.best().value()),
                        interval(value.interval()));
            } else if (band.answer() instanceof Refused refused) {
                String codes = String.join(
                        ", ", refused.refusals().stream().map(Refusal::code).toList());
                table.row(band.band(), decisions, effective, number(band.logged()), "refused", codes);
            }
        }
        table.print(out);
    }

    private static void estimates(Estimated value, PrintWriter out) {
        TextTable table = new TextTable("lrrr").row("estimator", "value", "error", "largest weight");
        for (ValueEstimate estimate : value.estimates()) {
            table.row(
                    estimate.estimator().name().toLowerCase(Locale.ROOT),
                    number(estimate.value()),
                    Double.isNaN(estimate.standardError()) ? "" : number(estimate.standardError()),
                    Double.isFinite(estimate.bound()) ? number(estimate.bound()) : "");
        }
        table.print(out);
        out.println("at one look                    " + interval(value.interval()));
        out.println("without a normal distribution  " + interval(value.bernstein()));
        Interval anytime = value.anytime();
        if (anytime != null) {
            out.println("however often one looks        " + interval(anytime));
        }
    }

    private static String interval(Interval interval) {
        return number(interval.lower()) + " to " + number(interval.upper());
    }

    private static String number(double value) {
        return Numbers.significant(value, 4);
    }
}
