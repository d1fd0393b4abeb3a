package io.conversion.model.data;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Recognises dates and times in the spellings that people and programs use. */
final class DateSpelling {

    private static final int LONGEST = 40;

    private static final String TIME =
            "(?:[T ] ?\\d{1,2}[:.]\\d{2}(?:[:.]\\d{2}(?:[.,]\\d{1,9})?)?(?: ?[AaPp]\\.?[Mm]\\.?)?"
                    + " ?(?:Z|UTC|GMT|[+-]\\d{2}:?(?:\\d{2})?)?)?";
    private static final String MONTH = "\\p{L}{3,10}\\.?";
    private static final String WEEKDAY = "(?:\\p{L}{2,10}\\.?,? )?";

    private static final Pattern YEAR_FIRST = Pattern.compile("(\\d{4})([-/.])(\\d{1,2})\\2(\\d{1,2})" + TIME);
    private static final Pattern YEAR_LAST =
            Pattern.compile(WEEKDAY + "(\\d{1,2})([-/.]) ?(\\d{1,2})\\2 ?(\\d{4}|\\d{2}),?" + TIME);
    private static final Pattern NAMED_MONTH = Pattern.compile(WEEKDAY + "(?:\\d{1,2}(?:st|nd|rd|th|\\.)?[ -]" + MONTH
            + "[ -](?:\\d{4}|\\d{2})|" + MONTH + " \\d{1,2}(?:st|nd|rd|th)?,? \\d{4}|\\d{4}[ -]" + MONTH
            + "[ -]\\d{1,2}),?"
            + TIME);
    private static final Pattern CJK = Pattern.compile("\\d{4}\u5E74\\d{1,2}\u6708\\d{1,2}\u65E5" + TIME);
    private static final Pattern MONTH_OF_YEAR =
            Pattern.compile("(?:19|20)\\d{2}[-/](?:0[1-9]|1[0-2]|[WQ]\\d{1,2})|(?:0[1-9]|1[0-2])[/.](?:19|20)\\d{2}");
    private static final Pattern WEEK_DATE = Pattern.compile("(?:19|20)\\d{2}-?W\\d{2}-?\\d");
    private static final Pattern TIME_OF_DAY =
            Pattern.compile("(?:[01]?\\d|2[0-3]):[0-5]\\d(?::[0-5]\\d(?:\\.\\d{1,9})?)?(?: ?[AaPp][Mm])?");

    private DateSpelling() {}

    /** Whether a text is a date, a month of a year, a moment or a time of the day. */
    static boolean isDate(String text) {
        if (text.length() < 4 || text.length() > LONGEST) {
            return false;
        }
        Matcher yearFirst = YEAR_FIRST.matcher(text);
        if (yearFirst.matches()) {
            return isMonthAndDay(yearFirst.group(3), yearFirst.group(4));
        }
        Matcher yearLast = YEAR_LAST.matcher(text);
        if (yearLast.matches()) {
            // 1.2.34 is a version rather than a date.
            boolean clear = yearLast.group(4).length() == 4
                    || !yearLast.group(2).equals(".")
                    || (yearLast.group(1).length() == 2 && yearLast.group(3).length() == 2);
            return clear
                    && (isMonthAndDay(yearLast.group(1), yearLast.group(3))
                            || isMonthAndDay(yearLast.group(3), yearLast.group(1)));
        }
        return NAMED_MONTH.matcher(text).matches()
                || CJK.matcher(text).matches()
                || MONTH_OF_YEAR.matcher(text).matches()
                || WEEK_DATE.matcher(text).matches()
                || TIME_OF_DAY.matcher(text).matches();
    }

    private static boolean isMonthAndDay(String month, String day) {
        int m = Integer.parseInt(month);
        int d = Integer.parseInt(day);
        return m >= 1 && m <= 12 && d >= 1 && d <= 31;
    }

    /** The day of an ISO date that exists, or of an ISO date and time; empty for anything else. */
    static Optional<LocalDate> day(String text) {
        boolean timed = text.length() > 10 && (text.charAt(10) == 'T' || text.charAt(10) == ' ');
        if (text.length() != 10 && !timed) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDate.parse(text.substring(0, 10)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
