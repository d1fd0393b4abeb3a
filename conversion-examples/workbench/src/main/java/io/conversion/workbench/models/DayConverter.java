package io.conversion.workbench.models;

import io.conversion.workbench.console.Wording;
import java.time.DateTimeException;
import java.time.LocalDate;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a day. */
final class DayConverter implements ITypeConverter<LocalDate> {

    @Override
    public LocalDate convert(String text) {
        try {
            LocalDate day = LocalDate.parse(text);
            // Days of files have years of four digits, too.
            if (day.getYear() >= 0 && day.getYear() <= 9999) {
                return day;
            }
        } catch (DateTimeException e) {
            // Said below, for both.
        }
        throw new TypeConversionException(Wording.quoted(text) + " is not a day such as 2022-10-30");
    }
}
