package io.conversion.model;

import static io.conversion.model.data.CsvDataSet.label;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.conversion.core.Scorer;
import io.conversion.model.data.CsvDataSet;
import io.conversion.model.data.DataSet;
import io.conversion.model.evaluation.Evaluation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The published model of the case study: numbers in their own units, a column for each tier, L2 penalty 1, its own test
 * users. The reference is its exact optimum by numpy; the data lie outside the repository.
 */
class CaseStudyModelTest {

    private static DataSet users;
    private static JsonNode exact;
    private static int[] testRows;
    private static TrainingResult result;

    @BeforeAll
    static void train() throws IOException {
        Path data = Path.of(System.getProperty("conversion.data", ""), "original_synthetic_user_conversion.csv");
        Path reference = Path.of(System.getProperty("conversion.reference", ""), "original_case_study.json");
        assumeThat(data)
                .as("%s is needed; say where with -Dconversion.data=FOLDER", data)
                .isRegularFile();
        assumeThat(reference)
                .as("%s is needed; say where with -Dconversion.reference=FOLDER", reference)
                .isRegularFile();
        users = CsvDataSet.read(data, label("converted"));
        exact = JsonMapper.shared()
                .readTree(Files.readString(reference))
                .get("notebook")
                .get("exact");
        testRows = exact.get("test_row_indices")
                .valueStream()
                .mapToInt(JsonNode::intValue)
                .toArray();
        Set<Integer> test = new HashSet<>();
        for (int row : testRows) {
            test.add(row);
        }
        result = LogisticTrainer.linear()
                .penalty(1)
                .standardise(false)
                .allLevels(true)
                .train(users.rows(row -> !test.contains(row)));
    }

    @Test
    void trainingRowsAreThoseOfTheCaseStudy() {
        assertThat(users.rows()).isEqualTo(5000);
        assertThat(testRows).hasSize(1250);
        assertThat(result.coefficients()).hasSize(8);
        assertThat(result.diagnostics().warnings()).isEmpty();
    }

    @Test
    void coefficientsAreThePublishedOnes() {
        JsonNode names = exact.get("columns");

        assertThat(result.intercept()).isCloseTo(exact.get("intercept").doubleValue(), within(1e-7));
        for (int j = 0; j < names.size(); j++) {
            assertThat(coefficient(names.get(j).stringValue()))
                    .as(names.get(j).stringValue())
                    .isCloseTo(exact.get("coefficients").get(j).doubleValue(), within(1e-7));
        }
    }

    @Test
    void probabilitiesOfTheTestUsersAreThePublishedOnes() {
        Scorer scorer =
                result.overridingRefusals("a test").publish("case-study", "1").scorer();

        for (int i = 0; i < testRows.length; i++) {
            assertThat(scorer.score(users.signals(testRows[i])).probability())
                    .as("row %d", testRows[i])
                    .isCloseTo(exact.get("test_probabilities").get(i).doubleValue(), within(1e-9));
        }
    }

    @Test
    void areasAreThePublishedOnes() {
        Set<Integer> test = new HashSet<>();
        for (int row : testRows) {
            test.add(row);
        }

        Evaluation evaluation = Evaluation.of(
                result.overridingRefusals("a test").publish("case-study", "1"), users.rows(test::contains));

        assertThat(evaluation.rocAuc().value()).isCloseTo(exact.get("roc_auc").doubleValue(), within(1e-9));
        assertThat(evaluation.prAuc()).isCloseTo(exact.get("pr_auc").doubleValue(), within(1e-9));
    }

    private static double coefficient(String column) {
        return result.coefficients().stream()
                .filter(coefficient -> coefficient.column().equals(column))
                .findFirst()
                .orElseThrow()
                .value();
    }
}
