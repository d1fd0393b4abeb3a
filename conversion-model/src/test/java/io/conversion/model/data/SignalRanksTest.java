package io.conversion.model.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Rows are as far apart as the share of users between them; what is unlike is half of the range apart. */
class SignalRanksTest {

    @Test
    void numbersAreApartByTheShareOfRowsBetweenThem() {
        double[] values =
                new Random(3).doubles(1700).map(share -> -Math.log(share) * 1e6).toArray();
        double[] sorted = Arrays.stream(values).sorted().toArray();

        float[] distances = distances(SignalRanks.ofNumbers(values), values.length);

        for (int row = 0; row < values.length; row++) {
            int between = Arrays.binarySearch(sorted, values[row]) - Arrays.binarySearch(sorted, values[0]);
            assertThat(distances[row]).isCloseTo((float) Math.abs(between) / values.length, within(1e-6f));
        }
    }

    @Test
    void numbersBetweenTwoOfTheSampleLieBetweenThem() {
        double[] values = IntStream.range(0, 50_000)
                .mapToDouble(row -> StrictMath.exp(row / 5000.0))
                .toArray();

        float[] distances = distances(SignalRanks.ofNumbers(values), values.length);

        for (int row = 0; row < values.length; row++) {
            assertThat(distances[row]).isCloseTo(row / 50_000f, within(1e-3f));
        }
    }

    @Test
    void missingIsHalfTheRangeAwayFromEveryNumber() {
        double[] values = {Double.NaN, 1, Double.NaN, -3e300, 3e300};

        assertThat(distances(SignalRanks.ofNumbers(values), 5)).containsExactly(0, 0.5f, 0, 0.5f, 0.5f);
        assertThat(distances(SignalRanks.ofNumbers(new double[] {1, Double.NaN, 1}), 3))
                .containsExactly(0, 0.5f, 0);
    }

    @Test
    void levelsAreTheSameOrHalfTheRangeApart() {
        assertThat(distances(SignalRanks.ofCodes(new double[] {2, 2, 3, 0, -1, 999, Double.NaN}), 7))
                .containsExactly(0, 0, 0.5f, 0.5f, 0.5f, 0.5f, 0.5f);
        assertThat(distances(SignalRanks.ofCodes(new double[] {Double.NaN, Double.NaN, 0}), 3))
                .containsExactly(0, 0, 0.5f);
    }

    @Test
    void aSignalIsFineIfManyNumbersOccur() {
        assertThat(SignalRanks.ofNumbers(
                                IntStream.range(0, 500).asDoubleStream().toArray())
                        .isFine())
                .isTrue();
        assertThat(SignalRanks.ofNumbers(IntStream.range(0, 500)
                                .mapToDouble(row -> row % 3)
                                .toArray())
                        .isFine())
                .isFalse();
        assertThat(SignalRanks.ofCodes(IntStream.range(0, 500).asDoubleStream().toArray())
                        .isFine())
                .isFalse();
    }

    /** Of all rows from the first one. */
    private static float[] distances(SignalRanks ranks, int rows) {
        float[] distances = new float[rows];
        ranks.addDistances(0, distances);
        return distances;
    }
}
