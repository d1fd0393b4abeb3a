package io.conversion.experiments.threshold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.conversion.model.data.CsvColumns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Races for the US senate: the vote of a party in a seat over its margin six years before. The numbers are those that the tests
 * of {@code rdrobust} hold themselves to (R: test-numerical-contracts.R; Python: test_numerical_contracts.py), of the file
 * {@code rdrobust_senate.csv} in the folder {@code conversion.data}.
 */
class SenateTest {

    @Test
    void bandwidthsAndEffectAreThoseOfRdrobust() throws IOException {
        Side[] sides = sides();

        Bandwidths bandwidths = Bandwidths.of(sides[0], sides[1], ErrorKind.NEAREST_NEIGHBOURS);
        Discontinuity jump = Discontinuity.of(sides[0], sides[1], bandwidths, ErrorKind.NEAREST_NEIGHBOURS);

        assertThat(bandwidths.h()).isEqualTo(17.7543981926642, within(1e-8));
        assertThat(bandwidths.b()).isEqualTo(28.0280885876685, within(1e-8));
        assertThat(jump.estimate()).isEqualTo(7.41413074911209, within(1e-8));
        assertThat(jump.corrected()).isEqualTo(7.50650236486938, within(1e-8));
        assertThat(jump.standardError()).isEqualTo(1.45871598890695, within(1e-8));
        assertThat(jump.robustError()).isEqualTo(1.7412583753243, within(1e-8));
        assertThat(sides[0].within(bandwidths.h()).size()).isEqualTo(360);
        assertThat(sides[1].within(bandwidths.h()).size()).isEqualTo(323);
    }

    @Test
    void effectAtAGivenBandwidthIsThatOfRdrobust() throws IOException {
        Side[] sides = sides();

        Discontinuity jump = Discontinuity.of(sides[0], sides[1], new Bandwidths(15, 15), ErrorKind.NEAREST_NEIGHBOURS);

        assertThat(jump.estimate()).isEqualTo(7.48728585809499, within(1e-11));
        assertThat(jump.corrected()).isEqualTo(9.08562818492005, within(1e-11));
        assertThat(jump.standardError()).isEqualTo(1.55973178848191, within(1e-11));
        assertThat(jump.robustError()).isEqualTo(2.24067206402775, within(1e-11));
    }

    /** Weighted least squares of numpy on each side. */
    @ParameterizedTest
    @CsvSource({"10, 7.984687486946278", "17.754, 7.4141524172647735"})
    void linesAreThoseOfWeightedLeastSquares(double h, double effect) throws IOException {
        Side[] sides = sides();

        Discontinuity jump = Discontinuity.of(sides[0], sides[1], new Bandwidths(h, h), ErrorKind.NEAREST_NEIGHBOURS);

        assertThat(jump.estimate()).isEqualTo(effect, within(1e-12));
    }

    @Test
    void bandwidthsWithCovariatesAreThoseOfRdrobust() throws IOException {
        Side[] sides = sides("termshouse", "termssenate", "population");

        Bandwidths bandwidths = Bandwidths.of(sides[0], sides[1], ErrorKind.HC1);

        assertThat(sides[0].size()).isEqualTo(491);
        assertThat(sides[1].size()).isEqualTo(617);
        assertThat(sides[1].distinct()).isEqualTo(580);
        assertThat(bandwidths.h()).isEqualTo(17.976890, within(2e-6));
        assertThat(bandwidths.b()).isEqualTo(28.963712, within(3e-6));
    }

    /** The sides of complete rows, below and above a margin of 0. */
    private static Side[] sides(String... covariates) throws IOException {
        Path file = Path.of(System.getProperty("conversion.data", "../../shared/data"), "rdrobust_senate.csv");
        assumeThat(Files.exists(file)).as(file + " is there").isTrue();
        List<String> columns = new ArrayList<>(List.of("margin", "vote"));
        columns.addAll(List.of(covariates));
        List<double[]> rows = new ArrayList<>();
        try (CsvColumns csv = CsvColumns.open(file, columns, bytes -> {})) {
            csv.forEachRemaining(row -> {
                if (row.cells().stream()
                        .allMatch(cell -> CsvColumns.number(cell).isPresent())) {
                    rows.add(row.cells().stream()
                            .mapToDouble(cell -> CsvColumns.number(cell).getAsDouble())
                            .toArray());
                }
            });
        }
        rows.sort(Comparator.comparingDouble((double[] row) -> row[0]).thenComparingDouble(row -> row[1]));
        return new Side[] {
            side(rows.stream().filter(row -> row[0] < 0).toList(), covariates.length),
            side(rows.stream().filter(row -> row[0] >= 0).toList(), covariates.length)
        };
    }

    private static Side side(List<double[]> rows, int covariates) {
        double[][] columns = new double[covariates][];
        for (int k = 0; k < covariates; k++) {
            columns[k] = column(rows, k + 2);
        }
        return new Side(column(rows, 0), column(rows, 1), columns, new int[0]);
    }

    private static double[] column(List<double[]> rows, int column) {
        return rows.stream().mapToDouble(row -> row[column]).toArray();
    }
}
