package io.conversion.experiments.threshold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Against one weighted regression over both sides, with full matrices: {@code src/test/reference/threshold.py}. */
class DiscontinuityTest {

    private static final int USERS = 400;
    private static final Bandwidths HALF = new Bandwidths(0.5, 0.5);

    @Test
    void errorsOfClustersAreThoseOfTheSandwich() {
        Discontinuity jump = Discontinuity.of(side(false, true), side(true, true), HALF, ErrorKind.HC1);

        assertThat(jump.estimate()).isEqualTo(0.8525586164052981, within(1e-12));
        assertThat(jump.standardError()).isEqualTo(0.2828173076751789, within(1e-12));
        assertThat(jump.corrected()).isEqualTo(0.9002838417780143, within(1e-12));
        assertThat(jump.robustError()).isEqualTo(0.3665634049693487, within(1e-12));
    }

    @Test
    void covariateHasOneSlopeOnBothSides() {
        Side below = side(false, false);
        Side above = side(true, false);

        Discontinuity jump = Discontinuity.of(below, above, HALF, ErrorKind.NEAREST_NEIGHBOURS);

        assertThat(jump.estimate()).isEqualTo(0.8296770346830132, within(1e-12));
    }

    /** Users of the script: with clusters, or with a covariate. */
    private static Side side(boolean above, boolean clustered) {
        int[] rows = IntStream.range(0, USERS).filter(i -> x(i) >= 0 == above).toArray();
        double[] z = IntStream.of(rows).mapToDouble(i -> Math.sin(1.7 * i)).toArray();
        return new Side(
                IntStream.of(rows).mapToDouble(DiscontinuityTest::x).toArray(),
                IntStream.of(rows).mapToDouble(DiscontinuityTest::y).toArray(),
                clustered ? new double[0][] : new double[][] {z},
                clustered ? IntStream.of(rows).map(i -> 7 * i % 40).toArray() : new int[0]);
    }

    private static double x(int i) {
        return -1 + 2 * (i + 0.5) / USERS + 0.001 * Math.sin(i);
    }

    private static double y(int i) {
        double x = x(i);
        return 1
                + x
                + 0.5 * x * x
                + (x >= 0 ? 0.8 : 0)
                + 0.3 * Math.sin(1.7 * i)
                + Math.cos(2.3 * i)
                + 0.4 * Math.sin(7 * i % 40);
    }
}
