package io.conversion.model.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.conversion.model.evaluation.Interval;
import java.util.List;
import org.junit.jupiter.api.Test;

class SkillBootstrapTest {

    /**
     * numpy: {@code k = arange(1000); q = (k % 10 + .5) / 10; y = (k * 7919 % 1000) / 1000 < q}; skill 0.27312842086904243;
     * the quantiles of 20,000 resamples by {@code default_rng(0)}. The tolerance is that of the resampling.
     */
    @Test
    void agreesWithNumpy() {
        double[] probabilities = new double[1000];
        boolean[] outcomes = new boolean[1000];
        for (int k = 0; k < 1000; k++) {
            probabilities[k] = (k % 10 + 0.5) / 10;
            outcomes[k] = (k * 7919 % 1000) / 1000.0 < probabilities[k];
        }
        SkillBootstrap bootstrap =
                SkillBootstrap.of(List.of(HorizonFigures.losses(probabilities, outcomes)), outcomes, 5000, 1);

        HorizonFigures figures = HorizonFigures.of(probabilities, outcomes, bootstrap.skill(0, 0.95), 0.95);

        assertThat(figures.events()).isEqualTo(500);
        assertThat(figures.skill()).isCloseTo(0.27312842086904243, within(1e-14));
        assertThat(figures.skillInterval().lower()).isCloseTo(0.22648893, within(0.003));
        assertThat(figures.skillInterval().upper()).isCloseTo(0.31804042, within(0.003));
    }

    @Test
    void allModelsSeeTheSameResamples() {
        boolean[] outcomes = {true, false, false, true, false};
        double[] losses = {0.3, 0.4, 0.1, 0.9, 0.2};

        SkillBootstrap bootstrap = SkillBootstrap.of(List.of(losses, losses.clone()), outcomes, 300, 1);

        assertThat(bootstrap.difference(0, 1, 0.95)).isEqualTo(new Interval(0, 0));
        assertThat(bootstrap.share(0, 1, 0.95)).isEqualTo(new Interval(1, 1));
    }
}
