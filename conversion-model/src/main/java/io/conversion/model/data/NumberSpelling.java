package io.conversion.model.data;

import io.conversion.model.data.CsvDialect.Decimal;
import io.conversion.model.data.CsvDialect.Thousands;
import java.util.ArrayList;
import java.util.Currency;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How a text is spelt that people take for a number: the dialects that read it, and what is on it that no dialect reads.
 * What counts as a number in the end is what {@link CsvDialect#number} accepts.
 *
 * @param dialects the dialects of {@link #DIALECTS} that read what is left without the traits, a bit for each
 * @param traits what is on the number that no dialect reads
 * @param unit the letters behind the number; empty if there are none
 */
record NumberSpelling(int dialects, Set<Trait> traits, String unit) {

    /** Dialects of numbers, the usual ones first. */
    static final List<CsvDialect> DIALECTS = usualAndOthers();

    private static final int ALL = (1 << DIALECTS.size()) - 1;

    /** Longer texts are no numbers, and are not looked at. */
    private static final int LONGEST = 60;

    private static final Pattern PARENTHESES = Pattern.compile("\\(([^()]+)\\)");
    private static final Pattern MINUS_BEHIND = Pattern.compile("([0-9][0-9.,]*)-");
    private static final Pattern HEX = Pattern.compile("[+-]?0[xX][0-9a-fA-F]+");
    private static final Pattern NOT_FINITE =
            Pattern.compile("[+-]?(?:nan|inf|infinity|\u221E|1\\.#(?:inf|qnan|ind)0*)", Pattern.CASE_INSENSITIVE);
    private static final Pattern EXPONENT = Pattern.compile("([+-]?[0-9.,]+)[eE][+-]?[0-9]+");
    private static final Pattern UNIT = Pattern.compile(
            "([+-]?[0-9.,](?:[^\\p{L}\u00B0]*[0-9.,])?) ?([\\p{L}\u00B0][\\p{L}\u00B0\u00B2\u00B3/.]{0,11})");
    private static final Pattern CURRENCY_BEFORE =
            Pattern.compile("([+-]?)(?:\\p{Lu}{0,3}\\p{Sc}|(\\p{Lu}{3})(?=[ 0-9+-])|(?:[Kk]r|Rs|Fr)\\.?(?=[ 0-9])) ?");
    private static final Pattern CURRENCY_BEHIND = Pattern.compile(" ?(?:\\p{Sc}|(\\p{Lu}{3}))$");
    private static final Pattern PERCENT = Pattern.compile("^([+-]?)[%\u2030\uFF05] ?| ?[%\u2030\uFF05]$");
    /** All of them look like a minus; the last one is wider. */
    private static final String MINUS_SIGNS = "\u2010\u2011\u2012\u2013\u2014\u2212\uFE63\uFF0D";

    /** What may be on a number, in words. */
    enum Trait {
        TOO_LARGE("is too large for a number"),
        NOT_FINITE("is not a finite number"),
        OTHER_BLANK("with a blank that does not show or is none of the keyboard"),
        OTHER_MINUS("with a minus sign that is none of the keyboard"),
        OTHER_DIGITS("with other digits than 0 to 9"),
        PARENTHESES("in parentheses"),
        MINUS_BEHIND("with the minus sign behind them"),
        APOSTROPHE("with an apostrophe before them"),
        PERCENT("with a percent sign"),
        CURRENCY("with a currency"),
        UNIT("with a unit"),
        HEXADECIMAL("in hexadecimal digits");

        private final String words;

        Trait(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    private static List<CsvDialect> usualAndOthers() {
        List<CsvDialect> all = new ArrayList<>();
        for (Thousands thousands : Thousands.values()) {
            for (Decimal decimal : Decimal.values()) {
                if (!thousands.name().equals(decimal.name())) {
                    all.add(CsvDialect.plain().decimal(decimal).thousands(thousands));
                }
            }
        }
        return List.copyOf(all);
    }

    /** The spelling of a text; empty if it is no number in any. */
    static Optional<NumberSpelling> of(String text) {
        if (text.isEmpty() || text.length() > LONGEST) {
            return Optional.empty();
        }
        Set<Trait> traits = EnumSet.noneOf(Trait.class);
        String rest = usualCharacters(text, traits);
        if (NOT_FINITE.matcher(rest).matches()) {
            return Optional.of(new NumberSpelling(ALL, EnumSet.of(Trait.NOT_FINITE), ""));
        } else if (HEX.matcher(rest).matches()) {
            traits.add(Trait.HEXADECIMAL);
            return Optional.of(new NumberSpelling(ALL, traits, ""));
        }
        rest = bare(rest, traits);
        int read = readersOf(rest);
        Matcher exponent = EXPONENT.matcher(rest);
        if (read == 0 && exponent.matches() && readersOf(exponent.group(1)) != 0) {
            traits.add(Trait.TOO_LARGE);
            return Optional.of(new NumberSpelling(readersOf(exponent.group(1)), traits, ""));
        }
        Matcher unit = UNIT.matcher(rest);
        if (read == 0 && unit.matches()) {
            read = readersOf(unit.group(1));
            traits.add(Trait.UNIT);
            return read == 0
                    ? Optional.empty()
                    : Optional.of(new NumberSpelling(read, traits, unit.group(2).toLowerCase(Locale.ROOT)));
        }
        return read == 0 ? Optional.empty() : Optional.of(new NumberSpelling(read, traits, ""));
    }

    private static int readersOf(String text) {
        return IntStream.range(0, DIALECTS.size())
                .filter(i -> DIALECTS.get(i).number(text).isPresent())
                .reduce(0, (bits, i) -> bits | 1 << i);
    }

    /** The text with digits, minus signs and blanks of the keyboard, as far as it has others of them. */
    private static String usualCharacters(String text, Set<Trait> traits) {
        StringBuilder usual = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (c > 127 && Character.isDigit(c)) {
                traits.add(Trait.OTHER_DIGITS);
                usual.append(Character.digit(c, 10));
            } else if (c == '\u066B' || c == '\uFF0E') {
                traits.add(Trait.OTHER_DIGITS);
                usual.append('.');
            } else if (c == '\u066C' || c == '\uFF0C') {
                traits.add(Trait.OTHER_DIGITS);
                usual.append(',');
            } else if (MINUS_SIGNS.indexOf(c) >= 0) {
                traits.add(Trait.OTHER_MINUS);
                usual.append('-');
            } else if (Character.getType(c) == Character.FORMAT) {
                traits.add(Trait.OTHER_BLANK);
            } else {
                usual.appendCodePoint(c);
            }
        });
        // Between digits they are thousands separators, which dialects know.
        String stripped = CellText.strip(usual.toString());
        if (stripped.length() < usual.length()) {
            traits.add(Trait.OTHER_BLANK);
        }
        return stripped;
    }

    /** The text without what is put around numbers. */
    private static String bare(String text, Set<Trait> traits) {
        String rest = text;
        for (String before = ""; !before.equals(rest); ) {
            before = rest;
            rest = without(PARENTHESES, "-$1", rest, Trait.PARENTHESES, traits);
            rest = without(MINUS_BEHIND, "-$1", rest, Trait.MINUS_BEHIND, traits);
            if (rest.length() > 1 && rest.charAt(0) == '\'' && Character.isDigit(rest.charAt(1))) {
                traits.add(Trait.APOSTROPHE);
                rest = rest.substring(1);
            }
            Matcher percent = PERCENT.matcher(rest);
            if (percent.find()) {
                traits.add(Trait.PERCENT);
                rest = CellText.strip(percent.replaceFirst("$1"));
            }
            rest = withoutCurrency(rest, traits);
        }
        return rest;
    }

    private static String without(Pattern pattern, String kept, String text, Trait trait, Set<Trait> traits) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.matches()) {
            return text;
        }
        traits.add(trait);
        return CellText.strip(matcher.replaceFirst(kept));
    }

    private static String withoutCurrency(String text, Set<Trait> traits) {
        Matcher before = CURRENCY_BEFORE.matcher(text);
        if (before.lookingAt() && isCurrency(before.group(2))) {
            traits.add(Trait.CURRENCY);
            return before.group(1) + CellText.strip(text.substring(before.end()));
        }
        Matcher behind = CURRENCY_BEHIND.matcher(text);
        if (behind.find() && isCurrency(behind.group(1))) {
            traits.add(Trait.CURRENCY);
            return CellText.strip(text.substring(0, behind.start()));
        }
        return text;
    }

    /** A code of ISO 4217; a sign, for which there is no code, is one anyway. */
    private static boolean isCurrency(@Nullable String code) {
        return code == null
                || Currency.getAvailableCurrencies().stream()
                        .anyMatch(currency -> currency.getCurrencyCode().equals(code));
    }
}
