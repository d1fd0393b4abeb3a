package io.conversion.model.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalSchema;
import io.conversion.model.TimeSplit;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
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

    @Test
    void rollingOriginTrainsOnThePastOnly() {
        DataSet users = users("2026-01-01", "2026-01-02", "2026-01-03", "2026-01-04", "2026-01-05", "2026-01-06");

        List<TimeSplit> splits = TimeSplit.rollingOrigin(users, "day", 2, 1);

        assertThat(splits)
                .hasToString("[training before 2026-01-02, hold-out from 2026-01-03 to the day before 2026-01-05,"
                        + " training before 2026-01-04, hold-out from 2026-01-05 to the day before 2026-01-07]");
        assertThat(IntStream.range(0, 6).filter(splits.get(1).training())).containsExactly(0, 1, 2);
        assertThat(IntStream.range(0, 6).filter(splits.get(1).holdout())).containsExactly(4, 5);
        assertThat(splits.get(0).trainingEnd()).isEqualTo("2026-01-02");
        assertThat(splits.get(0).holdoutStart()).isEqualTo("2026-01-03");
        assertThat(splits.get(0).holdoutEnd()).isEqualTo("2026-01-05");
    }

    @Test
    void orderOfTheRowsDoesNotMatterToASplitByTime() {
        DataSet users = users("2026-03-01", "2026-01-01", "2026-02-01");

        TimeSplit split = TimeSplit.at(users, "day", LocalDate.of(2026, 2, 1), LocalDate.of(2026, 3, 1), 0);

        assertThat(IntStream.range(0, 3).filter(split.training())).containsExactly(1);
        assertThat(IntStream.range(0, 3).filter(split.holdout())).containsExactly(2);
    }

    @Test
    void impossibleSplitsByTimeAreRefused() {
        DataSet users = users("2026-01-01", "2026-01-01", "2026-01-09");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> TimeSplit.rollingOrigin(users, "day", 0, 0))
                .withMessage("the number of splits is 0; it must be at least 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TimeSplit.rollingOrigin(users, "day", 1, -1))
                .withMessage("the gap is -1 days; it must be at least 0");
        LocalDate day = LocalDate.of(2026, 1, 5);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TimeSplit.at(users, "day", day, day, 0))
                .withMessage("the hold-out starts on 2026-01-05, not before its end on 2026-01-05");
        assertThatExceptionOfType(InvalidDataException.class)
                .isThrownBy(() -> TimeSplit.rollingOrigin(users, "day", 9, 0))
                .withMessage("attribute \"day\" spans 9 days, too few for 9 splits; ask for fewer");
        assertThatExceptionOfType(InvalidDataException.class)
                .isThrownBy(() -> TimeSplit.rollingOrigin(users, "day", 2, 0))
                .withMessage("there is no row from 2026-01-04 to the day before 2026-01-07; choose other days, fewer"
                        + " splits or a shorter gap");
        assertThatExceptionOfType(InvalidDataException.class)
                .isThrownBy(() -> TimeSplit.rollingOrigin(users("2026-01-01", "soon"), "day", 1, 0))
                .withMessage("attribute \"day\" is \"soon\" in row 1; it must be a date such as 2026-11-24");
    }

    private static DataSet users(String... days) {
        DataSet.Builder users = DataSet.builder(SignalSchema.of("numbers", "1", Signal.numeric("x")), List.of("day"));
        for (String day : days) {
            users.add(Map.of("x", 1), Map.of("day", day), true);
        }
        return users.build("converted");
    }
}
