package io.conversion.workbench.console;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Rows of cells, printed in columns as wide as their widest cell. For one thread. */
public final class TextTable {

    private final String alignment;
    private final List<List<String>> rows = new ArrayList<>();

    /**
     * Starts a table.
     *
     * @param alignment for each column {@code l} for left or {@code r} for right
     */
    public TextTable(String alignment) {
        this.alignment = alignment;
    }

    public TextTable row(String... cells) {
        return row(List.of(cells));
    }

    public TextTable row(List<String> cells) {
        rows.add(List.copyOf(cells));
        return this;
    }

    public void print(PrintWriter out) {
        int[] widths = new int[alignment.length()];
        for (List<String> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.size(); i++) {
                String padding = " ".repeat(widths[i] - row.get(i).length());
                line.append("  ").append(alignment.charAt(i) == 'r' ? padding + row.get(i) : row.get(i) + padding);
            }
            out.println(line.toString().stripTrailing());
        }
    }
}
