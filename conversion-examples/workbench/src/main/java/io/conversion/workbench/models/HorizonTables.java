package io.conversion.workbench.models;

import io.conversion.model.evaluation.Interval;
import io.conversion.model.evaluation.RocAuc;
import io.conversion.model.lifecycle.EventLog;
import io.conversion.model.lifecycle.Horizon;
import io.conversion.model.lifecycle.HorizonFigures;
import io.conversion.model.lifecycle.HorizonSettings;
import io.conversion.model.lifecycle.IntentReport;
import io.conversion.model.lifecycle.KaplanMeier;
import io.conversion.model.lifecycle.LogCounts;
import io.conversion.workbench.console.Numbers;
import io.conversion.workbench.console.TextTable;
import io.conversion.workbench.console.Wording;
import java.io.PrintWriter;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** A report on when intent emerges, as people read it. */
final class HorizonTables {

    private HorizonTables() {}

    static void print(IntentReport report, PrintWriter out) {
        HorizonSettings settings = report.settings();
        facts(report).print(out);
        Horizon last = report.horizons().get(report.horizons().size() - 1);
        out.println();
        out.println("each day on its own users (not comparable: users and purchases differ):");
        own(report).print(out);
        out.println();
        out.println("all days on the " + Numbers.count(last.users(), "user") + " at risk on day " + last.day()
                + ", of whom " + Numbers.count(last.events()) + " buy on days " + (last.day() + 1) + " to "
                + settings.within() + ":");
        if (last.comparison().isPresent()) {
            common(report).print(out);
        } else {
            out.println("  too few purchases to measure");
        }
        out.println();
        Wording.print(report.verdict().sentence(), out);
    }

    private static TextTable facts(IntentReport report) {
        LogCounts counts = report.counts();
        EventLog.Observation observation = report.observation();
        int within = report.settings().within();
        TextTable facts = new TextTable("ll")
                .row("users", Numbers.count(counts.users()))
                .row("events", Numbers.count(counts.events()) + repeated(counts))
                .row(
                        "purchases",
                        Numbers.count(counts.purchases()) + " of " + Numbers.count(counts.buyers(), "user") + "; "
                                + Numbers.count(counts.renewals(), "renewal") + " not counted");
        if (counts.leftOut().rows() > 0) {
            facts.row("left out", leftOut(counts.leftOut()));
        }
        if (counts.eventsAfterEnd() + counts.purchasesAfterEnd() > 0) {
            facts.row(
                    "after the end",
                    Numbers.count(counts.eventsAfterEnd(), "event") + " and "
                            + Numbers.count(counts.purchasesAfterEnd(), "purchase") + " left out");
        }
        facts.row(
                "observed until",
                observation.end()
                        + (observation.declared()
                                ? declared(observation)
                                : " (events end on " + observation.eventsUntil() + ", purchases on "
                                        + observation.purchasesUntil() + ")"));
        facts.row(
                "followed for " + within + " days",
                Numbers.count(report.eligible(), "user") + ", of whom " + Numbers.count(report.buyers()) + " ("
                        + Numbers.share(report.buyers(), report.eligible()) + ") buy by then");
        int atOnce = report.boughtByDay().get(0);
        KaplanMeier all = report.timeToPurchase();
        int ofAll = all.steps().isEmpty() || all.steps().get(0).day() > 0
                ? 0
                : all.steps().get(0).events();
        facts.row(
                "bought on day 0",
                Numbers.count(atOnce) + ", " + Numbers.share(atOnce, report.buyers()) + " of these buyers; "
                        + Numbers.count(ofAll) + ", " + Numbers.share(ofAll, all.events()) + " of all buyers");
        return all.steps().isEmpty()
                ? facts
                : facts.row(
                        "bought by day " + within,
                        Numbers.decimals(100 * (1 - all.survival(within)), 2) + " % of all users, standard error "
                                + Numbers.decimals(100 * all.standardError(within), 2) + " (Kaplan-Meier, "
                                + Numbers.count(all.events(), "buyer") + ")");
    }

    private static String declared(EventLog.Observation observation) {
        LocalDate last = observation.lastEvent();
        return last == null || !last.isBefore(observation.end())
                ? " (declared)"
                : " (declared, though the last event is on " + last + ")";
    }

    private static String repeated(LogCounts counts) {
        return counts.repeatedEvents() == 0
                ? ""
                : ", " + Numbers.count(counts.repeatedEvents()) + " of which repeat another (kept)";
    }

    private static String leftOut(LogCounts.LeftOut out) {
        List<String> parts = new ArrayList<>();
        add(parts, out.badCells(), "with bad cells");
        add(parts, out.unknownUsers(), "of users without a signup");
        add(parts, out.beforeSignup(), "before signup");
        add(parts, out.repeatedSignups(), "repeating a signup");
        add(parts, out.outlyingDays(), "of days that cannot be meant");
        return Numbers.count(out.rows(), "row") + ": " + String.join(", ", parts);
    }

    private static void add(List<String> parts, long count, String what) {
        if (count > 0) {
            parts.add(Numbers.count(count) + " " + what);
        }
    }

    private static TextTable own(IntentReport report) {
        TextTable table =
                new TextTable("rrrrrlrl").row("day", "bought by", "at risk", "buy later", "ROC AUC", "", "skill", "");
        for (Horizon horizon : report.horizons()) {
            List<String> cells = new ArrayList<>(List.of(
                    String.valueOf(horizon.day()),
                    Numbers.share(horizon.bought(), report.buyers()),
                    Numbers.count(horizon.users()),
                    Numbers.count(horizon.events()) + " (" + Numbers.share(horizon.events(), horizon.users()) + ")"));
            horizon.ownFigures().ifPresent(own -> addFigures(cells, own));
            table.row(cells);
        }
        return table;
    }

    private static TextTable common(IntentReport report) {
        TextTable table =
                new TextTable("rrlrlrl").row("signals to day", "ROC AUC", "", "skill", "", "of the last day's", "");
        int last = report.settings().days().get(report.settings().days().size() - 1);
        for (Horizon horizon : report.horizons()) {
            List<String> cells = new ArrayList<>(List.of(String.valueOf(horizon.day())));
            horizon.comparison().ifPresent(common -> {
                addFigures(cells, common.figures());
                if (!Double.isNaN(common.share())) {
                    cells.add(percent(common.share()));
                    // The last day is compared with itself.
                    cells.add(
                            horizon.day() == last
                                    ? ""
                                    : percent(common.shareInterval().lower()) + " to "
                                            + percent(common.shareInterval().upper()));
                }
            });
            table.row(cells);
        }
        return table;
    }

    private static void addFigures(List<String> cells, HorizonFigures figures) {
        RocAuc auc = figures.rocAuc();
        Interval skill = figures.skillInterval();
        cells.add(Numbers.decimals(auc.value(), 3));
        cells.add(Numbers.interval(auc.lower(), auc.upper(), 3));
        cells.add(Numbers.decimals(figures.skill(), 3));
        cells.add(Numbers.interval(skill.lower(), skill.upper(), 3));
    }

    private static String percent(double share) {
        return Numbers.decimals(100 * share, 0) + " %";
    }
}
