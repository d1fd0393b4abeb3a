package io.conversion.model.data;

import static java.util.stream.Collectors.joining;

import io.conversion.core.json.ArtifactText;
import java.text.Normalizer;
import java.util.Collection;
import java.util.Locale;

/** What does not show in a text, or hardly does. */
final class CellText {

    /** So many names of a list are shown. */
    private static final int LISTED = 30;

    private CellText() {}

    /** Names as messages list them. */
    static String list(Collection<String> names) {
        return names.stream().limit(LISTED).map(ArtifactText::shown).collect(joining(", ", "[", ""))
                + (names.size() > LISTED ? " and " + (names.size() - LISTED) + " more]" : "]");
    }

    /** The text without any blank at its ends, also those that do not break a line, and marks that do not show. */
    static String strip(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && isBlank(text.charAt(from))) {
            from++;
        }
        while (to > from && isBlank(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    private static boolean isBlank(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || Character.getType(c) == Character.FORMAT;
    }

    /** What texts have in common that differ only by letter case, blanks, marks that do not show or Unicode's forms. */
    static String folded(String text) {
        StringBuilder kept = new StringBuilder();
        Normalizer.normalize(text, Normalizer.Form.NFKC)
                .codePoints()
                .filter(c -> !Character.isWhitespace(c)
                        && !Character.isSpaceChar(c)
                        && Character.getType(c) != Character.FORMAT
                        && !Character.isISOControl(c))
                .forEach(kept::appendCodePoint);
        // Upper case first: of some letters only one of the two cases is the same.
        String lower = kept.toString().toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
        return Normalizer.normalize(lower, Normalizer.Form.NFC);
    }
}
