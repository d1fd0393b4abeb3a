package io.conversion.model.signals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.conversion.core.signals.Signal;
import io.conversion.core.signals.WhenMissing;
import io.conversion.model.data.InvalidDataException;
import io.conversion.model.evaluation.RocAuc;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Verdicts and their reasons, on users with planted faults. */
class SignalValidationTest {

    private static final int ROWS = 2000;

    @Test
    void aSignalThatPredictsIsKept() {
        SignalReport hours = users().validate().signal("hours");

        assertThat(hours.verdict()).isEqualTo(Verdict.KEEP);
        assertThat(hours.reasons()).isEmpty();
        assertThat(hours.strength().relation()).isEqualTo(Relation.INCREASING);
        assertThat(hours.strength().rankCorrelation()).isGreaterThan(0.95);
    }

    @Test
    void noiseIsDropped() {
        SignalReport noise = users().with(Signal.numeric("noise"), row -> SampleUsers.spread(row, 12))
                .validate()
                .signal("noise");

        assertThat(noise.verdict()).isEqualTo(Verdict.DROP);
        assertThat(noise.reasons())
                .singleElement()
                .asString()
                .matches(
                        "predictive strength: its ROC AUC is 0\\.5[01]\\d, less than the 0\\.520 that is asked for, and no"
                                + " bin converts better than the others by more than noise \\(a lift of at least 5\\.0 % is asked"
                                + " for\\)");
    }

    @Test
    void signalsWithoutVariationAreDropped() {
        SignalValidation validation = users().with(Signal.numeric("constant"), row -> 7)
                .with(Signal.numeric("absent").whenMissing(WhenMissing.IMPUTE), row -> null)
                .with(Signal.flag("never"), row -> false)
                .with(Signal.categorical("only", "a", "b"), row -> "a")
                .validate();

        assertThat(validation.signal("constant").reasons())
                .containsExactly("predictive strength: it has the same value in every row");
        assertThat(validation.signal("absent").reasons())
                .containsExactly("predictive strength: it has no value in any row");
        for (String signal : List.of("constant", "absent", "never", "only")) {
            assertThat(validation.signal(signal).verdict()).as(signal).isEqualTo(Verdict.DROP);
            assertThat(validation.signal(signal).collinearity()).as(signal).isEmpty();
        }
        assertThat(validation.signal("constant").strength().auc().orElseThrow().value())
                .isEqualTo(0.5);
        assertThat(validation.signal("absent").strength().auc()).isEmpty();
        assertThat(validation.toJson()).contains("\"absent\"");
    }

    @Test
    void aUShapedSignalCountsByItsBins() {
        SignalReport u = new SampleUsers(ROWS, row -> Math.abs(SampleUsers.spread(row, 0) - 0.5) > 0.35)
                .with(Signal.numeric("u"), row -> SampleUsers.spread(row, 0) + SampleUsers.spread(row, 3) / 2)
                .validate()
                .signal("u");

        assertThat(u.strength().relation()).isEqualTo(Relation.U_SHAPED);
        assertThat(u.strength().isByBins()).isTrue();
        assertThat(u.strength().strength()).isEqualTo(u.strength().aucOfBins());
        assertThat(u.strength().strength().orElseThrow().value())
                .isGreaterThan(u.strength().auc().orElseThrow().oriented().value() + 0.1);
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
                    NOISE, VERDICT,     LIMIT
                    0,     DROP,        0.950
                    0.6,   CONDITIONAL, 0.850
                    """)
    void aSignalThatTellsTooMuchIsSuspected(double noise, Verdict verdict, String limit) {
        SignalReport leak = users().with(
                        Signal.numeric("leak"),
                        row -> (converts(row) ? 0.4 : 0) + (0.01 + noise) * SampleUsers.spread(row, 4))
                .validate()
                .signal("leak");

        assertThat(leak.verdict()).isEqualTo(verdict);
        assertThat(leak.findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.dimension()).isEqualTo(Dimension.LEAKAGE))
                .satisfies(finding -> assertThat(finding.sentence()).contains("above " + limit));
    }

    @Test
    void aSignalOfTheFutureIsDropped() {
        SignalValidation validation = users().with(
                        Signal.numeric("other"), row -> hours(row) + SampleUsers.spread(row, 8))
                .with(Signal.numeric("late"), row -> hours(row) + SampleUsers.spread(row, 9))
                .validate(ValidationOptions.defaults().predictionDay(3).availableOn(Map.of("hours", 3, "late", 4)));

        assertThat(validation.signal("hours").verdict()).isEqualTo(Verdict.KEEP);
        assertThat(validation.signal("late").verdict()).isEqualTo(Verdict.DROP);
        assertThat(validation.signal("late").reasons())
                .containsExactly("temporal validity: it is known on day 4 only, and users are scored on day 3");
        assertThat(validation.signal("other").verdict()).isEqualTo(Verdict.KEEP);
        assertThat(validation.notes())
                .contains("temporal validity was not assessed for other: the day on which it is known is not declared");
    }

    @Test
    void whatNobodyDeclaredIsSaidOnce() {
        assertThat(users().validate().notes())
                .containsExactly(
                        "temporal validity was not assessed: no signal declares the day on which it is known",
                        "stability was not assessed: no attribute was named that tells the cohort or the date of users",
                        "interpretability was not assessed: the schema declares no meaning of any signal",
                        "actionability is unknown: the schema declares no signal as actionable");
    }

    @Test
    void meaningsAndUnitsThatLackAreNoted() {
        SignalValidation validation = users().with(
                        Signal.numeric("said")
                                .meaning("listening")
                                .unit("hours")
                                .actionable(),
                        row -> hours(row) + SampleUsers.spread(row, 8))
                .with(Signal.numeric("counted").meaning("sessions").wholeNumbers(), row -> Math.rint(10 * hours(row)))
                .validate();

        assertThat(validation.signal("said").verdict()).isEqualTo(Verdict.KEEP);
        assertThat(validation.signal("said").isActionable()).isTrue();
        assertThat(validation.signals())
                .flatExtracting(SignalReport::findings)
                .noneMatch(finding -> finding.dimension() == Dimension.INTERPRETABILITY);
        assertThat(validation.notes())
                .contains(
                        "interpretability was not assessed for hours: the schema declares no meaning",
                        "the schema declares no unit of hours");
    }

    @Test
    void aSignalThatTurnsRoundInSomeCohortsIsConditional() {
        SignalReport turning = users().attribute("cohort", row -> "c" + row % 5)
                .with(Signal.numeric("turning"), row -> row % 5 < 3 ? hours(row) : 2 - hours(row))
                .validate(ValidationOptions.defaults().cohort("cohort"))
                .signal("turning");

        assertThat(turning.stability().orElseThrow().sameDirection()).isEqualTo(3);
        assertThat(turning.reasons())
                .contains(
                        "stability: it has its direction in 3 of 5 cohorts of \"cohort\" (60.0 %), less than the 70.0 %"
                                + " that are asked for");
    }

    @Test
    void aCohortThatDrivesTheEffectIsNamed() {
        SignalReport driven = users().attribute("cohort", row -> "c" + row % 3)
                .with(Signal.numeric("driven"), row -> row % 3 == 1 ? hours(row) : 2 * SampleUsers.spread(row, 7))
                .validate(ValidationOptions.defaults().cohort("cohort"))
                .signal("driven");

        assertThat(driven.verdict()).isNotEqualTo(Verdict.KEEP);
        assertThat(driven.stability()
                        .orElseThrow()
                        .mostInfluential()
                        .orElseThrow()
                        .cohort())
                .isEqualTo("c1");
        assertThat(driven.reasons())
                .anySatisfy(reason -> assertThat(reason)
                        .startsWith("stability: without cohort \"c1\" its ROC AUC falls from ")
                        .endsWith(", so that this cohort drives the effect"));
    }

    @Test
    void datesAreGroupedByMonth() {
        SignalValidation validation = users().attribute(
                        "day",
                        row -> row < 3 ? "" : String.format(Locale.ROOT, "2026-%02d-%02d", 1 + row % 4, 1 + row % 28))
                .validate(ValidationOptions.defaults().cohort("day"));

        Stability stability = validation.signal("hours").stability().orElseThrow();
        assertThat(stability.assessed())
                .extracting(CohortAuc::cohort)
                .containsExactly("2026-01", "2026-02", "2026-03", "2026-04");
        assertThat(stability.sameDirection()).isEqualTo(4);
        assertThat(stability.populationStabilityIndex()).isBetween(0.0, 0.1);
        assertThat(validation.notes()).contains("3 rows without \"day\" belong to no cohort");
    }

    @Test
    void aCohortInWhichAllValuesAreEqualIsNotCounted() {
        SignalReport equal = users().attribute("cohort", row -> row % 2 == 0 ? "even" : "odd")
                .with(Signal.numeric("equal"), row -> row % 2 == 0 ? 1 : hours(row))
                .validate(ValidationOptions.defaults().cohort("cohort"))
                .signal("equal");

        assertThat(equal.stability().orElseThrow().assessed()).hasSize(1);
        assertThat(equal.reasons())
                .contains(
                        "stability: only one of 2 cohorts of \"cohort\" has 10 rows of either outcome and two values, so"
                                + " that there is nothing to compare");
    }

    @Test
    void tooManyCohortsAndASingleOneAreSaid() {
        SampleUsers users = users().attribute("id", row -> "u" + row).attribute("all", row -> "x");

        assertThatExceptionOfType(InvalidDataException.class)
                .isThrownBy(() -> users.validate(ValidationOptions.defaults().cohort("id")))
                .withMessage(
                        "\"id\" has more than 200 values, too many for cohorts; give ISO dates, which are grouped by"
                                + " month, or coarser groups");
        assertThat(users.validate(ValidationOptions.defaults().cohort("all")).notes())
                .contains("stability was not assessed: \"all\" has a single value or month");
    }

    @Test
    void dependentSignalsAreNamed() {
        SignalValidation validation = users().with(
                        Signal.numeric("more"), row -> hours(row) + SampleUsers.spread(row, 8))
                .with(Signal.numeric("sum"), row -> 1e6 * (2 * hours(row) + SampleUsers.spread(row, 8)))
                .with(Signal.numeric("apart"), row -> SampleUsers.spread(row, 2))
                .validate();

        Collinearity sum = validation.signal("sum").collinearity().orElseThrow();
        assertThat(sum.isPerfect()).isTrue();
        assertThat(sum.related()).containsExactly("hours", "more");
        assertThat(validation.signal("hours").reasons())
                .containsExactly("collinearity: it depends linearly on more, sum (its variance inflation factor is"
                        + " infinite); leave one of them out, or fit with a penalty");
        assertThat(validation.signal("apart").collinearity().orElseThrow().factor())
                .isBetween(1.0, 1.1);
        assertThat(validation.toJson()).contains("\"perfect\": true");
    }

    @Test
    void aLevelThatOccursOnceAndATinyClassAreNoObstacle() {
        SignalValidation validation = new SampleUsers(500, row -> row < 3)
                .with(Signal.categorical("plan", "a", "b", "once"), row -> row == 1 ? "once" : row % 2 == 0 ? "a" : "b")
                .with(Signal.numeric("x"), row -> row % 7)
                .validate();

        assertThat(validation.signal("plan").strength().table())
                .extracting(SignalBin::label)
                .containsExactly("a", "b", "once");
        assertThat(validation.signals())
                .allSatisfy(report -> assertThat(report.verdict()).isNotEqualTo(Verdict.KEEP));
    }

    @Test
    void aSinglePositiveHasAnInterval() {
        RocAuc auc = new SampleUsers(50, row -> row == 49)
                .with(Signal.numeric("x"), row -> row)
                .validate()
                .signal("x")
                .strength()
                .auc()
                .orElseThrow();

        assertThat(auc.value()).isEqualTo(1);
        assertThat(auc.lower()).isCloseTo(0.2065, within(1e-3));
        assertThat(auc.upper()).isEqualTo(1);
    }

    @Test
    @Timeout(60)
    void aMillionLevelsArePooledAndSaid() {
        List<String> levels =
                IntStream.range(0, 1_000_000).mapToObj(i -> "u" + i).toList();
        SignalReport id = users().with(Signal.categorical("id", levels), row -> "u" + row * 400)
                .with(Signal.numeric("x"), row -> row % 13)
                .validate()
                .signal("id");

        assertThat(id.strength().table()).hasSize(1000);
        assertThat(id.strength().table().get(999).label()).isEqualTo("1001 rarer levels");
        assertThat(id.strength().aucOfBins().orElseThrow().value()).isBetween(0.45, 0.55);
        assertThat(id.verdict()).isEqualTo(Verdict.DROP);
        assertThat(id.reasons())
                .contains(
                        "interpretability: 2,000 levels occur, more than 1,000 levels; the rarest were taken together,"
                                + " and a model needs them grouped");
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
                    SCALE
                    1e-12
                    1e12
                    1e-300
                    1e300
                    """)
    void theScaleOfASignalDoesNotMatter(double scale) {
        SignalReport hours = users().validate().signal("hours");
        SignalReport scaled = new SampleUsers(ROWS, SignalValidationTest::converts)
                .with(Signal.numeric("hours"), row -> scale * hours(row))
                .with(Signal.numeric("other"), row -> SampleUsers.spread(row, 6))
                .validate()
                .signal("hours");

        assertThat(scaled.strength().auc()).isEqualTo(hours.strength().auc());
        assertThat(scaled.strength().informationValue())
                .isEqualTo(hours.strength().informationValue());
        assertThat(scaled.collinearity().orElseThrow().factor()).isBetween(1.0, 1.1);
        assertThat(scaled.verdict()).isEqualTo(Verdict.KEEP);
    }

    /** 60 of 100 users against 41 of 100: (0.6 / (41.5 / 101)) - 1. */
    @Test
    void liftIsAgainstTheOtherUsers() {
        PredictiveStrength strength = new SampleUsers(200, row -> row < 60 || (row >= 100 && row < 141))
                .with(Signal.flag("offer"), row -> row < 100)
                .validate()
                .signal("offer")
                .strength();

        assertThat(strength.lift()).isCloseTo(0.6 / (41.5 / 101) - 1, within(1e-12));
        assertThat(strength.table().get(1).lift()).isCloseTo(0.6 / 0.505, within(1e-12));
    }

    @Test
    void limitsCanBeSet() {
        ValidationOptions strict = ValidationOptions.defaults()
                .limits(SignalLimits.defaults().aucAboveChance(0.4).lift(2));

        assertThat(users().validate(strict).signal("hours").verdict()).isEqualTo(Verdict.DROP);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SignalLimits.defaults().cohortAgreement(70))
                .withMessage("the limit cohortAgreement is 70.0; it must be from 0 to 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SignalLimits.defaults().lift(Double.NaN))
                .withMessage("the limit lift is NaN; it must be a finite number of at least 0");
    }

    @Test
    void optionsThatDoNotFitTheDataAreRefused() {
        ValidationOptions unknown =
                ValidationOptions.defaults().predictionDay(1).availableOn(Map.of("hour", 1));
        ValidationOptions noDay = ValidationOptions.defaults().availableOn(Map.of("hours", 1));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> users().validate(unknown))
                .withMessage("there is no signal \"hour\" to be available on day 1; the signals are [hours]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> users().validate(noDay))
                .withMessage("it is declared when signals are known, but not when users are scored; declare the"
                        + " prediction day");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> users().validate(ValidationOptions.defaults().cohort("month")));
        assertThatExceptionOfType(InvalidDataException.class)
                .isThrownBy(() -> new SampleUsers(9, row -> true)
                        .with(Signal.numeric("x"), row -> row)
                        .validate())
                .withMessage("the 9 rows hold no negative outcome; both are needed");
    }

    @Test
    void theStrongestSignalThatIsNotDroppedIsBest() {
        SignalValidation validation = users().with(Signal.flag("leak"), SignalValidationTest::converts)
                .with(Signal.numeric("noise"), row -> SampleUsers.spread(row, 12))
                .validate();

        assertThat(validation.strongestFirst())
                .extracting(SignalReport::signal)
                .containsExactly("leak", "hours", "noise");
        assertThat(validation.best().orElseThrow().signal()).isEqualTo("hours");
    }

    @Test
    void theJsonHoldsWhatTheReportSays() {
        SignalValidation validation = users().validate();

        JsonNode json = JsonMapper.shared().readTree(validation.toJson());

        JsonNode signal = json.get("signals").get(0);
        PredictiveStrength strength = validation.signal("hours").strength();
        assertThat(json.get("rows").intValue()).isEqualTo(ROWS);
        assertThat(json.get("best_signal").stringValue()).isEqualTo("hours");
        assertThat(json.get("limits").get("lift").doubleValue()).isEqualTo(0.05);
        assertThat(signal.get("verdict").stringValue()).isEqualTo("keep");
        assertThat(signal.get("auc").get("lower").doubleValue())
                .isEqualTo(strength.auc().orElseThrow().lower());
        assertThat(signal.get("bins")).hasSize(10);
        assertThat(signal.get("bins").get(9).get("woe").doubleValue())
                .isEqualTo(strength.table().get(9).weightOfEvidence());
    }

    /** 2,000 users with one signal that raises the chance to convert. */
    private static SampleUsers users() {
        return new SampleUsers(ROWS, SignalValidationTest::converts).with(Signal.numeric("hours"), row -> hours(row));
    }

    private static double hours(int row) {
        return SampleUsers.spread(row, 0) + SampleUsers.spread(row, 1);
    }

    private static boolean converts(int row) {
        return SampleUsers.spread(row, 0) > 0.3 + 0.6 * SampleUsers.spread(row, 11);
    }
}
