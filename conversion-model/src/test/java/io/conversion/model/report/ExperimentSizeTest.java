package io.conversion.model.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExperimentSizeTest {

    /** Against the numbers that {@code src/test/reference/sample_size.py} prints, which solves for the power of the test. */
    @ParameterizedTest
    @CsvSource(
            useHeadersInDisplayName = true,
            value = {
                "control, treated, treated for each control, users",
                "0.5, 0.75, 1, 57.67343673890838",
                "0.1, 0.11, 1, 14750.790469044954",
                "0.02, 0.022, 1, 80681.38028240837",
                "0.27, 0.297, 1, 4372.827134515893",
                "0.95, 0.955, 1, 28407.841233187253",
                "0.1, 0.11, 9, 8301.961148630102",
                "0.3, 0.33, 4, 2365.2243294963587"
            })
    void controlGroupIsAsLargeAsThePowerAsksFor(double control, double treated, double each, double users) {
        assertThat(new ExperimentSize(control, treated).controlUsers(each)).isCloseTo(users, within(1e-8 * users));
    }

    @Test
    void aTenthMoreIsLookedForOrATenthFewerOthersWhereThatIsMoreThanEverybody() {
        assertThat(ExperimentSize.of(0.2).treated()).isCloseTo(0.22, within(1e-15));
        assertThat(ExperimentSize.of(0.95).treated()).isCloseTo(0.955, within(1e-15));
    }

    @Test
    void leastControlGroupHasJustThePower() {
        ExperimentSize size = new ExperimentSize(0.1, 0.11);

        double share = size.leastControl(83_020).orElseThrow();

        // Nine treated users for each of 8,302 in control are 83,020.
        assertThat(share).isCloseTo(0.1, within(1e-5));
        assertThat(size.leastControl(29_502)).hasValueCloseTo(0.5, within(0.01));
        assertThat(size.leastControl(29_501)).isEmpty();
        assertThat(size.leastControl(0)).isEmpty();
    }

    @Test
    void smallestChangeOfHalvesIsTheOneThatNeedsThem() {
        assertThat(ExperimentSize.smallestChange(0.1, 29_502)).hasValueCloseTo(0.1, within(1e-5));
        assertThat(ExperimentSize.smallestChange(0.5, 116)).hasValueCloseTo(0.5, within(0.01));
        assertThat(ExperimentSize.smallestChange(0.5, 10)).isEmpty();
    }
}
