package io.conversion.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NormalQuantileTest {

    /** {@code Rscript -e 'for (p in c(1e-300, ...)) cat(sprintf("%.17g, %.17g\n", p, qnorm(p)))'}, R 4. */
    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
                    P,                      QNORM
                    1e-300,                 -37.047096299361201
                    1e-100,                 -21.273453560965319
                    1e-20,                  -9.2623400897984052
                    2.220446049250313e-16,  -8.125890664701906
                    1e-10,                  -6.3613409024040557
                    1e-05,                  -4.2648907939228256
                    0.001,                  -3.0902323061678132
                    0.005,                  -2.5758293035488999
                    0.02425,                -1.9729610513118845
                    0.025,                  -1.9599639845400538
                    0.05,                   -1.6448536269514726
                    0.075,                  -1.4395314709384557
                    0.1,                    -1.2815515655446008
                    0.25,                   -0.67448975019608171
                    0.45,                   -0.12566134685507399
                    0.5,                    0
                    0.6,                    0.25334710313579978
                    0.9,                    1.2815515655446008
                    0.975,                  1.9599639845400536
                    0.999,                  3.0902323061678132
                    """)
    void quantileAgreesWithR(double p, double expected) {
        assertThat(NormalQuantile.of(p)).isCloseTo(expected, within(Math.abs(expected) * 1e-14));
    }
}
