package io.conversion.experiments;

import io.conversion.experiments.ComparisonReadout.ExactReadout;
import io.conversion.experiments.statistics.SafeTwoByTwo;
import io.conversion.experiments.statistics.SequentialEffect;

/** What holds of two shares for any number of users, in the order in which they came. */
final class ExactMeasure {

    /** That of a share of 11 %; what outcomes really have must not be looked at, and only makes bounds wider. */
    private static final double USUAL_VARIANCE = 0.1;

    private ExactMeasure() {}

    static ExactReadout of(
            ReadoutPlan plan, UserTable table, int control, int arm, double[] outcomes, boolean[] wanted) {
        double ofControl = plan.shares().getOrDefault(table.arms().get(control), Double.NaN);
        double ofArm = plan.shares().getOrDefault(table.arms().get(arm), Double.NaN);
        boolean declared = ofControl + ofArm > 0;
        double share = declared ? ofArm / (ofControl + ofArm) : 0.5;
        // A block has one user of the smaller arm.
        SafeTwoByTwo safe = new SafeTwoByTwo(
                (int) Math.max(1, Math.round((1 - share) / share)), (int) Math.max(1, Math.round(share / (1 - share))));
        SequentialEffect effect =
                new SequentialEffect(share, plan.alpha(), plan.tunedUsers() * USUAL_VARIANCE / (share * (1 - share)));
        for (int user = 0; user < outcomes.length; user++) {
            int of = table.armOf(user);
            if ((of == control || of == arm) && wanted[user]) {
                safe.add(of == arm, outcomes[user] == 1);
                effect.add(of == arm, outcomes[user]);
            }
        }
        return new ExactReadout(safe.evidence(), declared ? effect.inference() : null);
    }
}
