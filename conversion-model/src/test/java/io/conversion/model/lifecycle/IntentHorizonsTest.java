package io.conversion.model.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.conversion.model.synthetic.StreamingProduct;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class IntentHorizonsTest {

    private static final IntentHorizons HORIZONS = IntentHorizons.defaults();

    private static IntentReport generated;

    @BeforeAll
    static void measure() {
        generated =
                HORIZONS.settings(HORIZONS.settings().resamples(200).share(0.5)).measure(StreamingProduct.log(8000, 5));
    }

    @Test
    void intentOfTheGeneratedUsersEmergesDayByDay() {
        List<Double> skills = generated.horizons().stream()
                .map(horizon -> horizon.comparison().orElseThrow().figures().skill())
                .toList();

        assertThat(skills).isSorted();
        assertThat(skills.get(0)).isBetween(0.03, 0.15);
        assertThat(skills.get(3)).isBetween(0.3, 0.5);
        assertThat(generated.horizons().subList(0, 3))
                .allSatisfy(horizon -> assertThat(horizon.comparison()
                                .orElseThrow()
                                .differenceInterval()
                                .upper())
                        .isNegative());
    }

    @Test
    void allDaysAreComparedOnTheSameUsersAndPurchases() {
        Horizon last = generated.horizons().get(3);

        assertThat(generated.horizons()).allSatisfy(horizon -> {
            HorizonFigures common = horizon.comparison().orElseThrow().figures();
            assertThat(common.users()).isEqualTo(last.users());
            assertThat(common.events()).isEqualTo(last.events());
            assertThat(common.nullLogLoss())
                    .isEqualTo(last.ownFigures().orElseThrow().nullLogLoss());
        });
        assertThat(last.comparison().orElseThrow().figures())
                .isEqualTo(last.ownFigures().orElseThrow());
    }

    @Test
    void figuresFitTogether() {
        int eligible = generated.eligible();

        assertThat(generated.horizons()).allSatisfy(horizon -> {
            HorizonFigures own = horizon.ownFigures().orElseThrow();
            double rate = horizon.baseRate();
            assertThat(own.nullLogLoss())
                    .isCloseTo(-rate * Math.log(rate) - (1 - rate) * Math.log(1 - rate), within(1e-14));
            assertThat(own.skill()).isCloseTo(1 - own.logLoss() / own.nullLogLoss(), within(1e-14));
            assertThat(own.skill())
                    .isBetween(own.skillInterval().lower(), own.skillInterval().upper());
            assertThat(own.rocAuc().value())
                    .isBetween(own.rocAuc().lower(), own.rocAuc().upper());
            assertThat(horizon.users() + horizon.bought()).isEqualTo(eligible);
            assertThat(horizon.bought()).isEqualTo(generated.boughtByDay().get(horizon.day()));
            assertThat(horizon.bought() + horizon.events()).isEqualTo(generated.buyers());
        });
    }

    @Test
    void theEarliestDayThatReachesTheShareIsTheAnswer() {
        IntentVerdict.Emerges verdict = (IntentVerdict.Emerges) generated.verdict();

        assertThat(verdict.day()).isEqualTo(7);
        assertThat(verdict.surelyBy()).isEqualTo(7);
        assertThat(verdict.sentence())
                .startsWith("Intent can be seen on day 7: what is known by then has ")
                .contains(" of the skill of day 14 at foreseeing purchases on days 15 to 30. By the end of day 7, ")
                .endsWith(" of those who buy by day 30; for them it comes too late.");
    }

    @Test
    void fewPurchasesGiveNoVerdict() {
        IntentReport report =
                HORIZONS.settings(HORIZONS.settings().resamples(100)).measure(StreamingProduct.log(1500, 5));

        int events = report.horizons().get(3).events();
        assertThat(events).isBetween(10, 99);
        assertThat(report.horizons().get(3).comparison()).isPresent();
        assertThat(report.verdict()).isInstanceOf(IntentVerdict.None.class);
        assertThat(report.verdict().sentence())
                .isEqualTo("No verdict: of the 1,390 users at risk on day 14, " + events
                        + " buy by day 30, and at least 100 purchases are needed to compare days; collect more users,"
                        + " or end with an earlier day.");
    }

    @Test
    void nextToNoPurchasesGiveNoFigures() {
        IntentReport report = HORIZONS.measure(StreamingProduct.log(60, 5));

        assertThat(report.horizons().get(3).ownFigures()).isEmpty();
        assertThat(report.horizons())
                .allSatisfy(horizon -> assertThat(horizon.comparison()).isEmpty());
        assertThat(report.verdict().sentence()).startsWith("No verdict: ");
        assertThat(json(report).at("/horizons/3").has("common_users")).isFalse();
    }

    @Test
    void signalsWithoutAnyMeaningGiveNoVerdict() {
        EventLog.Builder log = EventLog.builder();
        LocalDate start = LocalDate.of(2024, 1, 1);
        for (int i = 0; i < 2000; i++) {
            log.signup("u" + i, start);
            if (i % 3 == 0) {
                log.event("u" + i, start.plusDays(i % 11), "session");
            }
            if (i % 7 == 0) {
                log.purchase("u" + i, start.plusDays(20));
            }
        }

        IntentReport report =
                HORIZONS.settings(HORIZONS.settings().resamples(100)).measure(log.build(start.plusDays(60)));

        assertThat(report.verdict().sentence())
                .isEqualTo("No verdict: even on day 14 the signals are not clearly better than the base rate at"
                        + " foreseeing purchases on days 15 to 30, so there is no skill that an earlier day could reach"
                        + " a share of.");
        assertThat(json(report).at("/horizons/0/common_users").has("skill_share"))
                .isFalse();
    }

    @Test
    void jsonHoldsTheNumbers() {
        JsonNode json = json(generated);

        Horizon first = generated.horizons().get(0);
        Horizon.Comparison common = first.comparison().orElseThrow();
        assertThat(json.at("/horizons/0/own_users/skill").doubleValue())
                .isEqualTo(first.ownFigures().orElseThrow().skill());
        assertThat(json.at("/horizons/0/common_users/skill").doubleValue())
                .isEqualTo(common.figures().skill());
        assertThat(json.at("/horizons/0/common_users/skill_lower").doubleValue())
                .isEqualTo(common.figures().skillInterval().lower());
        assertThat(json.at("/horizons/0/common_users/skill_share").doubleValue())
                .isEqualTo(common.share());
        assertThat(json.at("/bought_by_day")).hasSize(31);
        assertThat(json.at("/bought_by_day/30/share_of_buyers").doubleValue()).isEqualTo(1);
        assertThat(json.at("/verdict/sentence").stringValue())
                .isEqualTo(generated.verdict().sentence());
        assertThat(json.at("/log/observed_until").stringValue()).isEqualTo("2024-07-28");
    }

    /**
     * pandas: first purchase by {@code groupby("student_id").min()}, registered by 2022-09-30, not bought by the day;
     * null log loss by numpy from the rate of purchases up to day 30.
     */
    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
                    DAY, USERS, EVENTS, NULL_LOG_LOSS
                    1,   35301, 750,    0.10284895035885815
                    3,   35081, 530,    0.07833360519787944
                    7,   34768, 217,    0.03790652061245118
                    14,  34658, 107,    0.02092859790520245
                    """)
    void usersAtRiskOfTheLearningPlatformAreThoseOfPandas(int day, int users, int events, double nullLogLoss)
            throws IOException {
        EventLog log = LearningPlatform.read();

        HorizonUsers atRisk = HorizonUsers.of(log, day, 30);

        assertThat(atRisk.data().rows()).isEqualTo(users);
        assertThat(atRisk.data().positives()).isEqualTo(events);
        assertThat(SkillBootstrap.nullLogLoss(events, users)).isCloseTo(nullLogLoss, within(1e-15));
    }

    /**
     * scikit-learn 1.2.1: counts, idle days and trend by pandas, {@code LogisticRegression(C=1, tol=1e-12)} on columns
     * standardised by the other folds, the same folds; its lbfgs stops early, hence the tolerance of 1e-6.
     */
    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
                    DAY, OWN_AUC,            OWN_LOG_LOSS,         OWN_SKILL,            COMMON_AUC,         COMMON_SKILL
                    1,   0.6180773735444223, 0.09882354315105867,  0.03913902080433607,  0.5597903897719123, 0.007082063087709534
                    3,   0.6387680939797499, 0.07442811215270725,  0.049857184988568726, 0.5943943897643386, 0.011149080708901637
                    7,   0.6873365719839517, 0.03520942892932824,  0.0711511275513117,   0.651947939886777,  0.04189374065824303
                    14,  0.7278805244421289, 0.018466982387648635, 0.11761970528096888,  0.7278805244421289, 0.11761970528096888
                    """)
    void figuresOfTheLearningPlatformAreThoseOfScikitLearn(
            int day, double ownAuc, double ownLogLoss, double ownSkill, double commonAuc, double commonSkill)
            throws IOException {
        Horizon horizon = LearningPlatform.report().horizons().stream()
                .filter(each -> each.day() == day)
                .findFirst()
                .orElseThrow();

        HorizonFigures own = horizon.ownFigures().orElseThrow();
        HorizonFigures common = horizon.comparison().orElseThrow().figures();
        assertThat(own.rocAuc().value()).isCloseTo(ownAuc, within(1e-6));
        assertThat(own.logLoss()).isCloseTo(ownLogLoss, within(1e-6));
        assertThat(own.skill()).isCloseTo(ownSkill, within(1e-6));
        assertThat(common.rocAuc().value()).isCloseTo(commonAuc, within(1e-6));
        assertThat(common.skill()).isCloseTo(commonSkill, within(1e-6));
    }

    @Test
    void onTheLearningPlatformIntentIsLateAndMostHaveBoughtByThen() throws IOException {
        IntentReport report = LearningPlatform.report();

        // By pandas: 36,944 registered by 2022-09-30, 2,393 of them buy by day 30, 1,388 on day 0.
        assertThat(report.eligible()).isEqualTo(36_944);
        assertThat(report.buyers()).isEqualTo(2393);
        assertThat(report.boughtByDay().get(0)).isEqualTo(1388);
        assertThat(report.observation().end()).isEqualTo("2022-10-30");
        assertThat(report.verdict()).isInstanceOfSatisfying(IntentVerdict.Emerges.class, emerges -> {
            assertThat(emerges.day()).isEqualTo(14);
            assertThat(emerges.bought()).isEqualTo(2286);
        });
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, delimiter = '|', textBlock = """
                    DAYS | WITHIN | MESSAGE
                    7 3  | 30     | the days are [7, 3]; list them in ascending order
                    30   | 30     | day 30 is not from 0 to 29; purchases count up to day 30
                    -1   | 30     | day -1 is not from 0 to 29; purchases count up to day 30
                    """)
    void daysAreInOrderAndWithinTheWindow(String days, int within, String message) {
        List<Integer> list =
                List.of(days.split(" ")).stream().map(Integer::valueOf).toList();

        assertThatThrownBy(() -> HORIZONS.settings().days(list, within))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void otherSettingsHaveTheirRanges() {
        HorizonSettings settings = HORIZONS.settings();

        assertThatThrownBy(() -> settings.share(0)).hasMessage("the share is 0.0; it must be above 0 and at most 1");
        assertThatThrownBy(() -> settings.share(Double.NaN))
                .hasMessage("the share is NaN; it must be above 0 and at most 1");
        assertThatThrownBy(() -> settings.resamples(99)).hasMessage("there are 99 resamples; at least 100 are needed");
        assertThatThrownBy(() -> settings.minimumEvents(0))
                .hasMessage("the minimum of events is 0; it must be at least 1");
        assertThatThrownBy(() -> settings.days(List.of(), 30))
                .hasMessage("there are no days; name at least one, such as 7");
    }

    private static JsonNode json(IntentReport report) {
        return JsonMapper.shared().readTree(report.toJson());
    }
}
