package io.conversion.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.conversion.model.data.DataSet;
import io.conversion.model.fit.PenalisedLikelihood;
import io.conversion.model.fit.ProfileLikelihood;
import io.conversion.model.synthetic.StreamingUsers;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

/** The numbers are what {@code src/test/reference/profile.R} prints, by glm.fit and uniroot. */
class ProfileIntervalTest {

    private static final LogisticTrainer UNPENALISED = LogisticTrainer.linear().penalty(0);

    @Test
    void endsAgreeWithRWithTwoSignals() {
        TrainingResult result = UNPENALISED
                .standardise(false)
                .train(LabelledUsers.numbers(
                                "1,0,0 2,1,0 3,0,0 4,1,1 5,0,0 6,1,1 7,0,1 8,1,1 9,0,1 10,1,0 11,0,1 12,1,1"
                                        + " 2,0,0 3,1,1 5,1,0 8,0,0 9,1,1 1,1,0")
                        .dataSet());

        assertEnds(result.profile(0.95), """
                x1 | 0.4026578759327 | 0.0613651865830296 | 0.90296242167795
                x2 | 1.23665200008205 | -1.0027918063749 | 3.97859695828507
                """);
    }

    @Test
    void endsAgreeWithROnTheTelcoUsers() throws IOException {
        TrainingResult result = UNPENALISED.train(RealUsers.TELCO.read().training());

        assertEnds(result.profile(0.95), """
                gender=Male                       | -0.0201551688395585 | -0.162793145656024 | 0.122491902264816
                SeniorCitizen                     | 0.196298207938673   | 0.0107485518513998 | 0.381658853400612
                Partner=Yes                       | 0.0347613121243098  | -0.137214485570444 | 0.207023460035257
                Dependents=Yes                    | -0.155936051379775  | -0.354128829857792 | 0.0410835266449053
                tenure                            | -1.33071009385236   | -1.66822581925704  | -1.00472848405934
                PhoneService=Yes                  | -0.285943099259606  | -1.7157946695445   | 1.14351742895641
                MultipleLines=Yes                 | 0.354974632287476   | -0.035076628740709 | 0.745658142192256
                InternetService=Fiber optic           | 1.21193998639204    | -0.542305725114089 | 2.96913796726498
                InternetService=No                | -1.18684379089153   | -2.96492494020041  | 0.591182694167116
                OnlineSecurity=Yes                | -0.331275227606478  | -0.726408686874964 | 0.0628797697882894
                OnlineBackup=Yes                  | -0.0828542013874878 | -0.469432168471236 | 0.303518757219622
                DeviceProtection=Yes                  | 0.0646769190195529  | -0.322394574673119 | 0.451816903787917
                TechSupport=Yes                   | -0.283726714034537  | -0.681351961902037 | 0.11277788474811
                StreamingTV=Yes                   | 0.352311925582631   | -0.366583332912498 | 1.07215951541021
                StreamingMovies=Yes                   | 0.348087602547455   | -0.369864283171533 | 1.06701384731652
                Contract=One year                 | -0.678990415999648  | -0.916409618957283 | -0.445970080843721
                Contract=Two year                 | -1.56501364620322   | -1.98490063683794  | -1.17294639303703
                PaperlessBilling=Yes                  | 0.301519742281407   | 0.138062099939901  | 0.465480100509051
                PaymentMethod=Credit card (automatic) | -0.137782591017851  | -0.39135348139538  | 0.115185081468019
                PaymentMethod=Electronic check        | 0.344154799347518   | 0.136391165275392  | 0.553414039301694
                PaymentMethod=Mailed check            | -0.0277214164617637 | -0.283161646552881 | 0.228483805694784
                MonthlyCharges                    | -0.481045179671077  | -2.57628446074905  | 1.61336075633798
                TotalCharges                      | 0.590868133485577   | 0.245231571046535  | 0.944333618251175
                """);
    }

    @Test
    void endsAgreeWithROnTheUsersOfTheCaseStudy() throws IOException {
        TrainingResult result =
                UNPENALISED.train(RealUsers.ORIGINAL_SYNTHETIC.read().training());

        assertEnds(result.profile(0.95), """
                days_since_signup   | -0.23281929574707 | -0.33152632644647  | -0.134847750397685
                sessions_7d         | 0.633760877779132 | 0.522898791094834  | 0.747422725334338
                content_hours_7d    | 0.503262643348766 | 0.380851522642601  | 0.630757891554462
                downloads_7d        | 0.451396447427913 | 0.339958789830421  | 0.566386802559223
                paywall_views_7d    | 0.442802607458212 | 0.332850100824768  | 0.555989962184802
                country_tier=Tier_2 | -0.6266674255238  | -0.874527870316005 | -0.382938340008576
                country_tier=Tier_3 | -1.00347363651643 | -1.26075290872497  | -0.749881707649478
                """);
    }

    /** The Wald interval is 7.6 plus or minus 88. */
    @Test
    void farEndIsFoundWhereTheOutcomesAreAllButSeparated() {
        TrainingResult result = UNPENALISED
                .standardise(false)
                .train(LabelledUsers.numbers("1,0 2,0 3.001,0 3,1 5,1 6,1").dataSet());

        ProfileInterval interval = result.profile("x1", 0.95);

        assertThat(interval.lower()).isCloseTo(0.243671265237611, Percentage.withPercentage(1e-7));
        assertThat(interval.upper()).isCloseTo(2887.49887708382, Percentage.withPercentage(1e-7));
    }

    /** No fit gets here, since separation is refused; far out on the likelihood it looks like an optimum. */
    @Test
    void endIsInfiniteOnTheSideThatSeparates() {
        double[][] rows = {{-2}, {-1}, {1}, {2}};
        boolean[] up = {false, false, true, true};
        boolean[] down = {true, true, false, false};

        ProfileLikelihood rising = new ProfileLikelihood(likelihood(rows, up, 30), 0);
        ProfileLikelihood falling = new ProfileLikelihood(likelihood(rows, down, -30), 0);

        assertThat(rising.end(1.96, 1e6)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(falling.end(1.96, -1e6)).isEqualTo(Double.NEGATIVE_INFINITY);
        // By symmetry the intercept is 0: 4 log(1 + exp(-b)) + 4 log(1 + exp(-2 b)) is 1.96 * 1.96 there.
        double finite = rising.end(1.96, -1e6);
        assertThat(4 * Math.log1p(Math.exp(-finite)) + 4 * Math.log1p(Math.exp(-2 * finite)))
                .isCloseTo(1.96 * 1.96, within(1e-9));
        assertThat(falling.end(1.96, 1e6)).isCloseTo(-finite, within(1e-9));
    }

    private static PenalisedLikelihood likelihood(double[][] rows, boolean[] converted, double slope) {
        return new PenalisedLikelihood(rows, converted, new double[1], new double[] {slope, 0});
    }

    @Test
    void balancedLargeSampleComesNearTheWaldInterval() {
        LabelledUsers users = LabelledUsers.numbers("0,1 0,1 0,1 0,0 0,0 0,0 0,0 1,1 1,1 1,1 1,1 1,0 1,0 1,0");

        assertThat(largestDistanceFromWald(users)).isGreaterThan(0.05);
        assertThat(largestDistanceFromWald(users.rows(
                        IntStream.range(0, 14_000).mapToObj(i -> i % 14).toList())))
                .isLessThan(0.002);
    }

    /** In standard errors. */
    private static double largestDistanceFromWald(LabelledUsers users) {
        TrainingResult result = UNPENALISED.train(users.dataSet());
        ProfileInterval profile = result.profile("x1", 0.95);
        CoefficientInference wald = result.inference(0.95).get(0);
        return Math.max(
                        Math.abs(profile.lower() - Math.log(wald.lower())),
                        Math.abs(profile.upper() - Math.log(wald.upper())))
                / wald.standardError();
    }

    @Test
    void oddsRatiosAreThoseOfTheEnds() {
        ProfileInterval interval = new ProfileInterval("x", Math.log(3), Double.NEGATIVE_INFINITY, Math.log(8), 0.9);

        assertThat(interval.oddsRatio()).isCloseTo(3, within(1e-14));
        assertThat(interval.lowerOddsRatio()).isZero();
        assertThat(interval.upperOddsRatio()).isCloseTo(8, within(1e-14));
    }

    @Test
    void estimateOutsideTheEndsIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ProfileInterval("x", 3, 1, 2, 0.95))
                .withMessage("the profile interval of \"x\" is 1.0 to 2.0; it must hold the estimate, 3.0");
    }

    @Test
    void fitWhoseCoefficientsAreShrunkOrSelectedHasNoneAndSaysWhy() {
        DataSet users = StreamingUsers.generate(500, 1);
        TrainingResult penalised = LogisticTrainer.linear().train(users);
        TrainingResult chosen = UNPENALISED.autoShapes().train(users);

        assertThatThrownBy(() -> penalised.profile(0.95))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "the fit has no profile intervals: its L2 penalty of 1.0 shrinks the coefficients; train with"
                                + " linear shapes and a penalty of 0 for inference");
        assertThatThrownBy(() -> chosen.profile("sessions_7d", 0.95))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "the fit has no profile intervals: its shapes were chosen on the same rows; train with linear"
                                + " shapes and a penalty of 0 for inference");
    }

    @Test
    void unknownColumnAndLevelAreNamed() {
        TrainingResult result = UNPENALISED.train(
                LabelledUsers.numbers("1,0,0 2,1,1 3,1,0 4,0,1").dataSet());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> result.profile("x3", 0.95))
                .withMessage("the fit has no coefficient on \"x3\"; it has them on [x1, x2]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> result.profile("x1", 95))
                .withMessage("the level of an interval is 95.0; it must be between 0 and 1");
    }

    private static void assertEnds(List<ProfileInterval> intervals, String numbers) {
        List<String[]> expected =
                numbers.lines().map(line -> line.split(" *\\| *", -1)).toList();

        assertThat(intervals)
                .extracting(ProfileInterval::column)
                .containsExactlyElementsOf(
                        expected.stream().map(line -> line[0]).toList());
        for (int j = 0; j < expected.size(); j++) {
            ProfileInterval interval = intervals.get(j);
            double[] ends = {interval.estimate(), interval.lower(), interval.upper()};
            for (int k = 0; k < ends.length; k++) {
                assertThat(ends[k] / Double.parseDouble(expected.get(j)[k + 1]))
                        .as(interval.column())
                        .isCloseTo(1, within(1e-9));
            }
        }
    }
}
