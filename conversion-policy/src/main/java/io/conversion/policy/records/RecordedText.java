package io.conversion.policy.records;

/** Text from outside, as records hold it. */
final class RecordedText {

    /** The longest text from outside that is recorded, in UTF-16 code units. */
    static final int LONGEST = 1_000;

    private RecordedText() {}

    /** The text, cut and without halves of surrogate pairs, so that it can be written and read again. */
    static String of(String text) {
        String cut = text.length() <= LONGEST ? text : text.substring(0, LONGEST - 3) + "...";
        if (cut.chars().noneMatch(c -> Character.isSurrogate((char) c))) {
            return cut;
        }
        StringBuilder whole = new StringBuilder();
        cut.codePoints()
                .map(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE ? '\uFFFD' : point)
                .forEach(whole::appendCodePoint);
        return whole.toString();
    }
}
