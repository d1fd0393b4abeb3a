package io.conversion.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import io.conversion.core.signals.Signal;
import io.conversion.model.data.CsvDataSet;
import io.conversion.model.data.DataSet;
import io.conversion.model.lifecycle.HorizonUsers;
import io.conversion.model.lifecycle.IntentHorizons;
import io.conversion.model.lifecycle.IntentReport;
import io.conversion.model.synthetic.StreamingProduct;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From generated events to the day on which intent can be seen; the numbers are those of the library. */
class WorkbenchHorizonsTest {

    private static final int USERS = 3000;
    private static final long SEED = 7;

    @TempDir
    static Path shared;

    private static Path product;
    private static Outcome generated;

    @TempDir
    Path folder;

    @BeforeAll
    static void generate() {
        product = shared.resolve("new/product");
        generated = Outcome.of("generate --events --users", USERS, "--seed", SEED, "--out", product);
    }

    @Test
    void generatedTablesAreThoseOfTheLibrary() throws IOException {
        StreamingProduct.User first = StreamingProduct.user(SEED, 0);

        assertThat(generated.exitCode()).isZero();
        assertThat(generated.out())
                .contains("wrote " + product.resolve("signups.csv") + ": 3,000 users\n")
                .contains("wrote " + product.resolve("events.csv") + ": ")
                .contains("%) within 30 days\n");
        assertThat(Files.readAllLines(product.resolve("signups.csv")))
                .hasSize(USERS + 1)
                .startsWith(
                        "user,day,country_tier,channel",
                        "u0000001," + first.signup() + "," + first.countryTier() + "," + first.channel());
        assertThat(Files.readAllLines(product.resolve("events.csv")))
                .hasSize(1
                        + StreamingProduct.stream(SEED)
                                .limit(USERS)
                                .mapToInt(user -> user.events().size())
                                .sum())
                .startsWith(
                        "user,day,kind,amount",
                        "u0000001," + first.signup() + ",session,"
                                + first.events().get(0).amount());
        assertThat(Files.readAllLines(product.resolve("purchases.csv")).get(0)).isEqualTo("user,day");
        assertThat(Files.readAllLines(product.resolve("offers.csv")).get(0)).isEqualTo("user,day,offered,true_effect");
        assertThat(files(product)).hasSize(4);
    }

    @Test
    void tableAndFileHoldTheNumbersOfTheLibrary() throws IOException {
        Path out = folder.resolve("horizons.json");

        Outcome outcome =
                horizons("--attributes", "country_tier,channel", "--observed-until", "2024-07-28", "--out", out);

        IntentReport report = IntentHorizons.defaults().measure(StreamingProduct.log(USERS, SEED));
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.exitCode()).isZero();
        assertThat(Files.readString(out)).isEqualTo(report.toJson());
        assertThat(outcome.out().replaceAll("\\s+", " "))
                .contains(" users 3,000 ")
                .contains(" observed until 2024-07-28 (declared) ")
                .contains(report.verdict().sentence());
        assertThat(outcome.out()).endsWith("wrote " + out + "\n");
        assertThat(outcome.out().lines())
                .allSatisfy(
                        line -> assertThat(line).hasSizeLessThanOrEqualTo(110).isEqualTo(line.stripTrailing()));
    }

    @Test
    void withoutAFileNothingIsWritten() throws IOException {
        Outcome outcome = horizons("--days", "1,5", "--within", "20", "--share", "0.5");

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out()).contains("at risk on day 5, of whom ").contains(" buy on days 6 to 20:");
        assertThat(files(folder)).isEmpty();
    }

    @Test
    void columnsMayHaveOtherNames() throws IOException {
        Path signups = Files.writeString(folder.resolve("s.csv"), "id,joined\na,2024-01-01\nb,2024-01-01\n");
        Path events = Files.writeString(
                folder.resolve("e.csv"), "id,seen,what,hours\na,2024-01-02,watch,2\nx,2024-01-02,watch,2\n");
        Path purchases = Files.writeString(folder.resolve("p.csv"), "id,paid\na,2024-01-20\na,2024-02-20\n");
        String columns = "--user id --signup-day joined --event-day seen --purchase-day paid --kind what"
                + " --amount hours --observed-until 2024-02-10";

        Outcome refused =
                Outcome.of("horizons " + columns + " --signups", signups, "--events", events, "--purchases", purchases);
        Outcome tolerated = Outcome.of(
                "horizons " + columns + " --tolerate 1 --signups",
                signups,
                "--events",
                events,
                "--purchases",
                purchases);

        assertThat(refused)
                .isEqualTo(new Outcome(
                        1,
                        "",
                        "there are 1 bad rows, and 0 are tolerated:\n  e.csv: line 3: user \"x\" has no signup\n"));
        assertThat(tolerated.exitCode()).isZero();
        assertThat(tolerated.out())
                .contains("observed until        2024-02-10 (declared, though the last event is on 2024-01-02)\n")
                .contains("1 row: 1 of users without a signup")
                .contains("0 events and 1 purchase left out")
                .contains("too few purchases to measure")
                .contains("No verdict: of the 2 users at risk on day 14, 1 buy by day 30");
    }

    @Test
    void theUsersOfADayAreATableToTrainOn() throws IOException {
        Path table = folder.resolve("day7.csv");
        HorizonUsers users = HorizonUsers.of(StreamingProduct.log(USERS, SEED), 7, 30);

        Outcome exported = horizons(
                "--attributes",
                "country_tier,channel",
                "--observed-until",
                "2024-07-28",
                "--export",
                table,
                "--day",
                7);
        Outcome trained = Outcome.of(
                "train --label bought_by_day_30 --exclude user,signup_day --name day-7 --shapes linear --penalty 1"
                        + " --calibrate none --data",
                table,
                "--out",
                folder.resolve("day7"));

        DataSet read =
                CsvDataSet.read(table, CsvDataSet.label("bought_by_day_30").exclude("user", "signup_day"));
        assertThat(exported.err()).isEmpty();
        assertThat(exported.out())
                .startsWith("wrote " + table + ": ")
                .contains(" users at risk on day 7, of whom ")
                .contains(" buy on days 8 to 30\n")
                .endsWith("\ntrain on it with --label bought_by_day_30 --exclude user,signup_day\n");
        assertThat(trained.exitCode()).isZero();
        assertThat(read.outcomes()).isEqualTo(users.data().outcomes());
        for (Signal signal : users.data().schema().declared()) {
            assertThat(read.attribute(signal.name())).isEqualTo(users.data().attribute(signal.name()));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    --export t.csv                      | --export and --day go together: the file, and the day after signup of its users
                    --day 7                             | --export and --day go together: the file, and the day after signup of its users
                    --export t.csv --day 7 --out h.json | --out and --export exclude each other: with --export nothing is measured
                    --export t.csv --day 30             | --day is 30; a day from 0 to the one before --within 30 is needed, so that there are days left to buy on
                    --export t.csv --day -1             | --day is -1; a day from 0 to the one before --within 30 is needed, so that there are days left to buy on
                    """)
    void whatDoesNotGoWithAnExportIsAUsageError(String options, String message) {
        Outcome outcome = horizons((Object[]) options.split(" ", -1));

        assertThat(outcome)
                .isEqualTo(new Outcome(2, "", message + "\n\"workbench horizons --help\" explains the options\n"));
    }

    @Test
    void anAttributeNamedAsAColumnOfTheTableIsRefused() throws IOException {
        Path signups = Files.writeString(
                folder.resolve("s.csv"), "id,day,user\na,2024-01-01,x\nb,2024-01-01,y\nc,2024-01-02,x\n");
        Path events = Files.writeString(folder.resolve("e.csv"), "id,day\na,2024-01-02\nb,2024-01-01\n");
        Path purchases = Files.writeString(folder.resolve("p.csv"), "id,day\na,2024-01-20\n");

        Outcome outcome = Outcome.of(
                "horizons --user id --attributes user --observed-until 2024-03-01 --day 3 --export",
                folder.resolve("t.csv"),
                "--signups",
                signups,
                "--events",
                events,
                "--purchases",
                purchases);

        assertThat(outcome)
                .isEqualTo(new Outcome(
                        1,
                        "",
                        "two columns of the table would be \"user\"; leave it out of --attributes, or rename it in the"
                                + " signups\n"));
    }

    @Test
    void wrongDaysAreAUsageError() {
        Outcome outcome = horizons("--days", "7,3");

        assertThat(outcome)
                .isEqualTo(new Outcome(
                        2,
                        "",
                        String.format("the days are [7, 3]; list them in ascending order%n\"workbench horizons --help\""
                                + " explains the options%n")));
    }

    @Test
    void aPurchaseOfAWrongCenturyIsNamedAndEndsNothing() throws IOException {
        String text = Files.readString(product.resolve("purchases.csv"));
        Path slip = Files.writeString(
                folder.resolve("slip.csv"),
                text + text.lines().skip(1).findFirst().orElseThrow().replaceAll(",.*", ",2924-03-01") + "\n");
        String end = "observed until        ";
        String until = horizons().out().split(end, 2)[1].substring(0, 10);

        Outcome refused = horizons("--purchases", slip);
        Outcome tolerated = horizons("--purchases", slip, "--tolerate", 1);
        Outcome declared = horizons("--purchases", slip, "--observed-until", until);
        Outcome future = horizons("--observed-until", "2924-03-01");

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err())
                .contains("slip.csv: line " + (text.lines().count() + 1) + ", column \"day\": 2924-03-01 lies ")
                .contains("--observed-until");
        assertThat(tolerated.out()).contains(end + until).contains("1 row: 1 of days that cannot be meant");
        assertThat(declared.out()).contains(end + until).contains("and 1 purchase left out");
        assertThat(future.exitCode()).isEqualTo(2);
        assertThat(future.err())
                .startsWith("--observed-until 2924-03-01 lies in the future; give the last day on which");
    }

    @Test
    void inputIsNotOverwritten() {
        Path events = product.resolve("events.csv");

        assertThat(horizons("--out", events))
                .isEqualTo(new Outcome(1, "", events + " is also read, as --events; write to another file\n"));
    }

    @Test
    void eventsAreNotWrittenToAFile() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "text");

        assertThat(Outcome.of("generate --events --users", 5, "--out", file))
                .isEqualTo(new Outcome(1, "", file + " is a file; give the name of a folder to write to\n"));
    }

    private static Outcome horizons(Object... options) {
        boolean purchases = List.of(options).contains("--purchases");
        return Outcome.with(
                options,
                "horizons --signups",
                product.resolve("signups.csv"),
                "--events",
                product.resolve("events.csv"),
                purchases ? "--days" : "--purchases",
                purchases ? "1,3,7,14" : product.resolve("purchases.csv"));
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
