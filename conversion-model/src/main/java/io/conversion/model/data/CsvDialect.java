package io.conversion.model.data;

import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a CSV file is spelt: what separates its cells, and how its numbers are written. Begun with {@link #plain()}; the
 * other methods return a changed copy. Nothing of it is guessed from numbers: a column of numbers in another spelling is
 * refused with the dialect that would read it.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @param separator what separates the cells
 * @param decimal what stands before the fraction of a number
 * @param thousands what may stand between groups of digits before it
 */
public record CsvDialect(Separator separator, Decimal decimal, Thousands thousands) {

    private static final CsvDialect PLAIN = new CsvDialect(Separator.DETECTED, Decimal.POINT, Thousands.NONE);

    /**
     * Checks that a number can be read in one way only. {@inheritDoc}
     *
     * @throws IllegalArgumentException if the same character stands before the fraction and between groups of digits
     */
    public CsvDialect {
        if (thousands.separates(decimal.mark)) {
            throw new IllegalArgumentException("the decimal mark and the thousands separator are both \"" + decimal.mark
                    + "\"; a number has different ones");
        }
    }

    /**
     * The usual dialect: cells are separated by comma or semicolon, whichever splits the header into more of them, and
     * numbers are like -1234.5 or 1.2e3.
     *
     * @return the dialect
     */
    public static CsvDialect plain() {
        return PLAIN;
    }

    /**
     * States what separates the cells.
     *
     * @param given the separator
     * @return the changed copy
     */
    public CsvDialect separator(Separator given) {
        return new CsvDialect(given, decimal, thousands);
    }

    /**
     * States what stands before the fraction of a number.
     *
     * @param given the decimal mark
     * @return the changed copy
     * @throws IllegalArgumentException if it is the thousands separator, too
     */
    public CsvDialect decimal(Decimal given) {
        return new CsvDialect(separator, given, thousands);
    }

    /**
     * States what may stand between groups of digits.
     *
     * @param given the thousands separator
     * @return the changed copy
     * @throws IllegalArgumentException if it is the decimal mark, too
     */
    public CsvDialect thousands(Thousands given) {
        return new CsvDialect(separator, decimal, given);
    }

    /**
     * The number that the text of a cell is.
     *
     * @param cell the text
     * @return a finite number, or nothing if the text is none in this dialect
     */
    public OptionalDouble number(String cell) {
        String text = thousands == Thousands.NONE ? cell : thousands.removeFrom(cell);
        if (decimal == Decimal.POINT) {
            return CsvCell.number(text);
        }
        return text.indexOf('.') < 0 ? CsvCell.number(text.replace(',', '.')) : OptionalDouble.empty();
    }

    /** What separates the cells of a row. */
    public enum Separator {
        /** Comma or semicolon, whichever splits the header into more cells. */
        DETECTED('\0'),
        /** A comma. */
        COMMA(','),
        /** A semicolon. */
        SEMICOLON(';'),
        /** A tabulator. */
        TAB('\t'),
        /** A vertical bar. */
        PIPE('|');

        private final char character;

        Separator(char character) {
            this.character = character;
        }

        char character() {
            return character;
        }
    }

    /** What stands before the fraction of a number. */
    public enum Decimal {
        /** As in 2.5. */
        POINT('.'),
        /** As in 2,5. */
        COMMA(',');

        private final char mark;

        Decimal(char mark) {
            this.mark = mark;
        }
    }

    /**
     * What may stand between groups of digits before the fraction: the last group has three digits, the first one to
     * three, all others two or three.
     */
    public enum Thousands {
        /** Nothing. */
        NONE(""),
        /** As in 1,800. */
        COMMA(","),
        /** As in 1.800. */
        POINT("."),
        /** As in 1 800, also with the no-break spaces that are written there. */
        BLANK(" \u00A0\u2007\u2009\u202F"),
        /** As in 1'800. */
        APOSTROPHE("'\u2019"),
        /** As in 1_800. */
        UNDERSCORE("_");

        private final String characters;
        private final @Nullable Pattern groups;

        Thousands(String characters) {
            this.characters = characters;
            String one = "[" + Pattern.quote(characters) + "]";
            this.groups = characters.isEmpty()
                    ? null
                    : Pattern.compile("([+-]?[0-9]{1,3}(?:" + one + "[0-9]{2,3})*" + one + "[0-9]{3})(?![0-9])");
        }

        private boolean separates(char character) {
            return characters.indexOf(character) >= 0;
        }

        /** The text without separators between proper groups; otherwise as it is, and so no number. */
        private String removeFrom(String text) {
            if (groups == null || text.chars().noneMatch(c -> characters.indexOf(c) >= 0)) {
                return text;
            }
            Matcher matcher = groups.matcher(text);
            if (!matcher.lookingAt()) {
                return text;
            }
            StringBuilder digits = new StringBuilder();
            matcher.group(1).chars().filter(c -> characters.indexOf(c) < 0).forEach(c -> digits.append((char) c));
            return digits.append(text, matcher.end(), text.length()).toString();
        }
    }
}
