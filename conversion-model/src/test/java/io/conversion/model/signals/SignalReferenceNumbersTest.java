package io.conversion.model.signals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.conversion.core.signals.NumericSignal;
import io.conversion.core.signals.Signal;
import io.conversion.model.data.CsvDataSet;
import io.conversion.model.data.DataSet;
import io.conversion.model.evaluation.RocAuc;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Numbers of base R 4.2.2 on the 60 users of {@code trial-users.csv}, and on its own {@code longley}. The tolerance is
 * 1e-9, relative for factors.
 *
 * <p>DeLong: {@code psi <- outer(x[y == 1], x[y == 0], function(s, t) (s > t) + (s == t) / 2)}, area {@code mean(psi)},
 * standard error {@code sqrt(var(rowMeans(psi)) / nrow(psi) + var(colMeans(psi)) / ncol(psi))}, interval
 * {@code plogis(qlogis(a) + c(-1, 1) * qnorm(0.975) * se / (a * (1 - a)))}. Factors: {@code R <- cor(model.matrix(~
 * sessions + hours + plan + weekend)[, -1])} after imputation, {@code det(R[i, i]) * det(R[-i, -i]) / det(R)}.
 */
class SignalReferenceNumbersTest {

    private static final Offset<Double> TOLERANCE = within(1e-9);

    @TempDir
    static Path folder;

    private static SignalValidation validation;

    @BeforeAll
    static void validate() throws IOException {
        Path file = folder.resolve("trial-users.csv");
        try (InputStream users = Objects.requireNonNull(
                SignalReferenceNumbersTest.class.getResourceAsStream("/io/conversion/model/trial-users.csv"))) {
            Files.copy(users, file);
        }
        DataSet data = CsvDataSet.read(file, CsvDataSet.label("converted"));
        validation = SignalValidation.of(data);
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
                    SIGNAL,   AUC,                 LOWER,               UPPER
                    sessions, 0.51762632197414804, 0.36960470552209168, 0.66261782124577917
                    hours,    0.29047619047619050, 0.17331860712636060, 0.44426827159609528
                    """)
    void intervalOfTheAucIsDeLongs(String signal, double area, double lower, double upper) {
        RocAuc auc = validation.signal(signal).strength().auc().orElseThrow();

        assertThat(auc.value()).isCloseTo(area, TOLERANCE);
        assertThat(auc.lower()).isCloseTo(lower, TOLERANCE);
        assertThat(auc.upper()).isCloseTo(upper, TOLERANCE);
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
                    SIGNAL,   GVIF,               COLUMNS, FACTOR
                    sessions, 1.0753850440850408, 1,       1.0753850440850408
                    hours,    1.0472734929470229, 1,       1.0472734929470229
                    plan,     1.0886699144892911, 3,       1.0287236883925566
                    weekend,  1.0664473130455552, 1,       1.0664473130455552
                    """)
    void inflationIsThatOfFoxAndMonette(String signal, double generalised, int columns, double factor) {
        Collinearity collinearity = validation.signal(signal).collinearity().orElseThrow();

        assertThat(collinearity.generalised()).isCloseTo(generalised, TOLERANCE);
        assertThat(collinearity.columns()).isEqualTo(columns);
        assertThat(collinearity.factor()).isCloseTo(factor, TOLERANCE);
    }

    /** {@code prop.test(positives, rows, correct = FALSE)$conf.int}. */
    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
                    POSITIVES, ROWS, LOWER,                UPPER
                    7,         50,   0.069508334270162925, 0.261861937105855425
                    0,         12,   0,                    0.24249400665524079
                    12,        12,   0.75750599334475921,  1
                    """)
    void intervalOfARateIsWilsons(int positives, int rows, double lower, double upper) {
        SignalBin bin = SignalBin.of("bin", rows, positives, 0, 0.2, 0.95);

        assertThat(bin.lower()).isCloseTo(lower, TOLERANCE);
        assertThat(bin.upper()).isCloseTo(upper, TOLERANCE);
        assertThat(bin.liftUpper()).isCloseTo(5 * upper, within(1e-8));
    }

    /** {@code diag(solve(cor(as.matrix(longley[, 1:6]))))}: columns that are nearly dependent. */
    @Test
    void inflationOfNearlyDependentColumnsIsExact() {
        double[][] columns = {
            {83.0, 88.5, 88.2, 89.5, 96.2, 98.1, 99.0, 100.0, 101.2, 104.6, 108.4, 110.8, 112.6, 114.2, 115.7, 116.9},
            {
                234.289, 259.426, 258.054, 284.599, 328.975, 346.999, 365.385, 363.112, 397.469, 419.180, 442.769,
                444.546, 482.704, 502.601, 518.173, 554.894
            },
            {
                235.6, 232.5, 368.2, 335.1, 209.9, 193.2, 187.0, 357.8, 290.4, 282.2, 293.6, 468.1, 381.3, 393.1, 480.6,
                400.7
            },
            {
                159.0, 145.6, 161.6, 165.0, 309.9, 359.4, 354.7, 335.0, 304.8, 285.7, 279.8, 263.7, 255.2, 251.4, 257.2,
                282.7
            },
            {
                107.608, 108.632, 109.773, 110.929, 112.075, 113.270, 115.094, 116.219, 117.388, 118.734, 120.445,
                121.950, 123.366, 125.368, 127.852, 130.081
            },
            {1947, 1948, 1949, 1950, 1951, 1952, 1953, 1954, 1955, 1956, 1957, 1958, 1959, 1960, 1961, 1962},
        };
        double[] expected = {
            135.5324382800, 1788.5134827175, 33.6188905960, 3.5889301934, 399.1510223125, 758.9805974068
        };
        SampleUsers users = new SampleUsers(16, row -> row % 3 == 0);
        for (int i = 0; i < columns.length; i++) {
            double[] column = columns[i];
            NumericSignal signal = Signal.numeric("x" + i);
            users.with(signal, row -> column[row]);
        }

        SignalValidation longley = users.validate();

        for (int i = 0; i < columns.length; i++) {
            assertThat(longley.signal("x" + i).collinearity().orElseThrow().factor())
                    .isCloseTo(expected[i], within(1e-9 * expected[i]));
        }
    }
}
