package io.conversion.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.conversion.experiments.data.CsvExperiment;
import io.conversion.model.data.InvalidDataException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadoutTest {

    private static final Metric CONVERTED = Metric.of("converted", Metric.Kind.PROPORTION);

    @TempDir
    private Path folder;

    /** Users one by one: of each arm so many, of whom some convert, evenly spread. */
    private static UserTable users(int control, int ofControl, int treatment, int ofTreatment) {
        int all = control + treatment;
        int[] arm = new int[all];
        double[] converted = new double[all];
        int[] seen = new int[2];
        for (int i = 0; i < all; i++) {
            int of = (long) (i + 1) * treatment / all > (long) i * treatment / all ? 1 : 0;
            arm[i] = of;
            long size = of == 1 ? treatment : control;
            long hits = of == 1 ? ofTreatment : ofControl;
            converted[i] = (seen[of] + 1) * hits / size > seen[of] * hits / size ? 1 : 0;
            seen[of]++;
        }
        return UserTable.of(List.of("A", "B"), arm, Map.of("converted", converted));
    }

    private static ReadoutPlan.Builder plan() {
        return ReadoutPlan.builder("test", "A", CONVERTED).shares(Map.of("A", 0.5, "B", 0.5));
    }

    @Test
    void betterArmIsActedOn() {
        Readout readout = Readout.of(plan().build(), users(10_000, 800, 10_000, 1000));

        assertThat(readout.verdict())
                .isEqualTo(new Verdict.Act(
                        "B",
                        "Act: arm \"B\" changes \"converted\" by +0.76 to +3.24 percentage points, for the better."));
    }

    @Test
    void worseArmIsStopped() {
        Readout readout = Readout.of(plan().build(), users(10_000, 1000, 10_000, 800));

        assertThat(readout.verdict())
                .isEqualTo(new Verdict.Stop(
                        "worse",
                        "Stop: arm \"B\" changes \"converted\" by -3.24 to -0.76 percentage points, for the worse."));
    }

    @Test
    void fewerUsersThanPlannedAreWaitedFor() {
        Readout readout = Readout.of(plan().plannedUsers(20_000).build(), users(4000, 320, 4000, 340));

        assertThat(readout.verdict())
                .isEqualTo(new Verdict.Wait(
                        12_000,
                        "Wait: arm \"B\" changes \"converted\" by -1.42 to +2.42 percentage points, so that an effect is not"
                                + " shown. 12,000 of 20,000 planned users are missing."));
    }

    @Test
    void undecidedAtThePlannedSizeCannotBeKnown() {
        Readout readout = Readout.of(plan().plannedUsers(8000).build(), users(4000, 320, 4000, 340));

        assertThat(readout.verdict().sentence())
                .startsWith("Cannot know: at the planned 8,000 users arm \"B\" changes \"converted\" by");
    }

    @Test
    void effectThatCannotMatterIsStopped() {
        Readout readout = Readout.of(
                plan().plannedUsers(200_000).smallestEffect(0.02).build(), users(50_000, 4000, 50_000, 4010));

        assertThat(readout.verdict())
                .isInstanceOfSatisfying(
                        Verdict.Stop.class, stop -> assertThat(stop.reason()).isEqualTo("no_effect_that_matters"));
    }

    @Test
    void lostUsersRefuseEveryEffect() {
        Readout readout = Readout.of(plan().build(), users(10_000, 800, 9_000, 1000));

        assertThat(readout.metrics()).isEmpty();
        assertThat(readout.verdict().sentence())
                .isEqualTo("Cannot know: the users (10,000 in \"A\", 9,000 in \"B\") are not the declared shares"
                        + " (p < 0.0001): users of one arm got lost or were doubled between the assignment and these data;"
                        + " find out where before you look at any effect.");
    }

    @Test
    void toleratedDeviationOfSharesIsNone() {
        Readout readout = Readout.of(plan().tolerance(0.06).build(), users(10_000, 800, 9_000, 1000));

        assertThat(readout.metrics()).isNotEmpty();
    }

    @Test
    void guardrailThatIsHarmedStops() {
        UserTable table = users(10_000, 800, 10_000, 1000);
        double[] refunds = table.column("converted").clone();
        ReadoutPlan plan = plan().metric(Metric.of("refunds", Metric.Kind.PROPORTION)
                        .lowerIsBetter()
                        .guardrail(0.005))
                .build();

        Readout readout = Readout.of(
                plan,
                UserTable.of(
                        List.of("A", "B"),
                        IntStream.range(0, 20_000).map(table::armOf).toArray(),
                        Map.of("converted", refunds, "refunds", refunds)));

        assertThat(readout.verdict())
                .isEqualTo(new Verdict.Stop(
                        "harm",
                        "Stop: arm \"B\" changes \"refunds\" by +0.76 to +3.24 percentage points, which is a harm of more"
                                + " than 0.5 percentage points."));
    }

    @Test
    void fewOutcomesAreRefusedWithTheirExactEvidence() {
        Readout readout = Readout.of(plan().build(), users(500, 4, 500, 9));
        ComparisonReadout comparison = readout.metrics().get(0).comparisons().get(0);

        assertThat(comparison.difference()).isNull();
        assertThat(comparison.refusal())
                .isEqualTo(new Refusal(
                        "too_few_outcomes",
                        "arm \"A\" has 4 of 500 users who did it; 10 are needed who did and as many who did not",
                        "wait for more outcomes; the exact evidence holds with any number"));
        assertThat(comparison.exact()).isNotNull();
    }

    @Test
    void jsonIsWhatItsSchemaSays() throws IOException {
        Schema schema;
        try (InputStream in = Objects.requireNonNull(
                Readout.class.getResourceAsStream("/META-INF/schemas/conversion-readout-1.schema.json"))) {
            schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(new String(in.readAllBytes(), StandardCharsets.UTF_8), InputFormat.JSON);
        }
        List<Readout> readouts = List.of(
                Readout.of(plan().build(), users(10_000, 800, 10_000, 1000)),
                Readout.of(plan().build(), users(10_000, 800, 9_000, 1000)),
                Readout.of(plan().plannedUsers(20_000).smallestEffect(0.01).build(), users(500, 4, 500, 9)));

        for (Readout readout : readouts) {
            assertThat(schema.validate(readout.toJson(), InputFormat.JSON)).isEmpty();
        }
        assertThat(schema.validate(
                        readouts.get(0).toJson().replace("\"estimate\"", "\"estimation\""), InputFormat.JSON))
                .isNotEmpty();
    }

    @Test
    void badPlansAreRefusedWithAllThatIsWrong() {
        assertThatThrownBy(() -> ReadoutPlan.builder("test", "C", CONVERTED)
                        .shares(Map.of("A", 0.5, "B", 0.6))
                        .covariates(List.of("converted"))
                        .alpha(1)
                        .build())
                .hasMessage(
                        "plan \"test\": the shares of the arms sum to 1.1; they must sum to 1; the control \"C\" has no"
                                + " share; covariate \"converted\" is an outcome, too; what is known only after the assignment is no"
                                + " covariate; the error rate is 1.0; it must be from 1.0E-9 to below 1");
        assertThatThrownBy(() -> Readout.of(
                        plan().build(), UserTable.of(List.of("A"), new int[2], Map.of("converted", new double[2]))))
                .hasMessage("all users are in one arm; an effect is a difference between arms");
        assertThatThrownBy(() -> Readout.of(
                        plan().shares(Map.of("A", 0.4, "B", 0.4, "C", 0.2)).build(), users(100, 20, 100, 20)))
                .hasMessage("the arms of the users are \"A\", \"B\", but shares are declared for \"A\", \"B\", \"C\"");
    }

    @Test
    void covariateThatIsTheOutcomeIsRefused() {
        UserTable table = users(1000, 80, 1000, 100);
        UserTable twice = UserTable.of(
                List.of("A", "B"),
                IntStream.range(0, 2000).map(table::armOf).toArray(),
                Map.of("converted", table.column("converted"), "copy", table.column("converted")));

        Readout readout = Readout.of(plan().covariates(List.of("copy")).build(), twice);

        assertThat(readout.verdict().sentence())
                .isEqualTo(
                        "Cannot know: the covariates explain the outcome wholly, as only the outcome itself can; name what"
                                + " was known before the assignment.");
        assertThat(readout.toJson()).contains("covariate_is_outcome");
    }

    @Test
    void millionUsersOfOneClusterAreRefused() {
        UserTable table = users(1000, 80, 1000, 100).clusters(new int[2000]);

        assertThat(Readout.of(plan().build(), table).verdict())
                .isInstanceOfSatisfying(
                        Verdict.CannotKnow.class,
                        verdict -> assertThat(verdict.reason()).isEqualTo("too_few_clusters"));
    }

    @Test
    void orderOfRowsDoesNotShow() throws IOException {
        List<String> rows = new ArrayList<>();
        Random random = new Random(4);
        for (int user = 0; user < 3000; user++) {
            for (int row = 0; row < 1 + user % 3; row++) {
                rows.add(user + "," + (user % 2 == 0 ? "A" : "B") + "," + random.nextDouble() * 1e6 + ","
                        + random.nextGaussian());
            }
        }
        String first = readout(rows);
        Collections.shuffle(rows, random);

        assertThat(readout(rows)).isEqualTo(first);
    }

    /** What depends on the order by its nature is left out: the path. */
    private String readout(List<String> rows) throws IOException {
        Path file = folder.resolve("rows.csv");
        Files.writeString(file, "user,arm,amount,before\n" + String.join("\n", rows));
        CsvExperiment.Users users = CsvExperiment.of(file, "arm", List.of("amount", "mean=mean(amount)"))
                .unit("user")
                .covariates(List.of("before"))
                .read(bytes -> {});
        ReadoutPlan plan = ReadoutPlan.builder("rows", "A", users.metrics().get(0))
                .metric(users.metrics().get(1))
                .covariates(List.of("before"))
                .build();
        return Readout.of(plan, users.table()).metrics().toString();
    }

    @Test
    void positiveTextLeavesNumbersAlone() throws IOException {
        Path file = folder.resolve("texts.csv");
        Files.writeString(file, "arm,plan,amount\nA,paid,9.5\nB,free,0\nA,gift,3\nB,paid,4\n");

        CsvExperiment.Users users = CsvExperiment.of(file, "arm", List.of("plan", "amount"))
                .positive("paid")
                .read(bytes -> {});

        assertThat(users.metrics()).extracting(Metric::kind).containsExactly(Metric.Kind.PROPORTION, Metric.Kind.MEAN);
        assertThat(users.table().column(users.metrics().get(0).column())).containsExactly(1, 0, 0, 1);
        assertThat(users.table().column(users.metrics().get(1).column())).containsExactly(9.5, 0, 3, 4);
    }

    @Test
    void cellsThatAreNoNumbersAreNamed() throws IOException {
        Path file = folder.resolve("bad.csv");
        Files.writeString(file, "arm,converted\nA,1\nB,maybe\nA,1e400\n");

        assertThatThrownBy(() ->
                        CsvExperiment.of(file, "arm", List.of("converted")).read(bytes -> {}))
                .isInstanceOf(InvalidDataException.class)
                .hasMessage(
                        "bad.csv: line 3: \"maybe\" in column \"converted\" is neither a number nor true, false, yes or no;"
                                + " line 4: \"1e400\" in column \"converted\" is neither a number nor true, false, yes or no; it is"
                                + " too large for a number");
    }

    /** As docs/experiment-format.md has it: a household is one unit, and a rate per person a ratio. */
    @Test
    void householdsAsUnitsHaveTheEffectAndTheErrorOfPersonsInClusters() {
        Random random = new Random(8);
        int households = 1200;
        int[] arm = new int[households];
        double[] converted = new double[households];
        double[] members = new double[households];
        List<Integer> armOfPerson = new ArrayList<>();
        List<Integer> household = new ArrayList<>();
        List<Double> outcome = new ArrayList<>();
        for (int h = 0; h < households; h++) {
            arm[h] = random.nextInt(2);
            double mood = 0.2 + 0.3 * random.nextDouble() + 0.05 * arm[h];
            members[h] = 1 + random.nextInt(5);
            for (int person = 0; person < members[h]; person++) {
                double did = random.nextDouble() < mood ? 1 : 0;
                converted[h] += did;
                armOfPerson.add(arm[h]);
                household.add(h);
                outcome.add(did);
            }
        }
        ComparisonReadout units = Readout.of(
                        ReadoutPlan.builder("units", "A", Metric.ratio("rate", "converted", "members"))
                                .build(),
                        UserTable.of(List.of("A", "B"), arm, Map.of("converted", converted, "members", members)))
                .metrics()
                .get(0)
                .comparisons()
                .get(0);
        ComparisonReadout persons = Readout.of(
                        ReadoutPlan.builder("persons", "A", CONVERTED).build(),
                        UserTable.of(
                                        List.of("A", "B"),
                                        armOfPerson.stream().mapToInt(of -> of).toArray(),
                                        Map.of(
                                                "converted",
                                                outcome.stream()
                                                        .mapToDouble(of -> of)
                                                        .toArray()))
                                .clusters(household.stream().mapToInt(of -> of).toArray()))
                .metrics()
                .get(0)
                .comparisons()
                .get(0);

        EffectReadout ofUnits = Objects.requireNonNull(units.difference());
        EffectReadout ofPersons = Objects.requireNonNull(persons.difference());
        assertThat(ofUnits.estimate()).isEqualTo(ofPersons.estimate(), within(1e-14));
        // The delta method and CR2 differ by the order of one over the number of households.
        assertThat(ofUnits.standardError()).isCloseTo(ofPersons.standardError(), withinPercentage(0.5));
    }
}
