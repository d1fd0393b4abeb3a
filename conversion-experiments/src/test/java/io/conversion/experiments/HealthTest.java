package io.conversion.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import io.conversion.experiments.Finding.Severity;
import io.conversion.experiments.data.CsvExperiment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is found in data before any effect is looked at: what is wrong is said, and what is right is not. */
class HealthTest {

    @TempDir
    private Path folder;

    /** Rows by their number, with the arm "A" or "B" in turn where the row itself does not say another. */
    private List<Finding> findings(String header, int rows, IntFunction<String> row, String unit, String covariate)
            throws IOException {
        Path file = folder.resolve("rows.csv");
        Files.writeString(
                file, header + "\n" + IntStream.range(0, rows).mapToObj(row).collect(Collectors.joining("\n")));
        CsvExperiment source = CsvExperiment.of(file, "arm", List.of("y"))
                .unit(unit.isEmpty() ? null : unit)
                .covariates(covariate.isEmpty() ? List.of() : List.of(covariate));
        CsvExperiment.Users users = source.read(bytes -> {});
        ReadoutPlan plan = ReadoutPlan.builder("health", "A", users.metrics().get(0))
                .shares(Map.of("A", 0.5, "B", 0.5))
                .covariates(covariate.isEmpty() ? List.of() : List.of(covariate))
                .build();
        return Readout.of(plan, users.table()).health().findings();
    }

    private static String arm(int i) {
        return i % 2 == 0 ? "A" : "B";
    }

    private static int y(int i) {
        return i / 2 % 3 == 0 ? 1 : 0;
    }

    @Test
    void soundDataHaveNoFinding() throws IOException {
        assertThat(findings("arm,y,x", 2000, i -> arm(i) + "," + y(i) + "," + i / 2 % 7, "", "x"))
                .isEmpty();
    }

    @Test
    void covariateThatDiffersBetweenArmsIsFound() throws IOException {
        List<Finding> found = findings("arm,y,x", 2000, i -> arm(i) + "," + y(i) + "," + (i / 2 % 7 + i % 2), "", "x");

        assertThat(found).extracting(Finding::code).containsExactly("imbalance");
    }

    @Test
    void outcomesThatAreMissingInOneArmAreFound() throws IOException {
        List<Finding> more = findings("arm,y", 2000, i -> arm(i) + "," + (i % 10 == 1 ? "" : y(i)), "", "");
        List<Finding> evenly = findings("arm,y", 2000, i -> arm(i) + "," + (i / 2 % 10 == 1 ? "" : y(i)), "", "");

        assertThat(more)
                .containsExactly(new Finding(
                        "missing_differs",
                        Severity.WARNS,
                        "200 of 2,000 users have no \"y\" and are left out of what is computed of it, more of one arm than"
                                + " of another (p < 0.0001): those who stay may differ, too"));
        assertThat(evenly).extracting(Finding::code).containsExactly("missing");
    }

    @Test
    void usersInTwoArmsAreLeftOutAndTooManyRefuse() throws IOException {
        List<Finding> few = findings(
                "id,arm,y",
                2004,
                i -> (i < 2000 ? i : i - 2000) + "," + arm(i < 2000 ? i : i + 1) + "," + y(i),
                "id",
                "");
        List<Finding> many = findings(
                "id,arm,y",
                2200,
                i -> (i < 2000 ? i : i - 2000) + "," + arm(i < 2000 ? i : i + 1) + "," + y(i),
                "id",
                "");

        assertThat(few)
                .contains(new Finding(
                        "users_in_several_arms",
                        Severity.WARNS,
                        "4 of 2000 users are in several arms and are left out"));
        assertThat(many)
                .contains(new Finding(
                        "users_in_several_arms",
                        Severity.REFUSES,
                        "200 of 2000 users are in several arms and are left out"));
    }

    @Test
    void covariateThatIsMissingIsSaid() throws IOException {
        assertThat(findings("arm,y,x", 2000, i -> arm(i) + "," + y(i) + "," + (i < 30 ? "" : i / 2 % 7), "", "x"))
                .containsExactly(new Finding(
                        "covariate_missing",
                        Severity.NOTES,
                        "30 of 2,000 users have no \"x\"; they are taken to have the mean of the others"));
    }

    @Test
    void columnThatIsAnotherNameOfTheArmIsNoCluster() throws IOException {
        assertThat(findings("arm,y,name", 2000, i -> arm(i) + "," + y(i) + ",group " + arm(i), "", ""))
                .isEmpty();
    }
}
