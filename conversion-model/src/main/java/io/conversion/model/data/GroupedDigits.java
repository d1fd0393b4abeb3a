package io.conversion.model.data;

import io.conversion.core.json.ArtifactText;
import java.util.Locale;
import java.util.Optional;

/**
 * Notices numbers whose decimal mark may be a thousands separator: 1.800 is 1.8 where the mark is a point, and 1800 where
 * points stand between groups of digits. Numbers with other than three digits behind the mark, or with more than three
 * without one, show that it is none.
 */
final class GroupedDigits {

    private final char mark;
    private final CsvDialect dialect;
    private boolean possible;
    private String example = "";
    private long line;

    GroupedDigits(CsvDialect dialect) {
        this.dialect = dialect;
        this.mark = dialect.decimal() == CsvDialect.Decimal.POINT ? '.' : ',';
        this.possible = dialect.thousands() == CsvDialect.Thousands.NONE;
    }

    /** Looks at a number of the dialect. */
    void see(String text, long inLine) {
        if (!possible) {
            return;
        }
        int from = text.charAt(0) == '-' || text.charAt(0) == '+' ? 1 : 0;
        int at = text.indexOf(mark);
        int whole = (at < 0 ? text.length() : at) - from;
        boolean grouped = at >= 0 && whole > 0 && text.charAt(from) != '0' && text.length() - at == 4;
        possible = whole <= 3 && (at < 0 || grouped) && text.chars().noneMatch(c -> c == 'e' || c == 'E');
        if (grouped && example.isEmpty()) {
            example = text;
            line = inLine;
        }
    }

    /** What to ask, if all numbers that were seen may be grouped; empty otherwise. */
    Optional<String> doubt() {
        if (!possible || example.isEmpty()) {
            return Optional.empty();
        }
        String name = dialect.decimal().name().toLowerCase(Locale.ROOT);
        return Optional.of("has three digits behind every " + name + ", such as " + ArtifactText.quoted(example)
                + " in line " + line + ", which is read as "
                + dialect.number(example).orElseThrow()
                + "; if the " + name + " separates thousands, read the file with --thousands " + name
                + (dialect.decimal() == CsvDialect.Decimal.POINT ? " --decimal comma" : " --decimal point"));
    }
}
