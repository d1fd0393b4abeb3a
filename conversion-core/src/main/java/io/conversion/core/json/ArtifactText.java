package io.conversion.core.json;

import java.text.Normalizer;
import java.util.Collection;
import java.util.HexFormat;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What texts an artifact may hold, so that whatever is written can be read again. */
public final class ArtifactText {

    /** The longest name, in UTF-16 code units. */
    public static final int LONGEST_NAME = 500;

    /** The longest text, in UTF-16 code units. */
    public static final int LONGEST_TEXT = 10_000;

    /** What a name must be, as the end of a message. */
    public static final String NAME = "expected a text that is not blank, of at most " + LONGEST_NAME
            + " characters and without control characters";

    /** So much of a text from outside is in a message. */
    private static final int SHOWN = 80;

    /** So many names of a list are. */
    private static final int MOST_NAMES = 10;

    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");

    private ArtifactText() {}

    /**
     * Tells whether a text can be a name, a version or a level.
     *
     * @param text the text
     * @return whether it is {@value #NAME}
     */
    public static boolean isName(String text) {
        return !text.isBlank()
                && text.length() <= LONGEST_NAME
                && isWellFormed(text)
                && text.chars().noneMatch(Character::isISOControl);
    }

    /**
     * Tells whether a text can be a meaning, a rationale or the like.
     *
     * @param text the text
     * @return whether it has at most {@value #LONGEST_TEXT} characters and no half of a surrogate pair
     */
    public static boolean isText(String text) {
        return text.length() <= LONGEST_TEXT && isWellFormed(text);
    }

    /**
     * Tells whether a text is a digest.
     *
     * @param text the text
     * @return whether it is {@code sha256:} and 64 lower-case hexadecimal digits
     */
    public static boolean isDigest(String text) {
        return DIGEST.matcher(text).matches();
    }

    /**
     * A text from outside as messages show it: in quotes, cut after 80 characters, control characters escaped, so that
     * it cannot forge a line of a log, and so is what does not show or shows like another character: blanks other than
     * the usual one, marks of direction, accents that Unicode writes with their letter elsewhere.
     *
     * @param text the text
     * @return the quoted text
     */
    public static String quoted(String text) {
        return '"' + shown(text) + '"';
    }

    /**
     * Names as messages list them.
     *
     * @param names the names
     * @return the first ten in brackets, each as {@link #shown} shows it, and how many more there are
     */
    public static String listed(Collection<String> names) {
        String first = names.stream().limit(MOST_NAMES).map(ArtifactText::shown).collect(Collectors.joining(", "));
        return "[" + first + (names.size() > MOST_NAMES ? " and " + (names.size() - MOST_NAMES) + " more]" : "]");
    }

    /**
     * A text from outside as messages show it in the midst of others: as {@link #quoted} does, without the quotes.
     *
     * @param text the text
     * @return its first 80 characters, with control characters escaped
     */
    public static String shown(String text) {
        String cut = cut(text);
        boolean composed = Normalizer.isNormalized(cut, Normalizer.Form.NFC);
        StringBuilder out = new StringBuilder(cut.length());
        for (int i = 0; i < cut.length(); i++) {
            char c = cut.charAt(i);
            if (isHidden(c, composed)) {
                out.append("\\u").append(HexFormat.of().toHexDigits(c));
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    private static boolean isHidden(char c, boolean composed) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            case Character.SPACE_SEPARATOR -> c != ' ';
            case Character.NON_SPACING_MARK -> !composed;
            default -> false;
        };
    }

    private static String cut(String text) {
        if (text.length() <= SHOWN) {
            return text;
        }
        int end = SHOWN - "...".length();
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "...";
    }

    /** Half a surrogate pair has no UTF-8, and two texts that differ in it only would have one digest. */
    static boolean isWellFormed(String text) {
        return text.codePoints()
                .noneMatch(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
    }

    /**
     * The first name of a JSON pointer.
     *
     * @param pointer a pointer
     * @return the name that its first element stands for; empty for a pointer without elements
     */
    public static String firstName(String pointer) {
        String[] elements = pointer.split("/", 3);
        return elements.length < 2 ? "" : elements[1].replace("~1", "/").replace("~0", "~");
    }

    /**
     * A name as an element of a JSON pointer.
     *
     * @param name the name
     * @return the name, with its slashes and tildes escaped
     */
    public static String inPointer(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }
}
