package io.conversion.workbench.models;

import io.conversion.workbench.console.MomentConverter;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/**
 * The options that say as what a model is published. What they default to changes with the day only, so that the same
 * training has the same digest when it is run again.
 */
final class Publication {

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "The name of the model, which policies refer to (default: the name of the data file without"
                    + " its ending).")
    private @Nullable String name;

    @Option(
            names = "--model-version",
            paramLabel = "V",
            description = "The version of the model (default: the date of today, in UTC).")
    private @Nullable String version;

    @Option(
            names = "--published",
            paramLabel = "MOMENT|now",
            hideParamSyntax = true,
            converter = MomentOrNow.class,
            description = "The moment that the model states, in UTC such as 2026-11-22T09:30:00Z, or now. It is part of"
                    + " the digest, so with now each training has one of its own (default: the beginning of the day"
                    + " that the version names, else of today).")
    private @Nullable Instant published;

    private final LocalDate today = LocalDate.now(ZoneOffset.UTC);

    String name(Path data) {
        return name == null ? String.valueOf(data.getFileName()).replaceFirst("(?<=.)\\.[^.]*$", "") : name;
    }

    String version() {
        return version == null ? today.toString() : version;
    }

    Instant published() {
        return published == null ? day().atStartOfDay(ZoneOffset.UTC).toInstant() : published;
    }

    private LocalDate day() {
        try {
            return LocalDate.parse(version());
        } catch (DateTimeException e) {
            // A version of another kind.
            return today;
        }
    }

    private static final class MomentOrNow implements ITypeConverter<Instant> {

        @Override
        public Instant convert(String text) {
            try {
                return text.equals("now") ? Instant.now() : new MomentConverter().convert(text);
            } catch (TypeConversionException e) {
                throw new TypeConversionException(e.getMessage() + ", and not now");
            }
        }
    }
}
