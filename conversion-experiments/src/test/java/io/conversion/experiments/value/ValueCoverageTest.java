package io.conversion.experiments.value;

import static org.assertj.core.api.Assertions.assertThat;

import io.conversion.experiments.value.ValueAnswer.Estimated;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.apache.commons.statistics.distribution.TDistribution;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * How often intervals hold the true value of a policy, over simulated logs of three behaviours: {@code conversion.simulations}
 * says how many logs each (default 12), and a table is printed.
 */
class ValueCoverageTest {

    private static final int LOGS = Integer.getInteger("conversion.simulations", 12);
    private static final int USERS = 8000;
    private static final List<String> ACTIONS = List.of("nothing", "nudge", "offer");
    private static final int NOTHING = 0;
    private static final int NUDGE = 1;
    private static final int OFFER = 2;

    /** What was in force: nothing, a nudge from 0.15 and an offer from 0.4 on, but for what is drawn. */
    enum Behaviour {
        /** A fifth of all users get any action. */
        EPSILON {
            @Override
            double[] propensities(double probability) {
                double[] each = {0.2 / 3, 0.2 / 3, 0.2 / 3};
                each[action(probability)] += 0.8;
                return each;
            }
        },
        /** A tenth of all users get nothing; the policy that is asked for gives nothing to the middle. */
        CONTROL_GROUP {
            @Override
            double[] propensities(double probability) {
                double[] each = new double[3];
                each[NOTHING] += 0.1;
                each[action(probability)] += 0.9;
                return each;
            }
        },
        /** Three tenths of the users of the upper two bands get the offer or nothing. */
        BY_BAND {
            @Override
            double[] propensities(double probability) {
                double[] each = new double[3];
                double drawn = action(probability) == NOTHING ? 0 : 0.3;
                each[action(probability)] += 1 - drawn;
                each[OFFER] += drawn / 2;
                each[NOTHING] += drawn / 2;
                return each;
            }
        };

        abstract double[] propensities(double probability);

        static int action(double probability) {
            return probability < 0.15 ? NOTHING : probability < 0.4 ? NUDGE : OFFER;
        }

        int wanted(double probability) {
            if (action(probability) != NUDGE) {
                return action(probability);
            }
            return this == CONTROL_GROUP ? NOTHING : OFFER;
        }
    }

    private static double chance(double probability, int action) {
        return switch (action) {
            case NUDGE -> probability + 0.02;
            case OFFER -> probability + 0.15 * (1 - probability) * probability * 4;
            default -> probability;
        };
    }

    /** Squares of uniform draws: many low probabilities, and up to 0.8. */
    private static double probability(double uniform) {
        return 0.02 + 0.78 * uniform * uniform;
    }

    private static double truth(Behaviour behaviour) {
        double sum = 0;
        int points = 1_000_000;
        for (int i = 0; i < points; i++) {
            double probability = probability((i + 0.5) / points);
            sum += chance(probability, behaviour.wanted(probability));
        }
        return sum / points;
    }

    private static OffPolicyReadout simulated(Behaviour behaviour, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] action = new int[USERS];
        int[] wanted = new int[USERS];
        int[] band = new int[USERS];
        double[] propensity = new double[USERS];
        double[] outcome = new double[USERS];
        double[] logOdds = new double[USERS];
        for (int user = 0; user < USERS; user++) {
            double probability = probability(random.nextDouble());
            double[] each = behaviour.propensities(probability);
            double draw = random.nextDouble();
            action[user] = draw < each[0] ? 0 : draw < each[0] + each[1] ? 1 : 2;
            propensity[user] = each[action[user]];
            wanted[user] = behaviour.wanted(probability);
            band[user] = Behaviour.action(probability);
            outcome[user] = random.nextDouble() < chance(probability, action[user]) ? 1 : 0;
            logOdds[user] = Math.log(probability / (1 - probability));
        }
        return OffPolicyEvaluation.of(LoggedDecisions.of(ACTIONS, action, propensity, outcome)
                        .strata(band)
                        .covariates(Map.of("log-odds", logOdds)))
                .evaluate(TargetPolicy.of("candidate", wanted).bands(List.of("low", "medium", "high"), band));
    }

    /** What became of the estimates of one estimator. */
    private static final class Tally {
        private int logs;
        private int held;
        private double bias;
        private double square;

        void add(double error, boolean holds) {
            logs++;
            held += holds ? 1 : 0;
            bias += error;
            square += error * error;
        }
    }

    @ParameterizedTest
    @EnumSource
    void intervalsHoldTheTruth(Behaviour behaviour) {
        double truth = truth(behaviour);
        Map<Estimator, Tally> tallies = new EnumMap<>(Estimator.class);
        Tally student = new Tally();
        Tally bernstein = new Tally();
        Tally anytime = new Tally();
        int refused = 0;
        for (int log = 0; log < LOGS; log++) {
            if (!(simulated(behaviour, 31L * behaviour.name().hashCode() + 7919L * log)
                            .answer()
                    instanceof Estimated value)) {
                refused++;
                continue;
            }
            double effective = value.support().effectiveUsers();
            double wide = TDistribution.of(effective - 1).inverseCumulativeProbability(0.975);
            for (ValueEstimate estimate : value.estimates()) {
                double error = estimate.value() - truth;
                tallies.computeIfAbsent(estimate.estimator(), of -> new Tally())
                        .add(error, Math.abs(error) <= wide * estimate.standardError());
            }
            double error = value.best().value() - truth;
            student.add(error, holds(value.interval(), truth));
            bernstein.add(error, holds(value.bernstein(), truth));
            anytime.add(error, holds(Objects.requireNonNull(value.anytime()), truth));
        }

        print(behaviour, truth, refused, tallies);
        System.out.printf(
                Locale.ROOT,
                "  intervals: Student's %.1f %%, Bernstein's %.1f %%, anytime %.1f %%%n",
                100.0 * student.held / student.logs,
                100.0 * bernstein.held / bernstein.logs,
                100.0 * anytime.held / anytime.logs);
        // Four errors of the share of intervals that hold it.
        double allowed = 4 * Math.sqrt(0.05 * 0.95 / student.logs);
        assertThat(student.held / (double) student.logs).isBetween(0.95 - allowed, Math.min(1, 0.95 + allowed));
        assertThat(bernstein.held / (double) bernstein.logs).isGreaterThanOrEqualTo(0.95 - allowed);
        assertThat(anytime.held / (double) anytime.logs).isGreaterThanOrEqualTo(0.95 - allowed);
        assertThat(refused).isLessThan(LOGS / 2);
    }

    private static boolean holds(ValueAnswer.Interval interval, double truth) {
        return interval.lower() <= truth && truth <= interval.upper();
    }

    private static void print(Behaviour behaviour, double truth, int refused, Map<Estimator, Tally> tallies) {
        System.out.printf(
                Locale.ROOT,
                "%s: value %.5f, %d logs of %d users, %d refused%n",
                behaviour,
                truth,
                LOGS,
                USERS,
                refused);
        tallies.forEach((estimator, tally) -> System.out.printf(
                Locale.ROOT,
                "  %-30s bias %+.5f  error %.5f  holds %5.1f %%%n",
                estimator,
                tally.bias / tally.logs,
                Math.sqrt(tally.square / tally.logs),
                100.0 * tally.held / tally.logs));
    }
}
