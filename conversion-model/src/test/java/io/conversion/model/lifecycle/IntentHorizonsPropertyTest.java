package io.conversion.model.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Laws of what is known of users on a day. */
class IntentHorizonsPropertyTest {

    private static final LocalDate END = LocalDate.of(2024, 3, 31);

    @Property(tries = 50)
    void orderOfRowsChangesNothing(@ForAll long seed, @ForAll @IntRange(max = 14) int day) {
        Rows rows = new Rows(seed);
        HorizonUsers users = HorizonUsers.of(rows.log(), day, 30);

        Collections.shuffle(rows.signups, new Random(seed + 1));
        Collections.shuffle(rows.later, new Random(seed + 2));

        assertThat(HorizonUsers.of(rows.log(), day, 30).users()).isEqualTo(users.users());
        assertThat(HorizonUsers.of(rows.log(), day, 30).data().digest())
                .isEqualTo(users.data().digest());
    }

    @Property(tries = 5)
    void orderOfRowsChangesNoFigure(@ForAll @IntRange(min = 1, max = 100) int seed) {
        Rows rows = new Rows(seed, 600);
        IntentHorizons horizons = IntentHorizons.defaults();
        IntentHorizons quick = horizons.settings(horizons.settings().resamples(100));
        String report = quick.measure(rows.log()).toJson();

        Collections.shuffle(rows.signups, new Random(seed));
        Collections.shuffle(rows.later, new Random(seed));

        assertThat(quick.measure(rows.log()).toJson()).isEqualTo(report);
    }

    @Property(tries = 100)
    void laterEventsChangeNothing(
            @ForAll long seed, @ForAll @IntRange(max = 14) int day, @ForAll @IntRange(min = 1, max = 16) int later) {
        Rows rows = new Rows(seed);
        HorizonUsers users = HorizonUsers.of(rows.log(), day, 30);

        for (int i = 0; i < Rows.USERS; i += 2) {
            rows.event(i, day + later, i % 4 == 0 ? "session" : "unheard-of", -1e9);
        }

        assertThat(HorizonUsers.of(rows.log(), day, 30).data().digest())
                .isEqualTo(users.data().digest());
    }

    @Property(tries = 100)
    void usersAtRiskShrinkWithTheDay(@ForAll long seed, @ForAll @IntRange(max = 28) int day) {
        EventLog log = new Rows(seed).log();

        HorizonUsers users = HorizonUsers.of(log, day, 30);
        HorizonUsers next = HorizonUsers.of(log, day + 1, 30);

        assertThat(users.users()).containsAll(next.users());
        assertThat(next.data().positives()).isLessThanOrEqualTo(users.data().positives());
    }

    @Property(tries = 100)
    void purchasesOfUsersAtRiskLaterAreTheSameOnEveryDay(@ForAll long seed, @ForAll @IntRange(max = 14) int day) {
        EventLog log = new Rows(seed).log();

        HorizonUsers early = HorizonUsers.of(log, day, 14, 30);
        HorizonUsers late = HorizonUsers.of(log, 14, 30);

        assertThat(early.users()).isEqualTo(late.users());
        assertThat(early.data().outcomes()).isEqualTo(late.data().outcomes());
    }

    @Property(tries = 100)
    void renewalsChangeNothing(@ForAll long seed, @ForAll @IntRange(max = 14) int day) {
        Rows rows = new Rows(seed);
        EventLog log = rows.log();

        rows.renewals.forEach(rows.later::add);
        EventLog renewed = rows.log();

        assertThat(renewed.counts().renewals()).isGreaterThan(log.counts().renewals());
        assertThat(HorizonUsers.of(renewed, day, 30).data().digest())
                .isEqualTo(HorizonUsers.of(log, day, 30).data().digest());
        assertThat(renewed.timeToPurchase().steps())
                .isEqualTo(log.timeToPurchase().steps());
    }

    /** Rows of a log that can be shuffled and added to. */
    private static final class Rows {

        private static final int USERS = 60;

        private final List<Consumer<EventLog.Builder>> signups = new ArrayList<>();
        private final List<Consumer<EventLog.Builder>> later = new ArrayList<>();
        private final List<Consumer<EventLog.Builder>> renewals = new ArrayList<>();
        private final List<LocalDate> days = new ArrayList<>();

        Rows(long seed) {
            this(seed, USERS);
        }

        Rows(long seed, int users) {
            Random random = new Random(seed);
            for (int i = 0; i < users; i++) {
                String user = "u" + i;
                LocalDate day = END.minusDays(25 + random.nextInt(60));
                days.add(day);
                String tier = "tier_" + random.nextInt(3);
                signups.add(log -> log.signup(user, day, tier));
                for (int n = random.nextInt(8); n > 0; n--) {
                    event(
                            i,
                            random.nextInt(25),
                            List.of("session", "download", "error").get(random.nextInt(3)),
                            random.nextInt(100) / 7.0);
                }
                // The first two are at risk to the end, so that there is always somebody.
                int purchase = random.nextInt(50);
                if (i > 1 && purchase < 25) {
                    later.add(log -> log.purchase(user, day.plusDays(purchase)));
                    renewals.add(log -> log.purchase(user, day.plusDays(purchase)));
                    renewals.add(log -> log.purchase(user, day.plusDays(25)));
                }
            }
            for (int i = 0; i < 2; i++) {
                String user = "early" + i;
                signups.add(log -> log.signup(user, END.minusDays(60), "tier_1"));
            }
        }

        void event(int user, int day, String kind, double amount) {
            LocalDate date = days.get(user).plusDays(day);
            later.add(log -> log.event("u" + user, date, kind, amount));
        }

        EventLog log() {
            EventLog.Builder log = EventLog.builder("tier");
            signups.forEach(row -> row.accept(log));
            later.forEach(row -> row.accept(log));
            return log.build(END);
        }
    }
}
