package io.conversion.model.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.conversion.core.signals.Signal;
import io.conversion.model.data.DataSet;
import io.conversion.model.data.InvalidDataException;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class HorizonUsersTest {

    private static final LocalDate START = LocalDate.of(2024, 1, 1);
    private static final LocalDate END = START.plusDays(40);

    @Test
    void atRiskIsWhoHasNotBoughtAndIsFollowedToTheEndOfTheWindow() {
        EventLog log = EventLog.builder()
                .signup("buys-on-day-3", START)
                .purchase("buys-on-day-3", START.plusDays(3))
                .signup("buys-on-day-4", START)
                .purchase("buys-on-day-4", START.plusDays(4))
                .signup("buys-on-day-30", START)
                .purchase("buys-on-day-30", START.plusDays(30))
                .signup("buys-on-day-31", START)
                .purchase("buys-on-day-31", START.plusDays(31))
                .signup("never-buys", START)
                .signup("on-the-last-day", END.minusDays(30))
                .signup("too-late", END.minusDays(29))
                .build(END);

        HorizonUsers users = HorizonUsers.of(log, 3, 30);

        assertThat(users.users())
                .containsExactly("buys-on-day-30", "buys-on-day-31", "buys-on-day-4", "never-buys", "on-the-last-day");
        assertThat(users.data().outcomes()).containsExactly(true, false, true, false, false);
        assertThat(users.data().label().name()).isEqualTo("bought_by_day_30");
    }

    @Test
    void signalsSumUpEachKindOfEvent() {
        EventLog log = EventLog.builder("country")
                .signup("a", START, "fr")
                .event("a", START, "session", 0.5)
                .event("a", START.plusDays(1), "session", 0.25)
                .event("a", START.plusDays(1), "session", 1)
                .event("a", START.plusDays(3), "session", 2)
                .event("a", START.plusDays(2), "download")
                .signup("b", START, "de")
                .event("b", START.plusDays(5), "session", 9)
                .event("b", START.plusDays(5), "error")
                .signup("c", START, "")
                .event("c", START, "session", 3)
                .signup("d", START, "fr")
                .build(END);

        DataSet data = HorizonUsers.of(log, 4, 30).data();

        // An error happens after day 4 only. There is one download, so its other signals repeat its count or follow it.
        assertThat(data.schema().declared())
                .extracting(Signal::name)
                .containsExactly(
                        "download_count",
                        "download_idle_days",
                        "session_count",
                        "session_days",
                        "session_amount",
                        "session_idle_days",
                        "session_trend",
                        "country");
        assertThat(data.numbers("session_count")).containsExactly(4, 0, 1, 0);
        assertThat(data.numbers("session_days")).containsExactly(3, 0, 1, 0);
        assertThat(data.numbers("session_amount")).containsExactly(3.75, 0, 3, 0);
        assertThat(data.numbers("session_idle_days")).containsExactly(1, 5, 4, 5);
        // Days 0 and 1 are early, 3 and 4 late, and 2 is neither.
        assertThat(data.numbers("session_trend")).containsExactly(-2, 0, -1, 0);
        assertThat(data.numbers("download_idle_days")).containsExactly(2, 5, 5, 5);
        assertThat(data.attribute("country")).containsExactly("fr", "de", "", "fr");
        assertThat(data.attribute("user")).containsExactly("a", "b", "c", "d");
        assertThat(data.attribute("signup_day")).containsOnly("2024-01-01");
    }

    @Test
    void signalsMayBeOlderThanTheDayOfTheRisk() {
        EventLog log = EventLog.builder()
                .signup("a", START)
                .event("a", START, "session")
                .event("a", START.plusDays(2), "session")
                .signup("b", START)
                .signup("gone", START)
                .purchase("gone", START.plusDays(7))
                .build(END);

        HorizonUsers users = HorizonUsers.of(log, 1, 7, 30);

        assertThat(users.users()).containsExactly("a", "b");
        assertThat(users.data().numbers("session_count")).containsExactly(1, 0);
    }

    @Test
    void withoutAnyEventOneConstantSignalStays() {
        EventLog log = EventLog.builder().signup("a", START).build(END);

        DataSet data = HorizonUsers.of(log, 1, 30).data();

        assertThat(data.numbers("event_count")).containsExactly(0);
    }

    @Test
    void daysFollowEachOther() {
        EventLog log = EventLog.builder().signup("a", START).build(END);

        assertThatThrownBy(() -> HorizonUsers.of(log, 5, 4, 30))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("signals up to day 5, users at risk on day 4 and purchases up to day 30 do not follow each"
                        + " other; 0 <= signal day <= risk day < within is needed");
    }

    @Test
    void aLogThatIsTooShortIsRefused() {
        EventLog log = EventLog.builder().signup("a", START).build(START.plusDays(29));

        assertThatThrownBy(() -> HorizonUsers.of(log, 1, 30))
                .isInstanceOf(InvalidDataException.class)
                .hasMessage(
                        "there is no user at risk on day 1: nobody signed up at least 30 days before observation ends"
                                + " on 2024-01-30 and had not bought by then; give later data, or a shorter window");
    }

    @Test
    void anAttributeThatIdentifiesUsersIsRefused() {
        EventLog.Builder builder = EventLog.builder("name");
        for (int i = 0; i < 201; i++) {
            builder.signup("u" + i, START, "name" + i);
        }
        EventLog log = builder.build(END);

        assertThatThrownBy(() -> HorizonUsers.of(log, 1, 30))
                .isInstanceOf(InvalidDataException.class)
                .hasMessage("attribute \"name\" has 201 levels, and 200 are allowed; group them first, or leave the"
                        + " attribute out");
    }

    @Test
    void plantedFutureMovesNoSignal() {
        List<Integer> days = List.of(0, 1, 3, 7, 14);
        for (int day : days) {
            HorizonUsers before = HorizonUsers.of(PlantedFuture.log(-1), day, 30);
            HorizonUsers after = HorizonUsers.of(PlantedFuture.log(day), day, 30);

            assertThat(after.users()).isEqualTo(before.users());
            // The digest is over every value and outcome, bit for bit, and over the schema.
            assertThat(after.data().digest())
                    .as("day %s", day)
                    .isEqualTo(before.data().digest());
        }
    }

    /** The columns of users and days that every data set of a log has, as names of what is known at signup. */
    @Test
    void attributesMayBeCalledLikeTheColumnsOfEveryLog() {
        EventLog.Builder builder = EventLog.builder("user", "signup_day", "bought_by_day_30");
        for (int i = 0; i < 6; i++) {
            builder.signup("u" + i, START, i % 2 == 0 ? "a" : "b", i % 3 == 0 ? "early" : "late", "x" + i % 2)
                    .event("u" + i, START.plusDays(i), "user")
                    .event("u" + i, START.plusDays(1), "signup_day");
        }
        HorizonUsers users =
                HorizonUsers.of(builder.purchase("u1", START.plusDays(9)).build(END), 5, 30);

        assertThat(users.data().schema().declared())
                .extracting(Signal::name)
                .contains("user", "signup_day", "bought_by_day_30");
        assertThat(users.users()).containsExactly("u0", "u1", "u2", "u3", "u4", "u5");
        assertThat(users.data().attribute("signup_day")).containsOnly("2024-01-01");
        assertThat(users.data().attribute("user")).isEqualTo(users.users());
        assertThat(users.data().positives()).isEqualTo(1);
    }
}
