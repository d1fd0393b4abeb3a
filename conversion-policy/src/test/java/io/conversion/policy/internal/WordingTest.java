package io.conversion.policy.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordingTest {

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
                    SHARE,    TEXT
                    0,        0.0 %
                    0.5,      50.0 %
                    0.001,    0.1 %
                    0.000999, 0.10 %
                    0.0003,   0.030 %
                    0.000275, 0.028 %
                    1e-9,     1.0e-07 %
                    """)
    void rareSharesAreNoZeros(double share, String text) {
        assertThat(Wording.share(share)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
                    SUM,     TEXT
                    0,       0.0
                    12.34,   12.3
                    0.1,     0.1
                    0.012,   0.012
                    0.00054, 0.00054
                    """)
    void smallSumsAreNoZeros(double sum, String text) {
        assertThat(Wording.sum(sum)).isEqualTo(text);
    }
}
