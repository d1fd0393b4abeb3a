package io.conversion.model.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FoldsTest {

    @Test
    void byPositionTakesEveryKthRow() {
        Folds folds = Folds.byPosition(7, 3);

        assertThat(IntStream.range(0, 7).map(folds::of)).containsExactly(0, 1, 2, 0, 1, 2, 0);
        assertThat(folds.count()).isEqualTo(3);
        assertThat(folds.rows()).isEqualTo(7);
        assertThat(folds).hasToString("3 folds of 7 rows, from [3, 2, 2]");
    }

    /** A golden value: folds must not change between releases, or no cross-validation could be repeated. */
    @Test
    void stratifiedFoldsOfASeedStayTheSame() {
        Folds folds = Folds.stratified(new boolean[] {true, false, false, true, false, true, false, false}, 3, 7);

        assertThat(IntStream.range(0, 8).map(folds::of)).containsExactly(0, 1, 2, 2, 0, 1, 1, 0);
    }

    @Test
    void impossibleFoldsAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Folds.byPosition(7, 1))
                .withMessage("the number of folds is 1; it must be at least 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Folds.byPosition(2, 3))
                .withMessage("2 rows cannot be dealt into 3 folds; use fewer folds");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Folds.byPosition(7, 3).holdout(3))
                .withMessage("there is no fold 3; the 3 folds are counted from 0");
        assertThatExceptionOfType(InvalidDataException.class)
                .isThrownBy(() -> Folds.stratified(new boolean[] {true, false, true, true}, 2, 1))
                .withMessage("2 folds need at least 2 rows of each outcome, but there are 3 positives and 1 negatives;"
                        + " use fewer folds or more rows");
    }
}
