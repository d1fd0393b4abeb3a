package io.conversion.workbench.console;

import io.conversion.model.data.CsvDialect;
import io.conversion.model.data.CsvDialect.Decimal;
import io.conversion.model.data.CsvDialect.Separator;
import io.conversion.model.data.CsvDialect.Thousands;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The options of every command that reads CSV: how its cells are separated and its numbers written. */
public final class CsvSpelling {

    @Option(
            names = "--separator",
            paramLabel = "KIND",
            order = 90,
            defaultValue = "detected",
            converter = SeparatorConverter.class,
            description = "What separates the cells of CSV files: comma, semicolon, tab or pipe (default: comma or"
                    + " semicolon, whichever splits the header into more cells).")
    private Separator separator;

    @Option(
            names = "--decimal",
            paramLabel = "KIND",
            order = 90,
            defaultValue = "point",
            converter = DecimalConverter.class,
            description = "What stands before the fraction of a number: point or comma (default: ${DEFAULT-VALUE}).")
    private Decimal decimal;

    @Option(
            names = "--thousands",
            paramLabel = "KIND",
            order = 90,
            defaultValue = "none",
            converter = ThousandsConverter.class,
            description = "What may stand between groups of digits: comma, point, blank, apostrophe, underscore or none"
                    + " (default: ${DEFAULT-VALUE}).")
    private Thousands thousands;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    /** The dialect; a misuse if a number could be read in two ways. */
    public CsvDialect dialect() {
        try {
            return new CsvDialect(separator, decimal, thousands);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), "--decimal and --thousands: " + e.getMessage());
        }
    }

    /** Takes the name of a constant in any letter case, or the character that it stands for. */
    private static <E extends Enum<E>> E constant(String text, Class<E> kind, Map<String, E> characters) {
        E byCharacter = characters.get(text);
        if (byCharacter != null) {
            return byCharacter;
        }
        return Arrays.stream(kind.getEnumConstants())
                .filter(each -> Wording.of(each).equals(text.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException(Wording.quoted(text) + " is none of "
                        + Arrays.stream(kind.getEnumConstants())
                                .map(Wording::of)
                                .collect(Collectors.joining(", "))));
    }

    private static final class SeparatorConverter implements ITypeConverter<Separator> {

        @Override
        public Separator convert(String text) {
            return constant(
                    text,
                    Separator.class,
                    Map.of(
                            ",", Separator.COMMA,
                            ";", Separator.SEMICOLON,
                            "\t", Separator.TAB,
                            "\\t", Separator.TAB,
                            "|", Separator.PIPE));
        }
    }

    private static final class DecimalConverter implements ITypeConverter<Decimal> {

        @Override
        public Decimal convert(String text) {
            return constant(text, Decimal.class, Map.of(",", Decimal.COMMA, ".", Decimal.POINT));
        }
    }

    private static final class ThousandsConverter implements ITypeConverter<Thousands> {

        @Override
        public Thousands convert(String text) {
            return constant(
                    text,
                    Thousands.class,
                    Map.of(
                            ",", Thousands.COMMA,
                            ".", Thousands.POINT,
                            " ", Thousands.BLANK,
                            "'", Thousands.APOSTROPHE,
                            "_", Thousands.UNDERSCORE));
        }
    }
}
