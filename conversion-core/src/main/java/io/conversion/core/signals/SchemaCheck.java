package io.conversion.core.signals;

import io.conversion.core.internal.NearestName;
import io.conversion.core.json.ArtifactText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds everything that is wrong with the declarations of a schema. */
final class SchemaCheck {

    /**
     * One problem.
     *
     * @param path where it is in the schema's JSON
     * @param sentence what is wrong
     */
    record Problem(String path, String sentence) {}

    private final List<Problem> problems = new ArrayList<>();

    private SchemaCheck() {}

    static List<Problem> problems(String name, String version, List<? extends Signal> signals) {
        SchemaCheck check = new SchemaCheck();
        check.name("name", "its name", name);
        check.name("version", "its version", version);
        check.require(!signals.isEmpty(), "signals", "it declares no signal");
        Set<String> names = new HashSet<>();
        for (int i = 0; i < signals.size(); i++) {
            check.signal(
                    "signals/" + i, signals.get(i), names.add(signals.get(i).name()));
        }
        return check.problems;
    }

    private void signal(String path, Signal signal, boolean first) {
        String named = "signal " + ArtifactText.quoted(signal.name()) + " ";
        name(path, "the name of " + named.strip(), signal.name());
        require(first, path, named + "is declared twice");
        require(ArtifactText.isText(signal.meaning()), path, named + "has a meaning that is too long or malformed");
        reasons(path, signal, named);
        if (signal instanceof NumericSignal numeric) {
            numeric(path, numeric, named);
        } else if (signal instanceof CategoricalSignal categorical) {
            levels(path, categorical, named);
        }
    }

    private void numeric(String path, NumericSignal signal, String named) {
        require(ArtifactText.isText(signal.unit()), path, named + "has a unit that is too long or malformed");
        require(
                signal.min() <= signal.max(),
                path,
                named + "has the range " + signal.min() + " to " + signal.max()
                        + "; the lower end must not lie above the upper one");
        require(
                signal.min() < Double.POSITIVE_INFINITY && signal.max() > Double.NEGATIVE_INFINITY,
                path,
                named + "has a range without a finite number");
        require(
                !signal.whole() || (isWholeEnd(signal.min()) && isWholeEnd(signal.max())),
                path,
                named + "takes whole numbers, so the ends of its range must be whole");
    }

    private void reasons(String path, Signal signal, String named) {
        Reasons reasons = signal.reasons();
        require(
                ArtifactText.isText(reasons.raises()) && ArtifactText.isText(reasons.lowers()),
                path,
                named + "has a reason that is too long or malformed");
        require(
                !reasons.hidden()
                        || (reasons.raises().isEmpty() && reasons.lowers().isEmpty()),
                path,
                named + "is hidden from explanations, so it has no use for reasons");
        require(
                !reasons.hidden() || !signal.isActionable(),
                path,
                named + "is hidden from explanations, so it cannot be actionable");
    }

    private void levels(String path, CategoricalSignal signal, String named) {
        require(!signal.levels().isEmpty(), path, named + "has no levels");
        Set<String> seen = new HashSet<>();
        for (String level : signal.levels()) {
            name(path, "level " + ArtifactText.quoted(level) + " of " + named.strip(), level);
            require(seen.add(level), path, named + "lists the level " + ArtifactText.quoted(level) + " twice");
        }
        if (signal.whenUnseen() instanceof WhenUnseen.Level rule) {
            require(
                    seen.contains(rule.level()),
                    path,
                    named + "scores unseen levels as " + ArtifactText.quoted(rule.level())
                            + ", which is not one of its levels"
                            + new NearestName().offer(rule.level(), signal.levels()));
        }
    }

    private void name(String path, String what, String text) {
        require(ArtifactText.isName(text), path, what + " is not valid: " + ArtifactText.NAME);
    }

    private void require(boolean holds, String path, String sentence) {
        if (!holds) {
            problems.add(new Problem(path, sentence));
        }
    }

    private static boolean isWholeEnd(double end) {
        return end == StrictMath.rint(end);
    }
}
