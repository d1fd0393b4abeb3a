package io.conversion.model.lifecycle;

import io.conversion.core.json.ArtifactText;
import io.conversion.model.data.DayRange;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What users did and when: signups, events and purchases, all counted in days since signup, which is day 0.
 *
 * <p>Of several purchases of a user the first counts, the others are renewals. The order in which rows are given has no
 * effect on anything that is computed. Immutable and safe to share between threads.
 */
public final class EventLog {

    /** The day of the first purchase of a user who has not bought. */
    static final int NEVER = Integer.MAX_VALUE;

    private final List<String> users;
    private final int[] signups;
    private final int[] firstPurchases;
    private final Map<String, List<String>> attributes;
    private final EventTable.Sorted events;
    private final Observation observation;
    private final LogCounts counts;

    private EventLog(
            List<String> users,
            int[] signups,
            int[] firstPurchases,
            Map<String, List<String>> attributes,
            EventTable.Sorted events,
            Observation observation,
            LogCounts counts) {
        this.users = users;
        this.signups = signups;
        this.firstPurchases = firstPurchases;
        this.attributes = attributes;
        this.events = events;
        this.observation = observation;
        this.counts = counts;
    }

    /**
     * Starts a log in memory; {@link CsvEventLog} reads one from files.
     *
     * @param attributes the names of what is known of users at signup, such as a country
     * @return a builder, for one thread
     */
    public static Builder builder(String... attributes) {
        return new Builder(List.of(attributes));
    }

    /**
     * The users.
     *
     * @return the users, sorted
     */
    public List<String> users() {
        return users;
    }

    /**
     * The kinds of events.
     *
     * @return the kinds, sorted
     */
    public List<String> kinds() {
        return events.kinds();
    }

    /**
     * Until when the users were observed.
     *
     * @return the last days
     */
    public Observation observation() {
        return observation;
    }

    /**
     * What was counted while the log was made.
     *
     * @return the counts
     */
    public LogCounts counts() {
        return counts;
    }

    /**
     * Time from signup to the first purchase, of all users who signed up within the observation of purchases; those who
     * did not buy are censored at its end.
     *
     * @return the estimate
     */
    public KaplanMeier timeToPurchase() {
        int end = Moment.of(observation.purchasesUntil()).day();
        int[] observed = IntStream.range(0, users.size())
                .filter(user -> signups[user] <= end)
                .toArray();
        int[] days = Arrays.stream(observed)
                .map(user -> Math.min(firstPurchases[user], end - signups[user]))
                .toArray();
        boolean[] bought = new boolean[observed.length];
        for (int i = 0; i < observed.length; i++) {
            bought[i] = firstPurchases[observed[i]] != NEVER;
        }
        return KaplanMeier.of(days, bought);
    }

    /** The users who signed up at least so many days before all observation ends. */
    int[] observedFor(int days) {
        int end = Moment.of(observation.end()).day();
        return IntStream.range(0, users.size())
                .filter(user -> signups[user] + days <= end)
                .toArray();
    }

    /** The day of the first purchase, in days since signup; {@link #NEVER} if there is none. */
    int firstPurchase(int user) {
        return firstPurchases[user];
    }

    LocalDate signup(int user) {
        return LocalDate.ofEpochDay(signups[user]);
    }

    List<EventTable.Entry> events(int user) {
        return events.of(user);
    }

    /** The texts of each attribute by user, in the order of their declaration. */
    Map<String, List<String>> attributes() {
        return attributes;
    }

    /**
     * The last days on which anything was observed.
     *
     * @param eventsUntil the last day whose events are known
     * @param purchasesUntil the last day whose purchases are known
     * @param declared whether the end was declared; otherwise these are the last days of the two tables
     * @param lastEvent the day of the last event that was given; null if there are no events. Where it lies well before
     *     a declared end, later signups may lack events that were only not recorded
     */
    public record Observation(
            LocalDate eventsUntil,
            LocalDate purchasesUntil,
            boolean declared,
            @Nullable LocalDate lastEvent) {

        /**
         * The last day on which both are known.
         *
         * @return the earlier of the two days
         */
        public LocalDate end() {
            return eventsUntil.isBefore(purchasesUntil) ? eventsUntil : purchasesUntil;
        }
    }

    /** Collects signups first, then events and purchases in any order. For one thread. */
    public static final class Builder {

        private final List<String> attributeNames;
        private final Map<String, Integer> positions = new HashMap<>();
        private final List<String> names = new ArrayList<>();
        private final List<List<String>> texts = new ArrayList<>();
        private final EventTable events = new EventTable();
        private final EventTable purchases = new EventTable();
        private final LogDays days = new LogDays();
        private int[] signups = new int[1024];

        private Builder(List<String> attributeNames) {
            this.attributeNames = attributeNames;
        }

        /**
         * Adds a user.
         *
         * @param user the user
         * @param day the day of signup
         * @param attributes the texts of the attributes, in the order of their names; an empty one is missing
         * @return this builder
         * @throws IllegalArgumentException if the user was added before, or the number of attributes is another
         */
        public Builder signup(String user, LocalDate day, String... attributes) {
            return refuse(
                    addSignup(user, Moment.of(day), 0, List.of(attributes)).sentence(user));
        }

        /**
         * Adds an event.
         *
         * @param user the user
         * @param day the day
         * @param kind what happened
         * @param amount how much of it, such as hours
         * @return this builder
         * @throws IllegalArgumentException if there is no such user, the event lies before signup, or the amount is not
         *     finite
         */
        public Builder event(String user, LocalDate day, String kind, double amount) {
            if (!Double.isFinite(amount)) {
                throw new IllegalArgumentException("the amount of an event of user " + ArtifactText.quoted(user)
                        + " is " + amount + "; it must be finite");
            }
            return refuse(addEvent(user, Moment.of(day), 0, kind, amount).sentence(user));
        }

        /**
         * Adds an event without an amount.
         *
         * @param user the user
         * @param day the day
         * @param kind what happened
         * @return this builder
         * @throws IllegalArgumentException if there is no such user, or the event lies before signup
         */
        public Builder event(String user, LocalDate day, String kind) {
            return refuse(addEvent(user, Moment.of(day), 0, kind, Double.NaN).sentence(user));
        }

        /**
         * Adds a purchase.
         *
         * @param user the user
         * @param day the day
         * @return this builder
         * @throws IllegalArgumentException if there is no such user, or the purchase lies before signup
         */
        public Builder purchase(String user, LocalDate day) {
            return refuse(addPurchase(user, Moment.of(day), 0).sentence(user));
        }

        private Builder refuse(String problem) {
            if (!problem.isEmpty()) {
                throw new IllegalArgumentException(problem);
            }
            return this;
        }

        /** Adds a user; the line is that of a file, or 0. */
        RowProblem addSignup(String user, Moment moment, long line, List<String> attributes) {
            if (attributes.size() != attributeNames.size()) {
                throw new IllegalArgumentException("user " + ArtifactText.quoted(user) + " has " + attributes.size()
                        + " attributes; the log was declared with " + ArtifactText.listed(attributeNames));
            } else if (positions.putIfAbsent(user, names.size()) != null) {
                return RowProblem.REPEATED_SIGNUP;
            }
            if (names.size() == signups.length) {
                signups = Arrays.copyOf(signups, signups.length * 2);
            }
            signups[names.size()] = moment.day();
            names.add(user);
            texts.add(attributes);
            days.add(LogDays.Table.SIGNUPS, moment.day(), user, line);
            return RowProblem.NONE;
        }

        RowProblem addEvent(String user, Moment moment, long line, String kind, double amount) {
            RowProblem problem = add(events, user, moment, kind, amount);
            if (problem == RowProblem.NONE) {
                days.add(LogDays.Table.EVENTS, moment.day(), user, line);
            }
            return problem;
        }

        RowProblem addPurchase(String user, Moment moment, long line) {
            RowProblem problem = add(purchases, user, moment, "purchase", Double.NaN);
            if (problem == RowProblem.NONE) {
                days.add(LogDays.Table.PURCHASES, moment.day(), user, line);
            }
            return problem;
        }

        LogDays days() {
            return days;
        }

        boolean hasUsers() {
            return !names.isEmpty();
        }

        private RowProblem add(EventTable table, String user, Moment moment, String kind, double amount) {
            Integer position = positions.get(user);
            if (position == null) {
                return RowProblem.UNKNOWN_USER;
            } else if (moment.day() < signups[position]) {
                return RowProblem.BEFORE_SIGNUP;
            }
            table.add(position, moment, kind, amount);
            return RowProblem.NONE;
        }

        /**
         * The log, observed until the last event and the last purchase.
         *
         * @return the log
         * @throws IllegalArgumentException if there are no users, no events or no purchases, or a day lies far away from
         *     all others ({@link DayRange})
         */
        public EventLog build() {
            return buildStrictly(null);
        }

        /**
         * The log, observed until a day. Later events and purchases are left out and counted.
         *
         * @param observedUntil the last day on which everything is known
         * @return the log
         * @throws IllegalArgumentException if there are no users, or that day or one before it lies far away from all
         *     others ({@link DayRange})
         */
        public EventLog build(LocalDate observedUntil) {
            return buildStrictly(observedUntil);
        }

        private EventLog buildStrictly(@Nullable LocalDate observedUntil) {
            DayRange range = range(observedUntil);
            days.outside(range, observedUntil != null).stream().findFirst().ifPresent(outlying -> {
                throw new IllegalArgumentException(outlying.sentence());
            });
            return build(observedUntil, range, LogCounts.LeftOut.NONE);
        }

        /** The days that can be meant; without a declared end none after today, if that is known. */
        DayRange range(@Nullable LocalDate declared) {
            if (names.isEmpty()) {
                throw new IllegalArgumentException("the log has no users; add signups first");
            }
            return days.range(declared);
        }

        /** The log without the users who signed up outside of a range, and without the later rows of the others. */
        EventLog build(@Nullable LocalDate observedUntil, DayRange range, LogCounts.LeftOut leftOut) {
            Observation observation = observation(observedUntil, range);
            int[] order = IntStream.range(0, names.size())
                    .filter(user -> observedUntil == null
                            ? range.contains(LocalDate.ofEpochDay(signups[user]))
                            : signups[user] >= Moment.of(range.first()).day())
                    .boxed()
                    .sorted((a, b) -> names.get(a).compareTo(names.get(b)))
                    .mapToInt(Integer::intValue)
                    .toArray();
            int[] position = new int[names.size()];
            Arrays.fill(position, -1);
            int[] signupDays = new int[order.length];
            for (int i = 0; i < order.length; i++) {
                position[order[i]] = i;
                signupDays[i] = signups[order[i]];
            }
            EventTable.Sorted all = events.sorted(
                    position, signupDays, Moment.of(observation.eventsUntil()).day());
            EventTable.Sorted bought = purchases.sorted(
                    position,
                    signupDays,
                    Moment.of(observation.purchasesUntil()).day());
            int[] first = IntStream.range(0, order.length)
                    .map(user -> bought.of(user).isEmpty()
                            ? NEVER
                            : bought.of(user).get(0).day())
                    .toArray();
            boolean declared = observedUntil != null;
            long eventsLater = events.size(position) - all.size();
            long purchasesLater = purchases.size(position) - bought.size();
            long outlying = names.size()
                    - order.length
                    + events.size()
                    - all.size()
                    + purchases.size()
                    - bought.size()
                    - (declared ? eventsLater + purchasesLater : 0);
            int buyers = (int) Arrays.stream(first).filter(day -> day != NEVER).count();
            LogCounts counts = new LogCounts(
                    order.length,
                    all.size(),
                    all.repeated(),
                    bought.size(),
                    buyers,
                    declared ? eventsLater : 0,
                    declared ? purchasesLater : 0,
                    leftOut.outlyingDays(outlying));
            List<String> users = Arrays.stream(order).mapToObj(names::get).toList();
            return new EventLog(users, signupDays, first, attributes(order), all, observation, counts);
        }

        private Observation observation(@Nullable LocalDate declared, DayRange range) {
            LocalDate lastEvent = days.last(LogDays.Table.EVENTS, range);
            LocalDate lastPurchase = days.last(LogDays.Table.PURCHASES, range);
            if (declared != null) {
                return new Observation(declared, declared, true, lastEvent);
            } else if (lastEvent == null || lastPurchase == null) {
                throw new IllegalArgumentException("the log has no " + (lastEvent == null ? "events" : "purchases")
                        + ", so the end of observation does not follow from it; declare the end");
            }
            return new Observation(lastEvent, lastPurchase, false, lastEvent);
        }

        private Map<String, List<String>> attributes(int[] order) {
            Map<String, List<String>> byName = new LinkedHashMap<>();
            for (int i = 0; i < attributeNames.size(); i++) {
                int attribute = i;
                byName.put(
                        attributeNames.get(i),
                        Arrays.stream(order)
                                .mapToObj(user -> texts.get(user).get(attribute))
                                .toList());
            }
            return byName;
        }
    }
}
