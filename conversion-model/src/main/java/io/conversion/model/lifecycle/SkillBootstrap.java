package io.conversion.model.lifecycle;

import io.conversion.model.evaluation.Interval;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;

/**
 * Skills of several models on the same users, in resamples of these users with replacement. All models see the same
 * resamples, so that differences are paired. A resample whose users have a single outcome has no skill and is drawn
 * anew.
 */
final class SkillBootstrap {

    private final List<double[]> skills;
    private final int resamples;

    private SkillBootstrap(List<double[]> skills, int resamples) {
        this.skills = skills;
        this.resamples = resamples;
    }

    /**
     * Draws the resamples.
     *
     * @param losses for each model the log loss of each user
     * @param outcomes whether each user bought; both outcomes occur
     */
    static SkillBootstrap of(List<double[]> losses, boolean[] outcomes, int resamples, long seed) {
        int models = losses.size();
        int users = outcomes.length;
        // One user's losses lie side by side, as a resample reads them.
        double[] byUser = new double[users * models];
        for (int i = 0; i < users; i++) {
            for (int m = 0; m < models; m++) {
                byUser[i * models + m] = losses.get(m)[i];
            }
        }
        List<double[]> skills =
                losses.stream().map(each -> new double[resamples]).toList();
        SplittableRandom random = new SplittableRandom(seed);
        double[] sums = new double[models];
        for (int b = 0; b < resamples; b++) {
            int events = 0;
            while (events == 0 || events == users) {
                events = draw(byUser, outcomes, random, sums);
            }
            double nullLogLoss = nullLogLoss(events, users);
            for (int m = 0; m < models; m++) {
                skills.get(m)[b] = 1 - sums[m] / users / nullLogLoss;
            }
        }
        return new SkillBootstrap(skills, resamples);
    }

    private static int draw(double[] byUser, boolean[] outcomes, SplittableRandom random, double[] sums) {
        int models = sums.length;
        int events = 0;
        Arrays.fill(sums, 0);
        for (int i = 0; i < outcomes.length; i++) {
            int user = random.nextInt(outcomes.length);
            events += outcomes[user] ? 1 : 0;
            for (int m = 0; m < models; m++) {
                sums[m] += byUser[user * models + m];
            }
        }
        return events;
    }

    /** The mean log loss of the rate of events as everybody's probability, in nats. */
    static double nullLogLoss(int events, int users) {
        double rate = (double) events / users;
        return -(rate * StrictMath.log(rate) + (1 - rate) * StrictMath.log(1 - rate));
    }

    Interval skill(int model, double level) {
        return interval(b -> skills.get(model)[b], level);
    }

    /** Skill of a model less that of another. */
    Interval difference(int model, int other, double level) {
        return interval(b -> skills.get(model)[b] - skills.get(other)[b], level);
    }

    /** Skill of a model over that of another, which is positive in nearly all resamples. */
    Interval share(int model, int other, double level) {
        return interval(b -> skills.get(model)[b] / skills.get(other)[b], level);
    }

    private Interval interval(IntToDoubleFunction statistic, double level) {
        double[] statistics = new double[resamples];
        Arrays.setAll(statistics, statistic);
        return Interval.percentile(statistics, level);
    }
}
