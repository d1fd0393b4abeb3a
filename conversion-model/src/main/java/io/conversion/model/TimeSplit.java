package io.conversion.model;

import io.conversion.model.data.DataSet;
import io.conversion.model.data.InvalidDataException;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * One split of a data set by time: a model is trained on the users of the past and evaluated on those of the period that
 * follows, as it will be used.
 *
 * <p>A row belongs to the training rows if its date lies before {@link #trainingEnd()}, and to the hold-out if it lies
 * from {@link #holdoutStart()} up to the day before {@link #holdoutEnd()}. Rows between {@code trainingEnd} and
 * {@code holdoutStart}, the gap, belong to neither: their outcomes were not known yet when the model would have been
 * trained, if the gap is as long as the label window. Immutable and safe to share between threads.
 */
public final class TimeSplit {

    private final LocalDate[] dates;
    private final LocalDate trainingEnd;
    private final LocalDate holdoutStart;
    private final LocalDate holdoutEnd;

    private TimeSplit(LocalDate[] dates, LocalDate trainingEnd, LocalDate holdoutStart, LocalDate holdoutEnd) {
        this.dates = dates;
        this.trainingEnd = trainingEnd;
        this.holdoutStart = holdoutStart;
        this.holdoutEnd = holdoutEnd;
    }

    /**
     * Splits by a rolling origin: the days from the first date to the last are cut into {@code count + 1} periods of
     * equal length (to within a day); each period but the first is held out once, and the model for it is trained on all
     * earlier rows (Tashman, International Journal of Forecasting 16, 2000).
     *
     * @param data the data set
     * @param attribute the attribute that holds the date of each row, written like {@code 2026-11-24}
     * @param count the number of splits, at least 1
     * @param gapDays how many days before the hold-out are left out of the training rows, at least 0
     * @return the splits, the earliest first
     * @throws IllegalArgumentException if there is no such attribute, or a number is out of its range
     * @throws InvalidDataException if a date is missing or not a date, the dates span too few days, or a split has no
     *     training row or no row in the hold-out
     */
    public static List<TimeSplit> rollingOrigin(DataSet data, String attribute, int count, int gapDays) {
        if (count < 1) {
            throw new IllegalArgumentException("the number of splits is " + count + "; it must be at least 1");
        }
        LocalDate[] dates = dates(data.attribute(attribute), attribute);
        LocalDate first = LocalDate.MAX;
        LocalDate last = LocalDate.MIN;
        for (LocalDate date : dates) {
            first = date.isBefore(first) ? date : first;
            last = date.isAfter(last) ? date : last;
        }
        long days = dates.length == 0 ? 0 : ChronoUnit.DAYS.between(first, last) + 1;
        if (days < count + 1) {
            throw new InvalidDataException("attribute \"" + attribute + "\" spans " + days + " days, too few for "
                    + count + " splits; ask for fewer");
        }
        List<TimeSplit> splits = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            LocalDate start = first.plusDays(days * i / (count + 1));
            splits.add(checked(dates, start, first.plusDays(days * (i + 1) / (count + 1)), gapDays));
        }
        return List.copyOf(splits);
    }

    /**
     * Splits at one day.
     *
     * @param data the data set
     * @param attribute the attribute that holds the date of each row, written like {@code 2026-11-24}
     * @param holdoutStart the first day of the hold-out
     * @param holdoutEnd the day after its last day
     * @param gapDays how many days before the hold-out are left out of the training rows, at least 0
     * @return the split
     * @throws IllegalArgumentException if there is no such attribute, the hold-out ends before it starts, or the gap is
     *     negative
     * @throws InvalidDataException if a date is missing or not a date, or there is no training row or no row in the
     *     hold-out
     */
    public static TimeSplit at(
            DataSet data, String attribute, LocalDate holdoutStart, LocalDate holdoutEnd, int gapDays) {
        return checked(dates(data.attribute(attribute), attribute), holdoutStart, holdoutEnd, gapDays);
    }

    private static TimeSplit checked(LocalDate[] dates, LocalDate start, LocalDate end, int gapDays) {
        if (gapDays < 0) {
            throw new IllegalArgumentException("the gap is " + gapDays + " days; it must be at least 0");
        }
        if (!start.isBefore(end)) {
            throw new IllegalArgumentException("the hold-out starts on " + start + ", not before its end on " + end);
        }
        TimeSplit split = new TimeSplit(dates, start.minusDays(gapDays), start, end);
        refuseEmpty(split.training(), dates.length, "training row before " + split.trainingEnd);
        refuseEmpty(split.holdout(), dates.length, "row from " + start + " to the day before " + end);
        return split;
    }

    private static void refuseEmpty(IntPredicate part, int rows, String what) {
        if (IntStream.range(0, rows).noneMatch(part)) {
            throw new InvalidDataException(
                    "there is no " + what + "; choose other days, fewer splits or a shorter gap");
        }
    }

    private static LocalDate[] dates(List<String> texts, String attribute) {
        LocalDate[] dates = new LocalDate[texts.size()];
        for (int row = 0; row < dates.length; row++) {
            try {
                dates[row] = LocalDate.parse(texts.get(row).strip());
            } catch (DateTimeParseException e) {
                throw new InvalidDataException("attribute \"" + attribute + "\" is \"" + texts.get(row) + "\" in row "
                        + row + "; it must be a date such as 2026-11-24");
            }
        }
        return dates;
    }

    /**
     * The day before which the training rows lie.
     *
     * @return the first day of the gap, or of the hold-out if there is no gap
     */
    public LocalDate trainingEnd() {
        return trainingEnd;
    }

    /**
     * The first day of the hold-out.
     *
     * @return a day
     */
    public LocalDate holdoutStart() {
        return holdoutStart;
    }

    /**
     * The day after the last day of the hold-out.
     *
     * @return a day
     */
    public LocalDate holdoutEnd() {
        return holdoutEnd;
    }

    /**
     * The training rows.
     *
     * @return whether a row belongs to them, as {@link DataSet#rows(IntPredicate)} takes it
     */
    public IntPredicate training() {
        return row -> dates[row].isBefore(trainingEnd);
    }

    /**
     * The hold-out.
     *
     * @return whether a row belongs to it, as {@link DataSet#rows(IntPredicate)} takes it
     */
    public IntPredicate holdout() {
        return row -> !dates[row].isBefore(holdoutStart) && dates[row].isBefore(holdoutEnd);
    }

    @Override
    public String toString() {
        return "training before " + trainingEnd + ", hold-out from " + holdoutStart + " to the day before "
                + holdoutEnd;
    }
}
