package io.conversion.workbench.console;

import java.time.DateTimeException;
import java.time.Instant;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a moment in UTC. */
public final class MomentConverter implements ITypeConverter<Instant> {

    @Override
    public Instant convert(String text) {
        try {
            if (text.endsWith("Z")) {
                return Instant.parse(text);
            }
        } catch (DateTimeException e) {
            // Said below, for both.
        }
        throw new TypeConversionException(
                Wording.quoted(text) + " is not a moment in UTC such as 2026-11-22T09:30:00Z");
    }
}
