package io.conversion.model.lifecycle;

import io.conversion.core.signals.NumericSignal;
import io.conversion.core.signals.Signal;
import io.conversion.model.data.InvalidDataException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The numeric signals of users on a day: for each kind of event what happened from signup up to and including it. */
final class BehaviourColumns {

    /** More kinds than this are names of single things rather than of behaviours. */
    private static final int MOST_KINDS = 200;

    private final EventLog log;
    private final int[] users;
    private final int day;
    private final SignalNames names;
    private final List<NumericSignal> signals = new ArrayList<>();
    private final List<double[]> columns = new ArrayList<>();

    private BehaviourColumns(EventLog log, int[] users, int day) {
        this.log = log;
        this.users = users;
        this.day = day;
        this.names = SignalNames.of(log.kinds(), log.attributes().keySet());
    }

    /**
     * Computes the signals. A signal that is the same for all users, or equal to an earlier one for each of them, is left
     * out; where that leaves none, the first one stays.
     */
    static BehaviourColumns of(EventLog log, int[] users, int day) {
        if (log.kinds().size() > MOST_KINDS) {
            throw new InvalidDataException("the log has " + log.kinds().size() + " kinds of events, and " + MOST_KINDS
                    + " are allowed; group them first");
        }
        BehaviourColumns all = new BehaviourColumns(log, users, day);
        for (int kind = 0; kind < log.kinds().size(); kind++) {
            all.addKind(kind);
        }
        if (all.signals.isEmpty()) {
            all.signals.add(whole(
                    log.attributes().containsKey("event_count") ? "event count" : "event_count",
                    "events",
                    "how often event happened since signup"));
            all.columns.add(new double[users.length]);
        }
        return all;
    }

    List<NumericSignal> signals() {
        return signals;
    }

    double value(int column, int row) {
        return columns.get(column)[row];
    }

    private void addKind(int kind) {
        int n = users.length;
        double[] counts = new double[n];
        double[] activeDays = new double[n];
        double[] sinceLast = new double[n];
        double[] amounts = new double[n];
        double[] trends = new double[n];
        for (int row = 0; row < n; row++) {
            int last = -1;
            for (EventTable.Entry entry : log.events(users[row])) {
                if (entry.day() > day) {
                    break;
                } else if (entry.kind() == kind) {
                    counts[row]++;
                    activeDays[row] += entry.day() == last ? 0 : 1;
                    last = entry.day();
                    amounts[row] += Double.isNaN(entry.amount()) ? 0 : entry.amount();
                    // Of an odd number of days the middle one is neither early nor late.
                    trends[row] += Integer.signum(2 * entry.day() - day);
                }
            }
            sinceLast[row] = day - last;
        }
        String name = log.kinds().get(kind);
        add(whole(names.of(name, "count"), "events", "how often " + name + " happened since signup"), counts);
        add(whole(names.of(name, "days"), "days", "days with " + name + " since signup"), activeDays);
        add(
                Signal.numeric(names.of(name, "amount")).meaning("sum of the amounts of " + name + " since signup"),
                amounts);
        add(
                whole(
                        names.of(name, "idle_days"),
                        "days",
                        "days since the last " + name + "; one more than all if none"),
                sinceLast);
        add(
                Signal.numeric(names.of(name, "trend"))
                        .unit("events")
                        .wholeNumbers()
                        .meaning(name + " in the later half of the days less those in the earlier half"),
                trends);
    }

    private static NumericSignal whole(String name, String unit, String meaning) {
        return Signal.numeric(name).unit(unit).meaning(meaning).wholeNumbers().range(0, Double.POSITIVE_INFINITY);
    }

    private void add(NumericSignal signal, double[] values) {
        boolean varies = Arrays.stream(values).anyMatch(value -> value != values[0]);
        boolean isNew = columns.stream().noneMatch(column -> Arrays.equals(column, values));
        if (varies && isNew) {
            signals.add(signal);
            columns.add(values);
        }
    }
}
