package io.conversion.policy.economics;

import io.conversion.core.artifact.InvalidArtifactException;
import io.conversion.core.json.JsonDocument;
import io.conversion.policy.internal.Wording;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * All that is assumed about money: what a conversion is worth, what each action costs and does, and how many users may
 * get it. All amounts are in one unit, which the library does not need to know. The file is described in
 * {@code docs/economics.md}. Immutable.
 *
 * <p>The value is one for all actions, since a user who would have converted anyway brings it without any of them; what
 * a conversion brings less under an action is that action's discount.
 *
 * @param value what a conversion is worth, 1e-6 to 1e12
 * @param noAction what a policy calls doing nothing, which gains 0 and is always possible
 * @param actions the other actions, at least one; where two gain the same for everybody, the earlier one is taken
 * @param capacities how many users may get an action, at most one capacity for each
 */
public record Economics(double value, String noAction, List<ActionEconomics> actions, List<Capacity> capacities) {

    /** Checks that the parts fit one another. {@inheritDoc} */
    public Economics {
        Limit.VALUE.require("the value of a conversion", value);
        Limit.requireName("the name of doing nothing", noAction);
        actions = List.copyOf(actions);
        capacities = List.copyOf(capacities);
        List<String> problems = new ArrayList<>();
        List<String> names = new ArrayList<>(List.of(noAction));
        for (ActionEconomics action : actions) {
            if (names.contains(action.action())) {
                problems.add("the action " + Wording.quoted(action.action())
                        + " is given twice; give each a name of its own");
            }
            names.add(action.action());
        }
        if (actions.isEmpty()) {
            problems.add("there is no action to choose; give at least one beside " + Wording.quoted(noAction));
        }
        List<String> limited = new ArrayList<>();
        for (Capacity capacity : capacities) {
            String action = capacity.action();
            if (action.equals(noAction) || !names.contains(action)) {
                problems.add("there is a capacity of " + Wording.quoted(action)
                        + ", and it is none of the actions; limit one of "
                        + Wording.listed(names.subList(1, names.size())));
            } else if (limited.contains(action)) {
                problems.add("the action " + Wording.quoted(action) + " has two capacities; give one");
            }
            limited.add(action);
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("economics: " + String.join("\n  ", problems));
        }
    }

    /**
     * Makes economics without capacities.
     *
     * @param value what a conversion is worth
     * @param noAction what a policy calls doing nothing
     * @param actions the other actions
     * @return the economics
     * @throws IllegalArgumentException if the parts do not fit; the message lists every problem
     */
    public static Economics of(double value, String noAction, ActionEconomics... actions) {
        return new Economics(value, noAction, List.of(actions), List.of());
    }

    /**
     * The same with one more capacity.
     *
     * @param action the action
     * @param users the most users who may get it
     * @param outOf the size of the population that this is said of
     * @return the economics
     * @throws IllegalArgumentException if there is no such action, or it has a capacity already
     */
    public Economics withCapacity(String action, long users, long outOf) {
        List<Capacity> more = new ArrayList<>(capacities);
        more.add(new Capacity(action, users, outOf));
        return new Economics(value, noAction, actions, more);
    }

    /**
     * Loads economics from their file, which is checked completely first.
     *
     * @param file the file
     * @return the economics
     * @throws IOException if the file cannot be read
     * @throws InvalidArtifactException if its content is refused; the message names every problem
     */
    public static Economics load(Path file) throws IOException {
        return JsonDocument.read(file, EconomicsFormat::read);
    }

    /**
     * Reads economics from the text of their file.
     *
     * @param json the text
     * @return the economics
     * @throws InvalidArtifactException if the content is refused; the message names every problem
     */
    public static Economics fromJson(String json) {
        return JsonDocument.read(json, "economics", EconomicsFormat::read);
    }

    /**
     * The expected gain of giving an action to a user, against doing nothing.
     *
     * @param action the action; doing nothing gains 0
     * @param probability the calibrated probability of the user without the action, 0 to 1
     * @return the gain, in the unit of the value
     * @throws IllegalArgumentException if there is no such action
     */
    public double gain(String action, double probability) {
        return find(action).gain(value, probability);
    }

    /** Doing nothing first, then the actions. */
    List<ActionEconomics> choices() {
        List<ActionEconomics> choices = new ArrayList<>(List.of(ActionEconomics.nothing(noAction)));
        choices.addAll(actions);
        return choices;
    }

    ActionEconomics find(String action) {
        return choices().stream()
                .filter(choice -> choice.action().equals(action))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there are no economics of the action "
                        + Wording.quoted(action)
                        + "; there are of "
                        + Wording.listed(
                                choices().stream().map(ActionEconomics::action).toList())));
    }
}
