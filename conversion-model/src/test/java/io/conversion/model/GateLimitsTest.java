package io.conversion.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class GateLimitsTest {

    @Test
    void whatIsNotSetKeepsItsDefault() {
        GateLimits limits = GateLimits.builder()
                .gradientPerRow(1e-7)
                .condition(1e7, 1e5)
                .calibrationSlope(0.9, 1.1)
                .rarerOutcome(50)
                .rowsPerCoefficient(10, 20)
                .leakage(0.9, 0.8)
                .duplicatedRows(0.01)
                .holdoutLoss(3)
                .build();

        assertThat(limits).isEqualTo(new GateLimits(1e-7, 1e7, 1e5, 0.9, 1.1, 50, 10, 20, 0.9, 0.8, 0.01, 3));
        assertThat(GateLimits.builder().build())
                .isEqualTo(GateLimits.defaults())
                .isEqualTo(new GateLimits(1e-8, 1e8, 1e6, 0.8, 1.25, 100, 5, 10, 0.95, 0.85, 0.02, 2.33));
    }

    @Test
    void limitOutOfItsRangeIsNamed() {
        assertRefused(
                GateLimits.builder().gradientPerRow(-1), "gradientPerRow is -1.0; it must be a number of at least 0");
        assertRefused(
                GateLimits.builder().condition(1e8, 0), "conditionWarned is 0.0; it must be a number of at least 1");
        assertRefused(
                GateLimits.builder().condition(1e5, 1e6),
                "conditionRefused is 100000.0; it must be a number of at least conditionWarned");
        assertRefused(
                GateLimits.builder().calibrationSlope(1.1, 2), "slopeFrom is 1.1; it must be a number of at most 1");
        assertRefused(
                GateLimits.builder().calibrationSlope(0, 0.9), "slopeTo is 0.9; it must be a number of at least 1");
        assertRefused(
                GateLimits.builder().rarerOutcome(-1), "rarerOutcomeWarned is -1.0; it must be a number of at least 0");
        assertRefused(
                GateLimits.builder().rowsPerCoefficient(10, 5),
                "rowsPerCoefficientWarned is 5.0; it must be a number of at least rowsPerCoefficientRefused");
        assertRefused(GateLimits.builder().leakage(0.9, 0.4), "leakageWarned is 0.4; it must be from 0.5 to 1");
        assertRefused(
                GateLimits.builder().leakage(0.7, 0.8), "leakageRefused is 0.7; it must be from leakageWarned to 1");
        assertRefused(GateLimits.builder().duplicatedRows(1.5), "duplicatedRowsWarned is 1.5; it must be from 0 to 1");
        assertRefused(
                GateLimits.builder().holdoutLoss(-1), "holdoutLossWarned is -1.0; it must be a number of at least 0");
    }

    @Test
    void noLimitIsNaN() {
        double nan = Double.NaN;
        List<GateLimits.Builder> broken = List.of(
                GateLimits.builder().gradientPerRow(nan),
                GateLimits.builder().condition(nan, 2),
                GateLimits.builder().condition(2, nan),
                GateLimits.builder().calibrationSlope(nan, 2),
                GateLimits.builder().calibrationSlope(0.5, nan),
                GateLimits.builder().rarerOutcome(nan),
                GateLimits.builder().rowsPerCoefficient(nan, 2),
                GateLimits.builder().rowsPerCoefficient(2, nan),
                GateLimits.builder().leakage(nan, 0.8),
                GateLimits.builder().leakage(0.8, nan),
                GateLimits.builder().duplicatedRows(nan),
                GateLimits.builder().holdoutLoss(nan));

        assertThat(broken)
                .allSatisfy(limits -> assertThatIllegalArgumentException()
                        .isThrownBy(limits::build)
                        .withMessageContaining(" is NaN; it must be "));
    }

    private static void assertRefused(GateLimits.Builder limits, String message) {
        assertThatIllegalArgumentException().isThrownBy(limits::build).withMessage("the limit " + message);
    }
}
