package io.conversion.model.data;

import static io.conversion.model.data.CsvDataSet.label;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalSchema;
import io.conversion.model.CsvText;
import io.conversion.model.LogisticTrainer;
import io.conversion.model.RefusedModelException;
import io.conversion.model.TrainingResult;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What makes a model worth less than it seems is named with what to do, and usual data are left alone. */
class DataDoubtsTest {

    private static final int ROWS = 600;
    private static final Random RANDOM = new Random(11);
    private static final int[] SHUFFLED = shuffled();

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"1,1", "500001,1", "70000000,37", "-300,1", "0,999983"})
    void aNumberThatCountsUsersIsRefusedAsAnIdentifier(long first, long step) {
        DataDoubt doubt = only(users(row -> first + step * SHUFFLED[row]));

        assertThat(doubt.check()).isEqualTo("identifier");
        assertThat(doubt.refused()).isTrue();
        assertThat(doubt.sentence())
                .isEqualTo("signal \"x\" has another whole number in each row, spread evenly from " + first + " to "
                        + (first + step * (ROWS - 1)) + ", as an identifier has; exclude it if it names users or rows");
    }

    @Test
    void otherWholeNumbersThatDifferInEachRowAreWarnedOf() {
        DataDoubt doubt = only(users(row -> Math.rint(1e6 * Math.exp(3 + SHUFFLED[row] / 100.0))));

        assertThat(doubt.check()).isEqualTo("identifier");
        assertThat(doubt.refused()).isFalse();
    }

    @Test
    void anIdentifierIsNotPublishedWithoutAReason() {
        DataSet users = users(row -> 900_000 + row);

        TrainingResult result = LogisticTrainer.linear().train(users);

        assertThatExceptionOfType(RefusedModelException.class)
                .isThrownBy(() -> result.publish("m", "1"))
                .withMessageContaining("identifier: signal \"x\" has another whole number in each row");
        assertThat(result.override("identifier", "a rank that users have").gate())
                .filteredOn(check -> check.name().equals("identifier"))
                .singleElement()
                .satisfies(check -> assertThat(check.override()).hasValue("a rank that users have"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "seconds since 1970       | 1.7e9  | 86400",
                "milliseconds since 1970  | 1.7e12 | 3600000",
                "microseconds since 1970  | 1.6e15 | 7e9",
                "days of a spreadsheet    | 45000  | 1"
            })
    void momentsAsNumbersAreRefused(String scale, double first, double step) {
        DataDoubt doubt = only(users(row -> first + step * (SHUFFLED[row] % 300)));

        assertThat(doubt.check()).isEqualTo("date");
        assertThat(doubt.refused()).isTrue();
        assertThat(doubt.sentence()).startsWith("signal \"x\" holds dates as " + scale + ", such as ");
    }

    @Test
    void daysAsDigitsAreRefused() {
        DataDoubt doubt = only(users(row -> {
            LocalDate day = LocalDate.of(2024, 1, 1).plusDays(SHUFFLED[row] % 90);
            return day.getYear() * 10_000 + day.getMonthValue() * 100 + day.getDayOfMonth();
        }));

        assertThat(doubt.sentence()).contains("holds dates as digits of year, month and day, such as 20240101");
    }

    @ParameterizedTest
    @CsvSource({
        "-999,0",
        "-1,0",
        "9999,100",
        "99999999,20",
        "-99,5",
        "999.9,3",
        "2147483647,0",
        "-32768,1",
        "1e6,2",
        "888,1"
    })
    void aPointMassFarAwayIsWarnedOf(double value, double least) {
        DataDoubt doubt = only(users(row -> row % 17 == 3 ? value : least + SHUFFLED[row] % 40));

        assertThat(doubt.check()).isEqualTo("sentinel");
        assertThat(doubt.refused()).isFalse();
        assertThat(doubt.sentence())
                .contains(" in 6.0 % of the rows that have it, away from all other values, which are ")
                .endsWith("; if it stands for what is not known, leave the cells empty");
    }

    @Test
    void twoSentinelsAreBothWarnedOf() {
        assertThat(users(row -> row % 17 == 3 ? -998 : row % 19 == 4 ? -999 : SHUFFLED[row] % 40)
                        .doubts())
                .extracting(DataDoubt::check)
                .containsExactly("sentinel", "sentinel");
    }

    @Test
    void usualNumbersAreLeftAlone() {
        List<IntToDoubleFunction> usual = List.of(
                row -> SHUFFLED[row] % 2,
                row -> SHUFFLED[row] % 3 == 0 ? 0 : 1000 + SHUFFLED[row] % 50,
                row -> Math.exp(SHUFFLED[row] / 40.0),
                row -> SHUFFLED[row] / 7.0,
                row -> SHUFFLED[row] % 50 - 25,
                row -> 1950 + SHUFFLED[row] % 60,
                row -> SHUFFLED[row] == 5 ? 1e9 : SHUFFLED[row] % 40,
                row -> new int[] {1, 3, 12}[SHUFFLED[row] % 3],
                row -> new int[] {0, 30, 365}[SHUFFLED[row] % 3],
                row -> 20_000 + 97.0 * (SHUFFLED[row] % 400));

        usual.forEach(x -> assertThat(users(x).doubts()).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Pro|pro",
                "pro|pro ",
                "free trial|Free  Trial",
                "caf\u00e9|cafe\u0301",
                "a\u00a0b|a b",
                "\uFF21|a",
                "pro\u200b|pro"
            })
    void levelsThatDifferByNothingAreWarnedOf(String levels) {
        SignalSchema schema = SignalSchema.of(
                "s", "1", Signal.categorical("plan", levels.split("\\|", -1)[0], levels.split("\\|", -1)[1], "other"));
        DataSet.Builder users = DataSet.builder(schema);
        for (int row = 0; row < 60; row++) {
            users.add(Map.of("plan", row % 3 == 2 ? "other" : levels.split("\\|", -1)[row % 3]), row % 4 == 0);
        }

        DataDoubt doubt = only(users.build("y"));

        assertThat(doubt.check()).isEqualTo("level_variants");
        assertThat(doubt.sentence()).startsWith("signal \"plan\" has levels that differ only by letter case, blanks");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2024-03-%02d",
                "2024-03-%02d 12:30:00",
                "2024-03-%02dT08:15:30.123Z",
                "2024/03/%02d",
                "2024.03.%02d",
                "%02d.03.2024",
                "%02d/03/2024",
                "3/%d/2024",
                "%d-3-24",
                "%d Mar 2024",
                "March %d, 2024",
                "%02d-MAR-24",
                "Fri, %02d Mar 2024 10:00:00 +0100",
                "12:%02d",
                "08:00:%02d PM",
                "2024\u5e743\u6708%d\u65e5",
                "3/%d/24 5:30 PM",
                "1.3.2024 %02d:15"
            })
    void aColumnOfDatesIsRefused(String pattern) throws IOException {
        Path file = CsvText.write(
                folder,
                "d;y\n"
                        + IntStream.range(0, 90)
                                .mapToObj(i -> String.format(Locale.ROOT, pattern, 1 + i % 22) + ";" + i % 2)
                                .collect(Collectors.joining("\n")));

        assertThatExceptionOfType(InvalidDataException.class)
                .isThrownBy(() -> CsvDataSet.read(file, label("y")))
                .withMessageStartingWith("users.csv: column \"d\" holds dates or times, such as ")
                .withMessageContaining("and no later user has one of them; exclude it");
        assertThat(only(CsvDataSet.read(file, label("y").categorical("d"))).check())
                .isEqualTo("date");
    }

    @Test
    void nearCopiesAreWarnedOfInAnyOrder() {
        List<double[]> base = people(400);
        List<double[]> atLag = new ArrayList<>(base);
        base.forEach(person -> atLag.add(nearly(person)));
        List<double[]> inGroups = new ArrayList<>();
        base.subList(0, 150).forEach(person -> IntStream.range(0, 5).forEach(i -> inGroups.add(nearly(person))));
        List<double[]> mixed = new ArrayList<>(inGroups);
        Collections.shuffle(mixed, new Random(3));

        assertThat(only(people(atLag)).sentence())
                .contains(" near copies of another row, mostly 400 rows away, so that");
        assertThat(only(people(inGroups)).sentence()).contains(", mostly 1 row away, so that");
        assertThat(only(people(mixed)).check()).isEqualTo("near_copies");
        assertThat(only(people(mixed)).sentence())
                .contains("--group-split COLUMN")
                .contains("--holdout-from DATE");
    }

    @Test
    void usersWhoWereDrawnOneByOneAreLeftAlone() {
        List<double[]> users = people(800);
        List<double[]> sorted = new ArrayList<>(users);
        sorted.sort((a, b) -> Double.compare(a[0], b[0]));

        assertThat(people(users).doubts()).isEmpty();
        assertThat(people(sorted).doubts()).isEmpty();
    }

    @Test
    void rowsOfOneGroupStayTogether() {
        List<double[]> rows = new ArrayList<>();
        List<String> names = new ArrayList<>();
        List<double[]> base = people(120);
        for (int i = 0; i < 600; i++) {
            rows.add(nearly(base.get(SHUFFLED[i] % 120)));
            names.add("u" + SHUFFLED[i] % 120);
        }
        DataSet users = people(rows, names).groupedBy("user");

        List<String> training = users.training().attribute("user");
        List<String> holdout = users.holdout().attribute("user");
        Folds folds = Folds.of(users, 5, 1);

        assertThat(users.groupColumn()).hasValue("user");
        assertThat(training).doesNotContainAnyElementsOf(holdout);
        assertThat(holdout).hasSize(120);
        for (int row = 0; row < 600; row++) {
            for (int other = 0; other < row; other++) {
                if (names.get(row).equals(names.get(other))) {
                    assertThat(folds.of(row)).isEqualTo(folds.of(other));
                }
            }
        }
        assertThat(IntStream.range(0, 5).map(folds::size)).allMatch(size -> size >= 90 && size <= 150);
        // What is near is in the same group, so nothing is known to a fit.
        assertThat(users.doubts()).isEmpty();
    }

    @Test
    void aSplitByTimeLeavesOutLaterRowsOfEarlierGroups() {
        List<String> names = List.of("a|2024-01-05", "b|2024-02-01 10:00:00", "a|2024-03-01", "c|2024-03-01T00:00:00Z");
        DataSet.Builder builder =
                DataSet.builder(SignalSchema.of("s", "1", Signal.numeric("x")), List.of("user", "day"));
        for (String name : names) {
            builder.add(
                    Map.of("x", 1.0), Map.of("user", name.split("\\|", -1)[0], "day", name.split("\\|", -1)[1]), true);
        }
        DataSet users = builder.build("y");

        TimeSplit plain = users.splitAt("day", LocalDate.of(2024, 3, 1));
        TimeSplit grouped = users.groupedBy("user").splitAt("day", LocalDate.of(2024, 3, 1));

        assertThat(plain.training().attribute("user")).containsExactly("a", "b");
        assertThat(plain.holdout().attribute("user")).containsExactly("a", "c");
        assertThat(grouped.holdout().attribute("user")).containsExactly("c");
        assertThat(grouped.leftOut()).isEqualTo(1);
        assertThatExceptionOfType(InvalidDataException.class)
                .isThrownBy(() -> users.splitAt("user", LocalDate.of(2024, 3, 1)))
                .withMessageStartingWith(
                        "column \"user\" has no date in 4 of 4 rows:\n  row 0: \"a\" is no date; write it"
                                + " like 2024-03-01");
        assertThatExceptionOfType(InvalidDataException.class)
                .isThrownBy(() -> users.splitAt("day", LocalDate.of(2025, 1, 1)))
                .withMessage("no row lies on or after 2025-01-01 in column \"day\"; give another day");
    }

    @Test
    void aSplitByTimeRefusesDaysFarAwayFromAllOthers() {
        DataSet.Builder builder = DataSet.builder(SignalSchema.of("s", "1", Signal.numeric("x")), List.of("day"));
        for (String day : List.of("2024-01-05", "1970-01-01", "2024-03-01", "9999-12-31 00:00:00", "2924-03-01", "")) {
            builder.add(Map.of("x", 1.0), Map.of("day", day), true);
        }
        DataSet users = builder.build("y");

        assertThatExceptionOfType(InvalidDataException.class)
                .isThrownBy(() -> users.splitAt("day", LocalDate.of(2024, 2, 1)))
                .withMessage("""
                        column "day" has no date, or one far away from all others, in 4 of 6 rows:
                          row 1: 1970-01-01 lies 19727 days before all other days, which begin on 2024-01-05
                          row 3: 9999-12-31 lies 2913113 days after all other days, which end on 2024-03-01
                          row 4: 2924-03-01 lies 328718 days after all other days, which end on 2024-03-01
                          row 5: the date is missing""");
    }

    private static DataDoubt only(DataSet users) {
        List<DataDoubt> doubts = users.doubts();
        assertThat(doubts).hasSize(1);
        return doubts.get(0);
    }

    /** Users with a signal, and an outcome of half of them that it does not tell. */
    private static DataSet users(IntToDoubleFunction x) {
        DataSet.Builder users = DataSet.builder(SignalSchema.of("s", "1", Signal.numeric("x")));
        for (int row = 0; row < ROWS; row++) {
            users.add(Map.of("x", x.applyAsDouble(row)), SHUFFLED[(row * 7 + 1) % ROWS] % 2 == 0);
        }
        return users.build("y");
    }

    private static List<double[]> people(int count) {
        List<double[]> people = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            people.add(new double[] {
                Math.exp(RANDOM.nextGaussian()),
                RANDOM.nextInt(40),
                -Math.log(RANDOM.nextDouble()) * 20,
                RANDOM.nextInt(3)
            });
        }
        return people;
    }

    private static double[] nearly(double[] person) {
        return new double[] {
            person[0] * (1 + RANDOM.nextGaussian() / 100),
            person[1] + RANDOM.nextInt(2),
            person[2] + RANDOM.nextGaussian() / 10,
            person[3]
        };
    }

    private static DataSet people(List<double[]> people) {
        return people(people, Collections.nCopies(people.size(), "u"));
    }

    private static DataSet people(List<double[]> people, List<String> names) {
        DataSet.Builder users = DataSet.builder(
                SignalSchema.of(
                        "s",
                        "1",
                        Signal.numeric("hours"),
                        Signal.numeric("days"),
                        Signal.numeric("spend"),
                        Signal.categorical("tier", "0", "1", "2")),
                List.of("user"));
        for (int i = 0; i < people.size(); i++) {
            double[] person = people.get(i);
            users.add(
                    Map.of("hours", person[0], "days", person[1], "spend", person[2], "tier", String.valueOf((int)
                            person[3])),
                    Map.of("user", names.get(i)),
                    i % 3 == 0);
        }
        return users.build("y");
    }

    private static int[] shuffled() {
        List<Integer> rows = new ArrayList<>(IntStream.range(0, ROWS).boxed().toList());
        Collections.shuffle(rows, new Random(5));
        return Arrays.stream(rows.toArray(Integer[]::new))
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
