package io.conversion.workbench.console;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Names in one argument, separated by commas. A name that holds a comma is given in double quotes, a quote in it twice.
 *
 * @param names the names, without the blanks around them
 */
public record NameList(List<String> names) {

    public NameList {
        names = List.copyOf(names);
    }

    /** The names of all arguments of an option. */
    public static List<String> all(List<NameList> lists) {
        return lists.stream().flatMap(list -> list.names().stream()).toList();
    }

    /** The names as one argument that a shell hands on as it is. */
    public String argument() {
        String text = names.stream().map(NameList::quoted).collect(Collectors.joining(","));
        return text.matches("[\\w.,:@%+/-]*") ? text : "'" + text.replace("'", "'\\''") + "'";
    }

    private static String quoted(String name) {
        return name.indexOf(',') < 0 && !name.startsWith("\"") ? name : '"' + name.replace("\"", "\"\"") + '"';
    }

    static NameList parse(String text) {
        List<String> names = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            int start = at;
            while (start < text.length() && Character.isWhitespace(text.charAt(start))) {
                start++;
            }
            boolean quoted = start < text.length() && text.charAt(start) == '"';
            int end = quoted ? endOfQuotes(text, start) : text.indexOf(',', start);
            end = end < 0 ? text.length() : end;
            String name = quoted
                    ? text.substring(start + 1, end - 1).replace("\"\"", "\"")
                    : text.substring(start, end).strip();
            if (!name.isBlank()) {
                names.add(name.strip());
            }
            int comma = text.indexOf(',', end);
            if (quoted
                    && !text.substring(end, comma < 0 ? text.length() : comma).isBlank()) {
                throw new TypeConversionException("in " + Wording.brief(text)
                        + " a comma is missing behind the quotes of " + Wording.quoted(name));
            }
            at = comma < 0 ? text.length() : comma + 1;
        }
        return new NameList(names);
    }

    /** The place behind the closing quote. */
    private static int endOfQuotes(String text, int start) {
        for (int i = start + 1; i < text.length(); i++) {
            if (text.charAt(i) == '"') {
                if (i + 1 < text.length() && text.charAt(i + 1) == '"') {
                    i++;
                } else {
                    return i + 1;
                }
            }
        }
        throw new TypeConversionException("the quotes are not closed in " + text);
    }

    /** Reads names. */
    public static final class Converter implements ITypeConverter<NameList> {

        @Override
        public NameList convert(String text) {
            return parse(text);
        }
    }
}
