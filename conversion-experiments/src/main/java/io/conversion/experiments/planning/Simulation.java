package io.conversion.experiments.planning;

import io.conversion.experiments.statistics.Adjustment;
import io.conversion.experiments.statistics.ConfidenceSequence;
import io.conversion.experiments.statistics.Difference;
import io.conversion.experiments.statistics.Inference;
import io.conversion.experiments.statistics.MomentSums;
import io.conversion.experiments.statistics.Moments;
import io.conversion.experiments.statistics.Sample;
import io.conversion.experiments.statistics.Value;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Runs an experiment many times before it is run once: users are drawn from one's own recorded probabilities, convert by them, and
 * those who are treated by what the effect makes of them; each virtual experiment is looked at again and again, as the real one
 * would be. The metric is the share of users who convert, or with {@link #amounts} what they bring. One seed gives the same result, whatever the number of threads. Not safe for use by several threads at once.
 */
public final class Simulation {

    /** Intervals say nothing before so many users did it and did not, in each arm. */
    private static final int LEAST_OUTCOMES = 10;

    /** Nor of a mean before so many users came, in each arm. */
    private static final int LEAST_USERS = 10;

    /** Fewer degrees of freedom leave the error of a difference over clusters unknown. */
    private static final double LEAST_DEGREES = 10;

    private final double[] probabilities;
    private final DoubleUnaryOperator effect;
    private double share = 0.5;
    private double alpha = 0.05;
    private int looks = 20;
    private boolean adjusted = true;
    private int clusterSize = 1;
    private double correlation;
    private double[] amounts = {};
    private double meanAmount = 1;
    private double factor = 1;

    private Simulation(double[] probabilities, DoubleUnaryOperator effect) {
        this.probabilities = probabilities;
        this.effect = effect;
    }

    /**
     * Starts a simulation.
     *
     * @param probabilities the recorded probabilities of users like those who will come; at least one, each from 0 to 1
     * @param effect what the treatment adds to a probability; the sum is kept within 0 and 1
     * @return the simulation, with arms of one size, an error rate of 0.05, 20 looks and the probability as covariate
     * @throws IllegalArgumentException if there is no probability, or one is out of range
     */
    public static Simulation of(double[] probabilities, DoubleUnaryOperator effect) {
        if (probabilities.length == 0) {
            throw new IllegalArgumentException("a simulation needs the probabilities of some users");
        }
        for (double probability : probabilities) {
            if (!(probability >= 0 && probability <= 1)) {
                throw new IllegalArgumentException("a probability is " + probability + "; it must be from 0 to 1");
            }
        }
        return new Simulation(probabilities.clone(), effect);
    }

    /**
     * Sets the share of the users who are treated.
     *
     * @param treated between 0 and 1
     * @return this
     */
    public Simulation share(double treated) {
        share = treated;
        return this;
    }

    /**
     * Sets the error rate.
     *
     * @param rate between 0 and 1
     * @return this
     */
    public Simulation alpha(double rate) {
        alpha = rate;
        return this;
    }

    /**
     * Sets how often each experiment is looked at.
     *
     * @param times at least 1, evenly spread until the planned size
     * @return this
     */
    public Simulation looks(int times) {
        looks = times;
        return this;
    }

    /**
     * Leaves the recorded probability out of the analysis.
     *
     * @return this
     */
    public Simulation withoutAdjustment() {
        adjusted = false;
        return this;
    }

    /**
     * Lets users come in clusters that are assigned together, such as households: the errors are then those of clusters, as in a
     * read-out, and nothing is known before they have 10 degrees of freedom.
     *
     * @param size the users of a cluster, at least 1
     * @param alike the correlation of whether two users of a cluster convert, where their probabilities are the same; 0 to 1
     * @return this
     * @throws IllegalArgumentException if a number is out of its range
     */
    public Simulation clusters(int size, double alike) {
        if (!(size >= 1 && alike >= 0 && alike <= 1)) {
            throw new IllegalArgumentException("clusters of " + size + " users with a correlation of " + alike
                    + " cannot be; a size is at least 1, and a correlation from 0 to 1");
        }
        clusterSize = size;
        correlation = alike;
        return this;
    }

    /**
     * Makes the metric a mean: who converts brings one of some amounts, drawn for each, and the others bring nothing. What is
     * seen, the effect and the gain are then amounts per user.
     *
     * @param ofConverters what users who converted have brought, at least one; finite
     * @param ofTreated what the amount of a treated user is multiplied by, such as 0.8 for a discount; finite
     * @return this
     * @throws IllegalArgumentException if there is no amount, or a number is not finite
     */
    public Simulation amounts(double[] ofConverters, double ofTreated) {
        if (ofConverters.length == 0
                || !Double.isFinite(ofTreated)
                || !Arrays.stream(ofConverters).allMatch(Double::isFinite)) {
            throw new IllegalArgumentException(
                    "a mean needs the amounts of some users who converted, and finite numbers");
        }
        amounts = ofConverters.clone();
        meanAmount = Arrays.stream(amounts).average().orElse(Double.NaN);
        factor = ofTreated;
        return this;
    }

    /**
     * What came of the experiments.
     *
     * @param experiments how many there were
     * @param effect the true average effect, on the share of users who convert or on the amount per user
     * @param better the share that was shown to be better, at some look
     * @param worse the share that was shown to be worse, at some look
     * @param missed the share whose interval did not hold the true effect, at some look: at most the error rate
     * @param betterAtOnce the share that one look at the end would have shown to be better
     * @param medianUsers the median of users until it was shown to be better or worse, the planned ones where it never was
     * @param gain the conversions, or amounts, that the treated users were expected to bring more while it ran, on average
     * @param varianceReduction how much smaller the covariate made the variance, on average; 0 without it
     */
    public record Result(
            int experiments,
            double effect,
            double better,
            double worse,
            double missed,
            double betterAtOnce,
            double medianUsers,
            double gain,
            double varianceReduction) {}

    /** One virtual experiment. */
    private record Run(
            boolean better, boolean worse, boolean missed, boolean atOnce, long users, double gain, double reduction) {}

    /**
     * Runs the experiments.
     *
     * @param experiments how many
     * @param plannedUsers the users of both arms in each
     * @param seed what everything random follows from
     * @return what came of them
     */
    public Result run(int experiments, int plannedUsers, long seed) {
        double truth = Arrays.stream(probabilities).map(this::gain).average().orElse(Double.NaN);
        Run[] runs = new Run[experiments];
        IntStream.range(0, experiments).parallel().forEach(i -> runs[i] = one(plannedUsers, truth, generator(seed, i)));
        long[] users = Arrays.stream(runs).mapToLong(Run::users).sorted().toArray();
        return new Result(
                experiments,
                truth,
                share(runs, Run::better),
                share(runs, Run::worse),
                share(runs, Run::missed),
                share(runs, Run::atOnce),
                (users[(experiments - 1) / 2] + users[experiments / 2]) / 2.0,
                Arrays.stream(runs).mapToDouble(Run::gain).sum() / experiments,
                Arrays.stream(runs).mapToDouble(Run::reduction).sum() / experiments);
    }

    /** Its state is mixed twice: generators whose seeds differ by a multiple of their step would give the same numbers, shifted. */
    private static SplittableRandom generator(long seed, int experiment) {
        return new SplittableRandom(
                new SplittableRandom(seed).nextLong() ^ new SplittableRandom(experiment).nextLong());
    }

    private static double share(Run[] runs, Predicate<Run> is) {
        return (double) Arrays.stream(runs).filter(is).count() / runs.length;
    }

    private double treated(double probability) {
        return Math.max(0, Math.min(1, probability + effect.applyAsDouble(probability)));
    }

    /** What treating a user is expected to bring more. */
    private double gain(double probability) {
        return (treated(probability) * factor - probability) * meanAmount;
    }

    private boolean isMean() {
        return amounts.length > 0;
    }

    /**
     * What a user brings. Two users of a cluster who both follow it are alike, and each does with the root of the correlation.
     * Nothing is drawn that is not needed, so that the numbers of a share without clusters are what they are.
     */
    private double outcome(double probability, boolean isTreated, double ofCluster, SplittableRandom random) {
        boolean follows = correlation > 0 && random.nextDouble() < Math.sqrt(correlation);
        double luck = follows ? ofCluster : random.nextDouble();
        if (!(luck < (isTreated ? treated(probability) : probability))) {
            return 0;
        }
        return isMean() ? amounts[random.nextInt(amounts.length)] * (isTreated ? factor : 1) : 1;
    }

    /** The users so far of one virtual experiment. */
    private static final class Users {
        private final MomentSums[] arms = {new MomentSums(2), new MomentSums(2)};
        private final VirtualClusters clusters = new VirtualClusters();
        private int count;
        private boolean isTreated;
        private double luck;
    }

    /** Draws one more user, and answers what treating that one is expected to bring more; 0 for one who is not. */
    private double draw(Users users, SplittableRandom random) {
        double probability = probabilities[random.nextInt(probabilities.length)];
        if (users.count++ % clusterSize == 0) {
            users.isTreated = random.nextDouble() < share;
            users.luck = correlation > 0 ? random.nextDouble() : 0;
            if (clusterSize > 1) {
                users.clusters.begin(users.isTreated);
            }
        }
        double outcome = outcome(probability, users.isTreated, users.luck, random);
        users.arms[users.isTreated ? 1 : 0].add(outcome, probability);
        if (clusterSize > 1) {
            users.clusters.add(outcome, probability);
        }
        return users.isTreated ? gain(probability) : 0;
    }

    private Run one(int planned, double truth, SplittableRandom random) {
        Users users = new Users();
        ConfidenceSequence sequence = new ConfidenceSequence(alpha, planned);
        boolean better = false;
        boolean worse = false;
        boolean missed = false;
        long until = planned;
        double gain = 0;
        Optional<Difference> known = Optional.empty();
        for (int look = 1; look <= looks; look++) {
            for (int end = (int) Math.floor((double) planned * look / looks + 0.5); users.count < end; ) {
                double more = draw(users, random);
                gain += better || worse ? 0 : more;
            }
            known = difference(users, adjusted);
            if (known.isPresent()) {
                Inference inference = sequence.at(known.get(), users.count);
                missed |= inference.excludes(truth);
                if (!better && !worse && inference.excludes(0)) {
                    better = inference.lower() > 0;
                    worse = !better;
                    until = users.count;
                }
            }
        }
        boolean atOnce = known.isPresent() && known.get().fixed(alpha).lower() > 0;
        return new Run(better, worse, missed, atOnce, until, gain, reduction(users, known));
    }

    /** How much smaller the covariate made the variance; 0 without it, or where nothing is known. */
    private double reduction(Users users, Optional<Difference> known) {
        if (!adjusted || known.isEmpty()) {
            return 0;
        }
        if (clusterSize == 1) {
            return adjustment(users.arms).varianceReduction();
        }
        double ratio = known.get().standardError()
                / difference(users, false).orElseThrow().standardError();
        return 1 - ratio * ratio;
    }

    /** As a read-out asks for it. */
    private boolean enough(MomentSums arm) {
        if (isMean()) {
            return arm.count() >= LEAST_USERS && arm.moments().variance(0) > 0;
        }
        double successes = arm.count() == 0 ? 0 : arm.sum(0);
        return Math.min(successes, arm.count() - successes) >= LEAST_OUTCOMES;
    }

    /** The difference as a read-out gives it; empty where it is refused. */
    private Optional<Difference> difference(Users users, boolean isAdjusted) {
        if (!enough(users.arms[0]) || !enough(users.arms[1])) {
            return Optional.empty();
        }
        Adjustment adjustment = isAdjusted ? adjustment(users.arms) : null;
        Moments control = users.arms[0].moments();
        Moments treatment = users.arms[1].moments();
        Difference independent =
                adjustment == null ? Difference.of(sample(control), sample(treatment)) : adjustment.difference();
        if (clusterSize == 1) {
            return Optional.of(independent);
        }
        double slope = adjustment == null ? 0 : adjustment.slopes()[0];
        return Optional.of(users.clusters.difference(independent.estimate(), control, treatment, slope))
                .filter(difference -> difference.degreesOfFreedom() >= LEAST_DEGREES);
    }

    private static Adjustment adjustment(MomentSums[] arms) {
        return Adjustment.of(arms[0].moments(), arms[1].moments(), Value.mean(0), List.of(Value.mean(1)));
    }

    private Sample sample(Moments moments) {
        if (isMean()) {
            return Sample.of(moments, Value.mean(0));
        }
        double mean = moments.mean(0);
        return new Sample(moments.count(), mean, mean * (1 - mean));
    }
}
