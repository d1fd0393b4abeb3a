package io.conversion.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.conversion.experiments.data.CsvExperiment;
import io.conversion.experiments.data.CsvSummary;
import io.conversion.experiments.statistics.ConfidenceSequence;
import io.conversion.experiments.statistics.Difference;
import io.conversion.experiments.statistics.Inference;
import io.conversion.experiments.statistics.MultipleComparisons;
import io.conversion.experiments.statistics.Sample;
import io.conversion.experiments.statistics.SampleRatio;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Real experiments against what scipy 1.10.1, statsmodels 0.13.5 and R 4.2.2 (sandwich, clubSandwich) made of the same files;
 * the results lie in the folder {@code conversion.reference}, the files in {@code conversion.data}.
 */
class ReferenceExperimentsTest {

    @TempDir
    private Path folder;

    @Test
    void cookieCats() throws IOException {
        JsonNode reference = reference("ab_cookie_cats");
        CsvExperiment.Users users =
                csv("cookie_cats.csv.gz", "version", "retention_7", "retention_1", "sum_game_rounds");
        Readout readout = Readout.of(
                ReadoutPlan.builder("cookie cats", "gate_30", users.metrics().get(0))
                        .metric(users.metrics().get(1))
                        .metric(users.metrics().get(2))
                        .shares(Map.of("gate_30", 0.5, "gate_40", 0.5))
                        .plannedUsers(45_000)
                        .build(),
                users.table());

        JsonNode ratio = reference.at("/srm_50_50");
        assertThat(sampleRatio(readout).chiSquare())
                .isEqualTo(ratio.at("/chi_square").asDouble(), close());
        assertThat(sampleRatio(readout).pValue()).isEqualTo(ratio.at("/p_value").asDouble(), close());
        assertThat(sampleRatio(readout).sequentialPValue())
                .isEqualTo(ratio.at("/sequential_p_value_at_end").asDouble(), within(1e-9));
        proportion(readout, 0, reference.at("/retention_7"));
        proportion(readout, 1, reference.at("/retention_1"));
        mean(readout, 2, reference.at("/sum_game_rounds"));
        JsonNode path = reference.at("/retention_7/path");
        Inference anytime = difference(readout, 0).anytime();
        assertThat(anytime.lower()).isEqualTo(last(path, "acs_lower"), close());
        assertThat(anytime.upper()).isEqualTo(last(path, "acs_upper"), close());
        assertThat(anytime.pValue()).isEqualTo(last(path, "acs_p"), within(1e-9));
        assertThat(readout.health().findings())
                .extracting(Finding::code)
                .containsExactly("sample_ratio_doubtful", "one_user_moves_it");
    }

    @Test
    void everyLookOfCookieCats() throws IOException {
        JsonNode path = reference("ab_cookie_cats").at("/retention_7/path");

        for (int look = 0; look < path.at("/looks").size(); look++) {
            Sample control = share(path, "control", look);
            Sample treatment = share(path, "treatment", look);
            Difference difference = Difference.of(control, treatment);
            Inference anytime = new ConfidenceSequence(0.05, path.at("/n_star").asDouble())
                    .at(difference, control.users() + treatment.users());

            assertThat(difference.standardError())
                    .isEqualTo(path.at("/standard_error/" + look).asDouble(), close());
            assertThat(difference.fixed(0.05).pValue())
                    .isEqualTo(path.at("/fixed_horizon_p/" + look).asDouble(), within(1e-9));
            assertThat(anytime.lower()).isEqualTo(path.at("/acs_lower/" + look).asDouble(), close());
            assertThat(anytime.upper()).isEqualTo(path.at("/acs_upper/" + look).asDouble(), close());
            assertThat(anytime.pValue()).isEqualTo(path.at("/acs_p/" + look).asDouble(), within(1e-9));
        }
    }

    private static Sample share(JsonNode path, String arm, int look) {
        long users = path.at("/n_" + arm + "/" + look).asLong();
        return Sample.ofProportion(
                Math.round(users * path.at("/mean_" + arm + "/" + look).asDouble()), users);
    }

    @Test
    void cancelPage() throws IOException {
        JsonNode reference = reference("ab_cancel_page");
        CsvExperiment.Users users = CsvExperiment.of(
                        data("cancel_page_users.csv"),
                        "test_group",
                        List.of(
                                "revenue=sum(transaction_amount)",
                                "rebilled=any(transaction_type=REBILL)",
                                "rebills=count(transaction_type=REBILL)",
                                "chargebacks=count(transaction_type=CHARGEBACK)",
                                "per_rebill=count(transaction_type=CHARGEBACK)/count(transaction_type=REBILL)"))
                .unit("sample_id")
                .events(data("cancel_page_transactions.csv"))
                .read(bytes -> {});
        Readout readout = Readout.of(plan("0", users.metrics()), users.table());

        assertThat(readout.health().sampleRatio()).isNull();
        mean(readout, 0, reference.at("/net_revenue_per_user"));
        proportion(readout, 1, reference.at("/at_least_one_rebill"));
        mean(readout, 2, reference.at("/rebills_per_user"));
        mean(readout, 3, reference.at("/chargebacks_per_user"));
        ratio(readout, 4, reference.at("/chargebacks_per_rebill"));
    }

    @Test
    void viewsAndClicks() throws IOException {
        JsonNode reference = reference("ab_views_clicks");
        CsvExperiment.Users users = csv("views_clicks.csv.gz", "group", "clicks_per_view=clicks/views");
        Readout readout = Readout.of(plan("control", users.metrics()), users.table());

        ratio(readout, 0, reference.at("/clicks_per_view"));
    }

    @Test
    void starbucks() throws IOException {
        CsvExperiment.Users users = csv("starbucks_promotion.csv.gz", "Promotion", "purchase");
        // A purchase brings 10, a promotion costs 0.15: more purchases, less profit.
        Readout readout = Readout.of(
                ReadoutPlan.builder("starbucks", "No", users.metrics().get(0))
                        .metric(Metric.of("profit", Metric.Kind.MEAN).guardrail(0))
                        .build(),
                users.table().net("profit", users.metrics().get(0).column(), 10, Map.of("Yes", 0.15)));

        proportion(readout, 0, reference("ab_starbucks").at("/purchase"));
        mean(readout, 1, reference("ab_starbucks").at("/profit_per_user"));
        assertThat(readout.verdict())
                .isInstanceOfSatisfying(
                        Verdict.Stop.class, stop -> assertThat(stop.reason()).isEqualTo("harm"));
    }

    @Test
    void shopsOfFastFood() throws IOException {
        JsonNode pairs = reference("ab_fast_food").at("/pairs");
        JsonNode byR = reference("check_r").at("/differences/fast_food_CR2_satterthwaite/location");
        CsvExperiment shops = CsvExperiment.of(data("fast_food_campaign.csv"), "Promotion", List.of("SalesInThousands"))
                .cluster("LocationID");
        CsvExperiment.Users users = shops.read(bytes -> {});

        Readout readout = Readout.of(plan("1", users.metrics()), users.table());

        for (int arm = 0; arm < 2; arm++) {
            JsonNode pair = pairs.at("/promotion_" + (arm + 2) + "_minus_1");
            ComparisonReadout comparison =
                    readout.metrics().get(0).comparisons().get(arm);
            assertThat(present(comparison.difference()).estimate())
                    .isEqualTo(pair.at("/difference").asDouble(), close());
            // clubSandwich, CR2 with Satterthwaite's degrees of freedom; its numbers have 15 digits.
            assertThat(present(comparison.difference()).standardError())
                    .isEqualTo(byR.at("/se/" + arm).asDouble(), within(1e-12));
            assertThat(present(comparison.clusters()).degreesOfFreedom())
                    .isEqualTo(byR.at("/df_satterthwaite/" + arm).asDouble(), within(1e-11));
            assertThat(present(comparison.difference()).fixed().pValue())
                    .isEqualTo(byR.at("/p_satterthwaite/" + arm).asDouble(), within(1e-12));
        }
    }

    // statsmodels 0.13.5, multipletests.
    @Test
    void correctedPValuesOfFastFood() throws IOException {
        JsonNode all = reference("ab_fast_food").at("/multiple_testing");

        for (JsonNode pairs : all) {
            double[] raw = doubles(pairs.at("/raw"));
            assertThat(MultipleComparisons.holm(raw)).containsExactly(doubles(pairs.at("/holm")), close());
            assertThat(MultipleComparisons.benjaminiHochberg(raw))
                    .containsExactly(doubles(pairs.at("/benjamini_hochberg")), close());
        }
        assertThat(all.size()).isEqualTo(4);
    }

    private static double[] doubles(JsonNode list) {
        return IntStream.range(0, list.size())
                .mapToDouble(i -> list.get(i).asDouble())
                .toArray();
    }

    @Test
    void marketsOfFastFoodAreTooFew() throws IOException {
        JsonNode byR = reference("check_r").at("/differences/fast_food_CR2_satterthwaite/market/df_satterthwaite");
        CsvExperiment.Users users = CsvExperiment.of(
                        data("fast_food_campaign.csv"), "Promotion", List.of("SalesInThousands"))
                .cluster("MarketID")
                .read(bytes -> {});

        Readout readout = Readout.of(plan("1", users.metrics()), users.table());

        // 7.3179 and 8.0583 by clubSandwich.
        assertThat(byR.at("/0").asDouble()).isEqualTo(7.3179, within(1e-4));
        assertThat(readout.metrics().get(0).comparisons())
                .extracting(comparison -> present(comparison.refusal()).reason())
                .containsExactly(
                        "10 and 9 clusters leave 7.32 degrees of freedom to the error; 10 are needed",
                        "10 and 10 clusters leave 8.06 degrees of freedom to the error; 10 are needed");
        assertThat(readout.verdict().kind()).isEqualTo("cannot_know");
    }

    @Test
    void weeksOfShopsAreNoUsers() throws IOException {
        CsvExperiment.Users users = CsvExperiment.of(
                        data("fast_food_campaign.csv"), "Promotion", List.of("SalesInThousands"))
                .read(bytes -> {});

        Readout readout = Readout.of(plan("1", users.metrics()), users.table());

        assertThat(readout.verdict())
                .isEqualTo(new Verdict.CannotKnow(
                        "rows_are_not_users",
                        "Cannot know: all rows with the same \"LocationID\" are in the same arm (137 of them in 548 rows),"
                                + " so that it was assigned and not the rows: name the column as the cluster, or as the"
                                + " unit to put its rows together."));
    }

    @Test
    void householdsOfSocialPressure() throws IOException {
        JsonNode reference = reference("ab_social_pressure").at("/versus_control");
        CsvExperiment.Users users = CsvExperiment.of(unpacked("social_pressure.csv.gz"), "treatment", List.of("voted"))
                .cluster("hh_id")
                .covariates(List.of("p2004"))
                .read(bytes -> {});
        Readout readout = Readout.of(
                ReadoutPlan.builder("letters", "Control", users.metrics().get(0))
                        .covariates(List.of("p2004"))
                        .build(),
                users.table());

        for (ComparisonReadout comparison : readout.metrics().get(0).comparisons()) {
            JsonNode letter = reference.at("/" + comparison.arm());
            assertThat(present(comparison.difference()).estimate())
                    .isEqualTo(letter.at("/difference").asDouble(), close());
            assertThat(present(comparison.clusters()).simpleError())
                    .isEqualTo(letter.at("/cluster/se_CR1").asDouble(), close());
            // CR2 and CR1 part in the sixth digit with 120,000 households.
            assertThat(present(comparison.difference()).standardError())
                    .isEqualTo(letter.at("/cluster/se_CR1").asDouble(), within(1e-7));
            assertThat(present(comparison.adjusted()).difference().estimate())
                    .isEqualTo(letter.at("/cuped_p2004/theta_pooled/difference").asDouble(), close());
            assertThat(present(comparison.adjusted()).difference().standardError())
                    .isEqualTo(
                            letter.at("/cuped_p2004/theta_within_arms/se_cluster_household_CR1")
                                    .asDouble(),
                            within(1e-6));
        }
        assertThat(((Verdict.Act) readout.verdict()).arm()).isEqualTo("Neighbors");
    }

    @Test
    void jobTraining() throws IOException {
        JsonNode reference = reference("ab_nsw");
        CsvExperiment.Users users = CsvExperiment.of(data("nsw_experiment.csv"), "treat", List.of("re78"))
                .covariates(List.of("re75"))
                .read(bytes -> {});
        Readout readout = Readout.of(
                ReadoutPlan.builder("job training", "0", users.metrics().get(0))
                        .covariates(List.of("re75"))
                        .build(),
                users.table());

        mean(readout, 0, reference.at("/experiment"));
        ComparisonReadout.AdjustedReadout adjustment =
                present(readout.metrics().get(0).comparisons().get(0).adjusted());
        EffectReadout adjusted = adjustment.difference();
        JsonNode pooled = reference.at("/cuped_re75/theta_pooled");
        assertThat(adjusted.estimate()).isEqualTo(pooled.at("/difference").asDouble(), within(1e-9));
        assertThat(adjusted.standardError()).isEqualTo(pooled.at("/se").asDouble(), within(1e-9));
        assertThat(adjusted.fixed().pValue())
                .isEqualTo(pooled.at("/p_value_normal").asDouble(), close());
        assertThat(adjustment.varianceReduction())
                .isEqualTo(pooled.at("/variance_reduction").asDouble(), close());
    }

    @Test
    void dailyCountsOfFreeTrial() throws IOException {
        JsonNode reference = reference("ab_free_trial");
        CsvSummary source = CsvSummary.of(
                        List.of("gross=Enrollments/Clicks", "net=Payments/Clicks", "click=Clicks/Pageviews"))
                .arm("control", data("free_trial_screener_control.csv"))
                .arm("experiment", data("free_trial_screener_experiment.csv"))
                .time("Date");
        Readout readout = Readout.of(
                plan("control", source.metrics()), present(source.read().get("")));

        proportion(readout, 0, reference.at("/gross_conversion"));
        proportion(readout, 1, reference.at("/net_conversion"));
        proportion(readout, 2, reference.at("/click_through_invariant"));
        assertThat(readout.health().findings())
                .extracting(Finding::sentence)
                .contains("28 of 74 rows have no numbers of \"gross\" and are left out of it");
        JsonNode path = reference.at("/gross_conversion/day_path/standard_error");
        for (int day = 0; day < path.size(); day++) {
            EffectReadout difference =
                    present(readout.path().get(day).comparisons().get(0).difference());
            assertThat(difference.standardError()).isEqualTo(path.get(day).asDouble(), close());
        }
    }

    @Test
    void everySeriesOfAsos() throws IOException {
        JsonNode reference = reference("asos_experiments");
        CsvSummary source = CsvSummary.of(List.of("y=mean(mean,variance,count)"))
                .columns(unpacked("asos_experiments.csv.gz"), Map.of("c", "_c", "t", "_t"))
                .series(List.of("experiment_id", "variant_id", "metric_id"))
                .time("time_since_start");
        Map<String, SummaryTable> tables = source.read();

        assertThat(tables).hasSize(200);
        for (JsonNode series : reference.at("/series_results")) {
            String name = series.at("/experiment_id").asString() + " "
                    + series.at("/variant_id").asInt() + " "
                    + series.at("/metric_id").asInt();
            ReadoutPlan plan = ReadoutPlan.builder(name, "c", source.metrics().get(0))
                    .plannedUsers(1_000_000)
                    .build();
            Readout readout = Readout.of(plan, present(tables.get(name)));
            JsonNode last = series.at("/final");

            EffectReadout difference = difference(readout, 0);
            double size = Math.abs(last.at("/standard_error").asDouble());
            assertThat(difference.estimate())
                    .as(name)
                    .isEqualTo(last.at("/difference").asDouble(), within(1e-9 * size));
            assertThat(difference.standardError()).as(name).isEqualTo(size, within(1e-9 * size));
            assertThat(difference.anytime().lower())
                    .as(name)
                    .isEqualTo(last.at("/acs_lower").asDouble(), within(1e-9 * size));
            assertThat(difference.anytime().upper())
                    .as(name)
                    .isEqualTo(last.at("/acs_upper").asDouble(), within(1e-9 * size));
            assertThat(difference.anytime().pValue())
                    .as(name)
                    .isEqualTo(last.at("/acs_p").asDouble(), within(1e-9));
        }
    }

    private static void proportion(Readout readout, int metric, JsonNode expected) {
        EffectReadout difference = difference(readout, metric);
        assertThat(difference.estimate()).isEqualTo(expected.at("/difference").asDouble(), close());
        assertThat(difference.standardError())
                .isEqualTo(expected.at("/se_unpooled").asDouble(), close());
        assertThat(difference.fixed().lower())
                .isEqualTo(expected.at("/ci95_newcombe/0").asDouble(), close());
        assertThat(difference.fixed().upper())
                .isEqualTo(expected.at("/ci95_newcombe/1").asDouble(), close());
        assertThat(difference.fixed().pValue())
                .isEqualTo(expected.at("/p_value_pooled").asDouble(), close());
        relative(readout, metric, expected);
    }

    private static void mean(Readout readout, int metric, JsonNode expected) {
        EffectReadout difference = difference(readout, metric);
        assertThat(difference.estimate()).isEqualTo(expected.at("/difference").asDouble(), within(1e-9));
        assertThat(difference.standardError()).isEqualTo(expected.at("/se").asDouble(), within(1e-9));
        assertThat(difference.fixed().lower())
                .isEqualTo(expected.at("/ci95_welch/0").asDouble(), within(1e-8));
        assertThat(difference.fixed().upper())
                .isEqualTo(expected.at("/ci95_welch/1").asDouble(), within(1e-8));
        assertThat(difference.fixed().pValue())
                .isEqualTo(expected.at("/p_value_welch").asDouble(), close());
        relative(readout, metric, expected);
    }

    private static void ratio(Readout readout, int metric, JsonNode expected) {
        EffectReadout difference = difference(readout, metric);
        assertThat(difference.estimate()).isEqualTo(expected.at("/difference").asDouble(), close());
        assertThat(difference.standardError())
                .isEqualTo(expected.at("/se_delta").asDouble(), close());
        assertThat(difference.fixed().lower()).isEqualTo(expected.at("/ci95/0").asDouble(), close());
        assertThat(difference.fixed().upper()).isEqualTo(expected.at("/ci95/1").asDouble(), close());
        assertThat(difference.fixed().pValue())
                .isEqualTo(expected.at("/p_value").asDouble(), close());
        relative(readout, metric, expected);
    }

    private static void relative(Readout readout, int metric, JsonNode expected) {
        EffectReadout relative =
                present(readout.metrics().get(metric).comparisons().get(0).relative());
        assertThat(relative.estimate()).isEqualTo(expected.at("/relative/lift").asDouble(), close());
        assertThat(relative.standardError())
                .isEqualTo(expected.at("/relative/se_delta").asDouble(), close());
    }

    private static EffectReadout difference(Readout readout, int metric) {
        return present(readout.metrics().get(metric).comparisons().get(0).difference());
    }

    private static SampleRatio sampleRatio(Readout readout) {
        return present(readout.health().sampleRatio());
    }

    private static <T> T present(@Nullable T value) {
        return Objects.requireNonNull(value);
    }

    private static Offset<Double> close() {
        return within(1e-11);
    }

    private static double last(JsonNode path, String key) {
        JsonNode values = path.at("/" + key);
        return values.get(values.size() - 1).asDouble();
    }

    private static ReadoutPlan plan(String control, List<Metric> metrics) {
        ReadoutPlan.Builder plan = ReadoutPlan.builder("reference", control, metrics.get(0));
        metrics.subList(1, metrics.size()).forEach(plan::metric);
        return plan.build();
    }

    private CsvExperiment.Users csv(String file, String arm, String... outcomes) throws IOException {
        return CsvExperiment.of(unpacked(file), arm, List.of(outcomes)).read(bytes -> {});
    }

    private Path unpacked(String name) throws IOException {
        Path file = folder.resolve(name.substring(0, name.length() - ".gz".length()));
        try (InputStream in = new GZIPInputStream(Files.newInputStream(data(name)))) {
            Files.copy(in, file);
        }
        return file;
    }

    private static Path data(String name) {
        return existing("conversion.data", name);
    }

    private static JsonNode reference(String name) throws IOException {
        return JsonMapper.shared().readTree(Files.readString(existing("conversion.reference", name + ".json")));
    }

    private static Path existing(String property, String name) {
        Path path = Path.of(System.getProperty(property, ""), name);
        assumeThat(path)
                .as("%s is needed; say where with -D%s=FOLDER", path, property)
                .exists();
        return path;
    }
}
