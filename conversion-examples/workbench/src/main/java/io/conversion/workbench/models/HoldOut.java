package io.conversion.workbench.models;

import io.conversion.model.TrainingResult;
import io.conversion.model.data.CsvDataSet;
import io.conversion.model.data.DataSet;
import io.conversion.model.data.TimeSplit;
import io.conversion.model.evaluation.Evaluation;
import io.conversion.workbench.console.Numbers;
import io.conversion.workbench.console.PathConverter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The rows to train on, and those to measure on.
 *
 * @param training the training rows
 * @param rows the hold-out; null if there is none
 * @param described the hold-out or what stands in for it, as the end of a sentence
 */
record HoldOut(DataSet training, @Nullable DataSet rows, String described) {

    private static final String FIFTH = "fifth";

    /** The file that the option names; empty if it names none. */
    static Optional<Path> file(@Nullable String option) {
        return option == null || option.equals(FIFTH)
                ? Optional.empty()
                : Optional.of(new PathConverter().convert(option));
    }

    static boolean isFifth(@Nullable String option) {
        return FIFTH.equals(option);
    }

    static HoldOut of(@Nullable String option, DataSet users, CsvDataSet.Options read) throws IOException {
        if (option == null) {
            return new HoldOut(
                    users, null, "training users, each scored by a fit that had not seen it" + ofGroup(users));
        } else if (isFifth(option)) {
            return new HoldOut(
                    users.training(),
                    users.holdout(),
                    "users of a hold-out, every fifth " + users.groupColumn().orElse("row")
                            + ", that no choice has seen");
        }
        Path file = new PathConverter().convert(option);
        DataSet rows = CsvDataSet.read(file, read.schema(users.schema()));
        return new HoldOut(users, rows, "users of " + file.getFileName() + ", that no choice has seen");
    }

    private static String ofGroup(DataSet users) {
        return users.groupColumn().map(column -> " or its " + column).orElse("");
    }

    /** The rows from a day on, to measure on. */
    static HoldOut from(LocalDate day, String column, DataSet users, PrintWriter out) {
        TimeSplit split = users.splitAt(column, day);
        if (split.leftOut() > 0) {
            out.println(Numbers.count(split.leftOut(), "row") + " from " + day + " on left out, whose "
                    + users.groupColumn().orElse("group") + " has earlier rows");
        }
        return new HoldOut(split.training(), split.holdout(), "users from " + day + " on, that no choice has seen");
    }

    Optional<DataSet> holdOut() {
        return Optional.ofNullable(rows);
    }

    /** What a training says of rows that its fit has not seen; empty if there are too few of an outcome. */
    static Optional<Evaluation> outOfFold(TrainingResult result) {
        return result.outOfFold().map(scored -> Evaluation.ofLogOdds(scored.logOdds(), scored.converted()));
    }
}
