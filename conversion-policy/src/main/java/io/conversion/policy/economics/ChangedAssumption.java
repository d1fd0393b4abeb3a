package io.conversion.policy.economics;

import io.conversion.policy.internal.Wording;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;

/**
 * Economics of which one assumption is another one.
 *
 * @param action the action that it is about; empty for the value
 * @param assumption the assumption in words, such as {@code discount of "offer"}
 * @param assumed the number that was assumed
 * @param changed the number that is tried instead
 * @param economics the economics with that number
 */
record ChangedAssumption(String action, String assumption, double assumed, double changed, Economics economics) {

    /** Each assumption made smaller, then larger by a share, without those of 0. */
    static List<ChangedAssumption> of(Economics economics, double share) {
        if (!(share > 0 && share < 1)) {
            throw new IllegalArgumentException(
                    "the assumptions are to change by " + share + "; expected a share between 0 and 1");
        }
        List<ChangedAssumption> all = new ArrayList<>();
        add("", "value", economics.value(), share, Limit.VALUE, all, changed -> withValue(economics, changed));
        for (ActionEconomics action : economics.actions()) {
            String name = action.action();
            double cost = action.contactCost();
            double discount = action.discount();
            Effect effect = action.effect();
            String of = " of " + Wording.quoted(name);
            add(
                    name,
                    "contact cost" + of,
                    cost,
                    share,
                    Limit.MONEY,
                    all,
                    changed -> with(economics, action, new ActionEconomics(name, changed, discount, effect)));
            add(
                    name,
                    "discount" + of,
                    discount,
                    share,
                    Limit.MONEY,
                    all,
                    changed -> with(economics, action, new ActionEconomics(name, cost, changed, effect)));
            add(
                    name,
                    "effect" + of,
                    effect.by(),
                    share,
                    Limit.of(effect),
                    all,
                    changed -> with(
                            economics, action, new ActionEconomics(name, cost, discount, withSize(effect, changed))));
        }
        return all;
    }

    private static void add(
            String action,
            String assumption,
            double assumed,
            double share,
            Limit limit,
            List<ChangedAssumption> all,
            DoubleFunction<Economics> changing) {
        if (assumed == 0) {
            return;
        }
        for (double factor : new double[] {1 - share, 1 + share}) {
            double changed = limit.nearest(assumed * factor);
            all.add(new ChangedAssumption(action, assumption, assumed, changed, changing.apply(changed)));
        }
    }

    private static Economics withValue(Economics economics, double value) {
        return new Economics(value, economics.noAction(), economics.actions(), economics.capacities());
    }

    private static Economics with(Economics economics, ActionEconomics old, ActionEconomics changed) {
        List<ActionEconomics> actions = new ArrayList<>(economics.actions());
        actions.set(actions.indexOf(old), changed);
        return new Economics(economics.value(), economics.noAction(), actions, economics.capacities());
    }

    /** An effect of the same kind. */
    static Effect withSize(Effect effect, double by) {
        if (effect instanceof Effect.Relative) {
            return new Effect.Relative(by, effect.source());
        }
        return effect instanceof Effect.LogOdds
                ? new Effect.LogOdds(by, effect.source())
                : new Effect.Absolute(by, effect.source());
    }
}
