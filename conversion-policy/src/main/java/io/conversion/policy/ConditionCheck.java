package io.conversion.policy;

import io.conversion.core.json.ArtifactText;
import io.conversion.policy.PolicyCheck.Problem;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Finds everything that is wrong with a condition by itself; {@link PolicyFit} compares it with a schema. */
final class ConditionCheck {

    private ConditionCheck() {}

    static void check(String at, String owner, Condition condition, Consumer<Problem> problems) {
        if (condition instanceof Condition.OfSignal part) {
            PolicyCheck.name(at + "/signal", "the signal of " + owner, part.signal(), problems);
        }
        if (condition instanceof Condition.NumberIs is) {
            if (!Double.isFinite(is.number())) {
                problems.accept(Problem.of(
                        at + "/number", "the number of " + owner, is.number(), "every number must be finite"));
            }
        } else if (condition instanceof Condition.LevelIn in) {
            levels(at + (in.negated() ? "/not_in" : "/in"), owner, in.levels(), problems);
        } else if (condition instanceof Condition.ObservedShareBelow below) {
            if (!(below.share() > 0 && below.share() <= 1)) {
                problems.accept(Problem.of(
                        at + "/below",
                        "the observed share of " + owner,
                        below.share(),
                        "expected a number above 0 and at most 1"));
            }
        } else if (condition instanceof Condition.IntervalContains interval) {
            interval(at, owner, interval, problems);
        } else if (condition instanceof Condition.AllOf all) {
            parts(at + "/conditions", owner, all.conditions(), problems);
        }
    }

    private static void levels(String at, String owner, List<String> levels, Consumer<Problem> problems) {
        if (levels.isEmpty()) {
            String expected = "expected at least one level";
            problems.accept(new Problem(at, "empty", expected, owner + " lists no level; " + expected));
        }
        Set<String> distinct = new HashSet<>();
        for (int i = 0; i < levels.size(); i++) {
            String level = levels.get(i);
            PolicyCheck.name(at + "/" + i, "level " + (i + 1) + " of " + owner, level, problems);
            if (!distinct.add(level)) {
                String expected = "each level may be listed once";
                problems.accept(new Problem(
                        at + "/" + i,
                        ArtifactText.quoted(level) + " again",
                        expected,
                        owner + " lists level \"" + level + "\" twice; " + expected));
            }
        }
    }

    private static void interval(
            String at, String owner, Condition.IntervalContains interval, Consumer<Problem> problems) {
        if (!(interval.threshold() >= 0 && interval.threshold() <= 1)) {
            problems.accept(Problem.of(
                    at + "/contains",
                    "the threshold of " + owner,
                    interval.threshold(),
                    "expected a probability from 0 to 1"));
        }
        if (!(interval.level() > 0 && interval.level() < 1)) {
            problems.accept(Problem.of(
                    at + "/level",
                    "the confidence level of " + owner,
                    interval.level(),
                    "expected a number above 0 and below 1, such as 0.95"));
        }
    }

    private static void parts(String at, String owner, List<Condition> parts, Consumer<Problem> problems) {
        if (parts.size() < 2) {
            String expected = "expected at least two conditions";
            problems.accept(new Problem(
                    at,
                    parts.isEmpty() ? "empty" : "a list of one",
                    expected,
                    owner + " asks for all of " + parts.size() + " conditions; " + expected));
        }
        for (int i = 0; i < parts.size(); i++) {
            Condition part = parts.get(i);
            if (part instanceof Condition.AllOf) {
                String expected = "list its conditions beside the others";
                problems.accept(new Problem(
                        at + "/" + i,
                        "a list of conditions itself",
                        expected,
                        owner + " nests all in all; " + expected));
            } else {
                check(at + "/" + i, owner, part, problems);
            }
        }
    }
}
