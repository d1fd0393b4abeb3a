package io.conversion.model.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Objects;
import org.junit.jupiter.api.Test;

class RocAucTest {

    /**
     * numpy, from the definition over all pairs: {@code psi = (x[:,None] > z) + .5 * (x[:,None] == z)}, {@code var =
     * psi.mean(1).var(ddof=1) / m + psi.mean(0).var(ddof=1) / n}, the ends on the logit scale with scipy's norm.ppf.
     */
    @Test
    void areaAndIntervalAgreeWithTheDefinition() {
        double[] scores = {.9, .8, .8, .7, .6, .6, .6, .3, .2, .1};
        boolean[] converted = {true, false, true, true, false, false, true, false, true, false};

        RocAuc auc = RocAuc.of(scores, converted, 0.95);

        assertThat(Objects.requireNonNull(RankedOutcomes.of(scores, converted)).variance())
                .isCloseTo(0.033, within(1e-15));
        assertThat(auc.value()).isCloseTo(0.7, within(1e-15));
        assertThat(auc.lower()).isCloseTo(0.2998199931297811, within(1e-12));
        assertThat(auc.upper()).isCloseTo(0.9270850018880015, within(1e-12));
    }

    /** The numbers that {@code src/test/reference/evaluation.py} prints. */
    @Test
    void areaAndIntervalAgreeOnManyTiedUsers() {
        ParkMillerUsers users = new ParkMillerUsers(500);

        RocAuc auc = RocAuc.of(users.p, users.converted, 0.95);

        assertThat(auc.value()).isCloseTo(0.726504914004914, within(1e-14));
        assertThat(auc.lower()).isCloseTo(0.6742589714221847, within(1e-12));
        assertThat(auc.upper()).isCloseTo(0.7731899018615528, within(1e-12));
    }

    @Test
    void intervalOfAPerfectRankingIsAsWideAsItsFewRowsAre() {
        RocAuc auc = RocAuc.of(new double[] {.1, .2, .8, .9}, new boolean[] {false, false, true, true}, 0.95);

        assertThat(auc.value()).isEqualTo(1);
        assertThat(auc.upper()).isEqualTo(1);
        // Wilson's lower end of 2 of 2: n / (n + z^2).
        assertThat(auc.lower()).isCloseTo(2 / (2 + 1.959963984540054 * 1.959963984540054), within(1e-12));
    }

    @Test
    void zerosOfEitherSignAreTied() {
        RocAuc auc = RocAuc.of(new double[] {-0.0, 0.0}, new boolean[] {true, false}, 0.95);

        assertThat(auc.value()).isEqualTo(0.5);
    }

    @Test
    void scoreThatIsNoNumberIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RocAuc.of(new double[] {Double.NaN, 0}, new boolean[] {true, false}, 0.95))
                .withMessage("a score is NaN; every score must be a number");
    }

    @Test
    void bothOutcomesAreNeeded() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RocAuc.of(new double[] {1, 0}, new boolean[] {true, true}, 0.95))
                .withMessage("the users are all of one outcome; both are needed");
    }
}
