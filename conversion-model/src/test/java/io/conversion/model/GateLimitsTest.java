package io.conversion.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.conversion.model.GateLimits.Limit;
import io.conversion.model.GateLimits.Range;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class GateLimitsTest {

    @Test
    void whatIsNotSetKeepsItsDefault() {
        GateLimits limits = GateLimits.defaults()
                .gradientPerRow(1e-7)
                .condition(1e7, 1e5)
                .slope(0.9, 1.1)
                .rarerOutcome(50)
                .rowsPerCoefficient(10, 20)
                .leakage(0.9, 0.8)
                .duplicatedRows(0.01)
                .holdoutLoss(3);

        assertThat(limits)
                .isEqualTo(new GateLimits(
                        1e-7,
                        new Limit(1e7, 1e5),
                        new Range(0.9, 1.1),
                        50,
                        new Limit(10, 20),
                        new Limit(0.9, 0.8),
                        0.01,
                        3));
        assertThat(GateLimits.defaults())
                .isEqualTo(new GateLimits(
                        1e-8,
                        new Limit(1e8, 1e6),
                        new Range(0.8, 1.25),
                        100,
                        new Limit(5, 10),
                        new Limit(0.95, 0.85),
                        0.02,
                        2.33));
    }

    @Test
    void limitOutOfItsRangeIsNamed() {
        assertRefused(limits -> limits.gradientPerRow(-1), "gradientPerRow is -1.0; it must be a number of at least 0");
        assertRefused(limits -> limits.condition(1e8, 0), "conditionWarned is 0.0; it must be a number of at least 1");
        assertRefused(
                limits -> limits.condition(1e5, 1e6),
                "conditionRefused is 100000.0; it must be a number of at least conditionWarned");
        assertRefused(limits -> limits.slope(1.1, 2), "slopeFrom is 1.1; it must be a number of at most 1");
        assertRefused(limits -> limits.slope(0, 0.9), "slopeTo is 0.9; it must be a number of at least 1");
        assertRefused(
                limits -> limits.rarerOutcome(-1), "rarerOutcomeWarned is -1.0; it must be a number of at least 0");
        assertRefused(
                limits -> limits.rowsPerCoefficient(10, 5),
                "rowsPerCoefficientWarned is 5.0; it must be a number of at least rowsPerCoefficientRefused");
        assertRefused(limits -> limits.leakage(0.9, 0.4), "leakageWarned is 0.4; it must be from 0.5 to 1");
        assertRefused(limits -> limits.leakage(0.7, 0.8), "leakageRefused is 0.7; it must be from leakageWarned to 1");
        assertRefused(limits -> limits.duplicatedRows(1.5), "duplicatedRowsWarned is 1.5; it must be from 0 to 1");
        assertRefused(limits -> limits.holdoutLoss(-1), "holdoutLossWarned is -1.0; it must be a number of at least 0");
    }

    @Test
    void noLimitIsNaN() {
        double nan = Double.NaN;
        List<UnaryOperator<GateLimits>> broken = List.of(
                limits -> limits.gradientPerRow(nan),
                limits -> limits.condition(nan, 2),
                limits -> limits.condition(2, nan),
                limits -> limits.slope(nan, 2),
                limits -> limits.slope(0.5, nan),
                limits -> limits.rarerOutcome(nan),
                limits -> limits.rowsPerCoefficient(nan, 2),
                limits -> limits.rowsPerCoefficient(2, nan),
                limits -> limits.leakage(nan, 0.8),
                limits -> limits.leakage(0.8, nan),
                limits -> limits.duplicatedRows(nan),
                limits -> limits.holdoutLoss(nan));

        assertThat(broken)
                .allSatisfy(change -> assertThatIllegalArgumentException()
                        .isThrownBy(() -> change.apply(GateLimits.defaults()))
                        .withMessageContaining(" is NaN; it must be "));
    }

    private static void assertRefused(UnaryOperator<GateLimits> change, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> change.apply(GateLimits.defaults()))
                .withMessage("the limit " + message);
    }
}
