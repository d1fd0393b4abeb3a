package io.conversion.model.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class DeLongTest {

    /**
     * numpy, from the definition over all pairs: {@code psi = (x[:,None] > z) + .5 * (x[:,None] == z)}, {@code var =
     * psi.mean(1).var(ddof=1) / m + psi.mean(0).var(ddof=1) / n}, the ends on the logit scale with scipy's norm.ppf.
     */
    @Test
    void agreesWithTheDefinition() {
        double[] scores = {.9, .8, .8, .7, .6, .6, .6, .3, .2, .1};
        boolean[] converted = {true, false, true, true, false, false, true, false, true, false};

        DeLong auc = DeLong.of(scores, converted);

        assertThat(auc.value()).isCloseTo(0.7, within(1e-15));
        assertThat(auc.variance()).isCloseTo(0.033, within(1e-15));
        assertThat(auc.interval(0.95).lower()).isCloseTo(0.2998199931297811, within(1e-12));
        assertThat(auc.interval(0.95).upper()).isCloseTo(0.9270850018880015, within(1e-12));
    }

    @Test
    void aPerfectRankingHasNoWidth() {
        DeLong auc = DeLong.of(new double[] {.1, .2, .8, .9}, new boolean[] {false, false, true, true});

        assertThat(auc.interval(0.95)).isEqualTo(new Interval(1, 1));
    }
}
