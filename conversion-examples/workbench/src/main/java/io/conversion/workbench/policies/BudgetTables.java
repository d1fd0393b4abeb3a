package io.conversion.workbench.policies;

import io.conversion.experiments.budget.BudgetBands;
import io.conversion.experiments.budget.BudgetPath;
import io.conversion.experiments.budget.BudgetPoint;
import io.conversion.policy.economics.ActionBand;
import io.conversion.workbench.console.Numbers;
import io.conversion.workbench.console.TextTable;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** The path of a budget and the bands that spend it, on the terminal. */
final class BudgetTables {

    /** The budgets of the path that are shown, as parts of the one that was given. */
    private static final double[] PARTS = {0.25, 0.5, 0.75, 1, 1.5, 2};

    private BudgetTables() {}

    static void print(BudgetBands bands, PrintWriter out) {
        out.println();
        out.println("The bands are expected to spend " + amount(bands.spent().doubleValue()) + " of "
                + amount(bands.budget()) + " on " + Numbers.count(bands.users(), "user") + " and to gain "
                + amount(bands.gain()) + " beyond it.");
        out.println();
        path(bands, out);
        out.println();
        TextTable table = new TextTable("rl").row("from", "action");
        for (ActionBand band : bands.bands().bands()) {
            table.row(Numbers.significant(band.from(), 4), band.action());
        }
        table.print(out);
        out.println("Users with the same probability stay together, so a part of the budget may be left. These are");
        out.println("expected costs and gains by the declared effects, not measured ones.");
        out.println();
    }

    private static void path(BudgetBands bands, PrintWriter out) {
        BudgetPath path = bands.path();
        List<String> names = new ArrayList<>(List.of("budget", "gain", "one more brings"));
        names.addAll(path.gains().actions());
        TextTable table = new TextTable("r".repeat(names.size())).row(names.toArray(String[]::new));
        double all = path.mostSpend() * bands.users();
        for (double part : PARTS) {
            if (part * bands.budget() < all) {
                row(path.at(part * bands.budget() / bands.users()), part * bands.budget(), bands.users(), table);
            }
        }
        row(path.at(path.mostSpend()), all, bands.users(), table);
        table.print(out);
    }

    private static void row(BudgetPoint point, double spend, long users, TextTable table) {
        List<String> cells = new ArrayList<>();
        cells.add(amount(spend));
        cells.add(amount(point.gain() * users));
        cells.add(Numbers.significant(point.perUnit(), 3));
        point.users().forEach(of -> cells.add(Numbers.count(of)));
        table.row(cells.toArray(String[]::new));
    }

    private static String amount(double value) {
        return Numbers.grouped(value, 2);
    }
}
