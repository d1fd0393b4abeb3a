package io.conversion.core.signals;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The quick way from the JSON of one user to signals. Like {@link CleanMap} it only knows how to say yes, and of JSON it knows
 * no more than most requests need: one object, names and texts in ASCII without escapes, true and false, and numbers of
 * at most fifteen digits without an exponent. At anything else it gives up, and the strict parser reads the text from its
 * beginning. Safe to share between threads.
 */
final class CleanJson {

    private final CleanSignals signals;
    private final NameOrder names;

    // By position: the name in quotes, nothing for one that JSON spells in another way or in several.
    private final byte[] @Nullable [] quoted;

    CleanJson(CleanSignals signals, CompiledSignal[] compiled) {
        this.signals = signals;
        this.names = new NameOrder(compiled);
        this.quoted = new byte[compiled.length][];
        Arrays.setAll(quoted, i -> quoted(compiled[i].name()));
    }

    private static byte @Nullable [] quoted(String name) {
        boolean plain = name.length() <= CleanJsonText.LONGEST_TEXT
                && name.chars().allMatch(c -> c >= ' ' && c < 0x7F && c != '"' && c != '\\');
        return plain ? ('"' + name + '"').getBytes(StandardCharsets.US_ASCII) : null;
    }

    /** The signals, if the text is of the kind above, and each value is scored as it is or replaced where it is missing. */
    @Nullable
    Signals read(byte[] json) {
        CleanJsonText text = new CleanJsonText(json);
        double[] values = signals.nothing();
        if (!text.skip('{')) {
            return null;
        }
        int given = 0;
        boolean more = true;
        while (more) {
            CompiledSignal signal = given < values.length ? name(text, given) : null;
            if (signal == null || !text.skip(':')) {
                return null;
            }
            double value = value(text, signal);
            if (Double.isNaN(value)) {
                return null;
            }
            values[signal.position()] = value;
            given++;
            more = text.skip(',');
        }
        return text.skip('}') && text.isAtEnd() ? signals.of(values, given) : null;
    }

    /** A name that comes where it did the last time is compared byte by byte, without making a text of it. */
    private @Nullable CompiledSignal name(CleanJsonText text, int place) {
        CompiledSignal expected = names.expected(place);
        byte[] spelling = quoted[expected.position()];
        if (spelling != null && text.skip(spelling)) {
            return expected;
        }
        String name = text.text();
        return name == null ? null : names.find(place, name);
    }

    private static double value(CleanJsonText text, CompiledSignal signal) {
        return switch (signal.kind()) {
            case NUMERIC -> signal.cleanNumber(text.number());
            case CATEGORICAL -> {
                String level = text.text();
                yield level == null ? Double.NaN : signal.cleanLevel(level);
            }
            case FLAG ->
                text.skip(CleanJsonText.TRUE)
                        ? CompiledSignal.cleanFlag(true)
                        : text.skip(CleanJsonText.FALSE) ? CompiledSignal.cleanFlag(false) : Double.NaN;
        };
    }
}
