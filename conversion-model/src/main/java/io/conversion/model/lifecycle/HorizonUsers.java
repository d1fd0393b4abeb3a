package io.conversion.model.lifecycle;

import io.conversion.core.json.ArtifactText;
import io.conversion.core.signals.CategoricalSignal;
import io.conversion.core.signals.NumericSignal;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalSchema;
import io.conversion.core.signals.WhenMissing;
import io.conversion.model.data.DataSet;
import io.conversion.model.data.InvalidDataException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The users at risk on a day after signup, with what was known of them by then and whether they bought later: rows to
 * train on.
 *
 * <p>At risk on day r are those without a purchase up to and including day r, who signed up so early that the whole label
 * window is observed. The label is a first purchase on the days r + 1 to {@code within}; renewals never count. The
 * signals are taken from the days 0 to {@code signalDay}, which is r itself or earlier; nothing that happens later can
 * move them. For each kind of event found by then they are the count, the days with it, the sum of amounts, the days
 * since the last one, and the count of the later half of the days less that of the earlier half; signals that are
 * constant, or equal to an earlier one for every user, are left out. Attributes of the signup are categorical signals.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @param signalDay the last day whose events are known, 0 to {@code riskDay}
 * @param riskDay the day on which the users are at risk
 * @param within the last day of the label window
 * @param users the users, sorted
 * @param data their signals and labels, in that order, with the attributes "user" and "signup_day"
 */
public record HorizonUsers(int signalDay, int riskDay, int within, List<String> users, DataSet data) {

    /** More levels than this make an attribute an identifier rather than a group. */
    private static final int MOST_LEVELS = 200;

    /** Copies the users. {@inheritDoc} */
    public HorizonUsers {
        users = List.copyOf(users);
    }

    /**
     * The users at risk on a day, with what was known by then.
     *
     * @param log the log
     * @param day the day after signup, at least 0
     * @param within the last day of the label window, above {@code day}
     * @return the users
     * @throws InvalidDataException if there are no such users
     */
    public static HorizonUsers of(EventLog log, int day, int within) {
        return of(log, day, day, within);
    }

    /**
     * The users at risk on a day, with what was known on that day or before.
     *
     * @param log the log
     * @param signalDay the last day whose events are known, 0 to {@code riskDay}
     * @param riskDay the day on which the users are at risk
     * @param within the last day of the label window, above {@code riskDay}
     * @return the users
     * @throws IllegalArgumentException if the days are not in that order
     * @throws InvalidDataException if there are no such users
     */
    public static HorizonUsers of(EventLog log, int signalDay, int riskDay, int within) {
        if (!(signalDay >= 0 && signalDay <= riskDay && riskDay < within)) {
            throw new IllegalArgumentException("signals up to day " + signalDay + ", users at risk on day " + riskDay
                    + " and purchases up to day " + within
                    + " do not follow each other; 0 <= signal day <= risk day < within is needed");
        }
        int[] atRisk = Arrays.stream(log.observedFor(within))
                .filter(user -> log.firstPurchase(user) > riskDay)
                .toArray();
        if (atRisk.length == 0) {
            throw new InvalidDataException("there is no user at risk on day " + riskDay + ": nobody signed up at least "
                    + within + " days before observation ends on "
                    + log.observation().end() + " and had not bought by then; give later data, or a shorter window");
        }
        List<String> users = Arrays.stream(atRisk).mapToObj(log.users()::get).toList();
        return new HorizonUsers(signalDay, riskDay, within, users, data(log, atRisk, signalDay, within));
    }

    private static DataSet data(EventLog log, int[] users, int signalDay, int within) {
        BehaviourColumns behaviour = BehaviourColumns.of(log, users, signalDay);
        List<Signal> signals = new ArrayList<>(behaviour.signals());
        List<CategoricalSignal> groups = groups(log, users);
        signals.addAll(groups);
        DataSet.Builder data = DataSet.builder(
                SignalSchema.of("day-" + signalDay + "-signals", "1", signals), List.of("user", "signup_day"));
        for (int row = 0; row < users.length; row++) {
            int user = users[row];
            Map<String, Object> values = new HashMap<>();
            List<NumericSignal> numbers = behaviour.signals();
            for (int i = 0; i < numbers.size(); i++) {
                values.put(numbers.get(i).name(), behaviour.value(i, row));
            }
            for (CategoricalSignal group : groups) {
                String text =
                        log.attributes().getOrDefault(group.name(), List.of()).get(user);
                if (!text.isEmpty()) {
                    values.put(group.name(), text);
                }
            }
            Map<String, String> known = Map.of(
                    "user",
                    log.users().get(user),
                    "signup_day",
                    log.signup(user).toString());
            data.add(values, known, log.firstPurchase(user) <= within);
        }
        return data.build("bought_by_day_" + within);
    }

    /** The attributes that have at least two levels among the users, most frequent level first. */
    private static List<CategoricalSignal> groups(EventLog log, int[] users) {
        List<CategoricalSignal> groups = new ArrayList<>();
        log.attributes().forEach((name, texts) -> {
            Map<String, Integer> counts = new HashMap<>();
            IntStream.of(users).mapToObj(texts::get).forEach(text -> counts.merge(text, 1, Integer::sum));
            List<String> levels = counts.keySet().stream()
                    .filter(level -> !level.isEmpty())
                    .sorted((a, b) -> {
                        int byCount = Integer.compare(counts.getOrDefault(b, 0), counts.getOrDefault(a, 0));
                        return byCount != 0 ? byCount : a.compareTo(b);
                    })
                    .toList();
            if (levels.size() > MOST_LEVELS) {
                throw new InvalidDataException("attribute " + ArtifactText.quoted(name) + " has " + levels.size()
                        + " levels, and " + MOST_LEVELS + " are allowed; group them first, or leave the attribute out");
            } else if (levels.size() > 1) {
                SignalNames.requireLevels(name, levels);
                groups.add(Signal.categorical(name, levels).whenMissing(WhenMissing.IMPUTE));
            }
        });
        return groups;
    }
}
