package io.conversion.policy.economics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class PopulationTest {

    @Test
    void usersOfOneProbabilityCountTogether() {
        Population population =
                Population.ofHistogram("p", new double[] {0.5, -0.0, 0.5, 0, 0.7}, new int[] {2, 1, 3, 4, 0});

        assertThat(population.probabilities()).containsExactly(0, 0.5);
        assertThat(population.users()).containsExactly(5, 5);
        assertThat(population).hasToString("\"p\" (10 users)");
    }

    @Test
    void whatIsNoPopulationIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Population.of("p", 0.5, Double.NaN))
                .withMessage("population \"p\": at 1, 1 users have the probability NaN; expected at least 0 users and a"
                        + " probability from 0 to 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Population.of("p"))
                .withMessage("population \"p\" has no user; expected 1 to 100000000");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Population.ofHistogram("p", new double[] {0.5}, new int[] {100_000_001}))
                .withMessage("population \"p\" has more than 100000000 users; expected 1 to 100000000");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Population.ofHistogram("p", new double[] {0.5}, new int[0]))
                .withMessage(
                        "population \"p\" has 1 probabilities and 0 numbers of users; give one number of users for each");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Population.of("p", 0.5).halves(1))
                .withMessage("population \"p\" has one user, and two are needed to tune and report on others");
    }

    @Test
    void capacityFollowsTheSizeOfThePopulation() {
        Capacity capacity = new Capacity("offer", 500, 10_000);

        assertThat(capacity.allowedOf(10_000)).isEqualTo(500);
        assertThat(capacity.allowedOf(39)).isEqualTo(1);
        assertThat(capacity.allowedOf(19)).isZero();
    }

    @Test
    void bandsWithAGapAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new ActionBands(List.of(new ActionBand(0, 0.4, "wait"), new ActionBand(0.5, 1, "offer"))))
                .withMessage("band [0.5, 1.0) does not go on where the one before ends, at 0.4, up to at most 1; give"
                        + " bands without gaps");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ActionBands(List.of(new ActionBand(0, 0.4, "wait"))))
                .withMessage("the bands end at 0.4; expected bands from 0 to 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ActionBands(List.of(new ActionBand(0, 1, "wait"))).actionAt(Double.NaN))
                .withMessage("NaN is no probability; expected a number from 0 to 1");
    }
}
