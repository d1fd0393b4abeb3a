package io.conversion.model.lifecycle;

import io.conversion.core.json.ArtifactText;
import io.conversion.model.data.DayRange;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The days of a log, with how many rows have each and which is the first, to find those that cannot be meant. */
final class LogDays {

    private final Map<Table, NavigableMap<Integer, Rows>> tables = new EnumMap<>(Table.class);

    private @Nullable LocalDate today;

    LogDays() {
        for (Table table : Table.values()) {
            tables.put(table, new TreeMap<>());
        }
    }

    /** Counts a row; the line is that of a file, or 0. */
    void add(Table table, int day, String user, long line) {
        days(table).computeIfAbsent(day, unused -> new Rows(user, line)).count++;
    }

    /** Takes days after one for slips, unless there is a declared end. */
    void notAfter(@Nullable LocalDate day) {
        today = day;
    }

    /** The days that may be meant: those near all others, and without a declared end not after today. */
    DayRange range(@Nullable LocalDate declaredEnd) {
        DayRange near = near();
        if (declaredEnd == null) {
            LocalDate latest = today;
            return latest != null && near.contains(latest) ? new DayRange(near.first(), latest) : near;
        } else if (near.isFarBefore(declaredEnd)) {
            throw new IllegalArgumentException("the declared end of observation, " + near.placeOf(declaredEnd)
                    + "; declare a day on which everything is known");
        }
        return declaredEnd.isAfter(near.last()) ? new DayRange(near.first(), declaredEnd) : near;
    }

    /** Users say when a product lived: there may be more purchases that stand for "never" than others. */
    private DayRange near() {
        Map<LocalDate, Long> rows = new HashMap<>();
        tables.forEach((table, days) -> days.forEach((day, seen) ->
                rows.merge(LocalDate.ofEpochDay(day), table == Table.SIGNUPS ? seen.count : 0L, Long::sum)));
        return DayRange.of(rows);
    }

    /**
     * The days that cannot be meant, in the order of tables and days. What lies after a declared end is left out anyway,
     * and a signup there is never observed.
     */
    List<Outlying> outside(DayRange range, boolean declared) {
        List<Outlying> outside = new ArrayList<>();
        tables.forEach((table, days) -> days.forEach((at, rows) -> {
            LocalDate day = LocalDate.ofEpochDay(at);
            if (!range.contains(day) && !(declared && day.isAfter(range.last()))) {
                outside.add(new Outlying(
                        table,
                        day,
                        rows.count,
                        rows.firstUser,
                        rows.firstLine,
                        placeOf(day, range),
                        day.isAfter(range.last())));
            }
        }));
        return outside;
    }

    private String placeOf(LocalDate day, DayRange range) {
        return range.last().equals(today) && day.isAfter(range.last())
                ? day + " lies after " + today + ", when the files are read"
                : range.placeOf(day);
    }

    /** The last day of a table in a range; null if there is none. */
    @Nullable
    LocalDate last(Table table, DayRange range) {
        Integer day = days(table).floorKey(Moment.of(range.last()).day());
        return day == null ? null : LocalDate.ofEpochDay(day);
    }

    private NavigableMap<Integer, Rows> days(Table table) {
        return tables.computeIfAbsent(table, unused -> new TreeMap<>());
    }

    /** The tables of a log, with what a row of each is called. */
    enum Table {
        SIGNUPS("signup"),
        EVENTS("event"),
        PURCHASES("purchase");

        private final String row;

        Table(String row) {
            this.row = row;
        }
    }

    private static final class Rows {

        private final String firstUser;
        private final long firstLine;
        private long count;

        private Rows(String firstUser, long firstLine) {
            this.firstUser = firstUser;
            this.firstLine = firstLine;
        }
    }

    /**
     * A day that cannot be meant.
     *
     * @param table the table
     * @param day the day
     * @param rows how many rows of the table have it
     * @param user the user of the first of these
     * @param line the line of that, 0 if there is none
     * @param place where the day lies
     * @param late whether it lies after the days that can be meant
     */
    record Outlying(Table table, LocalDate day, long rows, String user, long line, String place, boolean late) {

        /** What is wrong and what to do, for a place that is named already. */
        String problem() {
            return place + more() + "; " + remedy();
        }

        /** The same with the user for a place. */
        String sentence() {
            return "the " + table.row + " of user " + ArtifactText.quoted(user) + " on " + problem();
        }

        private String more() {
            return rows == 1 ? "" : " (and so in " + (rows - 1) + " more row" + (rows == 2 ? ")" : "s)");
        }

        private String remedy() {
            return late
                    ? "correct it, or declare the end of observation (--observed-until, observedUntil)"
                    : "correct it";
        }
    }
}
