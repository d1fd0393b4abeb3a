package io.conversion.workbench.console;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a whole number of at least 0. */
public final class CountConverter implements ITypeConverter<Long> {

    @Override
    public Long convert(String text) {
        try {
            long count = Long.parseLong(text);
            if (count >= 0) {
                return count;
            }
        } catch (NumberFormatException e) {
            // Said below, for both.
        }
        throw new TypeConversionException(Wording.quoted(text) + " is not a whole number of at least 0");
    }
}
