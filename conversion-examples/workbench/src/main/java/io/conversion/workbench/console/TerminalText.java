package io.conversion.workbench.console;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.Locale;

/**
 * Writes text to where people read it: control characters and marks of direction, which could move the cursor, colour the
 * terminal or turn a line around, are written as escapes, and so are blanks that look like the usual one.
 */
public final class TerminalText extends FilterWriter {

    private TerminalText(Writer out) {
        super(out);
    }

    /** The same destination, for text that may hold anything. */
    public static PrintWriter to(PrintWriter out) {
        return new PrintWriter(new TerminalText(out), true);
    }

    @Override
    public void write(int c) throws IOException {
        if (isHarmless((char) c)) {
            out.write(c);
        } else {
            out.write(String.format(Locale.ROOT, "\\u%04x", c));
        }
    }

    @Override
    public void write(char[] text, int offset, int length) throws IOException {
        for (int i = 0; i < length; i++) {
            write(text[offset + i]);
        }
    }

    @Override
    public void write(String text, int offset, int length) throws IOException {
        write(text.toCharArray(), offset, length);
    }

    private static boolean isHarmless(char c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL -> c == '\n' || c == '\r' || c == '\t';
            case Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
            case Character.SPACE_SEPARATOR -> c == ' ';
            default -> true;
        };
    }
}
