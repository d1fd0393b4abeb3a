package io.conversion.model.data;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The different texts of a column, up to a number of them: how many cells hold each, and the line of the first one. */
final class ColumnTexts {

    private final int most;
    private final Map<String, Text> texts = new LinkedHashMap<>();

    ColumnTexts(int most) {
        this.most = most;
    }

    /** Notes a cell, unless there are too many different texts already. */
    void add(String text, long line) {
        Text known = texts.get(text);
        if (known != null) {
            known.cells++;
        } else if (texts.size() <= most) {
            texts.put(text, new Text(text, line));
        }
    }

    int size() {
        return texts.size();
    }

    /** In the order of the file. */
    List<Text> all() {
        return List.copyOf(texts.values());
    }

    List<String> sorted() {
        return texts.keySet().stream()
                .sorted(Comparator.comparing((String text) -> text.codePoints().toArray(), java.util.Arrays::compare))
                .toList();
    }

    void clear() {
        texts.clear();
    }

    /** A text, where it was met first, and how often. */
    static final class Text {

        private final String value;
        private final long line;
        private long cells = 1;

        private Text(String value, long line) {
            this.value = value;
            this.line = line;
        }

        String value() {
            return value;
        }

        long line() {
            return line;
        }

        long cells() {
            return cells;
        }
    }
}
