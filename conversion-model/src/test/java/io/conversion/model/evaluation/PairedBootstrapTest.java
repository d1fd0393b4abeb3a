package io.conversion.model.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.conversion.model.evaluation.ModelDifference.Difference;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PairedBootstrapTest {

    private final ParkMillerUsers users = new ParkMillerUsers(500);
    private final PairedBootstrap bootstrap =
            PairedBootstrap.of(users.converted).resamples(4000);

    /**
     * Differences and standard errors as {@code src/test/reference/evaluation.py} prints them, by DeLong's covariance and
     * by paired row differences. The width of a percentile interval of 4000 resamples has a standard error of 2 %.
     */
    @Test
    void intervalsAreAsWideAsLargeSampleTheorySays() {
        ModelDifference difference = bootstrap.difference(users.p, users.other);
        ModelDifference inside = bootstrap.difference(inside(users.p), inside(users.other));

        assertInterval(difference.rocAuc(), 0.10291577088452086, 0.02241237135048439);
        assertInterval(difference.brierScore(), -0.0174288, 0.008184470143153332);
        assertInterval(inside.logLoss(), -0.027920301668981715, 0.021364093002527687);
        assertThat(difference.rocAuc().isBeyondNoise()).isTrue();
        assertThat(inside.logLoss().isBeyondNoise()).isFalse();
    }

    private static double[] inside(double[] p) {
        return Arrays.stream(p).map(q -> 0.01 + 0.98 * q).toArray();
    }

    private static void assertInterval(Difference difference, double value, double standardError) {
        assertThat(difference.value()).isCloseTo(value, within(1e-13));
        double width = difference.interval().upper() - difference.interval().lower();
        assertThat(width / (2 * 1.96 * standardError)).isCloseTo(1, within(0.08));
        double middle = (difference.interval().upper() + difference.interval().lower()) / 2;
        assertThat(middle).isCloseTo(value, within(0.2 * standardError));
    }

    @Test
    void modelDoesNotDifferFromItself() {
        ModelDifference difference = bootstrap.difference(users.p, users.p);

        assertThat(difference.rocAuc()).isEqualTo(new Difference(0, new Interval(0, 0)));
        assertThat(difference.logLoss()).isEqualTo(new Difference(0, new Interval(0, 0)));
        assertThat(difference.rocAuc().isBeyondNoise()).isFalse();
    }

    @Test
    void turningModelsRoundTurnsTheDifferenceRound() {
        Difference one = bootstrap.difference(users.p, users.other).brierScore();
        Difference other = bootstrap.difference(users.other, users.p).brierScore();

        assertThat(other.value()).isEqualTo(-one.value());
        assertThat(other.interval().lower()).isCloseTo(-one.interval().upper(), within(1e-15));
    }

    @Test
    void sameSeedGivesTheSameBits() {
        assertThat(bootstrap.seed(3).difference(users.p, users.other))
                .isEqualTo(bootstrap.seed(3).difference(users.p, users.other))
                .isNotEqualTo(bootstrap.seed(4).difference(users.p, users.other));
    }

    @Test
    void probabilitiesThatDoNotMatchTheUsersAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> bootstrap.difference(users.p, new double[3]))
                .withMessage("3 probabilities do not match 500 outcomes");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PairedBootstrap.of(new boolean[3]))
                .withMessage("the users are all of one outcome; both are needed");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> bootstrap.resamples(10))
                .withMessage("there are 10 resamples; at least 100 are needed");
    }
}
