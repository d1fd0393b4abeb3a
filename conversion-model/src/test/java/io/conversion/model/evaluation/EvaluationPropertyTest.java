package io.conversion.model.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.data.Offset;

/** Laws of the metrics, and the metrics by their definitions. */
class EvaluationPropertyTest {

    private static final Offset<Double> ROUNDING = within(1e-12);

    @Property
    void rocAucIsTheShareOfPairsThatAreRankedRight(@ForAll("users") Users users) {
        double right = 0;
        double pairs = 0;
        for (int i = 0; i < users.size(); i++) {
            for (int j = 0; j < users.size(); j++) {
                if (users.converted[i] && !users.converted[j]) {
                    pairs++;
                    right += users.p[i] > users.p[j] ? 1 : users.p[i] == users.p[j] ? 0.5 : 0;
                }
            }
        }

        assertThat(users.evaluate().rocAuc().value()).isCloseTo(right / pairs, ROUNDING);
    }

    @Property
    void prAucIsPrecisionOverTheStepsOfRecall(@ForAll("users") Users users) {
        double[] thresholds = Arrays.stream(users.p).distinct().sorted().toArray();
        double area = 0;
        double recallBefore = 0;
        for (int k = thresholds.length - 1; k >= 0; k--) {
            double threshold = thresholds[k];
            double chosen = users.count(i -> users.p[i] >= threshold);
            double hits = users.count(i -> users.p[i] >= threshold && users.converted[i]);
            double recall = hits / users.count(i -> users.converted[i]);
            area += (recall - recallBefore) * (hits / chosen);
            recallBefore = recall;
        }

        assertThat(users.evaluate().prAuc()).isCloseTo(area, ROUNDING);
    }

    /** A user is in the first tenth, from the highest probability on, that those above do not fill. */
    @Property
    void calibrationErrorIsTheWeightedDistanceInEachTenth(@ForAll("users") Users users) {
        int[] tenths = IntStream.range(0, users.size())
                .map(i -> {
                    long above =
                            Arrays.stream(users.p).filter(p -> p > users.p[i]).count();
                    return IntStream.rangeClosed(1, 10)
                            .filter(k -> above < (long) users.size() * k / 10)
                            .findFirst()
                            .orElseThrow();
                })
                .toArray();
        double error = 0;
        for (int k = 1; k <= 10; k++) {
            int tenth = k;
            int[] members = IntStream.range(0, users.size())
                    .filter(i -> tenths[i] == tenth)
                    .toArray();
            double predicted = Arrays.stream(members)
                    .mapToDouble(i -> users.p[i])
                    .average()
                    .orElse(0);
            double observed = Arrays.stream(members)
                    .mapToDouble(i -> users.converted[i] ? 1 : 0)
                    .average()
                    .orElse(0);
            error += Math.abs(predicted - observed) * members.length / users.size();
        }

        assertThat(users.evaluate().expectedCalibrationError()).isCloseTo(error, ROUNDING);
    }

    @Property
    void discriminationDependsOnTheOrderOfTheProbabilitiesOnly(@ForAll("users") Users users) {
        Evaluation squared = users.with(p -> p * p).evaluate();
        Evaluation narrowed = users.with(p -> 0.25 + p / 2).evaluate();

        assertThat(squared.rocAuc().value())
                .isEqualTo(users.evaluate().rocAuc().value())
                .isEqualTo(narrowed.rocAuc().value());
        assertThat(squared.prAuc()).isEqualTo(users.evaluate().prAuc()).isEqualTo(narrowed.prAuc());
    }

    @Property
    void flippedOutcomesTurnTheRocAucRound(@ForAll("users") Users users) {
        assertThat(users.flipped().evaluate().rocAuc().value())
                .isCloseTo(1 - users.evaluate().rocAuc().value(), ROUNDING);
    }

    @Property
    void otherEventWithTheOtherProbabilityHasTheSameMetrics(@ForAll("users") Users users) {
        Evaluation evaluation = users.evaluate();
        Evaluation other = users.flipped().with(p -> 1 - p).evaluate();

        assertThat(other.rocAuc().value()).isCloseTo(evaluation.rocAuc().value(), ROUNDING);
        assertThat(other.logLoss()).isCloseTo(evaluation.logLoss(), within(1e-3));
        assertThat(other.brierScore()).isCloseTo(evaluation.brierScore(), ROUNDING);
        assertThat(other.meanPredicted()).isCloseTo(1 - evaluation.meanPredicted(), ROUNDING);
        assertThat(other.baseRate()).isCloseTo(1 - evaluation.baseRate(), ROUNDING);
    }

    @Property
    void orderOfTheUsersChangesNothing(@ForAll("users") Users users, @ForAll long seed) {
        List<Integer> order =
                Arrays.asList(IntStream.range(0, users.size()).boxed().toArray(Integer[]::new));
        Collections.shuffle(order, new Random(seed));

        assertClose(
                users.rows(order.stream().mapToInt(Integer::intValue).toArray()).evaluate(), users.evaluate());
    }

    @Property
    void everyUserSeveralTimesChangesNoMetric(
            @ForAll("users") Users users, @ForAll @IntRange(min = 2, max = 4) int times) {
        Evaluation repeated = users.rows(IntStream.range(0, times * users.size())
                        .map(i -> i % users.size())
                        .toArray())
                .evaluate();

        assertClose(repeated, users.evaluate());
        if (users.size() % 10 == 0) {
            // Otherwise tenths begin between other users.
            assertThat(repeated.expectedCalibrationError())
                    .isCloseTo(users.evaluate().expectedCalibrationError(), ROUNDING);
        }
        assertThat(repeated.rows()).isEqualTo(times * users.size());
    }

    @Property
    void sameProbabilityForEveryoneRanksNobody(
            @ForAll("users") Users users, @ForAll @DoubleRange(min = 0, max = 1) double probability) {
        Evaluation evaluation = users.with(p -> probability).evaluate();
        double base = evaluation.baseRate();

        assertThat(evaluation.rocAuc().value()).isEqualTo(0.5);
        assertThat(evaluation.prAuc()).isCloseTo(base, ROUNDING);
        assertThat(evaluation.expectedCalibrationError()).isCloseTo(Math.abs(probability - base), ROUNDING);
        // The Brier score of a constant is the variance of the outcome and the square of its error.
        double error = probability - base;
        assertThat(evaluation.brierScore()).isCloseTo(base * (1 - base) + error * error, ROUNDING);
    }

    @Property
    void metricsStayInTheirRanges(@ForAll("users") Users users) {
        Evaluation evaluation = users.evaluate();

        assertThat(evaluation.rocAuc().value()).isBetween(0.0, 1.0);
        assertThat(evaluation.prAuc()).isGreaterThan(0).isLessThanOrEqualTo(1 + 1e-15);
        assertThat(evaluation.brierScore()).isBetween(0.0, 1.0);
        assertThat(evaluation.expectedCalibrationError()).isBetween(0.0, 1.0);
        assertThat(evaluation.logLoss()).isGreaterThan(0).isLessThan(35);
    }

    private static void assertClose(Evaluation actual, Evaluation expected) {
        assertThat(actual.baseRate()).isCloseTo(expected.baseRate(), ROUNDING);
        assertThat(actual.meanPredicted()).isCloseTo(expected.meanPredicted(), ROUNDING);
        assertThat(actual.rocAuc().value()).isCloseTo(expected.rocAuc().value(), ROUNDING);
        assertThat(actual.prAuc()).isCloseTo(expected.prAuc(), ROUNDING);
        assertThat(actual.logLoss()).isCloseTo(expected.logLoss(), ROUNDING);
        assertThat(actual.brierScore()).isCloseTo(expected.brierScore(), ROUNDING);
    }

    /** Under calibration the p-value is below 5 % for one sample in twenty, and it finds probabilities that are off. */
    @Example
    void calibrationTestHoldsItsLevelAndFindsWhatIsOff() {
        Random random = new Random(3);
        int rejected = 0;
        int found = 0;
        for (int sample = 0; sample < 2000; sample++) {
            double[] p = random.doubles(300).toArray();
            boolean[] converted = new boolean[p.length];
            for (int i = 0; i < p.length; i++) {
                converted[i] = random.nextDouble() < p[i];
            }
            rejected += Evaluation.of(p, converted).calibrationTest().p() < 0.05 ? 1 : 0;
            double[] extreme = Arrays.stream(p)
                    .map(x -> x < 0.5 ? x * x * 2 : 1 - (1 - x) * (1 - x) * 2)
                    .toArray();
            found += Evaluation.of(extreme, converted).calibrationTest().p() < 0.05 ? 1 : 0;
        }

        assertThat(rejected / 2000.0).isBetween(0.035, 0.065);
        assertThat(found / 2000.0).isGreaterThan(0.9);
    }

    /** Two to forty users with both outcomes; multiples of 1/1000, so that many are tied and maps keep their order. */
    @Provide
    Arbitrary<Users> users() {
        Arbitrary<Double> coarse = Arbitraries.integers().between(0, 10).map(k -> k / 10.0);
        Arbitrary<Double> fine = Arbitraries.integers().between(0, 1000).map(k -> k / 1000.0);
        return Combinators.combine(
                        Arbitraries.oneOf(coarse, fine).list().ofMinSize(2).ofMaxSize(40),
                        Arbitraries.of(true, false).list().ofSize(40))
                .as((probabilities, outcomes) -> {
                    boolean[] converted = new boolean[probabilities.size()];
                    for (int i = 0; i < converted.length; i++) {
                        converted[i] = i == 0 || (i > 1 && outcomes.get(i));
                    }
                    return new Users(
                            probabilities.stream()
                                    .mapToDouble(Double::doubleValue)
                                    .toArray(),
                            converted);
                });
    }

    private static final class Users {

        private final double[] p;
        private final boolean[] converted;

        Users(double[] p, boolean[] converted) {
            this.p = p;
            this.converted = converted;
        }

        int size() {
            return p.length;
        }

        int count(IntPredicate condition) {
            return (int) IntStream.range(0, size()).filter(condition).count();
        }

        Evaluation evaluate() {
            return Evaluation.of(p, converted);
        }

        Users with(DoubleUnaryOperator map) {
            return new Users(Arrays.stream(p).map(map).toArray(), converted);
        }

        Users flipped() {
            boolean[] others = new boolean[size()];
            for (int i = 0; i < others.length; i++) {
                others[i] = !converted[i];
            }
            return new Users(p, others);
        }

        Users rows(int[] rows) {
            boolean[] outcomes = new boolean[rows.length];
            for (int i = 0; i < rows.length; i++) {
                outcomes[i] = converted[rows[i]];
            }
            return new Users(Arrays.stream(rows).mapToDouble(i -> p[i]).toArray(), outcomes);
        }

        /** What jqwik reports of a counterexample. */
        @Override
        public String toString() {
            return Arrays.toString(p) + " " + Arrays.toString(converted);
        }
    }
}
