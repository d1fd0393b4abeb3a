package io.conversion.experiments.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Movements by scipy and numpy ({@code src/test/reference/movement.py}), to 1e-11. */
class AdjustmentTest {

    /** Values outcome, x1, x2, a copy of them both and a constant. */
    private static Adjustment adjustment(Integer... covariates) {
        MomentSums[] arms = {new MomentSums(5), new MomentSums(5)};
        for (int i = 0; i < 400; i++) {
            int arm = i * 7 % 10 < 4 ? 1 : 0;
            double x1 = i * 37 % 101 / 101.0;
            double x2 = Math.sqrt(i * 61 % 97);
            arms[arm].add(2 * x1 - 0.3 * x2 + 0.5 * arm + i * 53 % 89 / 40.0, x1, x2, x1 - 2 * x2, 0.7);
        }
        List<Value> values = Arrays.stream(covariates).map(Value::mean).toList();
        return Adjustment.of(arms[0].moments(), arms[1].moments(), Value.mean(0), values);
    }

    @Test
    void movementIsThatOfWelchOnWhatTheCovariatesForetell() {
        Difference one = adjustment(1).movement();
        Difference two = adjustment(1, 2).movement();

        assertThat(one.estimate()).isEqualTo(-0.045474651118302956, within(1e-11));
        assertThat(one.z()).isEqualTo(-0.8428800995123077, within(1e-11));
        assertThat(one.fixed(0.05).pValue()).isEqualTo(0.39989413114576267, within(1e-11));
        assertThat(two.estimate()).isEqualTo(-0.013809171996575165, within(1e-11));
        assertThat(two.z()).isEqualTo(-0.1520795910940705, within(1e-11));
        assertThat(two.fixed(0.05).pValue()).isEqualTo(0.8792156904493581, within(1e-11));
    }

    @Test
    void movementIsTheAdjustedLessThePlainDifference() {
        Adjustment adjustment = adjustment(1, 2);
        Adjustment none = adjustment();

        assertThat(adjustment.movement().estimate())
                .isEqualTo(
                        adjustment.difference().estimate() - none.difference().estimate(), within(1e-14));
    }

    @Test
    void whatFollowsFromOthersOrIsConstantIsLeftOutAndChangesNothing() {
        Adjustment all = adjustment(4, 1, 2, 3, 1);
        Adjustment two = adjustment(1, 2);

        assertThat(IntStream.range(0, 5).mapToObj(all::uses)).containsExactly(false, true, true, false, false);
        assertThat(all.slopes()).containsExactly(0, two.slopes()[0], two.slopes()[1], 0, 0);
        assertThat(all.difference()).isEqualTo(two.difference());
        assertThat(adjustment(4).movement().estimate()).isZero();
    }
}
