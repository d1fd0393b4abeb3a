package io.conversion.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class GroupsTest {

    /** Users who convert by their probability, and those who are treated by what the effect adds. */
    private static Readout readout(DoubleUnaryOperator effect, long seed) {
        Random random = new Random(seed);
        int users = 40_000;
        int[] arm = new int[users];
        double[] probability = new double[users];
        double[] converted = new double[users];
        for (int user = 0; user < users; user++) {
            arm[user] = random.nextInt(2);
            probability[user] = 0.1 + 0.5 * random.nextDouble();
            double chance = probability[user] + (arm[user] == 1 ? effect.applyAsDouble(probability[user]) : 0);
            converted[user] = random.nextDouble() < chance ? 1 : 0;
        }
        UserTable table =
                UserTable.of(List.of("A", "B"), arm, Map.of("converted", converted, "probability", probability));
        return Readout.of(
                ReadoutPlan.builder("groups", "A", Metric.of("converted", Metric.Kind.PROPORTION))
                        .shares(Map.of("A", 0.5, "B", 0.5))
                        .covariates(List.of("probability"))
                        .build(),
                table);
    }

    @Test
    void effectThatDiffersIsGivenByGroup() {
        GroupsReadout groups = readout(p -> p > 0.5 ? 0.1 : 0, 1).groups().get(0);

        assertThat(groups.pValue()).isLessThan(0.05);
        assertThat(groups.groups()).hasSize(5);
        for (int group = 0; group < 5; group++) {
            EffectReadout effect = groups.groups().get(group).effect();
            double truth = group == 4 ? 0.1 : 0;
            assertThat(effect.anytime().excludes(truth)).as("group %s", group).isFalse();
            assertThat(groups.groups().get(group).users()).isBetween(7999L, 8001L);
        }
        assertThat(groups.together().estimate())
                .isEqualTo(0.02, within(4 * groups.together().standardError()));
    }

    @Test
    void effectsOfGroupsAreNotGivenWhereTheyAreNotShownToDiffer() {
        Readout readout = readout(p -> 0.03, 2);

        assertThat(readout.groups().get(0).groups()).isEmpty();
        assertThat(readout.toHtml())
                .contains("That the effect differs between users by &quot;probability&quot; is not shown");
    }

    @Test
    void groupsTakeAwayWhatUsersDifferInBefore() {
        Readout readout = readout(p -> 0, 3);
        double plain = Objects.requireNonNull(
                        readout.metrics().get(0).comparisons().get(0).best())
                .standardError();

        // Groups of a fifth leave a twenty-fifth of the variance of the covariate.
        assertThat(readout.groups().get(0).together().standardError()).isEqualTo(plain, within(0.01 * plain));
    }
}
