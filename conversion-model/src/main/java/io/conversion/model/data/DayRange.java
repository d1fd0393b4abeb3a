package io.conversion.model.data;

import java.time.LocalDate;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * The days among which those of a table lie, without the ones far away from all others: slips of a century, and days
 * that stand for "never" or "not known", such as 9999-12-31 and 1970-01-01.
 *
 * <p>Days with more than a year between them fall into parts. The part with most rows is kept, and further ones as long
 * as they are near: a later part, if the gap before it is at most as long as the days that are kept already, and at most
 * ten years; an earlier one, if the gap is at most ten years and the part is not a day that programs write for none. How
 * many rows have a day that stands for "never" says nothing: there may be more of them than of others.
 *
 * @param first the first day
 * @param last the last day, not before the first
 */
public record DayRange(LocalDate first, LocalDate last) {

    private static final int YEAR = 366;

    /** Longer gaps are none of a table whose days follow each other. */
    private static final int TEN_YEARS = 3653;

    /** Zero and the ends of the calendars of spreadsheets, data bases, Unix, Windows and pandas, and what people take. */
    private static final Set<LocalDate> SENTINELS = Set.of(
            LocalDate.of(0, 1, 1),
            LocalDate.of(1, 1, 1),
            LocalDate.of(1601, 1, 1),
            LocalDate.of(1677, 9, 21),
            LocalDate.of(1753, 1, 1),
            LocalDate.of(1800, 1, 1),
            LocalDate.of(1899, 12, 30),
            LocalDate.of(1899, 12, 31),
            LocalDate.of(1900, 1, 1),
            LocalDate.of(1901, 1, 1),
            LocalDate.of(1904, 1, 1),
            LocalDate.of(1969, 12, 31),
            LocalDate.of(1970, 1, 1),
            LocalDate.of(1980, 1, 1),
            LocalDate.of(2001, 1, 1),
            LocalDate.of(2038, 1, 19),
            LocalDate.of(2099, 12, 31),
            LocalDate.of(2100, 1, 1),
            LocalDate.of(2262, 4, 11),
            LocalDate.of(2999, 12, 31),
            LocalDate.of(9999, 1, 1),
            LocalDate.of(9999, 12, 31));

    /**
     * Finds the range.
     *
     * @param rows for each day how many rows have it; at least one day
     * @return the range
     * @throws IllegalArgumentException if there is no day
     */
    public static DayRange of(Map<LocalDate, Long> rows) {
        if (rows.isEmpty()) {
            throw new IllegalArgumentException("there are no days; give at least one");
        }
        NavigableMap<LocalDate, Part> parts = parts(new TreeMap<>(rows));
        Part main = parts.firstEntry().getValue();
        for (Part part : parts.values()) {
            main = part.rows > main.rows ? part : main;
        }
        LocalDate last = main.last;
        for (Part part : parts.tailMap(main.first, false).values()) {
            long gap = days(last, part.first);
            if (gap > days(main.first, last) || gap > TEN_YEARS) {
                break;
            }
            last = part.last;
        }
        LocalDate first = main.first;
        for (Part part : parts.headMap(main.first, false).descendingMap().values()) {
            if (days(part.last, first) > TEN_YEARS || part.isSentinel()) {
                break;
            }
            first = part.first;
        }
        return new DayRange(first, last);
    }

    private static NavigableMap<LocalDate, Part> parts(NavigableMap<LocalDate, Long> rows) {
        NavigableMap<LocalDate, Part> parts = new TreeMap<>();
        for (Map.Entry<LocalDate, Long> entry : rows.entrySet()) {
            LocalDate day = entry.getKey();
            long weight = SENTINELS.contains(day) ? 0 : entry.getValue();
            Map.Entry<LocalDate, Part> before = parts.lastEntry();
            if (before != null && days(before.getValue().last, day) <= YEAR) {
                Part part = before.getValue();
                parts.put(part.first, new Part(part.first, day, part.rows + weight));
            } else {
                parts.put(day, new Part(day, day, weight));
            }
        }
        return parts;
    }

    private static long days(LocalDate from, LocalDate to) {
        return to.toEpochDay() - from.toEpochDay();
    }

    /**
     * Whether a day lies in the range.
     *
     * @param day the day
     * @return whether it is neither before the first day nor after the last
     */
    public boolean contains(LocalDate day) {
        return !day.isBefore(first) && !day.isAfter(last);
    }

    /**
     * Whether a day lies so far behind this range that it would not be part of it.
     *
     * @param day the day
     * @return whether more than ten years lie between the last day and this one
     */
    public boolean isFarBefore(LocalDate day) {
        return days(last, day) > TEN_YEARS;
    }

    /**
     * What a day outside of the range is, as a part of a message.
     *
     * @param day the day
     * @return how many days it lies before or after all others, and where those end
     */
    public String placeOf(LocalDate day) {
        long days = day.isBefore(first) ? days(day, first) : days(last, day);
        return day + " lies " + days + (days == 1 ? " day " : " days ")
                + (day.isBefore(first)
                        ? "before all other days, which begin on " + first
                        : "after all other days, which end on " + last);
    }

    /** Days with at most a year between each and the next. */
    private record Part(LocalDate first, LocalDate last, long rows) {

        boolean isSentinel() {
            return first.equals(last) && SENTINELS.contains(first);
        }
    }
}
