package io.conversion.model.fit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.data.Offset;

/** Laws of the log loss. */
class LogLossPropertyTest {

    @Property(tries = 100)
    void hessianIsTheWeightedSumOverTheRows(
            @ForAll @IntRange(min = 1, max = 40) int count,
            @ForAll @IntRange(min = 0, max = 6) int columns,
            @ForAll long seed) {
        Random random = new Random(seed);
        double[][] rows = new double[count][columns];
        boolean[] converted = new boolean[count];
        double[] parameters = random.doubles(columns + 1, -1, 1).toArray();
        double[][] expected = new double[columns + 1][columns + 1];
        for (int i = 0; i < count; i++) {
            rows[i] = random.doubles(columns, -2, 2).map(x -> x < 0 ? 0 : x).toArray();
            converted[i] = random.nextBoolean();
            double p = 1 / (1 + Math.exp(-PenalisedLikelihood.logOdds(rows[i], parameters)));
            for (int j = 0; j <= columns; j++) {
                for (int k = 0; k <= j; k++) {
                    expected[j][k] += p * (1 - p) * (j < columns ? rows[i][j] : 1) * (k < columns ? rows[i][k] : 1);
                }
            }
        }

        double[][] hessian = LogLoss.of(rows, converted, parameters).hessian();

        for (int j = 0; j <= columns; j++) {
            for (int k = 0; k <= j; k++) {
                assertThat(hessian[j][k]).isCloseTo(expected[j][k], Offset.offset(1e-13 * count));
            }
        }
    }
}
