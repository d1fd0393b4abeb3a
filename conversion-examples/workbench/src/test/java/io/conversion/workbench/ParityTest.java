package io.conversion.workbench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Trains on real data through the command line and compares with results that scikit-learn 1.2.1, statsmodels 0.13.5 and
 * R 4.2.2 computed, in the folder {@code conversion.reference}: training rows are those with {@code i % 5 != 4}.
 */
class ParityTest {

    private static final Path DATA = Path.of(System.getProperty("conversion.data", "none"));
    private static final Path REFERENCE = Path.of(System.getProperty("conversion.reference", "none"));
    private static final Path SCHEMAS = Path.of("src", "test", "resources", "schemas");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void penalisedFitAgreesWithTheExactOptimum(RealData data) throws IOException {
        JsonNode expected = reference(data).at("/l2_C1/exact");

        trainAndScore(data, "1");

        assertThat(largestDifferenceOfProbabilities(expected)).isLessThanOrEqualTo(1e-9);
        assertMetrics(expected.get("test_metrics"));
        JsonNode fit = json("model/evaluation.json").get("fit");
        assertThat(fit.get("intercept").doubleValue())
                .isCloseTo(expected.get("intercept").doubleValue(), within(1e-7));
        assertCoefficients(fit, names(reference(data).at("/l2_C1/columns")), numbers(expected.get("coefficients")));
        assertThat(fit.get("left_out")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void unpenalisedFitAgreesWithMaximumLikelihood(RealData data) throws IOException {
        JsonNode expected = reference(data).get("unpenalised");

        trainAndScore(data, "0");

        assertThat(largestDifferenceOfProbabilities(expected)).isLessThanOrEqualTo(1e-8);
        assertMetrics(expected.get("test_metrics"));
        JsonNode fit = json("model/evaluation.json").get("fit");
        List<Double> coefficients = numbers(expected.get("coefficients"));
        List<String> columns = names(expected.get("columns"));
        assertThat(fit.get("intercept").doubleValue()).isCloseTo(coefficients.get(0), within(1e-7));
        assertCoefficients(fit, columns.subList(1, columns.size()), coefficients.subList(1, coefficients.size()));
        assertThat(leftOut(fit, "single_outcome")).isEqualTo(names(expected.get("dropped_separated")));
        assertThat(leftOut(fit, "linear_dependence")).isEqualTo(names(expected.get("dropped_collinear")));
    }

    private void trainAndScore(RealData data, String penalty) throws IOException {
        Path csv = DATA.resolve(data.file);
        split(csv);
        Path model = folder.resolve("model");
        List<String> train = new ArrayList<>(List.of(
                "train",
                "--shapes",
                "linear",
                "--calibrate",
                "none",
                "--data",
                path("train.csv"),
                "--label",
                data.label,
                "--penalty",
                penalty,
                "--out",
                model.toString()));
        train.addAll(List.of("--schema", SCHEMAS.resolve(data.reference).toString()));
        train.addAll(data.exclude.isEmpty() ? List.of() : List.of("--exclude", data.exclude));
        run(train);
        String artifact = model.resolve("model.json").toString();
        run(List.of("score", "--model", artifact, "--data", path("test.csv"), "--out", path("scores.csv")));
        run(List.of(
                "evaluate",
                "--model",
                artifact,
                "--data",
                path("test.csv"),
                "--label",
                data.label,
                "--out",
                path("evaluation.json")));
    }

    private void split(Path csv) throws IOException {
        assumeTrue(Files.exists(csv), () -> "the data are not there: " + csv);
        List<String> lines = Files.readAllLines(csv);
        List<String> train = new ArrayList<>(List.of(lines.get(0)));
        List<String> test = new ArrayList<>(List.of(lines.get(0)));
        for (int row = 0; row + 1 < lines.size(); row++) {
            (row % 5 == 4 ? test : train).add(lines.get(row + 1));
        }
        Files.write(folder.resolve("train.csv"), train);
        Files.write(folder.resolve("test.csv"), test);
    }

    private static void run(List<String> arguments) {
        StringWriter messages = new StringWriter();
        PrintWriter print = new PrintWriter(messages);
        int exit = Workbench.run(arguments.toArray(new String[0]), print, print);
        assertThat(exit).as(messages.toString()).isZero();
    }

    private double largestDifferenceOfProbabilities(JsonNode expected) throws IOException {
        List<Double> probabilities = numbers(expected.get("test_probabilities_first_50"));
        List<String> lines = Files.readAllLines(folder.resolve("scores.csv"));
        double largest = 0;
        for (int row = 0; row < probabilities.size(); row++) {
            double probability = Double.parseDouble(lines.get(row + 1).split(",", -1)[3]);
            largest = Math.max(largest, Math.abs(probability - probabilities.get(row)));
        }
        return largest;
    }

    private void assertMetrics(JsonNode expected) throws IOException {
        JsonNode metrics = json("evaluation.json").get("evaluation");

        assertThat(metrics.get("rows").intValue()).isEqualTo(expected.get("n").intValue());
        assertThat(metrics.get("positives").intValue())
                .isEqualTo(expected.get("positives").intValue());
        assertClose(metrics, "roc_auc", expected, "roc_auc");
        assertClose(metrics, "pr_auc", expected, "pr_auc_average_precision");
        assertClose(metrics, "log_loss", expected, "log_loss");
        assertClose(metrics, "brier_score", expected, "brier");
        assertClose(metrics, "calibration_error_equal_widths", expected, "ece_10_equal_width");
        assertClose(metrics, "mean_predicted", expected, "mean_predicted");
        assertClose(metrics, "base_rate", expected, "base_rate");
    }

    private static void assertClose(JsonNode found, String field, JsonNode expected, String expectedField) {
        assertThat(found.get(field).doubleValue())
                .as(field)
                .isCloseTo(expected.get(expectedField).doubleValue(), within(1e-9));
    }

    private static void assertCoefficients(JsonNode fit, List<String> columns, List<Double> coefficients) {
        JsonNode found = fit.get("coefficients");
        assertThat(List.copyOf(found.propertyNames())).isEqualTo(columns);
        for (int j = 0; j < columns.size(); j++) {
            assertThat(found.get(columns.get(j)).doubleValue())
                    .as(columns.get(j))
                    .isCloseTo(coefficients.get(j), within(1e-7));
        }
    }

    private static List<String> leftOut(JsonNode fit, String reason) {
        return fit.get("left_out")
                .valueStream()
                .filter(column -> column.get("reason").stringValue().equals(reason))
                .map(column -> column.get("column").stringValue())
                .toList();
    }

    private static JsonNode reference(RealData data) {
        Path file = REFERENCE.resolve(data.reference);
        assumeTrue(Files.exists(file), () -> "the reference results are not there: " + file);
        return JsonMapper.shared().readTree(file);
    }

    private JsonNode json(String file) {
        return JsonMapper.shared().readTree(folder.resolve(file));
    }

    private String path(String file) {
        return folder.resolve(file).toString();
    }

    private static List<Double> numbers(JsonNode list) {
        return list.valueStream().map(JsonNode::doubleValue).toList();
    }

    private static List<String> names(JsonNode list) {
        return list.valueStream().map(JsonNode::stringValue).toList();
    }

    private enum RealData {
        ORIGINAL_SYNTHETIC("original_synthetic_user_conversion.csv", "original_synthetic.json", "converted", ""),
        SHOPPERS("online_shoppers_intention.csv", "shoppers.json", "Revenue", ""),
        TELCO("telco_churn.csv", "telco.json", "Churn", "customerID"),
        HIGHNOTE_FREEMIUM("highnote_freemium.csv", "highnote_freemium.json", "adopter", "ID");

        private final String file;
        private final String reference;
        private final String label;
        private final String exclude;

        RealData(String file, String reference, String label, String exclude) {
            this.file = file;
            this.reference = reference;
            this.label = label;
            this.exclude = exclude;
        }
    }
}
