package io.conversion.model.lifecycle;

import io.conversion.model.evaluation.Evaluation;
import io.conversion.model.evaluation.Interval;
import io.conversion.model.evaluation.RocAuc;

/**
 * How well out-of-fold probabilities fit whether users bought later.
 *
 * <p>Skill is {@code 1 - log loss / null log loss}, where the null log loss is that of the base rate of the same users as
 * everybody's probability: 0 for knowing nothing but the base rate, 1 for certainty, negative for doing worse than the
 * base rate. Its interval is the percentile interval of a bootstrap over the users with the models fixed; it leaves out
 * that other training users would have given other models.
 *
 * @param users the number of users
 * @param events how many of them bought in the label window
 * @param rocAuc area under the ROC curve, with DeLong's interval
 * @param logLoss the mean log loss, in nats
 * @param nullLogLoss the mean log loss of the base rate, in nats
 * @param skill one minus the ratio of the two, at most 1
 * @param skillInterval the bootstrap interval of the skill
 */
public record HorizonFigures(
        int users,
        int events,
        RocAuc rocAuc,
        double logLoss,
        double nullLogLoss,
        double skill,
        Interval skillInterval) {

    /**
     * The rate of purchases.
     *
     * @return events over users, 0 to 1
     */
    public double baseRate() {
        return (double) events / users;
    }

    /** Figures of out-of-fold probabilities, with the interval of the skill taken from a bootstrap. */
    static HorizonFigures of(double[] probabilities, boolean[] outcomes, Interval skillInterval, double level) {
        double[] losses = losses(probabilities, outcomes);
        double sum = 0;
        int events = 0;
        for (int i = 0; i < losses.length; i++) {
            sum += losses[i];
            events += outcomes[i] ? 1 : 0;
        }
        double logLoss = sum / losses.length;
        double nullLogLoss = SkillBootstrap.nullLogLoss(events, losses.length);
        return new HorizonFigures(
                losses.length,
                events,
                RocAuc.of(probabilities, outcomes, level),
                logLoss,
                nullLogLoss,
                1 - logLoss / nullLogLoss,
                skillInterval);
    }

    /** The log loss of each user, in nats, with probabilities clipped to 1e-15 and 1 - 1e-15. */
    static double[] losses(double[] probabilities, boolean[] outcomes) {
        double[] losses = new double[outcomes.length];
        for (int i = 0; i < losses.length; i++) {
            losses[i] = Evaluation.logLoss(probabilities[i], outcomes[i]);
        }
        return losses;
    }
}
