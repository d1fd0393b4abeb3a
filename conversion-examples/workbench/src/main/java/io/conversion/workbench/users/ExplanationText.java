package io.conversion.workbench.users;

import io.conversion.core.Change;
import io.conversion.core.Contribution;
import io.conversion.core.Explanation;
import io.conversion.core.ProbabilityInterval;
import io.conversion.core.Score;
import io.conversion.core.signals.NumericSignal;
import io.conversion.workbench.console.Numbers;
import io.conversion.workbench.console.TextTable;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An explanation as a product manager reads it.
 *
 * @param explanation the explanation
 * @param raw whether contributions are told before the calibration
 * @param interval that of the probability; null if it is not asked for
 */
record ExplanationText(
        Explanation explanation, boolean raw, @Nullable ProbabilityInterval interval) {

    /** The strongest contribution has a bar of this many characters. */
    private static final int BAR = 12;

    void print(PrintWriter out) {
        summary(out);
        out.println();
        if (!explanation.contributions().isEmpty()) {
            contributions(out);
            out.println();
        }
        check(out);
    }

    private void summary(PrintWriter out) {
        TextTable facts = new TextTable("lrl");
        facts.row("this user", percent(explanation.score().probability()), around());
        facts.row(
                "the reference user",
                percent(explanation.reference().probability()),
                "the median or most frequent value of every signal");
        explanation
                .baseRate()
                .ifPresent(
                        rate -> facts.row("the base rate", percent(rate), "of all users that the model learned from"));
        facts.print(out);
        List<String> shortfalls = explanation.score().evidence().shortfalls();
        if (!shortfalls.isEmpty()) {
            out.println();
            out.println("the evidence does not suffice for a decision:");
            shortfalls.forEach(shortfall -> out.println("  " + shortfall));
        }
    }

    private String around() {
        return interval == null
                ? ""
                : percent(interval.lower()) + " to " + percent(interval.upper()) + ", Wald interval of level "
                        + Numbers.plain(interval.level());
    }

    private void contributions(PrintWriter out) {
        // Strongest first already, unless a flat calibration makes nothing of them; equal ones keep their order.
        List<Contribution> contributions = explanation.contributions().stream()
                .sorted(Comparator.comparingDouble(contribution -> -Math.abs(logOdds(contribution))))
                .toList();
        double strongest = Math.abs(logOdds(contributions.get(0)));
        TextTable table = new TextTable("rlllll")
                .row(raw ? "raw log-odds" : "log-odds", "", "signal", "this user", "reference", "reason");
        for (Contribution contribution : contributions) {
            table.row(
                    Numbers.signed(logOdds(contribution)),
                    bar(logOdds(contribution), strongest),
                    contribution.signal().name(),
                    contribution.value(),
                    contribution.referenceValue(),
                    contribution.reason());
        }
        table.print(out);
    }

    private double logOdds(Contribution contribution) {
        return raw ? contribution.rawLogOdds() : contribution.logOdds();
    }

    private double logOdds(Score score) {
        return raw ? score.rawLogOdds() : score.logOdds();
    }

    /** Lets the reader add up. */
    private void check(PrintWriter out) {
        double listed =
                explanation.contributions().stream().mapToDouble(this::logOdds).sum();
        double rest = raw ? explanation.rawRest() : explanation.rest();
        String kind = raw ? ", raw log-odds" : ", log-odds";
        TextTable sum = new TextTable("lr");
        sum.row("reference user" + kind, Numbers.signed(logOdds(explanation.reference())));
        sum.row("contributions listed", Numbers.signed(listed));
        if (rest != 0) {
            sum.row("contributions not listed", Numbers.signed(rest));
        }
        sum.row("this user" + kind, Numbers.signed(logOdds(explanation.score())));
        if (raw) {
            sum.row(
                    "this user, calibrated log-odds",
                    Numbers.signed(explanation.score().logOdds()));
        }
        sum.print(out);
        double off = Math.abs(logOdds(explanation.reference()) + listed + rest - logOdds(explanation.score()));
        out.println("the sum is exact" + (off == 0 ? "" : String.format(Locale.ROOT, " to within %.0e", off)));
    }

    static void printChanges(List<Change> changes, double target, PrintWriter out) {
        if (changes.isEmpty()) {
            out.println("no signal of the model is declared actionable");
            return;
        }
        out.println(
                "to reach " + percent(target) + ", each signal alone, by the model's answer (not a causal effect):");
        TextTable table = new TextTable("ll");
        for (Change change : changes) {
            table.row(change.signal().name(), describe(change));
        }
        table.print(out);
    }

    private static String describe(Change change) {
        if (change instanceof Change.Reaches reaches) {
            return reaches.from().equals(reaches.to())
                    ? "reached as it is"
                    : "from " + value(reaches.from()) + " to " + changed(reaches) + unit(change) + ", which gives "
                            + percent(reaches.probability())
                            + reaches.trainingRange()
                                    .map(range -> ", " + within(range))
                                    .orElse("");
        } else if (change instanceof Change.NotWithinTraining beyond) {
            return "cannot " + within(beyond.within()) + "; the best is " + value(beyond.best()) + unit(change)
                    + ", which gives " + percent(beyond.probability());
        } else if (change instanceof Change.CannotReach cannot) {
            return "cannot; the best is " + value(cannot.best()) + unit(change) + ", which gives "
                    + percent(cannot.probability());
        }
        return "was not observed, so there is no value to change";
    }

    private static String within(Change.TrainingRange range) {
        return "within the range of the training rows, " + Numbers.plain(range.lowest()) + " to "
                + Numbers.plain(range.highest()) + "; beyond it the model has no evidence";
    }

    private static String unit(Change change) {
        return change.signal() instanceof NumericSignal numeric
                        && !numeric.unit().isEmpty()
                ? " " + numeric.unit()
                : "";
    }

    /**
     * A fraction is rounded to four decimals, and away from where it starts, so that it still reaches the target, unless it
     * would leave the range of the training rows.
     */
    private static String changed(Change.Reaches reaches) {
        if (reaches.from() instanceof Double from && reaches.to() instanceof Double to) {
            RoundingMode away = to > from ? RoundingMode.CEILING : RoundingMode.FLOOR;
            BigDecimal rounded = new BigDecimal(to).setScale(4, away);
            boolean leaves = reaches.trainingRange()
                    .filter(range -> rounded.doubleValue() < range.lowest() || rounded.doubleValue() > range.highest())
                    .isPresent();
            return leaves ? Numbers.plain(to) : rounded.stripTrailingZeros().toPlainString();
        }
        return value(reaches.to());
    }

    private static String value(Object value) {
        return value instanceof Double number ? Numbers.plain(number) : value.toString();
    }

    private static String bar(double logOdds, double strongest) {
        int length = strongest > 0 ? (int) Math.round(BAR * Math.abs(logOdds) / strongest) : 0;
        return (logOdds < 0 ? "-" : "+").repeat(length);
    }

    /** Rounded, but never to the certainty that it is not. */
    private static String percent(double probability) {
        String rounded = Numbers.decimals(100 * probability, 2) + " %";
        if (probability < 1 && rounded.equals("100.00 %")) {
            return ">99.99 %";
        }
        return probability > 0 && rounded.equals("0.00 %") ? "<0.01 %" : rounded;
    }
}
