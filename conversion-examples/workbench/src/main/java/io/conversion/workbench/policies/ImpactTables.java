package io.conversion.workbench.policies;

import io.conversion.policy.review.Outcome;
import io.conversion.policy.review.OutcomeVolume;
import io.conversion.policy.review.PolicyImpact;
import io.conversion.policy.review.PolicyVolume;
import io.conversion.workbench.console.Numbers;
import io.conversion.workbench.console.TextTable;
import io.conversion.workbench.console.Wording;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.IntStream;

/** What another version of a policy would change, as tables. */
final class ImpactTables {

    private ImpactTables() {}

    static void print(PolicyImpact impact, PrintWriter out) {
        out.println(Numbers.count(impact.users(), "user") + ", of whom " + Numbers.count(impact.flipped()) + " ("
                + Numbers.share(impact.flipped(), impact.users()) + ") would get another action");
        out.println("users by what decides, before (rows) and after (columns):");
        matrix(impact).print(out);
        out.println("users by action:");
        actions(impact).print(out);
        capacities("before", impact.before(), out);
        capacities("after", impact.after(), out);
        out.println("conversions under past treatment, before:");
        conversions(impact.before()).print(out);
        out.println("conversions under past treatment, after:");
        conversions(impact.after()).print(out);
        out.println("what these numbers do not say:");
        impact.limits().forEach(limit -> out.println("  " + limit));
    }

    /** The name of an outcome, which says what it is unless it is a band. */
    static String name(Outcome outcome) {
        return switch (outcome.kind()) {
            case BAND -> Wording.segment(outcome.name());
            case CONTROL -> outcome.name();
            case EXPLORATION -> "drawn: " + outcome.action() + " (" + outcome.name() + ")";
            case GUARDRAIL -> "guardrail: " + outcome.name();
            case FALLBACK -> "fallback: " + outcome.name();
        };
    }

    private static TextTable matrix(PolicyImpact impact) {
        List<OutcomeVolume> before = impact.before().outcomes();
        List<OutcomeVolume> after = impact.after().outcomes();
        int[] rows = shown(before);
        int[] columns = shown(after);
        long[][] matrix = impact.matrix();
        TextTable table = new TextTable("l" + "r".repeat(columns.length + 1));
        List<String> header = new ArrayList<>(List.of(""));
        IntStream.of(columns).forEach(j -> header.add(name(after.get(j).outcome())));
        header.add("all");
        table.row(header);
        for (int i : rows) {
            List<String> cells = new ArrayList<>(List.of(name(before.get(i).outcome())));
            IntStream.of(columns).forEach(j -> cells.add(Numbers.count(matrix[i][j])));
            cells.add(Numbers.count(before.get(i).users()));
            table.row(cells);
        }
        List<String> sums = new ArrayList<>(List.of("all"));
        IntStream.of(columns).forEach(j -> sums.add(Numbers.count(after.get(j).users())));
        sums.add(Numbers.count(impact.users()));
        return table.row(sums);
    }

    /** The bands, and whatever else somebody has. */
    private static int[] shown(List<OutcomeVolume> outcomes) {
        return IntStream.range(0, outcomes.size())
                .filter(i ->
                        outcomes.get(i).users() > 0 || outcomes.get(i).outcome().kind() == Outcome.Kind.BAND)
                .toArray();
    }

    private static TextTable actions(PolicyImpact impact) {
        PolicyVolume before = impact.before();
        PolicyVolume after = impact.after();
        Set<String> actions = new LinkedHashSet<>(before.byAction().keySet());
        actions.addAll(after.byAction().keySet());
        TextTable table = new TextTable("lrrrrr").row("action", "before", "share", "after", "share", "change");
        for (String action : actions) {
            long old = before.byAction().getOrDefault(action, 0L);
            long now = after.byAction().getOrDefault(action, 0L);
            table.row(
                    action,
                    Numbers.count(old),
                    Numbers.share(old, impact.users()),
                    Numbers.count(now),
                    Numbers.share(now, impact.users()),
                    String.format(Locale.ROOT, "%+,d", now - old));
        }
        return table;
    }

    private static void capacities(String when, PolicyVolume volume, PrintWriter out) {
        volume.breaches()
                .forEach(breach -> out.println(when + ", " + Numbers.count(breach.users(), "user") + " get action "
                        + Wording.quoted(breach.action()) + ", whose capacity is " + Numbers.count(breach.capacity())
                        + ": "
                        + Numbers.count(breach.users() - breach.capacity()) + " too many"));
    }

    private static TextTable conversions(PolicyVolume volume) {
        boolean observed =
                volume.outcomes().stream().anyMatch(each -> each.observed().isPresent());
        TextTable table = new TextTable("llrrrrl");
        table.row(cells(observed, "decides", "action", "users", "expected", "rate", "observed", "95 % interval"));
        for (int i : shown(volume.outcomes())) {
            OutcomeVolume each = volume.outcomes().get(i);
            OptionalDouble rate = each.expectedRateUnderPastTreatment();
            table.row(cells(
                    observed,
                    name(each.outcome()),
                    each.outcome().action(),
                    Numbers.count(each.users()),
                    each.scored() == 0 ? "-" : Numbers.grouped(each.expectedUnderPastTreatment(), 1),
                    rate.isEmpty() ? "-" : Numbers.decimals(rate.getAsDouble()),
                    each.observed().map(of -> Numbers.decimals(of.rate())).orElse("-"),
                    each.observed()
                            .map(of -> Numbers.interval(of.lower(), of.upper()))
                            .orElse("")));
        }
        return table;
    }

    private static String[] cells(boolean all, String... cells) {
        return all ? cells : Arrays.copyOf(cells, 5);
    }
}
