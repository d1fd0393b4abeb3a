package io.conversion.policy.testkit;

import io.conversion.policy.Decision;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Markdown table of examples, a row each: who the user is and what the policy answers. Evidence is listed only where it
 * is missing; other signals only where they are given.
 */
final class ExampleTable {

    private static final List<String> COLUMNS =
            List.of("example", "probability", "signals", "previous segment", "segment", "action", "reason");
    private static final String NOTHING = "-";
    private static final String MISSING = "missing";
    /** Gives nothing back, so that neither time nor stack grows with what does not match. */
    private static final String QUOTED = "\"([^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+)\"";

    private static final Pattern SIGNAL =
            Pattern.compile("NAME = (?:NAME|([^\",\\s]++))(?:, |$)".replace("NAME", QUOTED));

    /** One line: the example, what it is called and what the table says is answered. */
    record Row(String name, Example example, Answer answer) {}

    /** What is answered, as text. */
    record Answer(String segment, String action, String reason) {

        static Answer of(Decision decision) {
            return new Answer(
                    decision.segment().orElse(NOTHING),
                    decision.action(),
                    decision.reason().name());
        }

        @Override
        public String toString() {
            return "segment " + segment + ", action " + action + ", reason " + reason;
        }
    }

    private ExampleTable() {}

    static String write(List<Row> rows, String evidence) {
        StringBuilder table = new StringBuilder(line(COLUMNS));
        table.append("|---".repeat(COLUMNS.size())).append("|\n");
        for (Row row : rows) {
            Example example = row.example();
            String previous = example.previousSegment();
            table.append(line(List.of(
                    row.name(),
                    Double.toString(example.probability()),
                    signals(example.values(), evidence),
                    previous == null ? NOTHING : previous,
                    row.answer().segment(),
                    row.answer().action(),
                    row.answer().reason())));
        }
        return table.toString();
    }

    /**
     * Reads the rows of a table; lines that are not of a table are left out.
     *
     * @throws IllegalArgumentException if a line of the table cannot be read; the message names it
     */
    static List<Row> read(String file, String text, String evidence) {
        List<Row> rows = new ArrayList<>();
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.startsWith("|") || line.startsWith("|---")) {
                continue;
            }
            List<String> cells = cells(line);
            if (cells.equals(COLUMNS)) {
                continue;
            }
            try {
                rows.add(row(cells, evidence));
            } catch (IllegalArgumentException unreadable) {
                throw new IllegalArgumentException(
                        file + ":" + (i + 1) + ": " + unreadable.getMessage() + "; write the file anew", unreadable);
            }
        }
        return rows;
    }

    private static Row row(List<String> cells, String evidence) {
        if (cells.size() != COLUMNS.size()) {
            throw new IllegalArgumentException(
                    "a row has " + cells.size() + " cells; expected " + String.join(", ", COLUMNS));
        }
        double probability = Double.parseDouble(cells.get(1));
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException(cells.get(1) + " is no probability");
        }
        String previous = cells.get(3);
        Example example =
                new Example(probability, signals(cells.get(2), evidence), previous.equals(NOTHING) ? null : previous);
        return new Row(cells.get(0), example, new Answer(cells.get(4), cells.get(5), cells.get(6)));
    }

    private static String line(List<String> cells) {
        StringBuilder line = new StringBuilder("|");
        for (String cell : cells) {
            line.append(' ')
                    .append(cell.replace("\\", "\\\\").replace("|", "\\|"))
                    .append(" |");
        }
        return line.append('\n').toString();
    }

    private static List<String> cells(String line) {
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        for (int i = 1; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\\' && i + 1 < line.length()) {
                i++;
                cell.append(line.charAt(i));
            } else if (c == '|') {
                cells.add(cell.toString().strip());
                cell.setLength(0);
            } else {
                cell.append(c);
            }
        }
        return cells;
    }

    private static String signals(Map<String, Object> values, String evidence) {
        List<String> parts = new ArrayList<>();
        new TreeMap<>(values).forEach((name, value) -> {
            if (!name.equals(evidence) || !value.equals(true)) {
                parts.add(quoted(name) + " = " + text(value));
            }
        });
        if (!values.containsKey(evidence)) {
            parts.add(quoted(evidence) + " = " + MISSING);
        }
        return parts.isEmpty() ? NOTHING : String.join(", ", parts);
    }

    private static String text(Object value) {
        if (value instanceof String level) {
            return quoted(level);
        }
        boolean whole = value instanceof Double number && number == StrictMath.rint(number) && Math.abs(number) < 1e15;
        return whole ? String.valueOf(((Double) value).longValue()) : value.toString();
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    private static Map<String, Object> signals(String cell, String evidence) {
        Map<String, Object> values = new LinkedHashMap<>(Map.of(evidence, true));
        if (cell.equals(NOTHING)) {
            return values;
        }
        Matcher signal = SIGNAL.matcher(cell);
        int end = 0;
        while (signal.region(end, cell.length()).lookingAt()) {
            String level = signal.group(2);
            String plain = signal.group(3);
            if (MISSING.equals(plain)) {
                values.remove(unquoted(signal.group(1)));
            } else {
                values.put(unquoted(signal.group(1)), level != null ? unquoted(level) : value(plain));
            }
            end = signal.end();
        }
        if (end != cell.length()) {
            throw new IllegalArgumentException("the signals " + cell + " cannot be read from character " + (end + 1)
                    + " on; expected such as \"sessions_7d\" = 9, \"plan\" = \"month\", \"weekend\" = true");
        }
        return values;
    }

    private static Object value(String plain) {
        return switch (plain) {
            case "true" -> true;
            case "false" -> false;
            default -> Double.parseDouble(plain);
        };
    }

    private static String unquoted(String text) {
        return text.replaceAll("\\\\(.)", "$1");
    }
}
