package io.conversion.workbench.console;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Counts the rows whose key is empty or was in an earlier row, and names the first ones. For one thread. */
public final class KeyCount {

    private static final int NAMED = 10;

    private final KeySet keys;
    private final boolean counting;
    private final List<String> firstEmpty = new ArrayList<>();
    private final List<String> firstRepeated = new ArrayList<>();
    private long rows;
    private long empty;
    private long repeated;

    KeyCount(boolean counting) {
        this(counting, new KeySet(KeySet.MOST));
    }

    KeyCount(boolean counting, KeySet keys) {
        this.counting = counting;
        this.keys = keys;
    }

    public void add(long row, String key) {
        if (!counting) {
            return;
        }
        rows++;
        if (key.isEmpty()) {
            if (empty++ < NAMED) {
                firstEmpty.add("row " + row);
            }
        } else if (!keys.add(key) && repeated++ < NAMED) {
            firstRepeated.add(named(row, key));
        }
    }

    /** A row and its key, if it has one. */
    static String named(long row, String key) {
        return "row " + row + (key.isEmpty() ? "" : " (key " + Wording.quoted(key) + ")");
    }

    /** Says what a join by the key would meet; nothing if there is nothing. */
    public void print(PrintWriter err) {
        print(empty, " no key, and cannot be joined", firstEmpty, err);
        print(repeated, " the key of an earlier row, which a join would multiply", firstRepeated, err);
        if (keys.isFull()) {
            err.println("repeated keys were looked for among the first " + Numbers.count(keys.size())
                    + " different keys only");
        }
    }

    private void print(long count, String what, List<String> first, PrintWriter err) {
        if (count > 0) {
            err.println(Numbers.count(count) + " of " + Numbers.count(rows, "row") + (count == 1 ? " has" : " have")
                    + what + ": " + String.join(", ", first) + (count > NAMED ? ", ..." : ""));
        }
    }
}
