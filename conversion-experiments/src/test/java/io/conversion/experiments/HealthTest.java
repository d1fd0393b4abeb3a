package io.conversion.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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

        // It explains nothing of the outcome, so that it does not move the effect.
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

    @Test
    void covariateThatSaysNothingIsFound() throws IOException {
        assertThat(findings("arm,y,x", 2000, i -> arm(i) + "," + y(i) + ",", "", "x"))
                .containsExactly(new Finding(
                        "covariate_absent",
                        Severity.WARNS,
                        "no user has \"x\", so that it explains nothing; look whether it is the right column"));
        assertThat(findings("arm,y,x", 2000, i -> arm(i) + "," + y(i) + ",0.3", "", "x"))
                .containsExactly(new Finding(
                        "covariate_constant",
                        Severity.WARNS,
                        "all users who have \"x\" have the same, so that it explains nothing; leave it out"));
        assertThat(findings(
                        "arm,y,x", 2000, i -> arm(i) + "," + y(i) + "," + (i / 2 % 50 == 0 ? i / 100 : ""), "", "x"))
                .containsExactly(new Finding(
                        "covariate_mostly_missing",
                        Severity.WARNS,
                        "1,960 of 2,000 users have no \"x\"; they are taken to have the mean of the others, so that it"
                                + " explains next to nothing; leave it out"));
    }

    @Test
    void covariateThatMoreUsersOfAnArmHaveIsFound() throws IOException {
        assertThat(findings(
                        "arm,y,x",
                        2000,
                        i -> arm(i) + "," + y(i) + "," + (i % 2 == 0 && i % 3 == 0 ? "" : i / 2 % 7),
                        "",
                        "x"))
                .containsExactly(new Finding(
                        "covariate_missing_differs",
                        Severity.WARNS,
                        "334 of 2,000 users have no \"x\"; they are taken to have the mean of the others, and are more of"
                                + " one arm than of another (p < 0.0001): what the assignment changes was measured after"
                                + " it, and is no covariate"));
    }

    private List<Finding> measured(int rows, IntFunction<String> moments) throws IOException {
        Path file = folder.resolve("moments.csv");
        Files.writeString(
                file,
                "arm,y,x,assigned,measured\n"
                        + IntStream.range(0, rows)
                                .mapToObj(i -> arm(i) + "," + y(i) + "," + i / 2 % 7 + "," + moments.apply(i))
                                .collect(Collectors.joining("\n")));
        CsvExperiment.Users users = CsvExperiment.of(file, "arm", List.of("y"))
                .covariates(List.of("x"))
                .moments("assigned", "measured")
                .read(bytes -> {});
        ReadoutPlan plan = ReadoutPlan.builder("health", "A", users.metrics().get(0))
                .shares(Map.of("A", 0.5, "B", 0.5))
                .covariates(List.of("x"))
                .build();
        return Readout.of(plan, users.table()).health().findings();
    }

    @Test
    void covariateThatWasMeasuredAfterTheAssignmentIsNone() throws IOException {
        String before = "2026-12-02,2026-12-02";
        String after = "2026-12-02T10:00:00+01:00,2026-12-02T09:00:01Z";

        assertThat(measured(2000, i -> before)).isEmpty();
        assertThat(measured(2000, i -> "2026-12-02T10:00:00+01:00,2026-12-02T09:00:00Z"))
                .isEmpty();
        assertThat(measured(2000, i -> i < 20 ? after : before))
                .startsWith(new Finding(
                        "covariate_after_assignment",
                        Severity.WARNS,
                        "of 2000 rows 20 after the assignment were measured, so that \"x\" of these rows are left out"))
                .extracting(Finding::code)
                .containsExactly("covariate_after_assignment", "covariate_missing");
        assertThat(measured(2000, i -> i < 21 ? after : i < 31 ? "2026-12-02," : before))
                .contains(
                        new Finding(
                                "covariate_after_assignment",
                                Severity.REFUSES,
                                "of 2000 rows 21 after the assignment and 10 at a time that is not known were measured, so that"
                                        + " \"x\" may be what the treatment did; name covariates that were known before, or none"));
    }

    @Test
    void whatIsNoMomentIsRefused() {
        assertThatThrownBy(() -> measured(3, i -> "2026-12-02,2026-12-02T10:00"))
                .hasMessageStartingWith(
                        "moments.csv: line 2: \"2026-12-02T10:00\" in column \"measured\" is neither a moment"
                                + " with a zone such as 2026-12-24T18:00:00Z nor a day such as 2026-12-24");
    }
}
