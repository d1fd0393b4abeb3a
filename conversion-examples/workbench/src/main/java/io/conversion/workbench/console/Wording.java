package io.conversion.workbench.console;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Names and sentences as the console shows them. */
public final class Wording {

    private static final int WIDTH = 80;

    /** What rows of tables of segments are called that are no segments. */
    private static final Set<String> OTHER_ROWS = Set.of("all", "control group", "fallback");

    private Wording() {}

    /** The name of a constant, such as {@code invalid_signals}. */
    public static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** Names one after another, or that there are none. */
    public static String orNone(List<String> names) {
        return names.isEmpty() ? "none" : String.join(", ", names);
    }

    /** A segment as a row of a table; in quotes if it is called like a row that is none, or begins with a quote. */
    public static String segment(String name) {
        boolean taken = OTHER_ROWS.contains(name)
                || name.startsWith("guardrail: ")
                || name.startsWith("fallback: ")
                || name.startsWith("\"");
        return taken ? '"' + name + '"' : name;
    }

    /** The beginning of a text that may be long, without its control characters. */
    public static String brief(String text) {
        String cut = text.length() <= WIDTH ? text : text.substring(0, WIDTH) + "...";
        return cut.replaceAll("\\p{Cntrl}", "?");
    }

    /** A name or a value in quotes, as much of it as messages show. */
    public static String quoted(String text) {
        return '"' + brief(text) + '"';
    }

    static String quoted(List<String> names) {
        return names.stream().map(Wording::quoted).collect(Collectors.joining(", "));
    }

    /** A text that people wrote, which may have several lines and any control character, as one line. */
    public static String oneLine(String text) {
        return text.strip().replaceAll("[\\s\\p{Cc}]+", " ");
    }

    /** Prints a sentence in lines that fit a terminal. */
    public static void print(String sentence, PrintWriter out) {
        print("", "", sentence, out);
    }

    /** The same, with what the first line begins with, and the others. */
    public static void print(String first, String others, String sentence, PrintWriter out) {
        StringBuilder line = new StringBuilder(first);
        String separator = "";
        for (String word : sentence.split(" ", -1)) {
            if (line.length() + separator.length() + word.length() > WIDTH) {
                out.println(line);
                line = new StringBuilder(others);
                separator = "";
            }
            line.append(separator).append(word);
            separator = " ";
        }
        out.println(line);
    }
}
