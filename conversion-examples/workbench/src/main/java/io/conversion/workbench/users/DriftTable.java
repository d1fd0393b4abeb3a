package io.conversion.workbench.users;

import io.conversion.policy.Decision.Reason;
import io.conversion.policy.monitoring.DriftReport;
import io.conversion.policy.monitoring.DriftRow;
import io.conversion.policy.monitoring.DriftSnapshot;
import io.conversion.policy.monitoring.PopulationStability;
import io.conversion.workbench.console.Numbers;
import io.conversion.workbench.console.TextTable;
import io.conversion.workbench.console.Wording;
import java.io.PrintWriter;

/** Prints what has drifted. */
final class DriftTable {

    private DriftTable() {}

    static void print(DriftSnapshot snapshot, DriftReport report, PrintWriter out) {
        long refused = snapshot.decisions().getOrDefault(Reason.INVALID_SIGNALS, 0L);
        out.println(Numbers.count(report.users(), "user") + " compared"
                + (refused == 0 ? "" : ", " + Numbers.count(refused) + " refused by the schema of the model")
                + (snapshot.ofOtherUnits() == 0
                        ? ""
                        : ", " + Numbers.count(snapshot.ofOtherUnits()) + " of another model or policy left out"));
        snapshot.refusals()
                .forEach((refusal, count) -> out.println("  refused: "
                        + (refusal.signal().isEmpty() ? "other names" : "signal " + Wording.quoted(refusal.signal()))
                        + " " + Wording.of(refusal.kind()) + " " + Numbers.count(count)));
        TextTable table = new TextTable("lrrrl").row("compared", "users", "PSI", "limit", "");
        for (DriftRow row : report.rows()) {
            PopulationStability stability = row.stability();
            table.row(
                    title(row),
                    Numbers.count(Math.round(stability.users())),
                    Numbers.decimals(stability.index(), 3),
                    Numbers.decimals(stability.limit(), 3),
                    stability.hasTooFewUsers() ? "too few users" : stability.isDrift() ? "drift" : "");
        }
        table.print(out);
        report.alerts().forEach(alert -> out.println("drift: " + alert));
        report.unanswered().stream()
                .filter(sentence -> !sentence.startsWith("no outcome"))
                .forEach(sentence -> out.println("not assessed: " + sentence));
        if (report.alerts().isEmpty() && report.rows().stream().noneMatch(DriftTable::isUnknown)) {
            out.println(report.rows().isEmpty() ? "nothing to compare" : "no drift");
        }
    }

    private static boolean isUnknown(DriftRow row) {
        return row.stability().hasTooFewUsers();
    }

    private static String title(DriftRow row) {
        return switch (row.subject()) {
            case SIGNAL -> row.name();
            case PROBABILITY -> "(probability)";
            case BANDS -> "(bands)";
        };
    }
}
