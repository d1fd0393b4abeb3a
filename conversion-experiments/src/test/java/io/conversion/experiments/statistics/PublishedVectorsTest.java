package io.conversion.experiments.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Numbers that others have published, each with its source, to the digits that they give: nothing here was computed by this
 * library.
 */
class PublishedVectorsTest {

    private static final Offset<Double> EXACT = within(1e-12);

    // gostevehoward/confseq, test/uniform_boundaries_unittest.cpp: v_opt 100, alpha 0.05.
    @Test
    void mixturesAreThoseOfConfseq() {
        double rho = Mixture.rho(100, 0.05);

        assertThat(rho).isEqualTo(12.60056, offset(5e-6));
        assertThat(Mixture.normal(10, 100, rho)).isEqualTo(-0.6510052, offset(5e-8));
        double bound = Mixture.inverse(s -> Mixture.normal(s, 100, rho), -Math.log(0.05), 0, 100);
        assertThat(bound).isEqualTo(30.35209, offset(5e-6));

        double oneSided = Mixture.rho(100, 0.1);
        assertThat(Mixture.gammaExponential(10, 100, 2, oneSided)).isEqualTo(-0.2490165, offset(5e-8));
        double gamma = Mixture.inverse(s -> Mixture.gammaExponential(s, 100, 2, oneSided), -Math.log(0.05), 0, 100);
        assertThat(gamma).isEqualTo(33.02017, offset(5e-6));

        // g = 0.2, h = 0.8, s = 10, v = 100: k - n g = s and n g h = v.
        assertThat(Mixture.betaBinomial(135, 625, 0.2, 100, 0.05)).isEqualTo(-0.6941012, offset(5e-8));
        double beta = Mixture.inverse(s -> Mixture.betaBinomial(125 + s, 625, 0.2, 100, 0.05), -Math.log(0.05), 0, 100);
        assertThat(beta).isEqualTo(31.4308, offset(5e-5));
    }

    // The same: bernoulli_confidence_interval(successes, trials, alpha, t_opt).
    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
            successes, users, planned, lower,    upper
            700,       1000,  100,     0.651629, 0.745949
            15,        50,    50,      0.129556, 0.511896
            5,         50,    50,      0.013021, 0.269264
            1,         50,    50,      0,        0.13489
            100,       200,   1,       0.328923, 0.671076
            1,         2,     1,       0,        1
            0,         1,     1,       0,        1
            1,         1,     1,       0,        1
            """)
    void rateThatMayBeLookedAtAnytimeIsThatOfConfseq(
            long successes, long users, double planned, double lower, double upper) {
        AnytimeRate rate = AnytimeRate.of(successes, users, 0.05, planned);

        assertThat(rate.lower()).isEqualTo(lower, offset(2e-6));
        assertThat(rate.upper()).isEqualTo(upper, offset(2e-6));
    }

    // growthbook, packages/stats, tests/frequentist/test_tests.py: means, standard deviations, users.
    @Test
    void welchIsThatOfGrowthBook() {
        Sample control = new Sample(3407, 0.41, 3.9 * 3.9);
        Sample treatment = new Sample(3461, 0.7, 6.2 * 6.2);

        Difference absolute = Difference.ofWelch(control, treatment);
        assertThat(absolute.fixed(0.05).lower()).isEqualTo(0.04538, offset(5e-6));
        assertThat(absolute.fixed(0.05).upper()).isEqualTo(0.53462, offset(5e-6));
        assertThat(absolute.fixed(0.05).pValue()).isEqualTo(0.02016, offset(5e-6));

        Difference relative = absolute.relative(control, treatment);
        assertThat(relative.estimate()).isEqualTo(0.70732, offset(5e-6));
        assertThat(relative.standardError()).isEqualTo(0.37879, offset(5e-6));
        assertThat(relative.fixed(0.05).lower()).isEqualTo(-0.03526, offset(5e-6));
        assertThat(relative.fixed(0.05).upper()).isEqualTo(1.44989, offset(5e-6));
        assertThat(relative.fixed(0.05).pValue()).isEqualTo(0.06191, offset(5e-6));
    }

    @Test
    void sequenceIsThatOfGrowthBook() {
        Sample control = sample(1396.87, 52377.9767, 3000);
        Sample treatment = sample(2422.7, 134698.29, 3461);
        Difference relative = Difference.of(control, treatment).relative(control, treatment);

        Inference anytime = new ConfidenceSequence(0.05, 1000).at(relative, 6461);

        assertThat(relative.estimate()).isEqualTo(0.50336, offset(5e-6));
        assertThat(relative.standardError()).isEqualTo(0.33341, offset(5e-6));
        assertThat(anytime.lower()).isEqualTo(-0.55844, offset(5e-6));
        assertThat(anytime.upper()).isEqualTo(1.56516, offset(5e-6));
        assertThat(anytime.pValue()).isEqualTo(1);
    }

    @Test
    void sequenceOfProportionsIsThatOfGrowthBook() {
        Sample control = Sample.ofProportion(1396, 3000);
        Sample treatment = Sample.ofProportion(2422, 3461);
        Difference relative = Difference.of(control, treatment).relative(control, treatment);

        Inference anytime = new ConfidenceSequence(0.05, 5000).at(relative, 6461);

        assertThat(relative.estimate()).isEqualTo(0.50386, offset(5e-6));
        assertThat(anytime.lower()).isEqualTo(0.40098, offset(5e-6));
        assertThat(anytime.upper()).isEqualTo(0.60675, offset(5e-6));
        assertThat(anytime.pValue()).isEqualTo(0, offset(5e-6));
    }

    @Test
    void oneSidedSequenceIsThatOfGrowthBook() {
        Sample control = sample(1396.87, 52377.9767, 3000);
        Sample treatment = sample(2422.7, 134698.29, 3461);
        Difference absolute = Difference.of(control, treatment);
        ConfidenceSequence sequence = new ConfidenceSequence(0.05, 5000);

        assertThat(sequence.fromBelow(absolute, 6461).lower()).isEqualTo(-0.12656844172804982, EXACT);
        assertThat(sequence.fromBelow(absolute.relative(control, treatment), 6461)
                        .lower())
                .isEqualTo(-0.42356454602790883, EXACT);
        Difference reversed = new Difference(-absolute.estimate(), absolute.standardError(), Double.POSITIVE_INFINITY);
        assertThat(-sequence.fromBelow(reversed, 6461).lower()).isEqualTo(0.5953217750613832, EXACT);
    }

    // The same file, test_sequential_test_runs_ra: sums before 16.87 and 22.7 with squares 527.9767 and 1348.29,
    // products 1.
    @Test
    void adjustedSequenceIsThatOfGrowthBook() {
        Moments control = moments(3000, 1396.87, 52377.9767, 16.87, 527.9767, 1);
        Moments treatment = moments(3461, 2422.7, 134698.29, 22.7, 1348.29, 1);

        Adjustment adjustment = Adjustment.of(control, treatment, Value.mean(0), List.of(Value.mean(1)));
        Inference anytime = new ConfidenceSequence(0.05, 5000).at(adjustment.relative(), 6461);

        assertThat(adjustment.slopes()[0]).isEqualTo(-0.0114032226, offset(5e-11));
        assertThat(adjustment.relative().estimate()).isEqualTo(0.50338, offset(5e-6));
        assertThat(adjustment.relative().standardError()).isEqualTo(0.33341, offset(5e-6));
        assertThat(anytime.lower()).isEqualTo(-0.50969, offset(5e-6));
        assertThat(anytime.upper()).isEqualTo(1.51646, offset(5e-6));
    }

    // e10v/tea-tasting, tests/metrics/test_proportion.py: 19 of 53 against 13 of 47.
    @Test
    void twoProportionsAreThoseOfTeaTasting() {
        TwoProportions counts = new TwoProportions(19, 53, 13, 47);

        assertThat(counts.pooled()).isEqualTo(0.3809096823118986, EXACT);
        assertThat(counts.pooledWithContinuity()).isEqualTo(0.5083165530405196, EXACT);
        assertThat(counts.unpooledWithContinuity()).isEqualTo(0.5049066155125612, EXACT);
        assertThat(counts.likelihoodRatio()).isEqualTo(0.37976268998844287, EXACT);
        assertThat(counts.likelihoodRatioWithContinuity()).isEqualTo(0.5076294534617167, EXACT);
        assertThat(counts.fisher()).isEqualTo(0.3999948918153569, EXACT);
        assertThat(1 - new TwoProportions(18, 53, 14, 47).fisherLess()).isEqualTo(0.2546303652212273, EXACT);
    }

    // optimizely/ssrm, test_ssrm_test.py: ln of the marginal likelihoods of a Dirichlet(1, 1, 1) and of the shares 0.4,
    // 0.4, 0.2.
    @Test
    void sequentialSampleRatioIsThatOfOptimizely() {
        long[][] looks = {{20, 17, 9}, {18, 21, 8}, {4, 6, 4}, {18, 19, 11}};
        double[] dirichlet = {-7.028201432058012, -11.947847738358888, -15.471401950257842, -19.96484521090386};
        double[] shares = {-4.0776406466061985, -8.265946861099877, -11.610743519545139, -15.781031228536165};
        long[] sum = new long[3];
        for (int look = 0; look < looks.length; look++) {
            for (int arm = 0; arm < 3; arm++) {
                sum[arm] += looks[look][arm];
            }
            assertThat(SampleRatio.logBayesFactor(
                            sum, new double[] {1.0 / 3, 1.0 / 3, 1.0 / 3}, new double[] {0.4, 0.4, 0.2}, 3))
                    .isEqualTo(dirichlet[look] - shares[look], within(1e-11));
        }
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
            control, treatment, fixed,         sequential
            500,     600,       0.00256883,    0.6715
            821588,  815482,    1.8218e-06,    1.5595e-4
            15752,   15257,     0.00493873,
            """)
    void sampleRatiosAreTheWellKnownOnes(long control, long treatment, double fixed, Double sequential) {
        SampleRatio ratio = SampleRatio.of(new long[] {control, treatment}, new double[] {0.5, 0.5}, 0);

        assertThat(ratio.pValue()).isEqualTo(fixed, within(fixed * 1e-5));
        if (sequential != null) {
            assertThat(ratio.sequentialPValue()).isEqualTo(sequential, within(sequential * 1e-4));
        }
    }

    // The example of R's safestats: successes of either arm, in blocks of one user each.
    @Test
    void evidenceIsThatOfSafestats() {
        int[] a = {1, 0, 1, 0, 0, 0, 1};
        int[] b = {1, 0, 1, 1, 1, 0, 1};
        SafeTwoByTwo safe = new SafeTwoByTwo(1, 1);
        for (int i = 0; i < a.length; i++) {
            safe.add(false, a[i] == 1);
            safe.add(true, b[i] == 1);
        }

        assertThat(safe.evidence()).isEqualTo(1.0955046197583513, EXACT);
    }

    private static Sample sample(double sum, double squares, long users) {
        return new Sample(users, sum / users, (squares - sum * sum / users) / (users - 1));
    }

    private static Moments moments(
            long users, double sum, double squares, double before, double beforeSquares, double products) {
        double covariance = (products - sum * before / users) / (users - 1);
        return new Moments(users, new double[] {sum / users, before / users}, new double[][] {
            {sample(sum, squares, users).variance(), covariance},
            {covariance, sample(before, beforeSquares, users).variance()}
        });
    }
}
