package io.conversion.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import io.conversion.core.ConversionModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A fifth of the rows is held out by what they hold. */
class WorkbenchSplitKindTest {

    private static final String HEADER = "account;visits;plan;day;bought\n";

    @TempDir
    static Path folder;

    private static Path users;
    private static Path shuffled;

    /** 1,000 rows of 500 accounts, 10 rows a day. */
    @BeforeAll
    static void writeUsers() throws IOException {
        Random random = new Random(12);
        List<String> rows = new ArrayList<>();
        for (int row = 0; row < 1000; row++) {
            double visits = 2 * random.nextGaussian();
            int day = row / 10;
            rows.add(String.format(
                    Locale.ROOT,
                    "k%d;%.4f;%s;2025-%02d-%02dT08:00:00Z;%d\n",
                    row % 500,
                    visits,
                    random.nextBoolean() ? "free" : "paid",
                    1 + day / 25,
                    1 + day % 25,
                    random.nextDouble() < 1 / (1 + Math.exp(-visits)) ? 1 : 0));
        }
        users = Files.writeString(folder.resolve("users.csv"), HEADER + String.join("", rows));
        Collections.shuffle(rows, new Random(3));
        shuffled = Files.writeString(folder.resolve("shuffled.csv"), HEADER + String.join("", rows));
    }

    private static Outcome train(Path data, String... options) {
        return Outcome.with(
                options,
                "train --shapes linear --penalty 1 --calibrate none --label bought --data",
                data,
                "--out",
                folder.resolve("model"));
    }

    @Test
    void theLatestFifthIsHeldOutWithItsDate() throws IOException {
        Outcome outcome = train(shuffled, "--split", "time:day", "--exclude", "account");

        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out())
                .contains("  rows              800\n")
                .contains("metrics on 200 users from 2025-04-06 on, that no choice has seen:");
        assertThat(ConversionModel.load(folder.resolve("model/model.json"))
                        .schema()
                        .declared())
                .extracting(signal -> signal.name())
                .containsExactly("visits", "plan");
    }

    @Test
    void aSplitByTimeKeepsGroupsOnOneSide() {
        Outcome outcome = train(users, "--split", "time:day", "--group-split", "account");

        // Each account has a row in the first 500.
        assertThat(outcome.err())
                .contains("no row lies on or after 2025-04-06 in column \"day\", of a group without earlier rows");
        assertThat(outcome.exitCode()).isEqualTo(1);
    }

    @Test
    void groupsStayTogether() {
        Outcome outcome = train(users, "--split", "group:account", "--exclude", "day");

        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out())
                .contains("held out: 200 of 1,000 rows, every fifth account\n")
                .contains("metrics on 200 users of a hold-out, every fifth account, that no choice has seen:");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hash", "hash:account"})
    void aHashDoesNotDependOnTheOrderOfRows(String split) {
        String exclude = split.equals("hash") ? "account,day" : "day";

        Outcome one = train(users, "--split", split, "--exclude", exclude);
        Outcome other = train(shuffled, "--split", split, "--exclude", exclude);

        assertThat(one.err()).isEmpty();
        assertThat(line(one, "held out: ")).isEqualTo(line(other, "held out: ")).contains("drawn by a hash of ");
        assertThat(line(one, "  ROC AUC")).isEqualTo(line(other, "  ROC AUC"));
        int held = Integer.parseInt(line(one, "held out: ").split(" ", -1)[2]);
        // Six standard deviations of a fifth of 1,000, and of 500 accounts of two rows.
        assertThat(held).isBetween(200 - 76, 200 + 108);
    }

    private static String line(Outcome outcome, String start) {
        return outcome.out()
                .lines()
                .filter(line -> line.startsWith(start))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void rowsThatDoNotDifferAreRefused() throws IOException {
        Path same = Files.writeString(
                folder.resolve("same.csv"), HEADER + "k;1;free;2025-01-01;1\nk;1;free;2025-01-01;0\n".repeat(40));

        assertThat(train(same, "--split", "hash:account", "--exclude", "day").err())
                .isEqualTo(
                        "--split: all 80 rows fall on one side, drawn by a hash of account; too few of them differ\n");
        assertThat(train(same, "--split", "time:day", "--exclude", "account").err())
                .contains("has no other day than 2025-01-01");
        assertThat(train(same, "--split", "group:account", "--exclude", "day").exitCode())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--split time | \"time\" is no split; time:COLUMN, group:COLUMN, hash and hash:COLUMN are the kinds that exist",
                "--split hash: | \"hash:\" is no split",
                "--split month:day | \"month:day\" is no split",
                "--split hash --holdout fifth | --split and --holdout exclude each other; give one hold-out",
                "--split hash --holdout-from 2025-02-01 --date day | --split and --holdout-from exclude each other",
                "--split group:account --group-split account | --group-split goes with --split time:COLUMN only",
                "--split hash --base-rate 0.1 | --split holds out rows of the base rate",
            })
    void whatDoesNotGoTogetherIsAMisuse(String options, String message) {
        Outcome outcome = train(users, options.split(" ", -1));

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err()).contains(message);
    }

    @Test
    void aColumnThatTheFileLacksIsRefused() {
        assertThat(train(users, "--split", "hash:id").err()).contains("there is no column \"id\"");
    }
}
