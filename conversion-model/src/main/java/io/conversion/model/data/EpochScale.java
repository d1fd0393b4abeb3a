package io.conversion.model.data;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Arrays;

/** Recognises numbers that are moments: counted from 1970, or written as digits like 20241231. */
final class EpochScale {

    /** 1990 and 2100, in seconds since 1970. */
    private static final double EARLIEST = 631_152_000;

    private static final double LATEST = 4_102_444_800.0;

    /** 2000 and 2050, in days of spreadsheets. */
    private static final double FIRST_SHEET_DAY = 36_526;

    private static final double LAST_SHEET_DAY = 54_789;

    private EpochScale() {}

    /** What sorted numbers count, in words; empty if they are no moments. */
    static String of(double[] sorted) {
        double least = sorted[0];
        double most = sorted[sorted.length - 1];
        String[] units = {"seconds", "milliseconds", "microseconds", "nanoseconds"};
        double factor = 1;
        for (String unit : units) {
            if (least >= EARLIEST * factor && most <= LATEST * factor) {
                return unit + " since 1970";
            }
            factor *= 1000;
        }
        if (Arrays.stream(sorted).allMatch(EpochScale::isDigitsOfDay)) {
            return "digits of year, month and day";
        }
        boolean sheetDays = least >= FIRST_SHEET_DAY && most <= LAST_SHEET_DAY && most - least < 3_653;
        return sheetDays && sorted.length >= 50 ? "days of a spreadsheet" : "";
    }

    /** Of the kind 20241231, 202412311530 or 20241231153059. */
    private static boolean isDigitsOfDay(double value) {
        if (value != StrictMath.rint(value) || value < 19_000_101 || value > 21_001_231_235_959.0) {
            return false;
        }
        long digits = (long) value;
        if (digits > 99_999_999L) {
            long time = digits > 999_999_999_999L ? 1_000_000 : 10_000;
            if (digits < 190_001_010_000L || digits % time / (time / 100) > 23) {
                return false;
            }
            digits /= time;
        }
        try {
            LocalDate.of((int) (digits / 10_000), (int) (digits / 100 % 100), (int) (digits % 100));
            return digits < 21_001_231;
        } catch (DateTimeException e) {
            return false;
        }
    }
}
