package io.conversion.model.lifecycle;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Events in columns, growing, and sorted once: by user, day, time, kind and amount. For one thread. */
final class EventTable {

    private final Map<String, Integer> kinds = new TreeMap<>();
    private int[] users = new int[1024];
    private int[] days = new int[1024];
    private int[] millis = new int[1024];
    private int[] kindCodes = new int[1024];
    private double[] amounts = new double[1024];
    private int size;

    /** Adds an event; the amount is NaN if there is none. */
    void add(int user, Moment moment, String kind, double amount) {
        if (size == users.length) {
            int capacity = Math.addExact(size, size / 2);
            users = Arrays.copyOf(users, capacity);
            days = Arrays.copyOf(days, capacity);
            millis = Arrays.copyOf(millis, capacity);
            kindCodes = Arrays.copyOf(kindCodes, capacity);
            amounts = Arrays.copyOf(amounts, capacity);
        }
        users[size] = user;
        days[size] = moment.day();
        millis[size] = moment.millis();
        kindCodes[size] = kinds.computeIfAbsent(kind, name -> kinds.size());
        amounts[size++] = amount;
    }

    int size() {
        return size;
    }

    /** The events of users who have a position. */
    long size(int[] position) {
        return Arrays.stream(users, 0, size).filter(user -> position[user] >= 0).count();
    }

    /**
     * The events by user, up to and including a day.
     *
     * @param position for each user of this table its position in the result; negative if left out
     * @param signups for each position the day of signup
     */
    Sorted sorted(int[] position, int[] signups, int until) {
        List<String> names = List.copyOf(kinds.keySet());
        int[] rank = new int[names.size()];
        for (int i = 0; i < rank.length; i++) {
            rank[kinds.getOrDefault(names.get(i), 0)] = i;
        }
        int[] starts = new int[position.length + 1];
        for (int i = 0; i < size; i++) {
            if (isKept(i, position, until)) {
                starts[position[users[i]] + 1]++;
            }
        }
        Arrays.parallelPrefix(starts, Integer::sum);
        Entry[] entries = new Entry[starts[position.length]];
        int[] next = starts.clone();
        for (int i = 0; i < size; i++) {
            if (isKept(i, position, until)) {
                int user = position[users[i]];
                entries[next[user]++] = new Entry(days[i] - signups[user], millis[i], rank[kindCodes[i]], amounts[i]);
            }
        }
        for (int user = 0; user < position.length; user++) {
            Arrays.sort(entries, starts[user], starts[user + 1]);
        }
        return new Sorted(names, starts, entries);
    }

    private boolean isKept(int event, int[] position, int until) {
        return days[event] <= until && position[users[event]] >= 0;
    }

    /** One event of a user: days since signup, milliseconds since midnight or -1, position of the kind, amount or NaN. */
    record Entry(int day, int millis, int kind, double amount) implements Comparable<Entry> {

        @Override
        public int compareTo(Entry other) {
            int byDay = Integer.compare(day, other.day);
            int byTime = byDay != 0 ? byDay : Integer.compare(millis, other.millis);
            int byKind = byTime != 0 ? byTime : Integer.compare(kind, other.kind);
            return byKind != 0 ? byKind : Double.compare(amount, other.amount);
        }
    }

    /** The sorted events. */
    static final class Sorted {

        private final List<String> kinds;
        private final int[] starts;
        private final Entry[] entries;

        private Sorted(List<String> kinds, int[] starts, Entry[] entries) {
            this.kinds = kinds;
            this.starts = starts;
            this.entries = entries;
        }

        /** The kinds, sorted by name. */
        List<String> kinds() {
            return kinds;
        }

        /** The events of a user, in order. */
        List<Entry> of(int user) {
            return Arrays.asList(entries).subList(starts[user], starts[user + 1]);
        }

        int size() {
            return entries.length;
        }

        /** The events that repeat the one before them in everything that is known. */
        long repeated() {
            long repeated = 0;
            for (int user = 0; user + 1 < starts.length; user++) {
                List<Entry> all = of(user);
                for (int i = 1; i < all.size(); i++) {
                    repeated += all.get(i).equals(all.get(i - 1)) ? 1 : 0;
                }
            }
            return repeated;
        }
    }
}
