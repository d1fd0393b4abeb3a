package io.conversion.model.chart;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChartTextTest {

    // Measured by Chromium: a canvas with the font "15px DejaVu Sans", and measureText(text).width.
    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, delimiter = '|', textBlock = """
                    text                     | width
                    medium_intent            | 113.3
                    content_hours_7d (hours) | 192.3
                    contribution (log-odds)  | 172.0
                    gradient boosting        | 132.7
                    1,000,000                | 76.3
                    \u22120.25                   | 46.0
                    100%                     | 42.9
                    WWW                      | 44.5
                    """)
    void textHasTheRoomThatItTakesInAWideFont(String text, double width) {
        assertThat(ChartText.width(text)).isBetween(width, 1.15 * width);
    }

    @Test
    void textIsCutBetweenCharactersWhereItHasNoRoom() {
        assertThat(ChartText.fitted("medium_intent", 200)).isEqualTo("medium_intent");
        assertThat(ChartText.fitted("medium_intent", 80)).isEqualTo("medium\u2026");
        assertThat(ChartText.fitted("\uD83C\uDFAC\uD83C\uDFAC", 50)).isEqualTo("\uD83C\uDFAC\u2026");
    }

    @Test
    void lengthsAreRoundedInDecimal() {
        assertThat(ChartSvg.number(0.1 + 0.2)).isEqualTo("0.3");
        assertThat(ChartSvg.number(120)).isEqualTo("120");
        assertThat(ChartSvg.number(-0.001)).isEqualTo("0");
        assertThat(ChartSvg.number(-1.255)).isEqualTo("-1.25");
    }
}
