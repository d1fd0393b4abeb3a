package io.conversion.workbench.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
                    NUMBER,   TEXT
                    0,        0.0000
                    0.25,     0.2500
                    0.001,    0.0010
                    0.000275, 0.00028
                    -0.00005, -0.000050
                    3e-11,    3.0e-11
                    """)
    void whatIsRareKeepsTwoDigits(double number, String text) {
        assertThat(Numbers.decimals(number)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
                    PART, ALL,      TEXT
                    0,    40000,    0.0 %
                    11,   40000,    0.028 %
                    1,    10000000, 0.000010 %
                    40,   40000,    0.1 %
                    1,    2,        50.0 %
                    1,    0,        -
                    """)
    void rareSharesAreNoZeros(long part, long all, String text) {
        assertThat(Numbers.share(part, all)).isEqualTo(text);
    }
}
