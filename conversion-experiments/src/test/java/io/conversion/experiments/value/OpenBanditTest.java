package io.conversion.experiments.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.conversion.experiments.Refusal;
import io.conversion.experiments.statistics.CressieRead;
import io.conversion.experiments.statistics.Inference;
import io.conversion.experiments.statistics.OffPolicySequence;
import io.conversion.experiments.value.Support.ActionCheck;
import io.conversion.experiments.value.ValueAnswer.Estimated;
import io.conversion.experiments.value.ValueAnswer.Refused;
import io.conversion.model.data.CsvColumns;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The Open Bandit data (men), against what zr-obp's definitions give in numpy ({@code ope_open_bandit_men.json} in the folder
 * {@code conversion.reference}, equal to zr-obp's own code to 1e-15) and VW's {@code estimators} for the anytime sequence and
 * Cressie-Read's likelihood. Values and errors to 1e-9 relative, or to the digits that are published.
 */
class OpenBanditTest {

    private static final int ITEMS = 34;

    @TempDir
    private static Path folder;

    private static JsonNode reference;
    private static Log bts;
    private static Log random;

    /** A log, with the position of each row. */
    @SuppressWarnings("ArrayRecordComponent") // Nobody compares it.
    private record Log(LoggedDecisions decisions, int[] item, double[] propensity, int[] position, double[] click) {}

    @BeforeAll
    static void read() throws IOException {
        Path file = Path.of(System.getProperty("conversion.reference", ".")).resolve("ope_open_bandit_men.json");
        assumeThat(file).isRegularFile();
        reference = JsonMapper.builder().build().readTree(file.toFile());
        bts = log("open_bandit_bts_men.csv.gz");
        random = log("open_bandit_random_men.csv.gz");
    }

    private static Log log(String name) throws IOException {
        Path file = Path.of(System.getProperty("conversion.data", ".")).resolve(name);
        assumeThat(file).isRegularFile();
        Path plain = folder.resolve(name.replace(".gz", ""));
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            Files.copy(in, plain);
        }
        int[] item = new int[10_000];
        double[] propensity = new double[item.length];
        int[] position = new int[item.length];
        double[] click = new double[item.length];
        try (CsvColumns rows =
                CsvColumns.open(plain, List.of("item_id", "propensity_score", "position", "click"), bytes -> {})) {
            for (int row = 0; rows.hasNext(); row++) {
                List<String> cells = rows.next().cells();
                item[row] = Integer.parseInt(cells.get(0));
                propensity[row] = Double.parseDouble(cells.get(1));
                position[row] = Integer.parseInt(cells.get(2));
                click[row] = Double.parseDouble(cells.get(3));
            }
        }
        return new Log(decisions(item, propensity, click), item, propensity, position, click);
    }

    private static LoggedDecisions decisions(int[] item, double[] propensity, double[] click) {
        List<String> items =
                IntStream.range(0, ITEMS).mapToObj(of -> "item " + of).toList();
        return LoggedDecisions.of(items, item, propensity, click);
    }

    private static TargetPolicy uniform() {
        double[] each = new double[ITEMS];
        Arrays.fill(each, 1.0 / ITEMS);
        double[][] rows = new double[10_000][];
        Arrays.fill(rows, each);
        return TargetPolicy.of("uniform", rows);
    }

    /** The reference's own model, by the row's fold {@code i % 5}: shares of clicks, as if there were 100 more of all. */
    private static RewardModel shrunken(Log log) {
        double[][] shares = new double[5][ITEMS];
        for (int fold = 0; fold < 5; fold++) {
            int left = fold;
            double rate = IntStream.range(0, log.click.length)
                    .filter(row -> row % 5 != left)
                    .mapToDouble(row -> log.click[row])
                    .average()
                    .orElseThrow();
            double[] clicks = new double[ITEMS];
            double[] seen = new double[ITEMS];
            for (int row = 0; row < log.item.length; row++) {
                if (row % 5 != fold) {
                    clicks[log.item[row]] += log.click[row];
                    seen[log.item[row]]++;
                }
            }
            for (int item = 0; item < ITEMS; item++) {
                shares[fold][item] = (clicks[item] + 100 * rate) / (seen[item] + 100);
            }
        }
        return (row, action) -> shares[row % 5][action];
    }

    /** The mean click of each item of the log itself. */
    private static RewardModel plain(Log log) {
        double[] shares = new double[ITEMS];
        for (int item = 0; item < ITEMS; item++) {
            int of = item;
            shares[item] = IntStream.range(0, log.item.length)
                    .filter(row -> log.item[row] == of)
                    .mapToDouble(row -> log.click[row])
                    .average()
                    .orElse(0);
        }
        return (row, action) -> shares[action];
    }

    private static double value(ValueAnswer answer, Estimator estimator) {
        return estimate(answer, estimator).value();
    }

    private static ValueEstimate estimate(ValueAnswer answer, Estimator estimator) {
        return ((Estimated) answer)
                .estimates().stream()
                        .filter(of -> of.estimator() == estimator)
                        .findFirst()
                        .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "uniform_from_bts_log",
                "bts_table_from_bts_log",
                "bts_table_from_random_log",
                "uniform_from_random_log"
            })
    void estimatesAreThoseOfTheReference(String name) {
        JsonNode expected = reference.at("/" + name);
        Log log = name.endsWith("bts_log") ? bts : random;
        TargetPolicy target = name.startsWith("uniform") ? uniform() : table(log);

        ValueAnswer answer = OffPolicyEvaluation.of(log.decisions)
                .limits(new SupportLimits(0, 0, 1, 0, 10, 0))
                .rewardModel(shrunken(log))
                .evaluate(target)
                .answer();

        Map<Estimator, String> names = Map.of(
                Estimator.IPS, "ips", Estimator.DOUBLY_ROBUST, "dr", Estimator.SNIPS, "snips", Estimator.DIRECT, "dm");
        names.forEach((estimator, key) -> close(value(answer, estimator), expected.at("/" + key + "/value")));
        close(estimate(answer, Estimator.IPS).standardError(), expected.at("/ips/se"));
        close(estimate(answer, Estimator.DOUBLY_ROBUST).standardError(), expected.at("/dr/se"));
        // Theirs has the divisor n, and leaves out how much the direct part varies.
        double sample = Math.sqrt(10_000 / 9_999.0);
        assertThat(estimate(answer, Estimator.SNIPS).standardError())
                .isCloseTo(expected.at("/snips/se").asDouble() * sample, relative(expected.at("/snips/se")));
        close(value(answer, Estimator.SELF_NORMALISED_DOUBLY_ROBUST), expected.at("/sndr/value"));
        assertThat(estimate(answer, Estimator.SELF_NORMALISED_DOUBLY_ROBUST).standardError())
                .isCloseTo(
                        expected.at("/sndr/se").asDouble() * sample,
                        within(1e-3 * expected.at("/sndr/se").asDouble()));
        Estimates estimates = new Estimates(new WeightedRows(log.decisions, target, shrunken(log)));
        for (int bound : new int[] {5, 10, 100}) {
            close(
                    estimates.bounded(Estimator.CLIPPED_IPS, bound).value(),
                    expected.at("/ips_clipped_" + bound + "/value"));
            close(
                    estimates.bounded(Estimator.CLIPPED_IPS, bound).standardError(),
                    expected.at("/ips_clipped_" + bound + "/se"));
            close(
                    estimates.bounded(Estimator.SWITCH_DOUBLY_ROBUST, bound).value(),
                    expected.at("/switch_dr_" + bound + "/value"));
        }
        Support support = answer.support();
        close(support.meanWeight(), expected.at("/diagnostics/mean_weight"));
        assertThat(support.meanWeightError())
                .isCloseTo(expected.at("/diagnostics/mean_weight_se").asDouble(), within(1e-12));
        close(support.effectiveUsers(), expected.at("/diagnostics/effective_sample_size"));
        close(support.largestShare(), expected.at("/diagnostics/max_weight_share"));
        close(support.effectiveOutcomes(), expected.at("/diagnostics/effective_clicks"));
        if (!name.equals("uniform_from_random_log")) {
            close(support.meanWeightPValue(), expected.at("/diagnostics/mean_weight_p"));
        }
    }

    private static TargetPolicy table(Log log) {
        double[][] rows = new double[log.item.length][ITEMS];
        for (int row = 0; row < rows.length; row++) {
            for (int item = 0; item < ITEMS; item++) {
                rows[row][item] = reference
                        .at("/bts_table/" + item + "/" + (log.position[row] - 1))
                        .asDouble();
            }
        }
        return TargetPolicy.of("bts", rows);
    }

    /** What the anchors give for the uniform policy with the mean click of each item of the same log. */
    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
            estimator,                     value
            DIRECT,                        0.0036190239055525907
            DOUBLY_ROBUST,                 0.002922732937648299
            SELF_NORMALISED_DOUBLY_ROBUST, 0.0028808908510753396
            SWITCH_DOUBLY_ROBUST,          0.003697246255415843
            SHRUNK_DOUBLY_ROBUST,          0.003525083228318988
            CONTROL_VARIATE,               0.003022752925114671
            """)
    void publishedValues(Estimator estimator, double value) {
        Estimates estimates = new Estimates(new WeightedRows(bts.decisions, uniform(), plain(bts)));
        boolean isBounded =
                estimator.name().startsWith("SWITCH") || estimator.name().startsWith("SHRUNK");

        double ours = isBounded
                ? estimates.bounded(estimator, 10).value()
                : estimates.all().stream()
                        .filter(of -> of.estimator() == estimator)
                        .findFirst()
                        .orElseThrow()
                        .value();

        assertThat(ours).isCloseTo(value, within(1e-9 * value));
    }

    @Test
    void intervalsAreThoseOfVowpalWabbit() {
        WeightedRows rows = new WeightedRows(bts.decisions, uniform(), null);
        OffPolicySequence sequence = new OffPolicySequence(0, 1);
        CressieRead likelihood = new CressieRead();
        for (int row = 0; row < rows.size(); row++) {
            sequence.add(rows.weight[row], rows.reward[row]);
            likelihood.add(rows.weight[row], rows.reward[row]);
        }

        Inference anytime = sequence.at(0.05);
        assertThat(anytime.lower()).isCloseTo(7.2707e-05, within(5e-10));
        assertThat(anytime.upper()).isCloseTo(0.21299, within(5e-6));
        assertThat(likelihood.estimate()).isCloseTo(0.00339976, within(5e-9));
        Inference interval = likelihood.interval(0, 1, 0.05);
        assertThat(interval.lower()).isCloseTo(0.0014918, within(5e-8));
        assertThat(interval.upper()).isCloseTo(0.12949, within(5e-6));
    }

    @Test
    void theUniformPolicyIsAnswered() {
        OffPolicyReadout readout = OffPolicyEvaluation.of(bts.decisions).evaluate(uniform());

        assertThat(readout.answer()).isInstanceOfSatisfying(Estimated.class, answer -> {
            assertThat(answer.best().estimator()).isEqualTo(Estimator.DOUBLY_ROBUST);
            assertThat(answer.interval().lower()).isLessThan(0.0046);
            assertThat(answer.interval().upper()).isGreaterThan(0.0046);
            assertThat(answer.anytime()).isNotNull();
        });
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
            log,    item, code
            bts,    0,    few_effective_users
            random, 0,    few_effective_outcomes
            bts,    5,    few_effective_users
            """)
    void policiesOfOneItemAreRefused(String name, int item, String code) {
        int[] always = new int[10_000];
        Arrays.fill(always, item);

        ValueAnswer answer = OffPolicyEvaluation.of(name.equals("bts") ? bts.decisions : random.decisions)
                .evaluate(TargetPolicy.of("always", always))
                .answer();

        assertThat(codes(answer)).contains(code).doesNotContain("action_propensity", "mean_weight");
    }

    private static List<String> codes(ValueAnswer answer) {
        return ((Refused) answer).refusals().stream().map(Refusal::code).toList();
    }

    @Test
    void propensitiesThatWereWrittenDownWronglyAreFound() {
        double[] uniform = new double[10_000];
        Arrays.fill(uniform, 1.0 / ITEMS);
        double[] shifted = new double[10_000];
        Arrays.setAll(shifted, row -> bts.propensity[(row + 9_999) % 10_000]);

        for (Map.Entry<String, double[]> wrong :
                Map.of("said_uniform", uniform, "shifted_by_one_row", shifted).entrySet()) {
            LoggedDecisions log = decisions(bts.item, wrong.getValue(), bts.click);
            ValueAnswer answer = OffPolicyEvaluation.of(log).evaluate(uniform()).answer();
            JsonNode expected = reference.at(
                    (wrong.getKey().equals("said_uniform") ? "/wrong_propensities_bts_log_" : "/wrong_propensities_")
                            + wrong.getKey() + "/per_action/max_abs_z");

            assertThat(codes(answer)).contains("action_propensity").doesNotContain("mean_weight");
            assertThat(worst(answer.support())).isCloseTo(expected.asDouble(), relative(expected));
        }
    }

    private static double worst(Support support) {
        return support.actions().stream()
                .mapToDouble(check -> Math.abs(check.z()))
                .max()
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"random", "bts"})
    void eachActionIsCheckedByItself(String name) {
        LoggedDecisions log = name.equals("bts") ? bts.decisions : random.decisions;
        JsonNode expected = reference.at("/per_action_check/" + name);

        List<ActionCheck> checks = OffPolicyEvaluation.of(log)
                .evaluate(uniform())
                .answer()
                .support()
                .actions();

        assertThat(checks).hasSize(ITEMS);
        for (int item = 0; item < ITEMS; item++) {
            JsonNode of = expected.at("/items/" + item);
            ActionCheck check = checks.get(item);
            assertThat(check.decisions()).isEqualTo(of.at("/impressions").asLong());
            close(check.meanInverse(), of.at("/mean_inverse"));
            close(check.standardError(), of.at("/se"));
            assertThat(check.z()).isCloseTo(of.at("/z").asDouble(), within(1e-8));
        }
        double least = checks.stream()
                .min(Comparator.comparingDouble(ActionCheck::pValue))
                .orElseThrow()
                .pValue();
        assertThat(ITEMS * least).isCloseTo(expected.at("/bonferroni_p").asDouble(), within(1e-8));
    }

    /** Two effective users of 10,000, and yet a mean weight within one error of 1, as the women's log of the anchors. */
    @Test
    void aLogOfWhichOneUserDecidesIsRefused() {
        double[] propensity = new double[10_000];
        Arrays.fill(propensity, 0.9);
        int[] action = new int[10_000];
        double[] click = new double[10_000];
        Arrays.setAll(click, row -> row % 100 == 0 ? 1 : 0);
        action[17] = 1;
        propensity[17] = 2e-5;
        LoggedDecisions log = LoggedDecisions.of(List.of("usual", "rare"), action, propensity, click);
        double[][] half = new double[10_000][];
        Arrays.fill(half, new double[] {0.5, 0.5});

        ValueAnswer answer = OffPolicyEvaluation.of(log)
                .evaluate(TargetPolicy.of("half", half))
                .answer();

        assertThat(answer.support().meanWeightPValue()).isGreaterThan(0.05);
        assertThat(answer.support().effectiveUsers()).isLessThan(3);
        assertThat(codes(answer)).contains("few_effective_users", "one_user_dominates");
    }

    private static org.assertj.core.data.Offset<Double> relative(JsonNode expected) {
        return within(1e-9 * Math.abs(expected.asDouble()));
    }

    private static void close(double ours, JsonNode expected) {
        assertThat(expected.isNumber()).isTrue();
        assertThat(ours)
                .as(String.format(Locale.ROOT, "%s", expected))
                .isCloseTo(expected.asDouble(), relative(expected));
    }
}
