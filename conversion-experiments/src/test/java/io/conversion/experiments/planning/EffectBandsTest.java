package io.conversion.experiments.planning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.conversion.experiments.planning.EffectBands.Band;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EffectBandsTest {

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
            probability, effect
            0, 0
            0.0999999, 0
            0.1, 0.01
            0.3999999, 0.01
            0.4, -0.03
            1, -0.03
            """)
    void aBoundBelongsToTheUpperBand(double probability, double effect) {
        assertThat(EffectBands.parse("0.1:0.01, 0.4:-0.03").applyAsDouble(probability))
                .isEqualTo(effect);
    }

    @Test
    void aNumberIsTheEffectOnEverybody() {
        assertThat(EffectBands.parse("0.02")).isEqualTo(EffectBands.of(0.02));
        assertThat(EffectBands.of(0.02).applyAsDouble(0)).isEqualTo(0.02);
    }

    @Test
    void textIsReadAgain() {
        EffectBands bands = new EffectBands(List.of(new Band(0, 0.01), new Band(0.4, 0.03)));

        assertThat(EffectBands.parse(bands.toString())).isEqualTo(bands);
        assertThat(bands).hasToString("0.0:0.01,0.4:0.03");
    }

    @Test
    void whatIsNoListOfEffectsIsRefused() {
        for (String text : List.of("", "x", "0.1,0.2", "0:0.1,", "0.1:", ":0.1", "0.1:0.2:0.3")) {
            assertThatThrownBy(() -> EffectBands.parse(text))
                    .hasMessageEndingWith("\"" + text
                            + "\" is no list of effects; give one such as 0.02, or bounds with the effect from each on such as"
                            + " 0:0.01,0.4:0.03");
        }
        assertThatThrownBy(() -> EffectBands.parse("0.4:0.1,0.4:0.2"))
                .hasMessage("an effect from 0.4 on comes after one from 0.4 on; list bounds in ascending order");
        for (String text : List.of("NaN", "2", "1:0.1", "-0.1:0.1", "0:Infinity")) {
            assertThatThrownBy(() -> EffectBands.parse(text))
                    .hasMessageEndingWith(
                            "is out of range; a bound must be from 0 to below 1 and an effect from -1 to 1");
        }
    }
}
