package io.conversion.experiments.threshold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Against the numbers of {@code rddensity} (its test_numerical_baseline.py and fixtures/numerical-baseline.csv). */
class DensityTestTest {

    private static final double[] X = IntStream.range(0, 200)
            .mapToDouble(i -> -1.5 + 3.0 * i / 199 + 0.05 * Math.sin(i))
            .sorted()
            .toArray();

    @Test
    void densitiesAtGivenBandwidthsAreThoseOfRddensity() {
        DensityTest test = DensityTest.of(side(X, false), side(X, true), 0.6, 0.6);

        assertThat(test.below()).isEqualTo(0.35436788441285694, within(1e-11));
        assertThat(test.above()).isEqualTo(0.36540670986861795, within(1e-11));
        assertThat(test.standardError()).isEqualTo(0.317064829733349, within(1e-11));
        assertThat(test.statistic()).isEqualTo(0.03481567307558094, within(1e-11));
        assertThat(test.pValue()).isEqualTo(0.9722267229011303, within(1e-11));
    }

    @Test
    void densitiesAtChosenBandwidthsAreThoseOfRddensity() {
        DensityTest test = DensityTest.of(side(X, false), side(X, true));

        assertThat(test.bandwidthBelow()).isEqualTo(1.5096395383771382, within(1e-11));
        assertThat(test.bandwidthAbove()).isEqualTo(1.5096395383771382, within(1e-11));
        assertThat(test.below()).isEqualTo(0.3367021466400878, within(1e-11));
        assertThat(test.above()).isEqualTo(0.33698400516430055, within(1e-11));
        assertThat(test.pValue()).isEqualTo(0.9987525997730358, within(1e-11));
    }

    private static Side side(double[] x, boolean above) {
        double[] some = Arrays.stream(x).filter(at -> at >= 0 == above).toArray();
        return new Side(some, some, new double[0][], new int[0]);
    }
}
