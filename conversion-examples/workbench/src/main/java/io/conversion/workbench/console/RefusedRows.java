package io.conversion.workbench.console;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Counts the rows that a model refuses, and names the first ones. For one thread. */
public final class RefusedRows {

    private static final int NAMED = 10;

    private final List<String> first = new ArrayList<>();
    private long count;

    public void add(long row, String problem) {
        if (count++ < NAMED) {
            first.add("row " + row + ": " + problem);
        }
    }

    public long count() {
        return count;
    }

    public void print(long rows, PrintWriter err) {
        if (count > 0) {
            err.println(Numbers.count(count) + " of " + Numbers.count(rows, "row")
                    + (count == 1 ? " was" : " were") + " refused"
                    + (count > NAMED ? "; the first ten:" : ":"));
            first.forEach(problem -> err.println("  " + problem));
        }
    }
}
