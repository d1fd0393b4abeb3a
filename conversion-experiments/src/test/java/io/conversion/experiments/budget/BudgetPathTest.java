package io.conversion.experiments.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class BudgetPathTest {

    private static final int A = 0;
    private static final int B = 1;
    private static final int ALICE = 0;
    private static final int BOB = 1;
    private static final int EVE = 2;

    /** The example of {@code REFERENCE.md} of the R package maq: Alice, Bob and Eve, A costs 3 and B costs 6. */
    private static final ActionGains MAQ =
            ActionGains.of(List.of("A", "B"), new double[] {3, 6}, new double[][] {{30, 40, 10}, {10, 50, 55}});

    private static final Offset<Double> ROUNDING = within(1e-14);

    @Test
    void exampleOfMaqComesOut() {
        BudgetPath path = BudgetPath.of(MAQ);

        assertThat(path.steps()).isEqualTo(4);
        assertStep(path.step(0), BOB, BudgetStep.NOTHING, A, 1, 40.0 / 3, 40.0 / 3);
        assertStep(path.step(1), ALICE, BudgetStep.NOTHING, A, 2, 70.0 / 3, 10);
        assertStep(path.step(2), EVE, BudgetStep.NOTHING, B, 4, 125.0 / 3, 55.0 / 6);
        assertStep(path.step(3), BOB, A, B, 5, 45, 10.0 / 3);
        assertThat(path.mostSpend()).isEqualTo(5);
    }

    private static void assertStep(BudgetStep step, int row, int from, int to, double spend, double gain, double unit) {
        assertThat(List.of(step.row(), step.from(), step.to())).containsExactly(row, from, to);
        assertThat(step.spend()).isEqualTo(spend);
        assertThat(step.gain()).isCloseTo(gain, ROUNDING);
        assertThat(step.perUnit()).isCloseTo(unit, ROUNDING);
    }

    @Test
    void budgetThatEndsWithinAStepPaysAPart() {
        BudgetPoint point = BudgetPath.of(MAQ).at(2.5);

        // A quarter of Eve's six.
        assertThat(point.share()).isCloseTo(0.25, ROUNDING);
        assertThat(point.partial()).map(BudgetStep::row).contains(EVE);
        assertThat(point.spend()).isEqualTo(2.5);
        assertThat(point.gain()).isCloseTo((70 + 0.25 * 55) / 3, ROUNDING);
        assertThat(point.perUnit()).isCloseTo(55.0 / 6, ROUNDING);
        assertThat(point.nothing()).isEqualTo(1);
        assertThat(point.users()).containsExactly(2L, 0L);
    }

    @Test
    void nothingMoreIsWorthSpendingAtTheEnd() {
        BudgetPath path = BudgetPath.of(MAQ);

        BudgetPoint point = path.at(1000);

        assertThat(point).isEqualTo(new BudgetPoint(5, 45, 0, 0, List.of(1L, 2L), null, 0));
        assertThat(path.actions(1000)).containsExactly(A, B, B);
        assertThat(path.at(0).users()).containsExactly(0L, 0L);
        assertThat(path.at(0).gain()).isZero();
        assertThat(path.at(0).perUnit()).isCloseTo(40.0 / 3, ROUNDING);
    }

    @Test
    void tiesGoByRowAndThenByTheActionListedFirst() {
        BudgetPath path = BudgetPath.of(ActionGains.of(
                List.of("x", "y"), new double[] {2, 2}, new double[][] {{4, 4, 4}, {4, 4, 5}}));

        assertThat(List.of(path.step(0).row(), path.step(1).row(), path.step(2).row()))
                .containsExactly(2, 0, 1);
        assertThat(List.of(path.step(0).to(), path.step(1).to(), path.step(2).to()))
                .containsExactly(1, 0, 0);
    }

    @Test
    void nothingThatGainsIsAPathOfNoSteps() {
        BudgetPath path = BudgetPath.of(ActionGains.of(List.of("x"), new double[] {1}, new double[][] {{-1, 0}}));

        assertThat(path.steps()).isZero();
        assertThat(path.mostSpend()).isZero();
        assertThat(path.at(1)).isEqualTo(new BudgetPoint(0, 0, 0, 2, List.of(0L), null, 0));
    }

    @Test
    void costsOfEachUserCount() {
        BudgetPath path =
                BudgetPath.of(ActionGains.ofEachUser(List.of("x"), new double[][] {{1, 4}}, new double[][] {{1, 8}}));

        assertThat(path.step(0)).isEqualTo(new BudgetStep(1, BudgetStep.NOTHING, 0, 2, 4, 2));
        assertThat(path.step(1)).isEqualTo(new BudgetStep(0, BudgetStep.NOTHING, 0, 2.5, 4.5, 1));
    }

    @Test
    void whatDoesNotFitIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ActionGains.of(List.of("x"), new double[] {0}, new double[][] {{1}}))
                .withMessage(
                        "action 0 costs 0.0 for a user; expected a finite number above 0: what costs nothing needs no"
                                + " budget");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ActionGains.of(List.of("x"), new double[] {1}, new double[][] {{Double.NaN}}))
                .withMessage("action 0 gains NaN for a user; expected a finite number");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ActionGains.of(List.of("x", "x"), new double[] {1, 1}, new double[][] {{1}, {1}}))
                .withMessageStartingWith("actions [x, x] with 2 costs and 2 lists of gains; give");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MAQ.counts(1, 0, 1))
                .withMessage("a row stands for 0 users; expected at least 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BudgetPath.of(MAQ).at(-1))
                .withMessage("the budget is -1.0; expected a number of at least 0");
    }
}
