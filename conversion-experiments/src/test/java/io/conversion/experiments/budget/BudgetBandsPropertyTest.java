package io.conversion.experiments.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.conversion.policy.ModelRequirement;
import io.conversion.policy.Policy;
import io.conversion.policy.economics.ActionBands;
import io.conversion.policy.economics.ActionEconomics;
import io.conversion.policy.economics.Economics;
import io.conversion.policy.economics.Effect;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class BudgetBandsPropertyTest {

    private static final Economics ECONOMICS = Economics.of(
            40,
            "nothing",
            new ActionEconomics("nudge", 0.05, 0, new Effect.LogOdds(0.1, "a guess")),
            new ActionEconomics("call", 1.5, 0, new Effect.LogOdds(0.5, "a guess")),
            new ActionEconomics("offer", 0.05, 8, new Effect.Relative(0.5, "a test")));

    /** Few distinct probabilities, so that many users are tied. */
    private static double[] users(Random random) {
        int levels = 1 + random.nextInt(60);
        double[] users = new double[1 + random.nextInt(400)];
        Arrays.setAll(users, user -> random.nextInt(levels + 1) / (double) levels);
        return users;
    }

    private static BigDecimal spent(Policy policy, double[] users) {
        BigDecimal sum = BigDecimal.ZERO;
        for (double p : users) {
            String action = ActionBands.of(policy).actionAt(p);
            if (!action.equals("nothing")) {
                double cost = ECONOMICS.actions().stream()
                        .filter(of -> of.action().equals(action))
                        .findFirst()
                        .orElseThrow()
                        .cost(p);
                sum = sum.add(new BigDecimal(cost));
            }
        }
        return sum;
    }

    @Property(tries = 300)
    void aPolicyNeverSpendsMoreThanItMayTiesIncluded(
            @ForAll Random random, @ForAll @DoubleRange(min = 0, max = 800) double budget) {
        double[] users = users(random);

        BudgetBands bands = BudgetBands.of(ECONOMICS, users, budget);
        Policy policy = bands.candidate("spend", "1", ModelRequirement.named("trial"));

        assertThat(spent(policy, users))
                .isEqualByComparingTo(bands.spent())
                .isLessThanOrEqualTo(new BigDecimal(budget));
        assertThat(bands.gain()).isGreaterThanOrEqualTo(0);
    }

    @Property(tries = 200)
    void moreBudgetGainsNoLessAndPathIsNotBeaten(
            @ForAll Random random, @ForAll @DoubleRange(min = 0, max = 400) double budget) {
        double[] users = users(random);

        BudgetBands some = BudgetBands.of(ECONOMICS, users, budget);
        BudgetBands more = BudgetBands.of(ECONOMICS, users, 2 * budget);

        assertThat(more.gain()).isGreaterThanOrEqualTo(some.gain() - 1e-9);
        double best = some.path().at(budget / users.length).gain() * users.length;
        assertThat(some.gain()).isLessThanOrEqualTo(best + 1e-9 * (1 + best));
    }

    @Property(tries = 100)
    void aBudgetForEverythingGivesEachUserTheBestAction(@ForAll Random random) {
        double[] users = users(random);

        BudgetBands bands = BudgetBands.of(ECONOMICS, users, 1e9);

        double best = Arrays.stream(users)
                .map(p -> ECONOMICS.actions().stream()
                        .mapToDouble(action -> ECONOMICS.gain(action.action(), p))
                        .max()
                        .orElseThrow())
                .map(gain -> Math.max(0, gain))
                .sum();
        assertThat(bands.gain()).isCloseTo(best, within(1e-9 * (1 + best)));
    }

    @Test
    void aBudgetBeyondACapacityIsRefused() {
        double[] users = new double[100];
        Arrays.fill(users, 0.5);

        assertThatThrownBy(() -> BudgetBands.of(ECONOMICS.withCapacity("offer", 1, 100), users, 1e6))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("users, but its capacity is 1; a budget is spent without regard to capacities");
        assertThatThrownBy(() -> BudgetBands.of(ECONOMICS, users, -1))
                .hasMessage("the budget is -1.0; expected a finite number of at least 0");
        assertThatThrownBy(() -> BudgetBands.of(ECONOMICS, new double[0], 1))
                .hasMessage("there is no user to spend a budget on; give at least one");
        assertThat(BudgetBands.of(ECONOMICS, users, 0).bands().bands()).hasSize(1);
    }
}
