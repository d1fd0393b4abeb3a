package io.conversion.workbench.policies;

import io.conversion.policy.Policy;
import io.conversion.policy.economics.ActionBand;
import io.conversion.policy.economics.ActionBands;
import io.conversion.policy.economics.ActionEconomics;
import io.conversion.policy.economics.BandVolume;
import io.conversion.policy.economics.BoundIntervals;
import io.conversion.policy.economics.Capacity;
import io.conversion.policy.economics.CapacityPrice;
import io.conversion.policy.economics.Economics;
import io.conversion.policy.economics.Effect;
import io.conversion.policy.economics.Population;
import io.conversion.policy.economics.Regret;
import io.conversion.policy.economics.Sensitivity;
import io.conversion.policy.economics.Thresholds;
import io.conversion.workbench.console.Numbers;
import io.conversion.workbench.console.TextTable;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The best bands as a product manager reads them. */
final class ThresholdTables {

    private final Thresholds thresholds;
    private final Economics economics;
    private final Population reporting;
    private final PrintWriter out;

    ThresholdTables(Thresholds thresholds, PrintWriter out) {
        this.thresholds = thresholds;
        this.economics = thresholds.economics();
        this.reporting = thresholds.reporting();
        this.out = out;
    }

    void printAssumptions() {
        out.println("tuned on " + thresholds.tuning());
        out.println("reported on " + reporting);
        out.println("assumed: a conversion is worth " + Numbers.plain(economics.value()) + ", and");
        TextTable table =
                new TextTable("lrrlll").row("action", "contact cost", "discount", "effect", "capacity", "source");
        for (ActionEconomics action : economics.actions()) {
            table.row(
                    action.action(),
                    Numbers.plain(action.contactCost()),
                    Numbers.plain(action.discount()),
                    effect(action.effect()),
                    economics.capacities().stream()
                            .filter(capacity -> capacity.action().equals(action.action()))
                            .map(ThresholdTables::capacity)
                            .findFirst()
                            .orElse("none"),
                    action.effect().source());
        }
        table.print(out);
    }

    private static String effect(Effect effect) {
        return String.format(Locale.ROOT, "%+.3f", effect.by())
                + (effect instanceof Effect.Relative ? " in proportion" : " on log-odds");
    }

    private static String capacity(Capacity capacity) {
        return Numbers.count(capacity.users()) + " of " + Numbers.count(capacity.outOf());
    }

    void printBands() {
        out.println("the bands that gain most:");
        TextTable table = new TextTable("llrrrrr")
                .row("probability", "action", "users", "share", "convert anyway", "with action", "gain");
        List<BandVolume> volumes = thresholds.volumes();
        for (BandVolume volume : volumes) {
            ActionBand band = volume.band();
            String end = band.next() < 1 ? bound(band.next()) + ")" : "1]";
            table.row(
                    "[" + bound(band.from()) + ", " + end,
                    band.action(),
                    Numbers.count(volume.users()),
                    Numbers.share(volume.users(), reporting.size()),
                    expected(volume.conversionsWithout()),
                    expected(volume.conversionsWith()),
                    money(volume.gain()));
        }
        table.row(
                        "all",
                        "",
                        Numbers.count(reporting.size()),
                        Numbers.share(reporting.size(), reporting.size()),
                        expected(volumes.stream()
                                .mapToDouble(BandVolume::conversionsWithout)
                                .sum()),
                        expected(volumes.stream()
                                .mapToDouble(BandVolume::conversionsWith)
                                .sum()),
                        money(volumes.stream().mapToDouble(BandVolume::gain).sum()))
                .print(out);
        out.println("the gain is against doing nothing, on all users of a band together; it is expected");
        out.println("by the calibrated probabilities and the declared effects, and was not measured");
        printNeverBest();
        thresholds.prices().forEach(this::printPrice);
    }

    private void printNeverBest() {
        List<String> best =
                thresholds.bands().bands().stream().map(ActionBand::action).toList();
        String never = economics.actions().stream()
                .map(ActionEconomics::action)
                .filter(action -> !best.contains(action))
                .collect(Collectors.joining(", "));
        if (!never.isEmpty()) {
            out.println("never the best action: " + never);
        }
    }

    private void printPrice(CapacityPrice price) {
        String action = price.capacity().action();
        out.println("capacity of " + action + ":");
        TextTable table = new TextTable("ll")
                .row(
                        "tuned",
                        Numbers.count(price.used()) + " of " + Numbers.count(price.allowed(), "place") + " used, "
                                + Numbers.count(price.wanted()) + " wanted")
                .row(
                        "reported",
                        Numbers.count(thresholds.bands().users(action, reporting)) + " of "
                                + Numbers.count(price.capacity().allowedOf(reporting.size()), "place") + " used");
        if (price.binds()) {
            table.row("price", money(price.price()) + ", what the action must gain over the next best one")
                    .row(
                            "lost",
                            "at most " + perThousand(price.gap()) + " of 1,000 users, since tied users stay together");
        }
        table.print(out);
    }

    void printRegret(Policy present) {
        Regret regret = thresholds.regret(present);
        out.println("policy " + present.reference() + " against these bands, for 1,000 users:");
        new TextTable("lr")
                .row("gain of these bands", perThousand(regret.best()))
                .row("gain of the policy", perThousand(regret.present()))
                .row("it forgoes", perThousand(regret.perUser()))
                .print(out);
        if (!regret.presentHoldsCapacity()) {
            out.println("the policy does not keep the capacity, which these bands do");
        }
    }

    void printSensitivity(double share) {
        out.println(
                "if one assumption is " + Numbers.plain(100 * share) + " % smaller or larger, gain for 1,000 users:");
        TextTable table =
                new TextTable("lrrrrl").row("assumption", "instead", "these bands", "best", "forgone", "best bounds");
        for (Sensitivity row : thresholds.sensitivity(share)) {
            table.row(
                    row.assumption(),
                    String.format(Locale.ROOT, "%.5g", row.changed()),
                    perThousand(row.kept()),
                    perThousand(row.adapted()),
                    perThousand(row.regret()),
                    row.bands().equals(thresholds.bands()) ? "the same" : bounds(row.bands()));
        }
        table.print(out);
    }

    private static String bounds(ActionBands bands) {
        return bands.bands().stream()
                .map(band -> band.from() == 0 ? band.action() : bound(band.from()) + " " + band.action())
                .collect(Collectors.joining(", "));
    }

    void printIntervals(BoundIntervals intervals) {
        out.println("intervals of the bounds: " + intervals.sentence());
        if (!intervals.intervals().isEmpty()) {
            TextTable table =
                    new TextTable("lll").row("bound", Numbers.plain(100 * intervals.level()) + " % from", "to");
            intervals
                    .intervals()
                    .forEach(interval ->
                            table.row(bound(interval.bound()), bound(interval.lower()), bound(interval.upper())));
            table.print(out);
        }
    }

    private static String bound(double bound) {
        return bound == 0 ? "0" : String.format(Locale.ROOT, "%.5g", bound);
    }

    private static String expected(double conversions) {
        return Numbers.grouped(conversions, 1);
    }

    private static String money(double amount) {
        return Numbers.grouped(amount, 2);
    }

    private static String perThousand(double perUser) {
        return money(1000 * perUser);
    }
}
