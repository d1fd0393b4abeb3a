package io.conversion.experiments.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.conversion.experiments.value.ValueAnswer.Estimated;
import io.conversion.experiments.value.ValueAnswer.Refused;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

/** Laws of off-policy estimates, on logs whose actions are drawn by the propensities that they hold. */
class OffPolicyPropertyTest {

    private static final SupportLimits NONE = new SupportLimits(0, 0, 1, 0, 10, 0);

    /** A decision with the whole distribution that it was drawn from, and that of another policy. */
    @SuppressWarnings("ArrayRecordComponent") // Nobody compares it.
    private record Row(int action, double[] logged, double[] target, double outcome, int band, long unit) {}

    private static List<Row> rows(long seed, int count, int actions, int bands) {
        Random random = new Random(seed);
        List<Row> rows = new ArrayList<>();
        for (int row = 0; row < count; row++) {
            double[] logged = distribution(random, actions);
            double draw = random.nextDouble();
            int action = 0;
            for (double sum = logged[0]; draw >= sum && action < actions - 1; sum += logged[action]) {
                action++;
            }
            double outcome = random.nextDouble() < 0.2 + 0.1 * action ? 1 + random.nextInt(3) : 0;
            rows.add(new Row(
                    action,
                    logged,
                    distribution(random, actions),
                    outcome,
                    random.nextInt(bands),
                    random.nextInt(count)));
        }
        return rows;
    }

    /** Probabilities in 64ths, so that their sums are exact. */
    private static double[] distribution(Random random, int actions) {
        double[] probabilities = new double[actions];
        int left = 64;
        for (int i = 0; i < actions - 1; i++) {
            int some = 1 + random.nextInt(left - (actions - 1 - i));
            probabilities[i] = some / 64.0;
            left -= some;
        }
        probabilities[actions - 1] = left / 64.0;
        return probabilities;
    }

    private static LoggedDecisions log(List<Row> rows) {
        int actions = rows.get(0).logged.length;
        return LoggedDecisions.of(
                IntStream.range(0, actions).mapToObj(of -> "action " + of).toList(),
                rows.stream().mapToInt(row -> row.action).toArray(),
                rows.stream().mapToDouble(row -> row.logged[row.action]).toArray(),
                rows.stream().mapToDouble(row -> row.outcome).toArray());
    }

    private static LoggedDecisions ofUsers(List<Row> rows) {
        return log(rows).units(rows.stream().mapToLong(row -> row.unit).toArray());
    }

    private static TargetPolicy target(List<Row> rows) {
        return TargetPolicy.of("target", rows.stream().map(row -> row.target).toArray(double[][]::new));
    }

    /** A model that knows a row by what is in it, and not by its place. */
    private static RewardModel model(List<Row> rows) {
        return (row, action) -> 0.3 + 0.25 * action + 0.5 * rows.get(row).logged[0];
    }

    private static Estimated estimated(LoggedDecisions log, TargetPolicy target, List<Row> rows) {
        return (Estimated) OffPolicyEvaluation.of(log)
                .limits(NONE)
                .rewardModel(model(rows))
                .evaluate(target)
                .answer();
    }

    private static ValueEstimate of(Estimated answer, Estimator estimator) {
        return answer.estimates().stream()
                .filter(estimate -> estimate.estimator() == estimator)
                .findFirst()
                .orElseThrow();
    }

    @Property(tries = 100)
    void aPolicyEqualToTheLoggedOneHasTheMeanOfTheOutcomes(
            @ForAll long seed, @ForAll @IntRange(min = 2, max = 4) int k) {
        List<Row> rows = rows(seed, 300, k, 1);
        double mean = rows.stream().mapToDouble(row -> row.outcome).sum() / rows.size();

        Estimated answer = estimated(
                log(rows),
                TargetPolicy.of("logged", rows.stream().map(row -> row.logged).toArray(double[][]::new)),
                rows);

        assertThat(of(answer, Estimator.IPS).value()).isEqualTo(mean);
        assertThat(of(answer, Estimator.SNIPS).value()).isEqualTo(mean);
        assertThat(answer.support().effectiveUsers()).isCloseTo(rows.size(), within(1e-9));
        assertThat(answer.support().meanWeight()).isEqualTo(1);
    }

    @Property(tries = 100)
    void withPropensityOneTheMeanIsOverAgreeingRows(@ForAll long seed) {
        List<Row> rows = rows(seed, 60, 3, 1);
        double[] certain = new double[rows.size()];
        Arrays.fill(certain, 1);
        LoggedDecisions log = LoggedDecisions.of(
                List.of("a", "b", "c"),
                rows.stream().mapToInt(row -> row.action).toArray(),
                certain,
                rows.stream().mapToDouble(row -> row.outcome).toArray());
        double[] agreeing = rows.stream()
                .filter(row -> row.action == 1)
                .mapToDouble(row -> row.outcome)
                .toArray();
        int[] always = new int[rows.size()];
        Arrays.fill(always, 1);

        WeightedRows weighted = new WeightedRows(log, TargetPolicy.of("always", always), null);
        List<ValueEstimate> estimates = new Estimates(weighted).all();

        double sum = Arrays.stream(agreeing).sum();
        assertThat(estimates.get(0).value()).isCloseTo(sum / rows.size(), within(1e-15));
        if (agreeing.length > 0) {
            assertThat(estimates.get(1).value()).isCloseTo(sum / agreeing.length, within(1e-15));
        }
    }

    @Property(tries = 100)
    void scaledRewardsScaleEveryEstimate(@ForAll long seed, @ForAll @DoubleRange(min = 0.01, max = 1000) double worth) {
        List<Row> rows = rows(seed, 80, 3, 1);

        Estimated plain = estimated(log(rows), target(rows), rows);
        Estimated scaled = estimated(log(rows).net(worth, Map.of()), target(rows), rows);

        for (ValueEstimate estimate : plain.estimates()) {
            ValueEstimate other = of(scaled, estimate.estimator());
            assertThat(other.value())
                    .as("%s", estimate.estimator())
                    .isCloseTo(worth * estimate.value(), within(1e-9 * worth * (1 + Math.abs(estimate.value()))));
            assertThat(Double.valueOf(other.bound())).isEqualTo(Double.valueOf(estimate.bound()));
        }
    }

    @Property(tries = 100)
    void aShiftOfRewardsShiftsWhatKnowsTheSumOfWeights(
            @ForAll long seed, @ForAll @DoubleRange(min = -10, max = 10) double cost) {
        List<Row> rows = rows(seed, 80, 3, 1);
        Map<String, Double> ofEach = Map.of("action 0", cost, "action 1", cost, "action 2", cost);

        Estimated plain = estimated(log(rows), target(rows), rows);
        Estimated shifted = estimated(log(rows).net(1, ofEach), target(rows), rows);

        for (Estimator estimator : List.of(
                Estimator.SNIPS,
                Estimator.DIRECT,
                Estimator.DOUBLY_ROBUST,
                Estimator.SELF_NORMALISED_DOUBLY_ROBUST,
                Estimator.CONTROL_VARIATE)) {
            assertThat(of(shifted, estimator).value())
                    .as("%s", estimator)
                    .isCloseTo(of(plain, estimator).value() - cost, within(1e-9 * (1 + Math.abs(cost))));
        }
        double weight = plain.support().meanWeight();
        assertThat(of(shifted, Estimator.IPS).value())
                .isCloseTo(of(plain, Estimator.IPS).value() - cost * weight, within(1e-9 * (1 + Math.abs(cost))));
    }

    @Property(tries = 60)
    void theOrderOfDecisionsShowsNowhere(@ForAll long seed, @ForAll long shuffle) {
        List<Row> rows = rows(seed, 80, 3, 1);
        List<Row> shuffled = new ArrayList<>(rows);
        Collections.shuffle(shuffled, new Random(shuffle));

        Estimated one = estimated(ofUsers(rows), target(rows), rows);
        Estimated other = estimated(ofUsers(shuffled), target(shuffled), shuffled);

        assertThat(other.estimates()).isEqualTo(one.estimates());
        assertThat(other.interval()).isEqualTo(one.interval());
        Support support = one.support();
        assertThat(other.support().effectiveUsers()).isEqualTo(support.effectiveUsers());
        assertThat(other.support().meanWeightError()).isEqualTo(support.meanWeightError());
    }

    @Property(tries = 60)
    void theSameLogTwiceHasTheSameValueAndHalfTheVariance(@ForAll long seed) {
        List<Row> rows = rows(seed, 80, 3, 1);
        List<Row> twice = new ArrayList<>(rows);
        twice.addAll(rows);

        Estimated one = estimated(log(rows), target(rows), rows);
        Estimated two = estimated(log(twice), target(twice), twice);

        for (Estimator estimator : List.of(Estimator.IPS, Estimator.SNIPS, Estimator.DOUBLY_ROBUST)) {
            ValueEstimate of = of(one, estimator);
            ValueEstimate doubled = of(two, estimator);
            assertThat(doubled.value()).isCloseTo(of.value(), within(1e-14));
            double n = rows.size();
            // Variances have the divisor of a sample.
            assertThat(doubled.standardError())
                    .isCloseTo(of.standardError() * Math.sqrt((n - 1) / (2 * n - 1)), within(1e-12));
        }
        assertThat(two.support().effectiveUsers()).isCloseTo(2 * one.support().effectiveUsers(), within(1e-9));
    }

    /** Two decisions of one user say less than those of two users, but the value is the same. */
    @Property(tries = 60)
    void usersChangeErrorsAndNoValue(@ForAll long seed) {
        List<Row> rows = rows(seed, 80, 3, 1);
        ToDoubleFunction<LoggedDecisions> value =
                log -> estimated(log, target(rows), rows).best().value();

        assertThat(value.applyAsDouble(ofUsers(rows))).isCloseTo(value.applyAsDouble(log(rows)), within(1e-12));
        assertThat(estimated(
                                log(rows)
                                        .units(IntStream.range(0, rows.size())
                                                .asLongStream()
                                                .toArray()),
                                target(rows),
                                rows)
                        .best())
                .isEqualTo(estimated(log(rows), target(rows), rows).best());
    }

    /** An action that band 0 never had stays without a value, however many users of other bands there are. */
    @Property(tries = 30)
    void aRefusalNeverTurnsIntoANumberByUsersOfOtherBands(
            @ForAll long seed, @ForAll @IntRange(min = 0, max = 4000) int others) {
        Random random = new Random(seed);
        int inBand = 300;
        int size = inBand + others;
        int[] action = new int[size];
        double[] propensity = new double[size];
        double[] outcome = new double[size];
        int[] band = new int[size];
        int[] wanted = new int[size];
        for (int row = 0; row < size; row++) {
            band[row] = row < inBand ? 0 : 1;
            propensity[row] = band[row] == 0 ? 1 : 0.5;
            action[row] = band[row] == 0 ? 0 : random.nextInt(2);
            outcome[row] = random.nextInt(3) == 0 ? 1 : 0;
            wanted[row] = 1;
        }

        OffPolicyReadout readout = OffPolicyEvaluation.of(
                        LoggedDecisions.of(List.of("nothing", "offer"), action, propensity, outcome)
                                .strata(band))
                .evaluate(TargetPolicy.of("offers", wanted).bands(List.of("low", "high"), band));

        assertThat(readout.answer()).isInstanceOf(Refused.class);
        assertThat(readout.bands().get(0).answer()).isInstanceOf(Refused.class);
        assertThat(readout.againstLogged().estimate()).isNull();
    }
}
