package io.conversion.experiments.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.conversion.experiments.Refusal;
import java.util.List;
import org.junit.jupiter.api.Test;

class RandomisedUsersTest {

    private static final BudgetPath PATH = BudgetPath.of(ActionGains.of(
            List.of("offer", "call"), new double[] {1, 2}, new double[][] {{4, 3, 2, 1}, {-1, -1, -1, -1}}));

    @Test
    void gainIsTheMeanOfWeightedOutcomes() {
        RandomisedUsers users = RandomisedUsers.of(new int[] {0, -1, 0, -1}, new double[] {1, 1, 0, 0}, 0.5, 0.4, 0.1);

        SpendGain gain = users.gain(PATH, 0.75);

        // The first three get the offer: 1 / 0.4, -1 / 0.5 and 0; the last one's action changes nothing.
        assertThat(gain).isInstanceOfSatisfying(SpendGain.Measured.class, measured -> {
            assertThat(measured.gain()).isCloseTo((2.5 - 2) / 4, within(1e-15));
            double mean = 0.125;
            double squares = (2.5 - mean) * (2.5 - mean) + (2 + mean) * (2 + mean) + 2 * mean * mean;
            assertThat(measured.standardError()).isCloseTo(Math.sqrt(squares / 3 / 4), within(1e-15));
            assertThat(measured.difference().fixed(0.05).lower()).isLessThan(0);
        });
    }

    @Test
    void actionThatNobodyGotIsRefused() {
        RandomisedUsers users = RandomisedUsers.of(new int[] {1, -1, 1, -1}, new double[] {1, 1, 0, 0}, 0.5, 0.4, 0.1);

        assertThat(users.gain(PATH, 0.75))
                .isEqualTo(new SpendGain.Refused(new Refusal(
                        "no_support",
                        "none of the randomised users got action \"offer\", so that nothing is known of what it changes",
                        "give action \"offer\" to a share of users at random, or leave it out of the path")));
    }

    @Test
    void oneClusterHasNoError() {
        RandomisedUsers users = RandomisedUsers.of(new int[] {0, -1, 0, -1}, new double[] {1, 1, 0, 0}, 0.5, 0.4, 0.1)
                .clusters(7, 7, 7, 7);

        assertThat(users.gain(PATH, 0.75))
                .isInstanceOfSatisfying(
                        SpendGain.Refused.class,
                        refused -> assertThat(refused.refusal().code()).isEqualTo("one_cluster"));
    }

    @Test
    void sharesOutOfRangeAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RandomisedUsers.of(new int[] {0}, new double[] {1}, 0.5, 0.6))
                .withMessage("the shares of users add up to 1.1; expected at most 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RandomisedUsers.of(new int[] {1}, new double[] {1}, 0.5, 0.5))
                .withMessage(
                        "row 0 got action 1 with outcome 1.0; expected an action from -1 to 0 and a finite outcome");
    }
}
