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

class CsvEventLogTest {

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

        assertThat(log.counts()).isEqualTo(new LogCounts(1, 1, 0, 1, 1, 0, 0, new LogCounts.LeftOut(7, 2, 1, 1)));
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
