package io.conversion.workbench;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Counts the rows that a model refuses, and names the first ones. For one thread. */
final class RefusedRows {

    private static final int NAMED = 10;

    private final List<String> first = new ArrayList<>();
    private long count;

    void add(long row, String problem) {
        if (count++ < NAMED) {
            first.add("row " + row + ": " + problem);
        }
    }

    long count() {
        return count;
    }

    void print(long rows, PrintWriter err) {
        if (count > 0) {
            err.println(Numbers.count(count) + " of " + Numbers.count(rows, "row")
                    + (count == 1 ? " was" : " were") + " refused"
                    + (count > NAMED ? "; the first ten:" : ":"));
            first.forEach(problem -> err.println("  " + problem));
        }
    }
}
