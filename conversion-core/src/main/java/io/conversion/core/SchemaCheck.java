package io.conversion.core;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds everything that is wrong with the declarations of a schema. */
final class SchemaCheck {

    private final List<String> problems = new ArrayList<>();

    private SchemaCheck() {}

    static List<String> problems(String name, String version, List<? extends Signal> signals) {
        SchemaCheck check = new SchemaCheck();
        check.require(isName(name), "its name is blank or holds control characters");
        check.require(isName(version), "its version is blank or holds control characters");
        check.require(!signals.isEmpty(), "it declares no signal");
        Set<String> names = new HashSet<>();
        for (Signal signal : signals) {
            check.signal(signal, names.add(signal.name()));
        }
        return check.problems;
    }

    private void signal(Signal signal, boolean first) {
        String prefix = "signal \"" + signal.name() + "\" ";
        require(isName(signal.name()), prefix + "has a name that is blank or holds control characters");
        require(first, prefix + "is declared twice");
        if (signal instanceof NumericSignal numeric) {
            require(
                    numeric.min() <= numeric.max(),
                    prefix + "has the range " + numeric.min() + " to " + numeric.max()
                            + "; the lower end must not lie above the upper one");
            require(
                    numeric.min() < Double.POSITIVE_INFINITY && numeric.max() > Double.NEGATIVE_INFINITY,
                    prefix + "has a range without a finite number");
            require(
                    !numeric.whole() || (isWholeEnd(numeric.min()) && isWholeEnd(numeric.max())),
                    prefix + "takes whole numbers, so the ends of its range must be whole");
        } else if (signal instanceof CategoricalSignal categorical) {
            levels(categorical, prefix);
        }
    }

    private void levels(CategoricalSignal signal, String prefix) {
        require(!signal.levels().isEmpty(), prefix + "has no levels");
        Set<String> seen = new HashSet<>();
        for (String level : signal.levels()) {
            require(isName(level), prefix + "has a level that is blank or holds control characters");
            require(seen.add(level), prefix + "lists the level \"" + level + "\" twice");
        }
        if (signal.whenUnseen() instanceof WhenUnseen.Level rule) {
            require(
                    seen.contains(rule.level()),
                    prefix + "scores unseen levels as \"" + rule.level() + "\", which is not one of its levels"
                            + NearestName.offer(rule.level(), signal.levels()));
        }
    }

    private void require(boolean holds, String problem) {
        if (!holds) {
            problems.add(problem);
        }
    }

    private static boolean isWholeEnd(double end) {
        return end == StrictMath.rint(end);
    }

    private static boolean isName(String text) {
        return !text.isBlank() && text.chars().noneMatch(Character::isISOControl);
    }
}
