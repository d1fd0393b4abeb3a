package io.conversion.model.data;

import static java.util.stream.Collectors.joining;

import io.conversion.core.json.ArtifactText;
import io.conversion.model.data.CsvDialect.Decimal;
import io.conversion.model.data.CsvDialect.Thousands;
import io.conversion.model.data.NumberSpelling.Trait;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Finds out of a column of texts whether it holds numbers that are spelt in another way than the dialect of the file, or
 * numbers with a few cells that are none, and says what to do.
 */
final class SpeltNumbers {

    /** With so few different values, a unit may well be part of a name, such as "3 months" and "12 months". */
    static final int FEW = 12;

    /** More different numbers than that are no names for a few kinds. */
    private static final int MANY = 20;

    /** Different units in one column of numbers: hours and minutes, but not the letters of codes. */
    private static final int UNITS = 3;

    /** How many cells are named. */
    private static final int NAMED = 3;

    private static final String KEEP = "; if its values are names, declare it with --categorical";

    private final CsvDialect dialect;
    private final List<ColumnTexts.Text> plain = new ArrayList<>();
    private final List<ColumnTexts.Text> spelt = new ArrayList<>();
    private final List<ColumnTexts.Text> impossible = new ArrayList<>();
    private final List<ColumnTexts.Text> words = new ArrayList<>();
    private final Set<Trait> traits = EnumSet.noneOf(Trait.class);
    private final Set<String> units = new TreeSet<>();
    private int dialects = -1;

    private SpeltNumbers(CsvDialect dialect) {
        this.dialect = dialect;
    }

    /**
     * What is wrong with a column.
     *
     * @param refused whether it is no column of levels, rather than a doubtful one
     * @param sentence what it holds and what to do, to follow the name of the column
     */
    record Finding(boolean refused, String sentence) {}

    /** The finding on a column; empty if there is none. */
    static Optional<Finding> of(ColumnTexts column, CsvDialect dialect) {
        SpeltNumbers numbers = new SpeltNumbers(dialect);
        column.all().forEach(numbers::see);
        if (numbers.units.size() > UNITS) {
            return Optional.empty();
        }
        return numbers.finding();
    }

    /** How a text is spelt that is no number in a dialect, as the end of a message; empty if it is no number at all. */
    static String hint(String text, CsvDialect dialect) {
        ColumnTexts one = new ColumnTexts(1);
        one.add(text, 0);
        SpeltNumbers number = new SpeltNumbers(dialect);
        number.see(one.all().get(0));
        if (!number.words.isEmpty() || !number.plain.isEmpty()) {
            return "";
        } else if (!number.impossible.isEmpty()) {
            return number.traits.contains(Trait.TOO_LARGE) ? "; it " + Trait.TOO_LARGE.words() : "";
        }
        return "; it is one " + number.spelling() + ": " + number.remedy();
    }

    private void see(ColumnTexts.Text text) {
        NumberSpelling spelling = NumberSpelling.of(text.value()).orElse(null);
        if (spelling == null) {
            words.add(text);
            return;
        }
        if (dialect.number(text.value()).isPresent()) {
            plain.add(text);
        } else if (spelling.traits().contains(Trait.TOO_LARGE)
                || spelling.traits().contains(Trait.NOT_FINITE)) {
            impossible.add(text);
        } else {
            spelt.add(text);
        }
        dialects &= spelling.dialects();
        traits.addAll(spelling.traits());
        if (!spelling.unit().isEmpty()) {
            units.add(spelling.unit());
        }
    }

    private Optional<Finding> finding() {
        int numbers = plain.size() + spelt.size() + impossible.size();
        if (numbers == 0 || !isMostly(numbers)) {
            return Optional.empty();
        } else if (!spelt.isEmpty()) {
            return Optional.of(otherSpelling(numbers));
        } else if (!impossible.isEmpty() && !plain.isEmpty()) {
            return Optional.of(new Finding(
                    true,
                    "holds numbers, but " + places(impossible) + " "
                            + traits.stream().map(Trait::words).collect(joining(" or "))
                            + "; correct the cell, or leave it empty if the number is not known" + KEEP));
        } else if (!words.isEmpty() && !plain.isEmpty()) {
            return Optional.of(new Finding(
                    plain.size() > MANY,
                    "holds numbers, but " + places(words) + (words.size() == 1 ? " is" : " are")
                            + " none; leave a cell empty where the number is not known" + KEEP));
        }
        return Optional.empty();
    }

    /** Whether what is no number is the exception, in different values and in cells. */
    private boolean isMostly(int numbers) {
        long others = words.stream().mapToLong(ColumnTexts.Text::cells).sum();
        long all = others
                + Stream.of(plain, spelt, impossible)
                        .flatMap(List::stream)
                        .mapToLong(ColumnTexts.Text::cells)
                        .sum();
        return words.size() * 4 <= words.size() + numbers && others * 4 <= all;
    }

    private Finding otherSpelling(int numbers) {
        boolean nameLike = numbers + words.size() <= FEW
                && EnumSet.of(Trait.UNIT, Trait.PERCENT, Trait.CURRENCY).containsAll(traits)
                && !traits.isEmpty();
        String others =
                words.isEmpty() ? "" : ", but " + places(words) + (words.size() == 1 ? " is" : " are") + " none";
        return new Finding(
                !nameLike,
                "holds numbers " + spelling() + ", such as " + place(spelt.get(0)) + others + "; " + remedy() + KEEP);
    }

    private String spelling() {
        List<String> words = new ArrayList<>();
        if (!inDialect()) {
            List<CsvDialect> readers = readers();
            words.add(
                    readers.isEmpty()
                            ? "in several spellings"
                            : readers.stream().map(this::difference).distinct().collect(joining(", or ")));
        }
        traits.stream().filter(trait -> trait != Trait.UNIT).map(Trait::words).forEach(words::add);
        if (!units.isEmpty()) {
            words.add("with the unit" + (units.size() == 1 ? " " : "s ")
                    + units.stream().map(ArtifactText::quoted).collect(joining(", ")));
        }
        return String.join(" and ", words);
    }

    private String remedy() {
        List<CsvDialect> readers = inDialect() ? List.of() : readers();
        String rewrite = "write them like " + example() + ", with digits, sign and decimal "
                + dialect.decimal().name().toLowerCase(Locale.ROOT) + " only";
        String read = readers.isEmpty()
                ? ""
                : "read the file with "
                        + readers.stream().map(this::options).distinct().collect(joining(" or "));
        if (read.isEmpty()) {
            return rewrite;
        }
        return traits.isEmpty() ? read : rewrite + ", or without what is on them " + read;
    }

    private String example() {
        return dialect.decimal() == Decimal.POINT ? "-1234.5" : "-1234,5";
    }

    private boolean inDialect() {
        int own = IntStream.range(0, NumberSpelling.DIALECTS.size())
                .filter(i -> NumberSpelling.DIALECTS
                        .get(i)
                        .separator(dialect.separator())
                        .equals(dialect))
                .map(i -> 1 << i)
                .sum();
        return (dialects & own) != 0;
    }

    /** The dialects that read every number: those that differ least from the usual one. */
    private List<CsvDialect> readers() {
        List<CsvDialect> all = IntStream.range(0, NumberSpelling.DIALECTS.size())
                .filter(i -> (dialects & 1 << i) != 0)
                .mapToObj(NumberSpelling.DIALECTS::get)
                .toList();
        int least = all.stream().mapToInt(SpeltNumbers::settings).min().orElse(0);
        return all.stream().filter(reader -> settings(reader) == least).toList();
    }

    private static int settings(CsvDialect reader) {
        return (reader.decimal() == Decimal.POINT ? 0 : 1) + (reader.thousands() == Thousands.NONE ? 0 : 1);
    }

    private String difference(CsvDialect reader) {
        List<String> words = new ArrayList<>();
        if (reader.decimal() != dialect.decimal() || settings(reader) == 0) {
            words.add("a decimal " + reader.decimal().name().toLowerCase(Locale.ROOT));
        }
        if (reader.thousands() != Thousands.NONE) {
            words.add("a thousands separator (" + reader.thousands().name().toLowerCase(Locale.ROOT) + ")");
        }
        return "with " + String.join(" and ", words);
    }

    private String options(CsvDialect reader) {
        List<String> options = new ArrayList<>();
        if (reader.decimal() != dialect.decimal() || settings(reader) == 0) {
            options.add("--decimal " + reader.decimal().name().toLowerCase(Locale.ROOT));
        }
        if (reader.thousands() != Thousands.NONE) {
            options.add("--thousands " + reader.thousands().name().toLowerCase(Locale.ROOT));
        }
        return String.join(" ", options);
    }

    private static String places(List<ColumnTexts.Text> texts) {
        String named = texts.stream()
                .limit(NAMED)
                .map(text -> place(text) + more(text.cells() - 1))
                .collect(joining(", "));
        return named + (texts.size() > NAMED ? " and " + (texts.size() - NAMED) + " more" : "");
    }

    private static String more(long cells) {
        return cells == 0 ? "" : " and " + cells + " more cell" + (cells == 1 ? "" : "s");
    }

    private static String place(ColumnTexts.Text text) {
        return ArtifactText.quoted(text.value()) + " in line " + text.line();
    }
}
