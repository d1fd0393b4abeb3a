package io.conversion.model.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.conversion.model.data.InvalidDataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvEventLogTest {

    private static final String SIGNUPS = "user,day\na,2024-01-01\nb,2024-02-01\n";

    @TempDir
    Path folder;

    @Test
    void readsTheLearningPlatform() throws IOException {
        EventLog log = LearningPlatform.read();

        // Rows, distinct users and dates as in lifecycle_365.json.
        assertThat(log.counts()).isEqualTo(new LogCounts(40_979, 74_246, 0, 5922, 3138, 0, 0, LogCounts.LeftOut.NONE));
        assertThat(log.kinds()).containsExactly("event");
        assertThat(log.observation())
                .isEqualTo(new EventLog.Observation(
                        LocalDate.of(2022, 10, 30), LocalDate.of(2023, 8, 28), false, LocalDate.of(2022, 10, 30)));
        assertThat(log.observation().end()).isEqualTo("2022-10-30");
    }

    @Test
    void daysMayHaveATime() throws IOException {
        EventLog log = reader(
                        "user;day\na;2024-01-01 23:59:59\n",
                        "user,day\na,2024-01-01T23:59:59.5Z\na,2024-01-02T00:10:00+02:00\na,2024-01-02 00:10\n",
                        "user,day\na,2024-01-03\n")
                .read();

        assertThat(log.events(0)).extracting(EventTable.Entry::day).containsExactly(0, 1, 1);
        // The last two are the same minute of the same day as it is written.
        assertThat(log.counts().repeatedEvents()).isEqualTo(1);
    }

    @Test
    void repeatedEventsAreKeptAndCounted() throws IOException {
        EventLog log = reader(
                        "user,day\na,2024-01-01\n",
                        "user,day,kind,amount\na,2024-01-01,s,1\na,2024-01-01,s,1\na,2024-01-01,s,2\na,2024-01-01,t,\n",
                        "user,day\na,2024-01-03\na,2024-01-03\n")
                .read();

        assertThat(log.counts()).isEqualTo(new LogCounts(1, 4, 1, 2, 1, 0, 0, LogCounts.LeftOut.NONE));
        assertThat(log.counts().renewals()).isEqualTo(1);
    }

    @Test
    void whatLiesAfterTheDeclaredEndIsLeftOutAndCounted() throws IOException {
        EventLog log = reader(
                        "user,day\na,2024-01-01\n",
                        "user,day\na,2024-01-05\na,2024-01-06\n",
                        "user,day\na,2024-01-07\n")
                .observedUntil(LocalDate.of(2024, 1, 5))
                .read();

        assertThat(log.counts()).isEqualTo(new LogCounts(1, 1, 0, 0, 0, 1, 1, LogCounts.LeftOut.NONE));
        assertThat(log.timeToPurchase().events()).isZero();
    }

    @Test
    void everyBadRowIsNamed() {
        CsvEventLog reader = bad();

        assertThatThrownBy(reader::read)
                .isInstanceOf(InvalidDataException.class)
                .hasMessage("""
                        there are 11 bad rows, and 0 are tolerated; the first ten:
                          signups.csv: line 3: user "a" signed up before; a user signs up once
                          signups.csv: line 4, column "user": the user is missing
                          signups.csv: line 5, column "day": "2024-02-30" is not a day; write it like 2022-10-30
                          signups.csv: line 6, column "day": the day is missing
                          events.csv: line 2: user "b" has no signup
                          events.csv: line 3: the day lies before the signup of user "a"
                          events.csv: line 4, column "kind": the kind is missing
                          events.csv: line 5, column "amount": "NaN" is not a number
                          events.csv: line 6 has 2 cells where the header has 4
                          events.csv: line 7, column "day": "2024-01-02T25:00" is not a day; write it like 2022-10-30""");
    }

    @Test
    void toleratedRowsAreLeftOutAndCounted() throws IOException {
        EventLog log = bad().tolerate(11).read();

        assertThat(log.counts()).isEqualTo(new LogCounts(1, 1, 0, 1, 1, 0, 0, new LogCounts.LeftOut(7, 2, 1, 1, 0)));
        assertThat(log.counts().leftOut().rows()).isEqualTo(11);
    }

    @Test
    void columnsAreLookedForByName() throws IOException {
        CsvEventLog reader = reader("user,day\na,2024-01-01\n", "user,day\na,2024-01-01\n", "id,day\na,2024-01-03\n");

        assertThatThrownBy(reader::read)
                .isInstanceOf(InvalidDataException.class)
                .hasMessage("purchases.csv: there is no column \"user\"; the columns are [id, day]");
        assertThatThrownBy(() -> reader.kind("what").read())
                .isInstanceOf(InvalidDataException.class)
                .hasMessage("events.csv: there is no column \"what\"; the columns are [user, day]");
        assertThatThrownBy(() -> reader.attributes(List.of("tier")).read())
                .isInstanceOf(InvalidDataException.class)
                .hasMessage("signups.csv: there is no column \"tier\"; the columns are [user, day]");
    }

    @Test
    void anEndThatDoesNotFollowIsToBeDeclared() throws IOException {
        CsvEventLog reader = reader("user,day\na,2024-01-01\n", "user,day\na,2024-01-01\n", "user,day\n");

        assertThatThrownBy(reader::read)
                .isInstanceOf(InvalidDataException.class)
                .hasMessage("the log has no purchases, so the end of observation does not follow from it; declare the"
                        + " end");
        assertThat(reader.observedUntil(LocalDate.of(2024, 2, 1))
                        .read()
                        .counts()
                        .purchases())
                .isZero();
    }

    @Test
    void aMissingFileIsNamed() {
        Path absent = folder.resolve("absent.csv");

        assertThatThrownBy(() -> CsvEventLog.of(absent, absent, absent).read())
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("absent.csv");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2924-03-01", "9999-12-31", "2099-12-31", "2124-01-09 10:00"})
    void aDayFarAfterAllOthersEndsNoObservation(String day) throws IOException {
        for (String table : List.of("signups", "events", "purchases")) {
            CsvEventLog reader = reader(
                    SIGNUPS + (table.equals("signups") ? "x," + day + "\ny," + day + "\n" : ""),
                    "user,day\na,2024-01-01\n" + (table.equals("events") ? "a," + day + "\nb," + day + "\n" : "")
                            + "b,2024-02-20\n",
                    "user,day\na,2024-01-10\n" + (table.equals("purchases") ? "a," + day + "\nb," + day + "\n" : "")
                            + "b,2024-02-20\n");

            assertThatThrownBy(reader::read)
                    .isInstanceOf(InvalidDataException.class)
                    .hasMessageStartingWith("there are 2 bad rows, and 0 are tolerated:\n  " + table + ".csv: line "
                            + (table.equals("signups") ? 4 : 3) + ", column \"day\": " + day.substring(0, 10)
                            + " lies ")
                    .hasMessageEndingWith(
                            " days after all other days, which end on 2024-02-20 (and so in 1 more row); correct it, or"
                                    + " declare the end of observation (--observed-until, observedUntil)");
            EventLog tolerated = reader.tolerate(2).read();
            assertThat(tolerated.observation().end()).isEqualTo("2024-02-20");
            assertThat(tolerated.users()).containsExactly("a", "b");
            assertThat(tolerated.counts())
                    .isEqualTo(new LogCounts(2, 2, 0, 2, 2, 0, 0, new LogCounts.LeftOut(0, 0, 0, 0, 2)));
            assertThat(tolerated.timeToPurchase().events()).isEqualTo(2);
            EventLog declared =
                    reader.tolerate(0).observedUntil(LocalDate.of(2024, 2, 20)).read();
            assertThat(declared.observation().end()).isEqualTo("2024-02-20");
            assertThat(declared.observation().lastEvent()).isEqualTo("2024-02-20");
            assertThat(declared.counts().leftOut()).isEqualTo(LogCounts.LeftOut.NONE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1900-01-01", "1970-01-01", "1924-01-01", "0001-01-01"})
    void aSignupFarBeforeAllOthersStretchesNoObservation(String day) throws IOException {
        CsvEventLog reader = reader(
                SIGNUPS + "x," + day + "\n",
                "user,day\na,2024-01-01\nx,2024-01-01\n",
                "user,day\nx,2024-02-19\na,2024-01-10\n");

        for (CsvEventLog each : List.of(reader, reader.observedUntil(LocalDate.of(2024, 1, 31)))) {
            assertThatThrownBy(each::read)
                    .isInstanceOf(InvalidDataException.class)
                    .hasMessageMatching("there are 1 bad rows, and 0 are tolerated:\n  signups.csv: line 4, column"
                            + " \"day\": " + day + " lies \\d+ days before all other days, which begin on 2024-01-01;"
                            + " correct it");
        }
        EventLog tolerated = reader.tolerate(1).read();
        assertThat(tolerated.users()).containsExactly("a", "b");
        assertThat(tolerated.counts())
                .isEqualTo(new LogCounts(2, 1, 0, 1, 1, 0, 0, new LogCounts.LeftOut(0, 0, 0, 0, 3)));
    }

    @Test
    void aDeclaredEndFarAfterAllDaysIsASlip() throws IOException {
        CsvEventLog reader = reader(SIGNUPS, "user,day\na,2024-01-01\n", "user,day\na,2024-01-10\n");

        assertThatThrownBy(() -> reader.observedUntil(LocalDate.of(2924, 3, 1)).read())
                .isInstanceOf(InvalidDataException.class)
                .hasMessage(
                        "the declared end of observation, 2924-03-01 lies 328747 days after all other days, which end"
                                + " on 2024-02-01; declare a day on which everything is known");
        assertThat(reader.observedUntil(LocalDate.of(2026, 3, 1))
                        .read()
                        .observation()
                        .declared())
                .isTrue();
    }

    @Test
    void daysAfterTodayAreBadRowsUnlessTheEndIsDeclared() throws IOException {
        CsvEventLog reader = reader(
                        SIGNUPS, "user,day\na,2024-01-01\na,2024-03-02\n", "user,day\na,2024-03-01\na,2024-03-03\n")
                .notAfter(LocalDate.of(2024, 3, 1));

        assertThatThrownBy(reader::read)
                .isInstanceOf(InvalidDataException.class)
                .hasMessage("""
                        there are 2 bad rows, and 0 are tolerated:
                          events.csv: line 3, column "day": 2024-03-02 lies after 2024-03-01, when the files are read; \
                        correct it, or declare the end of observation (--observed-until, observedUntil)
                          purchases.csv: line 3, column "day": 2024-03-03 lies after 2024-03-01, when the files are read; \
                        correct it, or declare the end of observation (--observed-until, observedUntil)""");
        assertThat(reader.tolerate(2).read().observation().end()).isEqualTo("2024-01-01");
        assertThat(reader.observedUntil(LocalDate.of(2024, 3, 2))
                        .read()
                        .counts()
                        .events())
                .isEqualTo(2);
    }

    @Test
    void aLogInMemoryRefusesDaysFarAwayToo() {
        EventLog.Builder log = EventLog.builder()
                .signup("a", LocalDate.of(2024, 1, 2))
                .event("a", LocalDate.of(2024, 1, 2), "session")
                .purchase("a", LocalDate.of(9999, 12, 31));

        assertThatThrownBy(log::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "the purchase of user \"a\" on 9999-12-31 lies 2913172 days after all other days, which end on"
                                + " 2024-01-02; correct it, or declare the end of observation (--observed-until, observedUntil)");
        assertThat(log.build(LocalDate.of(2024, 1, 31)).counts().buyers()).isZero();
        log.signup("b", LocalDate.of(1900, 1, 1));
        assertThatThrownBy(() -> log.build(LocalDate.of(2024, 1, 31)))
                .hasMessageStartingWith("the signup of user \"b\" on 1900-01-01 lies ");
    }

    @Test
    void aLogInMemoryRefusesTheSame() {
        EventLog.Builder log = EventLog.builder("tier").signup("a", LocalDate.of(2024, 1, 2), "tier_1");

        assertThatThrownBy(() -> log.event("b", LocalDate.of(2024, 1, 2), "session"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("user \"b\" has no signup");
        assertThatThrownBy(() -> log.purchase("a", LocalDate.of(2024, 1, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the day lies before the signup of user \"a\"");
        assertThatThrownBy(() -> log.event("a", LocalDate.of(2024, 1, 2), "session", Double.NaN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the amount of an event of user \"a\" is NaN; it must be finite");
        assertThatThrownBy(() -> log.signup("c", LocalDate.of(2024, 1, 2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("user \"c\" has 0 attributes; the log was declared with [tier]");
    }

    private CsvEventLog bad() {
        try {
            return reader("""
                    user,day
                    a,2024-01-05
                    a,2024-01-06
                    ,2024-01-05
                    d,2024-02-30
                    e,
                    """, """
                    user,day,kind,amount
                    b,2024-01-05,s,1
                    a,2024-01-04,s,1
                    a,2024-01-05,,1
                    a,2024-01-05,s,NaN
                    a,2024-01-05
                    a,2024-01-02T25:00,s,1
                    a,2024-01-05,s,1
                    """, """
                    user,day
                    b,2024-01-08
                    a,2024-01-08
                    """);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private CsvEventLog reader(String signups, String events, String purchases) throws IOException {
        return CsvEventLog.of(
                Files.writeString(folder.resolve("signups.csv"), signups),
                Files.writeString(folder.resolve("events.csv"), events),
                Files.writeString(folder.resolve("purchases.csv"), purchases));
    }
}
