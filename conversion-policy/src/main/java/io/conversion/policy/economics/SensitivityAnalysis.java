package io.conversion.policy.economics;

import io.conversion.policy.internal.Wording;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;

/** Finds the bands again with each assumption smaller and larger. */
final class SensitivityAnalysis {

    private final Thresholds thresholds;
    private final Economics economics;

    SensitivityAnalysis(Thresholds thresholds) {
        this.thresholds = thresholds;
        this.economics = thresholds.economics();
    }

    List<Sensitivity> sensitivity(double share) {
        if (!(share > 0 && share < 1)) {
            throw new IllegalArgumentException(
                    "the assumptions are to change by " + share + "; expected a share between 0 and 1");
        }
        List<Sensitivity> rows = new ArrayList<>();
        addRows("value", economics.value(), share, Limit.VALUE, rows, this::withValue);
        for (ActionEconomics action : economics.actions()) {
            String name = action.action();
            double cost = action.contactCost();
            double discount = action.discount();
            Effect effect = action.effect();
            String of = " of " + Wording.quoted(name);
            addRows(
                    "contact cost" + of,
                    cost,
                    share,
                    Limit.MONEY,
                    rows,
                    changed -> with(action, new ActionEconomics(name, changed, discount, effect)));
            addRows(
                    "discount" + of,
                    discount,
                    share,
                    Limit.MONEY,
                    rows,
                    changed -> with(action, new ActionEconomics(name, cost, changed, effect)));
            boolean isRelative = effect instanceof Effect.Relative;
            addRows(
                    "effect" + of,
                    effect.by(),
                    share,
                    isRelative ? Limit.RELATIVE : Limit.LOG_ODDS,
                    rows,
                    changed -> with(action, new ActionEconomics(name, cost, discount, withSize(effect, changed))));
        }
        return rows;
    }

    private void addRows(
            String assumption,
            double assumed,
            double share,
            Limit limit,
            List<Sensitivity> rows,
            DoubleFunction<Economics> changing) {
        if (assumed == 0) {
            return;
        }
        for (double factor : new double[] {1 - share, 1 + share}) {
            double changed = limit.nearest(assumed * factor);
            Economics other = changing.apply(changed);
            ActionBands bands = ThresholdSearch.fit(other, thresholds.tuning(), thresholds.leastShare())
                    .bands();
            rows.add(new Sensitivity(
                    assumption,
                    assumed,
                    changed,
                    bands,
                    bands.gain(other, thresholds.reporting()),
                    thresholds.bands().gain(other, thresholds.reporting())));
        }
    }

    private Economics withValue(double value) {
        return new Economics(value, economics.noAction(), economics.actions(), economics.capacities());
    }

    private Economics with(ActionEconomics old, ActionEconomics changed) {
        List<ActionEconomics> actions = new ArrayList<>(economics.actions());
        actions.set(actions.indexOf(old), changed);
        return new Economics(economics.value(), economics.noAction(), actions, economics.capacities());
    }

    private static Effect withSize(Effect effect, double by) {
        return effect instanceof Effect.Relative
                ? new Effect.Relative(by, effect.source())
                : new Effect.LogOdds(by, effect.source());
    }
}
