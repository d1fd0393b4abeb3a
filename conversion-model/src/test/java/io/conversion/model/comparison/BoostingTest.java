package io.conversion.model.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.conversion.model.data.DataSet;
import io.conversion.model.fit.Logistic;
import org.junit.jupiter.api.Test;
import smile.classification.GradientTreeBoost;
import smile.data.formula.Formula;

class BoostingTest {

    private final DataSet users = ComparedUsers.interacting(500, 1);
    private final TreeRows rows = TreeColumns.of(users).rows(users);

    /** Smile's trees add to half the log-odds, and it keeps the start to itself. */
    @Test
    void logOddsAreThoseOfSmilesProbabilities() {
        GradientTreeBoost smile =
                GradientTreeBoost.fit(Formula.lhs(TreeColumns.OUTCOME), rows.labelled(), 20, 4, 4, 20, 0.1, 1);

        double[] logOdds = rows.map(new Boosting(20, 4).grow(rows));

        for (int row = 0; row < users.rows(); row++) {
            double[] probabilities = new double[2];
            smile.predict(rows.labelled().get(row), probabilities);
            assertThat(Logistic.probability(logOdds[row])).isCloseTo(probabilities[1], within(1e-12));
        }
    }

    @Test
    void trialKeepsAsManyTreesAsTheHeldOutRowsGainFrom() {
        DataSet held = ComparedUsers.interacting(500, 2);
        TreeRows heldRows = TreeColumns.of(users).rows(held);

        TreeTrial trial = new Boosting(200, 16).trial(rows, heldRows);

        Boosting settled = (Boosting) trial.recipe();
        assertThat(settled.trees()).isBetween(2, 199);
        assertThat(heldRows.map(trial.trees())).containsExactly(heldRows.map(settled.grow(rows)), within(1e-12));
    }
}
