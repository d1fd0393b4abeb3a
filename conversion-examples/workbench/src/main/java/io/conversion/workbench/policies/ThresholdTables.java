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
import io.conversion.policy.economics.JoinedBand;
import io.conversion.policy.economics.Population;
import io.conversion.policy.economics.Regret;
import io.conversion.policy.economics.Sensitivity;
import io.conversion.policy.economics.ShareBands;
import io.conversion.policy.economics.ThresholdAnswer;
import io.conversion.policy.economics.Thresholds;
import io.conversion.policy.economics.TopShare;
import io.conversion.workbench.console.Numbers;
import io.conversion.workbench.console.TextTable;
import io.conversion.workbench.console.Wording;
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

    /** Bands by share of users, and what the best ones would gain instead. */
    static void printShares(ShareBands bands, ThresholdAnswer answer, PrintWriter out) {
        out.println("tuned on " + bands.tuning());
        out.println("reported on " + bands.reporting());
        out.println("the bands by share of users, those of the highest probabilities first:");
        for (TopShare share : bands.top()) {
            out.println("  " + share.action() + ": " + percent(share.share()));
        }
        printVolumes(bands.volumes(), bands.reporting(), out);
        for (Capacity capacity : bands.economics().capacities()) {
            long used = bands.bands().users(capacity.action(), bands.reporting());
            long allowed = capacity.allowedOf(bands.reporting().size());
            out.println("capacity of " + capacity.action() + ": " + Numbers.count(used) + " of "
                    + Numbers.count(allowed, "place") + " used"
                    + (used > allowed ? ", " + Numbers.count(used - allowed) + " too many" : ""));
        }
        if (answer instanceof Thresholds best) {
            out.println("expected gain for 1,000 users:");
            new TextTable("lr")
                    .row("these bands", perThousand(bands.gain()))
                    .row("the bands that gain most", perThousand(best.gain()))
                    .print(out);
        }
    }

    void printBands() {
        out.println("the bands that gain most:");
        printVolumes(thresholds.volumes(), reporting, out);
        printJoined();
        printNeverBest();
        thresholds.prices().forEach(this::printPrice);
    }

    private void printJoined() {
        for (JoinedBand joined : thresholds.joined()) {
            Wording.print(
                    "",
                    "  ",
                    "joined to " + Wording.quoted(joined.into()) + ": band " + interval(joined.band()) + " "
                            + joined.band().action()
                            + ", which " + Numbers.count(joined.users(), "user")
                            + " of those tuned on would have, fewer than "
                            + percent(thresholds.leastShare())
                            + (joined.cost() > 0 ? "; it costs " + money(joined.cost()) + " of gain" : "")
                            + "; --least-band 0 keeps it",
                    out);
        }
    }

    /** Without the rounding of 100 times 0.07. */
    private static String percent(double share) {
        return Numbers.plain(Math.rint(1e8 * share) / 1e6) + " %";
    }

    private static String interval(ActionBand band) {
        return "[" + bound(band.from()) + ", " + (band.next() < 1 ? bound(band.next()) + ")" : "1]");
    }

    private static void printVolumes(List<BandVolume> volumes, Population reporting, PrintWriter out) {
        TextTable table = new TextTable("llrrrrr")
                .row("probability", "action", "users", "share", "convert anyway", "with action", "gain");
        for (BandVolume volume : volumes) {
            ActionBand band = volume.band();
            table.row(
                    interval(band),
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
            table.row("price", money(price.price()) + " a place, what the action must gain over the next best one");
        }
        if (price.binds() && price.gap() > 0) {
            table.row(
                    "lost",
                    "at most " + perThousand(price.gap()) + " of gain for 1,000 users: users of one probability stay"
                            + " together, which leaves "
                            + Numbers.count(price.allowed() - price.used(), "place") + " free");
        }
        table.print(out);
        long over =
                thresholds.bands().users(action, reporting) - price.capacity().allowedOf(reporting.size());
        if (over > 0) {
            out.println("the users reported on take " + Numbers.count(over, "place") + " too many");
        }
    }

    void printRegret(Policy present) {
        Regret regret = thresholds.regret(present);
        out.println("policy " + present.reference() + " against these bands, expected gain for 1,000 users:");
        new TextTable("lr")
                .row("these bands", perThousand(regret.best()))
                .row("the policy", perThousand(regret.present()))
                .row(
                        regret.excess() > 0 ? "the policy gains more, by" : "the policy forgoes",
                        perThousand(regret.excess() > 0 ? regret.excess() : regret.perUser()))
                .print(out);
        if (!regret.presentHoldsCapacity()) {
            out.println("the policy does not keep the capacity on these users; these bands do on those tuned on");
        } else if (regret.excess() > 0) {
            out.println(
                    "these bands keep the capacity on the users that they were tuned on, and are reported on others");
        }
    }

    void printSensitivity(double share) {
        out.println("if one assumption is " + Numbers.plain(100 * share)
                + " % smaller or larger, expected gain for 1,000 users:");
        TextTable table =
                new TextTable("lrrrrl").row("assumption", "instead", "these bands", "best", "forgone", "best bounds");
        boolean anyWorse = false;
        for (Sensitivity row : thresholds.sensitivity(share)) {
            // What rounds to nothing is nothing.
            boolean worse = row.isAdaptedWorse() && !perThousand(row.kept()).equals(perThousand(row.adapted()));
            anyWorse |= worse;
            table.row(
                    row.assumption(),
                    String.format(Locale.ROOT, "%.5g", row.changed()),
                    perThousand(row.kept()),
                    perThousand(row.adapted()),
                    perThousand(row.regret()) + (worse ? "*" : ""),
                    row.bands().equals(thresholds.bands()) ? "the same" : bounds(row.bands()));
        }
        table.print(out);
        if (anyWorse) {
            out.println("*: the other bounds gain less on the users reported on than on those they were tuned on");
        }
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
