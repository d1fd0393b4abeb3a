package io.conversion.workbench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A generated product with an offer whose effect is known: what was stated is read out again, from a table and from records. */
class WorkbenchOfferTest {

    @TempDir
    static Path folder;

    private static final String EFFECT = "0:0.01,0.05:0.1";

    private static Path experiment;
    private static Outcome generated;

    @BeforeAll
    static void generate() {
        experiment = folder.resolve("product/experiment");
        generated = Outcome.of("generate --events --users 6000 --seed 3 --offer-effect " + EFFECT + " --out "
                + folder.resolve("product"));
    }

    private static Outcome readTable() {
        return Outcome.of("experiment readout --arm arm --control today --shares today=0.5,offer=0.5"
                + " --outcome annual_plan --covariate probability --planned-users 5400 --smallest-effect 0.01 --data "
                + experiment.resolve("users.csv") + " --out " + folder.resolve("table"));
    }

    private static Outcome readRecords() {
        return Outcome.of("experiment readout --experiment " + experiment.resolve("experiment.json")
                + " --decisions " + experiment.resolve("decisions.jsonl") + " --outcomes "
                + experiment.resolve("outcomes.csv") + " --as-of 2024-07-29T00:00:00Z --out "
                + folder.resolve("records"));
    }

    @Test
    void knownEffectIsReadOutOfTheTableAndOfTheRecordsAlike() throws IOException {
        Outcome table = readTable();
        Outcome records = readRecords();

        assertThat(generated.err()).isEmpty();
        assertThat(table.err()).isEmpty();
        assertThat(records.err()).isEmpty();
        // The interval of the verdict holds what was stated, and both ways say the same; only the folders differ.
        assertThat(generated.out()).contains("The offer adds 3.325 percentage points to \"annual_plan\"");
        Matcher verdict = Pattern.compile(
                        "Act: arm \"offer\" changes \"annual_plan\" by \\+(\\S+) to \\+(\\S+) percentage points")
                .matcher(table.out());
        assertThat(verdict.lookingAt()).isTrue();
        assertThat(3.325).isBetween(Double.valueOf(verdict.group(1)), Double.valueOf(verdict.group(2)));
        assertThat(records.out().replace(folder + "/records", folder + "/table"))
                .isEqualTo(table.out());
    }

    @Test
    void statedEffectIsTheMeanOfTheTable() throws IOException {
        List<String> lines = Files.readAllLines(experiment.resolve("users.csv"));
        double sum = 0;
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",", -1);
            double probability = Double.parseDouble(cells[9]);
            assertThat(cells[10]).isEqualTo(probability < 0.05 ? "0.01" : "0.1");
            sum += Double.parseDouble(cells[10]);
        }

        assertThat(100 * sum / (lines.size() - 1)).isEqualTo(3.325, within(0.0005));
    }

    @Test
    void simulationOnTheSameUsersSaysTheSameEffect() {
        Outcome simulated = Outcome.of("experiment simulate --planned-users 2000 --experiments 20 --looks 5 --effect "
                + EFFECT + " --data " + experiment.resolve("users.csv"));

        assertThat(simulated.err()).isEmpty();
        assertThat(simulated.out()).contains("On average the effect is +3.3249 percentage points.");
    }

    @Test
    void recordsReplay() {
        Outcome replayed = Outcome.of("replay --records " + experiment.resolve("decisions.jsonl") + " --model "
                + experiment.resolve("model.json") + " --policy " + experiment.resolve("today.json")
                + " --arm-policy " + experiment.resolve("offer.json") + " --experiment "
                + experiment.resolve("experiment.json"));

        assertThat(replayed.err()).isEmpty();
        assertThat(replayed.out()).contains("verified    5,");
        assertThat(Outcome.of("experiment check " + experiment.resolve("experiment.json"))
                        .out())
                .startsWith("experiment \"annual-plan\" 1 is sound");
    }

    @Test
    void productIsTheSameWithoutTheOfferAndTheOfferIsTheSameAgain() throws IOException {
        Path without = folder.resolve("without");
        Path again = folder.resolve("again");
        Outcome.of("generate --events --users 6000 --seed 3 --out " + without);
        Outcome.of("generate --events --users 6000 --seed 3 --offer-effect " + EFFECT + " --out " + again);

        assertThat(without.resolve("experiment")).doesNotExist();
        for (String name : List.of("signups.csv", "events.csv", "purchases.csv", "offers.csv")) {
            assertThat(folder.resolve("product").resolve(name)).hasSameBinaryContentAs(without.resolve(name));
        }
        for (String name : List.of(
                "users.csv",
                "decisions.jsonl",
                "outcomes.csv",
                "experiment.json",
                "model.json",
                "today.json",
                "offer.json")) {
            assertThat(again.resolve("experiment").resolve(name)).hasSameBinaryContentAs(experiment.resolve(name));
        }
    }

    @Test
    void whatMakesNoExperimentIsRefused() {
        assertThat(Outcome.of("generate --users 5 --offer-effect 0.1 --out " + folder.resolve("users.csv")))
                .isEqualTo(new Outcome(2, "", """
                        --offer-effect is of users who are followed; add --events
                        "workbench generate --help" explains the options
                        """));
        assertThat(Outcome.of("generate --events --users 5 --offer-effect 0.2:0.1,0.1:0 --out " + folder.resolve("x"))
                        .err())
                .contains("an effect from 0.1 on comes after one from 0.2 on; list bounds in ascending order");
    }

    @Test
    void amountsAreSimulated() throws IOException {
        Path amounts = Files.writeString(folder.resolve("amounts.csv"), "key,value\na,10\nb,30\n");
        String words = "experiment simulate --planned-users 2000 --experiments 20 --looks 5 --effect 0.05 --data "
                + experiment.resolve("users.csv");

        assertThat(Outcome.of(words + " --amounts " + amounts).out())
                .contains("On average the effect is +1.0000 per user.");
        assertThat(Outcome.of(words + " --amount-factor 0.5").err())
                .startsWith("--amount-factor is of --amounts; give the file");
        assertThat(Outcome.of(words + " --amounts " + amounts + " --amount-column key")
                        .err())
                .isEqualTo("amounts.csv: line 2 has no number in \"key\"\n");
    }

    /** The commands of the guide, in a folder of their own. */
    @Test
    void guideReadsOutWhatItSays() throws IOException {
        String guide = Files.readString(Path.of("../../docs/experiments.md"));
        int block = guide.indexOf("workbench generate --events");
        List<String> commands = guide.substring(block, guide.indexOf("```", block))
                .replaceAll(" *\\\\\n *", " ")
                .lines()
                .map(line -> line.substring("workbench ".length())
                        .replace(" product", " " + folder.resolve("guide"))
                        .replace("--out ", "--out " + folder + "/")
                        .replace("--out " + folder + "/" + folder, "--out " + folder))
                .toList();

        List<Outcome> outcomes = commands.stream().map(Outcome::of).toList();

        assertThat(outcomes)
                .hasSize(3)
                .allSatisfy(outcome -> assertThat(outcome.err()).isEmpty());
        assertThat(guide).contains("1.498 percentage points; the other two find it");
        assertThat(outcomes.get(0).out()).contains("The offer adds 1.498 percentage points");
        assertThat(outcomes.get(2).out().replace(folder + "/readout/", folder + "/table/"))
                .isEqualTo(outcomes.get(1).out())
                .startsWith("Act: arm \"offer\" changes \"annual_plan\" by +0.37 to +2.24 percentage points");
    }
}
