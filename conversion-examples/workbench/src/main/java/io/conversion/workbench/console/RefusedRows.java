package io.conversion.workbench.console;

import io.conversion.core.signals.SignalReading;
import io.conversion.core.signals.Violation;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Counts the rows that a model refuses, and names the first ones. For one thread. */
public final class RefusedRows {

    private static final int NAMED = 10;

    private final List<String> first = new ArrayList<>();
    private long count;

    public void add(long row, String problem) {
        add(row, "", problem);
    }

    /** Adds a row with the key of its user, which is empty if it is not known. */
    public void add(long row, String key, String problem) {
        if (count++ < NAMED) {
            first.add(KeyCount.named(row, key) + ": " + problem);
        }
    }

    /** What is wrong with the signals of a row, in one line. */
    public static String problem(SignalReading.Refused refused) {
        return refused.violations().stream().map(Violation::message).collect(Collectors.joining("; "));
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
