package io.conversion.experiments.planning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SampleSizeTest {

    // statsmodels 0.13.5 and the closed formula of the unpooled test, as in the reference results of four experiments:
    // (1.96 + 0.84)^2 (p1 (1 - p1) + p2 (1 - p2)) / (p2 - p1)^2 users in each arm.
    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
            control,              treatment,            users of an arm
            0.19020134228187918,  0.19210335570469797,  670894.671679151
            0.19020134228187918,  0.19971140939597315,  27237.346410976654
            0.33282666666666666,  0.33615493333333335,  315452.7205365358
            0.007564619397676073, 0.007640265591652834, 20696754.792366758
            0.020964220469634184, 0.021173862674330527, 7366765.4996101195
            """)
    void usersAreThoseOfTheReference(double control, double treatment, double usersOfAnArm) {
        double users = SampleSize.ofShares(control, treatment).users(treatment - control, 0.8);

        // The formula leaves out the chance to be wrong about the sign, which is 1e-6.
        assertThat(users / 2).isEqualTo(usersOfAnArm, within(1e-5 * usersOfAnArm));
    }

    // statsmodels, stats/tests/test_proportion.py, which has them of Stata and R: difference, share of the second arm,
    // users of
    // the first and how many times as many the second has.
    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
            difference, second, users,    ratio, power
            -0.014,     0.015,  550,      1,     0.7415600
            -0.1,       0.2,    154,      2,     0.7995659
            -0.25,      0.75,   76.70692, 1,     0.9
            """)
    void powerOfThePooledTestIsThatOfStata(double difference, double second, double users, double ratio, double power) {
        assertThat(SampleSize.powerOfPooledTest(second + difference, second, users, users * ratio, 0.05))
                .isEqualTo(power, within(1e-5));
    }

    // GrowthBook, test_midexperimentpower.py: 500 users in each arm, means 1 and 1.05, a target of 5 %; how many times
    // as many
    // users more. They search by halves, to 1/256.
    @Test
    void usersThatAreMissingAreThoseOfGrowthBook() {
        double variance = (1500 - 500.0 * 500 / 500) / 499;
        double other = (1551.25 - 525.0 * 525 / 500) / 499;
        SampleSize fixed = new SampleSize(1.05 * 1.05 * variance, other, 0.5, 0.05, false);

        assertThat(fixed.users(0.05, 0.8) / 1000 - 1).isEqualTo(25.45703125, offset(0.005));
    }

    @Test
    void smallestEffectAndUsersAreInverse() {
        for (boolean anytime : new boolean[] {false, true}) {
            SampleSize size = new SampleSize(0.09, 0.1, 0.3, 0.05, anytime)
                    .clustered(4, 0.1)
                    .explained(0.2);

            double effect = size.smallestEffect(20_000, 0.8);

            assertThat(size.users(effect, 0.8)).isEqualTo(20_000, within(1e-4));
            assertThat(size.power(effect, 20_000)).isEqualTo(0.8, within(1e-12));
        }
    }

    @Test
    void lookingAnytimeCostsAboutTwiceTheUsers() {
        SampleSize once = SampleSize.ofShares(0.05, 0.06);
        SampleSize anytime = new SampleSize(0.05 * 0.95, 0.06 * 0.94, 0.5, 0.05, true);

        assertThat(anytime.users(0.01, 0.8) / once.users(0.01, 0.8)).isBetween(1.8, 2.1);
    }

    // src/test/reference/relative_effect.py, with scipy, which has both tails.
    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
            mean, control, treatment, share, users, alpha, power, lift
            0.12, 0.09,    0.1,       0.3,   20000, 0.05,  0.8,   0.11596587836197496
            0.05, 0.0475,  0.0564,    0.5,   1000,  0.05,  0.8,   1.4787420899156465
            20,   900,     1600,      0.7,   1000,  0.01,  0.9,   0.6125396537548417
            """)
    void relativeEffectIsTheRootOfThePowerOfALift(
            double mean,
            double control,
            double treatment,
            double share,
            double users,
            double alpha,
            double power,
            double lift) {
        SampleSize size = new SampleSize(control, treatment, share, alpha, false);

        assertThat(size.smallestRelativeEffect(mean, users, power)).isEqualTo(lift, within(1e-5 * lift));
        assertThat(size.smallestRelativeEffect(mean, users, power))
                .isGreaterThan(size.smallestEffect(users, power) / mean);
    }

    @Test
    void withAControlThatIsNearZeroNoLiftCanBeShown() {
        assertThat(new SampleSize(1, 1, 0.5, 0.05, false).smallestRelativeEffect(0.01, 100, 0.8))
                .isInfinite();
    }

    // numpy: d = 1 + i * 37 % 11, n = 0.3 d + (i * 53 % 7) / 10 for i below 500, and the variance of (n - r d) /
    // mean(d).
    @Test
    void varianceOfARatioIsThatOfItsLinearValue() {
        SampleSize size = SampleSize.ofRatio(2.095, 5.986, 0.942439879759519, 10.021847695390782, 3.007144288577154);

        assertThat(size.controlVariance()).isEqualTo(0.0018167600111715844, within(1e-15));
        assertThat(size.treatmentVariance()).isEqualTo(size.controlVariance());
    }
}
