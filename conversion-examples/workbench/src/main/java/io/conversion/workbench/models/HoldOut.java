package io.conversion.workbench.models;

import io.conversion.model.TrainingResult;
import io.conversion.model.data.CsvDataSet;
import io.conversion.model.data.DataSet;
import io.conversion.model.data.TimeSplit;
import io.conversion.model.evaluation.Evaluation;
import io.conversion.workbench.console.Numbers;
import io.conversion.workbench.console.PathConverter;
import io.conversion.workbench.console.RefusedInputException;
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

    private static final double FIFTH_OF_ROWS = 0.2;

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
        return of(users.splitAt(column, day), users, out);
    }

    private static HoldOut of(TimeSplit split, DataSet users, PrintWriter out) {
        if (split.leftOut() > 0) {
            out.println(Numbers.count(split.leftOut(), "row") + " from " + split.day() + " on left out, whose "
                    + users.groupColumn().orElse("group") + " has earlier rows");
        }
        return new HoldOut(
                split.training(), split.holdout(), "users from " + split.day() + " on, that no choice has seen");
    }

    /** A fifth of the rows, by what they hold. */
    static HoldOut by(Split split, DataSet users, PrintWriter out) {
        if (split instanceof Split.Time time) {
            return of(users.splitLatest(time.name(), FIFTH_OF_ROWS), users, out);
        } else if (split instanceof Split.Group group) {
            return notEmpty(users.training(), users.holdout(), "every fifth " + group.name(), out);
        }
        double[] places = split.column().map(users::places).orElseGet(users::places);
        long withoutKey = split.column().stream()
                .flatMap(column -> users.attribute(column).stream())
                .filter(String::isEmpty)
                .count();
        if (withoutKey > 0) {
            out.println(Numbers.count(withoutKey, "row") + " without "
                    + split.column().orElse("a key") + ", which fall on one side");
        }
        return notEmpty(
                users.rows(row -> places[row] >= FIFTH_OF_ROWS),
                users.rows(row -> places[row] < FIFTH_OF_ROWS),
                "drawn by a hash of " + split.column().orElse("the signals"),
                out);
    }

    private static HoldOut notEmpty(DataSet training, DataSet holdout, String which, PrintWriter out) {
        if (training.rows() == 0 || holdout.rows() == 0) {
            throw new RefusedInputException("--split: all " + Numbers.count(training.rows() + holdout.rows(), "row")
                    + " fall on one side, " + which + "; too few of them differ");
        }
        out.println("held out: " + Numbers.count(holdout.rows()) + " of "
                + Numbers.count(training.rows() + holdout.rows(), "row") + ", " + which);
        return new HoldOut(training, holdout, "users of a hold-out, " + which + ", that no choice has seen");
    }

    Optional<DataSet> holdOut() {
        return Optional.ofNullable(rows);
    }

    /** What a training says of rows that its fit has not seen; empty if there are too few of an outcome. */
    static Optional<Evaluation> outOfFold(TrainingResult result) {
        return result.outOfFold().map(scored -> Evaluation.ofLogOdds(scored.logOdds(), scored.converted()));
    }
}
