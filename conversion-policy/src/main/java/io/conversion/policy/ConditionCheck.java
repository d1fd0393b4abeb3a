package io.conversion.policy;

import io.conversion.core.json.ArtifactText;
import io.conversion.policy.PolicyCheck.Problem;
import io.conversion.policy.internal.Wording;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Finds everything that is wrong with a condition by itself; {@link PolicyFit} compares it with a schema.
 *
 * @param at where the condition is in the policy's file, as a JSON pointer
 * @param owner the guardrail, as sentences call it
 * @param problems is told each problem
 */
record ConditionCheck(String at, String owner, Consumer<Problem> problems) implements Condition.Cases<Runnable> {

    void check(Condition condition) {
        condition.match(this).run();
    }

    private void signal(Condition.OfSignal condition) {
        PolicyCheck.name(at + "/signal", "the signal of " + owner, condition.signal(), problems);
    }

    private void number(String field, String what, double number, boolean allowed, String expected) {
        if (!allowed) {
            problems.accept(Problem.of(at + field, "the " + what + " of " + owner, number, expected));
        }
    }

    @Override
    public Runnable number(Condition.NumberIs is) {
        return () -> {
            signal(is);
            number("/number", "number", is.number(), Double.isFinite(is.number()), "every number must be finite");
        };
    }

    @Override
    public Runnable level(Condition.LevelIn in) {
        return () -> {
            signal(in);
            levels(at + (in.negated() ? "/not_in" : "/in"), in.levels());
        };
    }

    private void levels(String field, List<String> levels) {
        if (levels.isEmpty()) {
            String expected = "expected at least one level";
            problems.accept(new Problem(field, "empty", expected, owner + " lists no level; " + expected));
        }
        Set<String> distinct = new HashSet<>();
        for (int i = 0; i < levels.size(); i++) {
            String level = levels.get(i);
            PolicyCheck.name(field + "/" + i, "level " + (i + 1) + " of " + owner, level, problems);
            if (!distinct.add(level)) {
                String expected = "each level may be listed once";
                problems.accept(new Problem(
                        field + "/" + i,
                        ArtifactText.quoted(level) + " again",
                        expected,
                        owner + " lists level " + Wording.quoted(level) + " twice; " + expected));
            }
        }
    }

    @Override
    public Runnable flag(Condition.FlagIs is) {
        return () -> signal(is);
    }

    @Override
    public Runnable missing(Condition.Missing missing) {
        return () -> signal(missing);
    }

    @Override
    public Runnable extrapolated(Condition.Extrapolated extrapolated) {
        return () -> signal(extrapolated);
    }

    @Override
    public Runnable insufficientEvidence(Condition.InsufficientEvidence insufficient) {
        return () -> {};
    }

    @Override
    public Runnable observedShare(Condition.ObservedShareBelow below) {
        double share = below.share();
        return () -> number(
                "/below", "observed share", share, share > 0 && share <= 1, "expected a number above 0 and at most 1");
    }

    @Override
    public Runnable interval(Condition.IntervalContains interval) {
        double threshold = interval.threshold();
        double level = interval.level();
        return () -> {
            number(
                    "/contains",
                    "threshold",
                    threshold,
                    threshold >= 0 && threshold <= 1,
                    "expected a probability from 0 to 1");
            number(
                    "/level",
                    "confidence level",
                    level,
                    level > 0 && level < 1,
                    "expected a number above 0 and below 1, such as 0.95");
        };
    }

    @Override
    public Runnable all(Condition.AllOf all) {
        return () -> parts(at + "/conditions", all.conditions());
    }

    private void parts(String list, List<Condition> parts) {
        if (parts.size() < 2) {
            String expected = "expected at least two conditions";
            problems.accept(new Problem(
                    list,
                    parts.isEmpty() ? "empty" : "a list of one",
                    expected,
                    owner + " asks for all of " + parts.size() + " conditions; " + expected));
        }
        for (int i = 0; i < parts.size(); i++) {
            if (parts.get(i) instanceof Condition.AllOf) {
                String expected = "list its conditions beside the others";
                problems.accept(new Problem(
                        list + "/" + i,
                        "a list of conditions itself",
                        expected,
                        owner + " nests all in all; " + expected));
            } else {
                new ConditionCheck(list + "/" + i, owner, problems).check(parts.get(i));
            }
        }
    }
}
