package io.conversion.model.signals;

import static io.conversion.model.signals.SampleUsers.spread;
import static org.assertj.core.api.Assertions.assertThat;

import io.conversion.core.signals.Signal;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Users below zero and users at zero are no users of one bin. */
class SignedBinsTest {

    private static final int ROWS = 1_000;

    @Test
    void aMarkBelowZeroIsABinOfItsOwn() {
        assertThat(labels(row -> row % 10 == 0 ? -1 : row % 10 < 6 ? 0 : row % 7 + 1))
                .startsWith("<= -1", "0");
    }

    @Test
    void oneDebtorAmongManyWithoutABalanceIsTold() {
        assertThat(labels(row -> row == 0 ? -20 : row < 700 ? 0 : row)).startsWith("<= -20", "0");
    }

    @Test
    void negativeNumbersOnBothSidesOfADecileEndBelowZero() {
        assertThat(labels(row -> row < 350 ? row - 350 : row < 600 ? 0 : row)).containsSequence("(-50.3000, -1]", "0");
    }

    @Test
    void zeroAsTheHighestNumberIsTold() {
        assertThat(labels(row -> row < 500 ? -row - 1 : 0)).endsWith("(-100.400, -1]", "0");
    }

    @Test
    void zeroAndNothingBelowIsAsItWas() {
        assertThat(labels(row -> row < 500 ? 0 : row)).startsWith("<= 0");
    }

    @Test
    void noBinHoldsUsersBelowZeroAndManyAtZero() {
        for (int seed = 0; seed < 200; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            double atZero = random.nextDouble(0.02, 0.9);
            double below = random.nextDouble(0.001, 0.9) * (1 - atZero);
            double scale = random.nextBoolean() ? 1 : 100;
            double[] values = IntStream.range(0, ROWS)
                    .mapToDouble(row -> {
                        double u = spread(row, 0);
                        double size = Math.rint(scale * 10 * spread(row, 1)) / scale + 1 / scale;
                        return u < atZero ? (random.nextBoolean() ? 0.0 : -0.0) : u < atZero + below ? -size : size;
                    })
                    .toArray();
            SignalColumn column = column(row -> values[row]);

            int[] below0 = IntStream.range(0, ROWS)
                    .filter(row -> values[row] < 0)
                    .map(column::bin)
                    .distinct()
                    .toArray();
            long zeros = Arrays.stream(values).filter(value -> value == 0).count();
            IntStream.range(0, ROWS)
                    .filter(row -> values[row] == 0 && zeros >= 0.05 * ROWS)
                    .map(column::bin)
                    .distinct()
                    .forEach(bin -> assertThat(below0).doesNotContain(bin));
            assertThat(column.labels()).doesNotHaveDuplicates();
            assertThat(column.edges()).isSorted().doesNotHaveDuplicates();
        }
    }

    private static List<String> labels(IntToDoubleFunction value) {
        return column(value).labels();
    }

    private static SignalColumn column(IntToDoubleFunction value) {
        Signal signal = Signal.numeric("x");
        return SignalColumn.of(
                signal,
                new SampleUsers(ROWS, row -> row % 2 == 0)
                        .with(signal, value::applyAsDouble)
                        .dataSet(),
                20);
    }
}
