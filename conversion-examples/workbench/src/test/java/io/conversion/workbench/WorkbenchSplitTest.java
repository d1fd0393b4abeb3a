package io.conversion.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import io.conversion.core.ConversionModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Hold-outs by group and by time, names of columns with commas, and what comes of terminals. */
class WorkbenchSplitTest {

    @TempDir
    static Path folder;

    private static Path users;

    /** 200 users with four rows each, a month apart. */
    @BeforeAll
    static void writeUsers() throws IOException {
        Random random = new Random(4);
        StringBuilder text = new StringBuilder("\"user, id\",seen,\"hours, a week\",sessions,converted\n");
        for (int user = 0; user < 200; user++) {
            double hours = 3 * Math.exp(random.nextGaussian());
            int sessions = random.nextInt(40);
            for (int month = 1; month <= 4; month++) {
                double now = hours * (1 + random.nextGaussian() / 50);
                text.append(String.format(
                        Locale.ROOT,
                        "u%d,2024-%02d-15,%.2f,%d,%d\n",
                        user,
                        month,
                        now,
                        sessions + random.nextInt(2),
                        random.nextDouble() < 1 / (1 + Math.exp(1.5 - 0.5 * now)) ? 1 : 0));
            }
        }
        users = Files.writeString(folder.resolve("users.csv"), text);
    }

    @Test
    void rowsOfAUserStayOnOneSide() throws IOException {
        Outcome outcome = train("--group-split", "\"user, id\"", "--exclude", "seen", "--holdout", "fifth");

        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out())
                .contains("  rows              640\n")
                .contains("metrics on 160 users of a hold-out, every fifth user, id, that no choice has seen:");
        assertThat(ConversionModel.load(folder.resolve("model/model.json"))
                        .schema()
                        .declared())
                .extracting(signal -> signal.name())
                .containsExactly("hours, a week", "sessions");
    }

    @Test
    void aSplitByTimeMeasuresOnLaterRows() {
        Outcome outcome = train("--holdout-from", "2024-04-01", "--date", "seen", "--exclude", "\"user, id\"");

        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out())
                .contains("  rows              600\n")
                .contains("metrics on 200 users from 2024-04-01 on, that no choice has seen:");
    }

    @Test
    void withoutASplitNearCopiesAreWarnedOf() {
        Outcome outcome = train("--exclude", "\"user, id\",seen");

        assertThat(outcome.out()).contains("near copies of another row, mostly 1 row away");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--holdout-from 2024-04-01 | --holdout-from needs --date, the column that holds the dates",
                "--date seen | --date needs --holdout-from, the first day of the hold-out",
                "--date seen --holdout-from 2024-04-01 --holdout fifth | --holdout-from and --holdout exclude each other",
                "--date seen --holdout-from 2024-02-30 | Invalid value for option '--holdout-from': \"2024-02-30\" is not a day"
            })
    void optionsThatDoNotGoTogetherAreAMisuse(String options, String message) {
        Outcome outcome = train((Object[]) options.split(" ", -1));

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err()).startsWith(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"user, id\",seen     | user, id, seen",
                "seen, \"user, id\"    | seen, user, id",
                "\"user, id\" , seen,  | user, id, seen"
            })
    void aNameWithACommaIsQuotedAnywhereInAList(String exclude, String excluded) {
        assertThat(train("--exclude", exclude).out()).contains("columns excluded  " + excluded + "\n");
    }

    @Test
    void aSingleQuotedNameIsOneName() {
        assertThat(train("--exclude", "\"user, id\"", "--exclude", "seen").out())
                .contains("columns excluded  user, id, seen\n");
        assertThat(train("--exclude", "\"user, id").err())
                .startsWith("Invalid value for option '--exclude' (A,B): the quotes are not closed in \"user, id");
    }

    @ParameterizedTest
    @CsvSource({
        "train, --exclude",
        "train, --require",
        "train, --categorical",
        "score, --ignore",
        "signals, --exclude",
        "horizons, --attributes"
    })
    void theHelpSaysHowNamesAreQuoted(String command, String option) {
        String help = Outcome.of(command + " --help").out().replaceAll("\\s+", " ");

        assertThat(help.substring(help.indexOf(option + " A,B")))
                .contains("A name with a comma is given in double quotes.");
    }

    @Test
    void whatAFileHoldsMovesNoCursor() throws IOException {
        Path file = Files.writeString(
                folder.resolve("escape.csv"),
                "x,\"\u001b[2Jz\",y\n" + "1,\"a\u001b]0;b\u0007\",1\n2,\u202eb,0\n".repeat(40));

        Outcome outcome =
                Outcome.of("schema infer --label y --exclude x --out", folder.resolve("s.json"), "--data", file);

        assertThat(outcome.err() + outcome.out())
                .contains("\\u001b")
                .doesNotContain("\u001b")
                .doesNotContain("\u202e");
    }

    @Test
    void aWideTableIsRefusedBeforeAnyFit() throws IOException {
        Random random = new Random(8);
        String header = IntStream.range(0, 400).mapToObj(i -> "c" + i).collect(Collectors.joining(","));
        StringBuilder text = new StringBuilder(header).append(",city,converted\n");
        for (int row = 0; row < 500; row++) {
            for (int i = 0; i < 400; i++) {
                text.append(random.nextInt(100)).append(',');
            }
            text.append('t')
                    .append(row % 150)
                    .append(',')
                    .append(row % 3 == 0 ? 1 : 0)
                    .append('\n');
        }
        Path file = Files.writeString(folder.resolve("wide.csv"), text);

        Outcome outcome = Outcome.of(Outcome.TRAIN, "--data", file, "--out", folder.resolve("wide"));

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err())
                .endsWith("  rows_per_coefficient: the rarer outcome has 167 rows for at least 549 coefficients (signal"
                        + " \"city\" alone needs 149); nothing was fitted, since 2,745 rows are needed: give more rows, or"
                        + " fewer signals and levels, such as those that the command signals keeps\n");
    }

    private static Outcome train(Object... options) {
        return Outcome.with(
                options, Outcome.TRAIN, "--data", users, "--out", folder.resolve("model"), "--name", "users");
    }
}
