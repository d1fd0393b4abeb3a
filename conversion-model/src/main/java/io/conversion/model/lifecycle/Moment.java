package io.conversion.model.lifecycle;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * When something happened: a date, and the time of the day if it is known. An offset from UTC is passed over: the day is
 * the one that is written.
 *
 * @param day the day, counted from 1970-01-01
 * @param millis the milliseconds since midnight; -1 if the time is not known
 */
record Moment(int day, int millis) {

    private static final Pattern OFFSET = Pattern.compile("(Z|[+-]\\d\\d(:?\\d\\d)?)$");

    static Moment of(LocalDate day) {
        return new Moment(Math.toIntExact(day.toEpochDay()), -1);
    }

    /** Reads an ISO date, or a date and a time that a T or a space sets apart. */
    static Optional<Moment> parse(String text) {
        if (text.length() < 10 || text.charAt(4) != '-' || text.charAt(7) != '-') {
            return Optional.empty();
        }
        int year = digits(text, 0, 4);
        int month = digits(text, 5, 7);
        int day = digits(text, 8, 10);
        if (year < 0 || month < 0 || day < 0) {
            return Optional.empty();
        }
        try {
            int epochDay = Math.toIntExact(LocalDate.of(year, month, day).toEpochDay());
            return text.length() == 10
                    ? Optional.of(new Moment(epochDay, -1))
                    : millis(text).map(millis -> new Moment(epochDay, millis));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<Integer> millis(String text) {
        if (text.charAt(10) != 'T' && text.charAt(10) != ' ') {
            return Optional.empty();
        }
        String time = OFFSET.matcher(text.substring(11)).replaceFirst("").strip();
        return Optional.of((int) (LocalTime.parse(time).toNanoOfDay() / 1_000_000));
    }

    private static int digits(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }
}
