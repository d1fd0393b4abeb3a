package io.conversion.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.conversion.core.Scorer;
import io.conversion.model.data.DataSet;
import java.util.List;
import org.assertj.core.data.Offset;

/** What a fit is compared with: reference numbers, and the optimum by an independent design. */
final class ReferenceFit {

    /** Both sides solve to rounding; what is left is the rounding of two different orders of addition. */
    static final Offset<Double> ROUNDING = within(1e-11);

    private ReferenceFit() {}

    /** The numbers are lines of a name and its value: the intercept, then the columns in order. */
    static void assertFit(TrainingResult result, String numbers) {
        List<String[]> expected =
                numbers.lines().map(line -> line.strip().split(" +")).toList();

        assertThat(result.coefficients())
                .extracting(Coefficient::column)
                .containsExactlyElementsOf(
                        expected.stream().skip(1).map(line -> line[0]).toList());
        assertThat(result.intercept()).as("intercept").isCloseTo(Double.parseDouble(expected.get(0)[1]), ROUNDING);
        for (int j = 1; j < expected.size(); j++) {
            assertThat(result.coefficients().get(j - 1).value())
                    .as(expected.get(j)[0])
                    .isCloseTo(Double.parseDouble(expected.get(j)[1]), ROUNDING);
        }
    }

    /** Two fits of what should be the same data. */
    static void assertSameFit(TrainingResult actual, TrainingResult expected) {
        assertThat(actual.intercept()).isCloseTo(expected.intercept(), within(1e-9));
        assertThat(actual.coefficients()).hasSameSizeAs(expected.coefficients());
        assertThat(actual.coefficients())
                .zipSatisfy(
                        expected.coefficients(),
                        (one, other) -> assertThat(one.value()).isCloseTo(other.value(), within(1e-9)));
    }

    /** The gradient is rounding error, and the published model scores each training row as its row of the design. */
    static void assertOptimum(TrainingResult result, LabelledUsers users, ReferenceDesign design) {
        assertThat(design.relativeGradient(result)).as("relative gradient").isLessThan(1e-12);
        Scorer scorer =
                result.overridingRefusals("a test").publish("model", "1").scorer();
        DataSet data = users.dataSet();
        for (int i = 0; i < users.size(); i++) {
            assertThat(scorer.score(data.signals(i)).logOdds())
                    .as("log-odds of row %d", i)
                    .isCloseTo(design.logOdds(i, result), within(1e-9));
        }
    }
}
