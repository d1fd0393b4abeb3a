package io.conversion.workbench.models;

import io.conversion.model.evaluation.RocAuc;
import io.conversion.model.signals.Collinearity;
import io.conversion.model.signals.Relation;
import io.conversion.model.signals.SignalKind;
import io.conversion.model.signals.SignalReport;
import io.conversion.model.signals.SignalValidation;
import io.conversion.model.signals.Stability;
import io.conversion.model.signals.Verdict;
import io.conversion.workbench.console.NameList;
import io.conversion.workbench.console.Numbers;
import io.conversion.workbench.console.TextTable;
import io.conversion.workbench.console.Wording;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A validation as a table, the strongest signal first, and what is to be said of signals that are not simply kept. */
final class SignalTable {

    private final SignalValidation validation;
    private final List<SignalReport> reports;
    private final boolean missing;
    private final boolean cohorts;

    SignalTable(SignalValidation validation) {
        this.validation = validation;
        this.reports = validation.strongestFirst();
        this.missing = reports.stream().anyMatch(report -> report.missing() > 0);
        this.cohorts = reports.stream().anyMatch(report -> report.stability().isPresent());
    }

    void print(PrintWriter out) {
        // Columns that would say the same of every signal are left out, so that the others fit a terminal.
        TextTable table = new TextTable("ll" + (missing ? "r" : "") + "rlrl" + (cohorts ? "r" : "") + "rl");
        table.row(cells("signal", "kind", "missing", "AUC", "interval", "IV", "shape", "agree", "VIF", "verdict"));
        for (SignalReport report : reports) {
            RocAuc auc = report.strength().strength().orElse(null);
            table.row(cells(
                    report.signal(),
                    kind(report.kind()),
                    report.missing() == 0 ? "-" : Numbers.share(report.missing(), validation.rows()),
                    auc == null
                            ? "-"
                            : Numbers.decimals(auc.value(), 3)
                                    + (report.strength().isByBins() ? "*" : " "),
                    auc == null ? "-" : Numbers.decimals(auc.lower(), 3) + "-" + Numbers.decimals(auc.upper(), 3),
                    Numbers.decimals(report.strength().informationValue(), 2),
                    relation(report.strength().relation()),
                    report.stability().map(SignalTable::cohorts).orElse("-"),
                    report.collinearity().map(SignalTable::factor).orElse("-"),
                    Wording.of(report.verdict())));
        }
        table.print(out);
        legend().forEach(line -> Wording.print("", "  ", line, out));
        printFindings(Verdict.DROP, out);
        printFindings(Verdict.CONDITIONAL, out);
        validation.notes().forEach(note -> Wording.print("", "  ", note, out));
        Wording.print("", "  ", summary(), out);
    }

    /** The option of the training that leaves the dropped signals out. */
    static void printWithoutDropped(SignalValidation validation, List<String> excluded, PrintWriter out) {
        List<String> names = new ArrayList<>(excluded);
        validation.dropped().forEach(report -> names.add(report.signal()));
        out.println("to train without them, and without their entries in a --schema file:");
        // One line, however long, to be pasted.
        out.println("  --exclude " + new NameList(names).argument());
    }

    private List<String> cells(
            String signal,
            String kind,
            String missingShare,
            String auc,
            String interval,
            String informationValue,
            String relation,
            String agreement,
            String factor,
            String verdict) {
        List<String> cells = new ArrayList<>(List.of(signal, kind));
        if (missing) {
            cells.add(missingShare);
        }
        cells.addAll(List.of(auc, interval, informationValue, relation));
        if (cohorts) {
            cells.add(agreement);
        }
        cells.addAll(List.of(factor, verdict));
        return cells;
    }

    private List<String> legend() {
        List<String> legend = new ArrayList<>();
        legend.add("AUC: how well the signal alone ranks users, whichever way it points; 0.5 is chance");
        if (reports.stream().anyMatch(report -> report.strength().isByBins())) {
            legend.add("*: ranked by the rates of its bins or levels, out of fold");
        }
        if (cohorts) {
            legend.add("agree: the cohorts in which it points the same way, of those that can be compared");
        }
        return legend;
    }

    /** Signals with the very same reasons share them. */
    private void printFindings(Verdict verdict, PrintWriter out) {
        Map<List<String>, List<String>> signals = new LinkedHashMap<>();
        reports.stream()
                .filter(report -> report.verdict() == verdict)
                .forEach(report -> signals.computeIfAbsent(report.reasons(), reasons -> new ArrayList<>())
                        .add(report.signal()));
        if (!signals.isEmpty()) {
            out.println(Wording.of(verdict) + ":");
        }
        signals.forEach((reasons, names) -> {
            Wording.print("  ", "    ", String.join(", ", names), out);
            reasons.forEach(reason -> Wording.print("    ", "      ", reason, out));
        });
    }

    private String summary() {
        String best = validation
                .best()
                .map(report -> "; a naive rule would use " + report.signal())
                .orElse("");
        return Numbers.count(count(Verdict.KEEP)) + " kept, " + Numbers.count(count(Verdict.CONDITIONAL))
                + " conditional, " + Numbers.count(count(Verdict.DROP)) + " dropped" + best;
    }

    private long count(Verdict verdict) {
        return reports.stream().filter(report -> report.verdict() == verdict).count();
    }

    private static String kind(SignalKind kind) {
        return switch (kind) {
            case NUMERIC -> "num";
            case FLAG -> "flag";
            case CATEGORICAL -> "cat";
        };
    }

    private static String relation(Relation relation) {
        return switch (relation) {
            case INCREASING -> "rises";
            case DECREASING -> "falls";
            case U_SHAPED -> "U";
            case INVERTED_U -> "hump";
            case IRREGULAR -> "uneven";
            case FLAT -> "flat";
            case UNORDERED -> "levels";
        };
    }

    private static String cohorts(Stability stability) {
        return stability.sameDirection() + "/" + stability.assessed().size();
    }

    private static String factor(Collinearity collinearity) {
        return collinearity.isPerfect()
                ? "inf"
                : Numbers.grouped(collinearity.factor(), collinearity.factor() < 100 ? 1 : 0);
    }
}
