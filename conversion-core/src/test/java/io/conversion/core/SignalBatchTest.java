package io.conversion.core;

import static io.conversion.core.Fixtures.MODEL;
import static io.conversion.core.Fixtures.SCHEMA;
import static io.conversion.core.Fixtures.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.conversion.core.shapes.Shape;
import io.conversion.core.signals.Evidence.Rule;
import io.conversion.core.signals.Evidence.Substitution;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalReading;
import io.conversion.core.signals.SignalSchema;
import io.conversion.core.signals.Violation;
import io.conversion.core.signals.WhenMissing;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignalBatchTest {

    /** Two rows: the user of the fixtures, and another one. */
    private static Map<String, SignalColumn> columns() {
        Map<String, SignalColumn> columns = new LinkedHashMap<>();
        columns.put("account_age", SignalColumn.numbers(4, 365));
        columns.put("content_hours", SignalColumn.numbers(9.3, 0.5));
        columns.put("referrals", SignalColumn.numbers(0.7, 0));
        columns.put("price_change", SignalColumn.numbers(-5.5, 20));
        columns.put("country_tier", SignalColumn.levels("tier_2", "tier_1"));
        columns.put("channel", SignalColumn.levels("social", "café"));
        columns.put("device", SignalColumn.codes(1, 0));
        columns.put("weekend", SignalColumn.flags(true, false));
        return columns;
    }

    private static SignalBatch with(String signal, SignalColumn column) {
        Map<String, SignalColumn> columns = columns();
        columns.put(signal, column);
        return SignalBatch.of(SCHEMA, columns);
    }

    private static BitSet rows(int... rows) {
        BitSet set = new BitSet();
        for (int row : rows) {
            set.set(row);
        }
        return set;
    }

    @Test
    void rowIsReadAsAMap() {
        SignalBatch batch = SignalBatch.of(SCHEMA, columns());

        assertThat(batch.schema()).isSameAs(SCHEMA);
        assertThat(batch.rows()).isEqualTo(2);
        assertThat(batch.refusedRows()).isZero();
        assertThat(batch.isRefused(0)).isFalse();
        assertThat(batch.reading(0)).isEqualTo(SCHEMA.read(user()));
    }

    @Test
    void everyColumnThatDoesNotFitIsListedAtOnce() {
        Map<String, SignalColumn> columns = new LinkedHashMap<>();
        columns.put("contentHours", SignalColumn.numbers(1.5, 2, 3));
        columns.put("account_age", SignalColumn.levels("4", "365"));
        columns.put("referrals", SignalColumn.codes(1, 2));
        columns.put("weekend", SignalColumn.numbers(1, 0));
        columns.put("channel", SignalColumn.flags(true, false));
        columns.put("device", SignalColumn.numbers(1));
        columns.put("user\nid", SignalColumn.levels("u1", "u2"));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> SignalBatch.of(SCHEMA, columns))
                .withMessage("""
                        signal batch: column "contentHours" is not a signal of schema "trial-signals" 3; did you mean "content_hours"?
                          column "account_age" holds levels; the signal is numeric
                          column "referrals" holds codes of levels; the signal is numeric
                          column "weekend" holds numbers; the signal is a flag
                          column "channel" holds truth values; the signal is categorical
                          column "device" holds numbers; the signal is categorical
                          column "user\\u000aid" is not a signal of schema "trial-signals" 3
                          column "device" has 1 rows, and column "contentHours" has 3""");
    }

    @Test
    void batchWithoutAColumnIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SignalBatch.of(SCHEMA, Map.of()))
                .withMessage("signal batch: there is no column");
    }

    @Test
    void batchWithoutRowsHasNoScores() {
        SignalBatch batch = SignalBatch.of(SCHEMA, Map.of("weekend", SignalColumn.flags()));

        ScoredBatch scored = MODEL.scorer().score(batch, Runnable::run, 4);

        assertThat(scored.rows()).isZero();
        assertThat(scored.probabilities()).isEmpty();
    }

    @Test
    void numberThatIsNotMarkedAsMissingIsRefusedIfItIsNone() {
        SignalBatch batch = with("content_hours", SignalColumn.numbers(Double.NaN, 0.5));

        assertThat(batch.refusedRows()).isEqualTo(1);
        assertThat(batch.isRefused(0)).isTrue();
        assertThat(messages(batch, 0)).containsExactly("signal \"content_hours\": NaN is not a finite number");
        assertThat(batch.isRefused(1)).isFalse();
    }

    @Test
    void columnMayUseNotANumberForMissing() {
        SignalBatch batch = with("content_hours", SignalColumn.orMissing(Double.NaN, 0.5));

        assertThat(batch.refusedRows()).isZero();
        assertThat(batch.reading(0).orElseThrow().substitutions())
                .containsExactly(new Substitution("content_hours", Rule.MISSING, ""));
        assertThat(batch.reading(1).orElseThrow().substitutions()).isEmpty();
    }

    @Test
    void missingValueIsImputedOrRefusedAsTheSchemaSays() {
        Map<String, SignalColumn> columns = columns();
        columns.put("content_hours", SignalColumn.numbers(9.3, 0.5).missing(rows(0)));
        columns.put("channel", SignalColumn.levels(null, "café"));
        columns.put("weekend", SignalColumn.flags(true, false).missing(rows(0)));
        columns.put("account_age", SignalColumn.numbers(4, 365).missing(rows(1)));
        columns.put("country_tier", SignalColumn.levels("tier_2", null));
        columns.put("device", SignalColumn.codes(1, 0).missing(rows(1)));

        ScoredBatch scored = MODEL.scorer().score(SignalBatch.of(SCHEMA, columns));

        Score imputed = Fixtures.score(MODEL, Fixtures.userWithout("content_hours", "channel", "weekend"));
        assertThat(scored.logOdds(0)).isEqualTo(imputed.logOdds());
        assertThat(scored.score(0).orElseThrow().evidence()).isEqualTo(imputed.evidence());
        assertThat(scored.score(1)).isEmpty();
        assertThat(scored.violations(1))
                .extracting(Violation::message)
                .containsExactly(
                        "signal \"account_age\" is required by schema \"trial-signals\" 3 but was not given",
                        "signal \"country_tier\" is required by schema \"trial-signals\" 3 but was not given",
                        "signal \"device\" is required by schema \"trial-signals\" 3 but was not given");
    }

    @Test
    void signalWithoutAColumnIsMissingInEveryRow() {
        Map<String, SignalColumn> imputed = columns();
        imputed.keySet().removeAll(List.of("content_hours", "channel", "weekend"));
        Map<String, SignalColumn> refused = columns();
        refused.remove("country_tier");

        assertThat(SignalBatch.of(SCHEMA, imputed).reading(0))
                .isEqualTo(SCHEMA.read(Fixtures.userWithout("content_hours", "channel", "weekend")));
        assertThat(SignalBatch.of(SCHEMA, imputed).refusedRows()).isZero();
        assertThat(SignalBatch.of(SCHEMA, refused).refusedRows()).isEqualTo(2);
        assertThat(MODEL.scorer().score(SignalBatch.of(SCHEMA, imputed)).logOdds(0))
                .isEqualTo(Fixtures.score(MODEL, Fixtures.userWithout("content_hours", "channel", "weekend"))
                        .logOdds());
    }

    @Test
    void markedRowsStayMarkedWhenMoreAreMarked() {
        BitSet first = rows(0);
        SignalColumn column = SignalColumn.orMissing(1.5, 2.5, Double.NaN).missing(first);
        first.set(1);

        SignalBatch batch = SignalBatch.of(
                SignalSchema.of("one", "1", Signal.numeric("x").whenMissing(WhenMissing.IMPUTE)), Map.of("x", column));

        assertThat(batch.reading(0).orElseThrow().number("x")).isEmpty();
        assertThat(batch.reading(1).orElseThrow().number("x")).hasValue(2.5);
        assertThat(batch.reading(2).orElseThrow().number("x")).isEmpty();
    }

    @Test
    void rowThatTheColumnDoesNotHaveCannotBeMarked() {
        SignalColumn column = SignalColumn.numbers(4, 365);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> column.missing(rows(0, 2)))
                .withMessage("row 2 is marked as missing, and the column has 2 rows");
        assertThat(column.missing(new BitSet()).rows()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, delimiter = '|', quoteCharacter = '\'', textBlock = """
                    code        | message
                    3           | signal "device": code 3 is not one of 0 to 2, which stand for [phone, tv, console]
                    -1          | signal "device": code -1 is not one of 0 to 2, which stand for [phone, tv, console]
                    2147483647  | signal "device": code 2147483647 is not one of 0 to 2, which stand for [phone, tv, console]
                    -2147483648 | signal "device": code -2147483648 is not one of 0 to 2, which stand for [phone, tv, console]
                    """)
    void codeThatStandsForNoLevelIsRefused(int code, String message) {
        ScoredBatch scored = MODEL.scorer().score(with("device", SignalColumn.codes(1, code)));

        assertThat(scored.violations(1)).containsExactly(new Violation("device", Violation.Kind.UNSEEN_LEVEL, message));
        assertThat(scored.problem(1)).contains(message);
        assertThat(scored.probability(1)).isNaN();
        assertThat(scored.problem(0)).isEmpty();
    }

    @Test
    void codeIsThePositionOfALevel() {
        SignalBatch batch = with("device", SignalColumn.codes(2, 0));

        assertThat(batch.reading(0).orElseThrow().level("device")).contains("console");
        assertThat(batch.reading(1).orElseThrow().level("device")).contains("phone");
    }

    @Test
    void levelThatIsNotListedIsScoredOrRefusedAsTheSchemaSays() {
        Map<String, SignalColumn> columns = columns();
        columns.put("channel", SignalColumn.levels("poster", "social"));
        columns.put("country_tier", SignalColumn.levels("tier_2", "tier 1"));

        ScoredBatch scored = MODEL.scorer().score(SignalBatch.of(SCHEMA, columns));

        assertThat(scored.logOdds(0))
                .isEqualTo(Fixtures.score(MODEL, Fixtures.userWith("channel", "poster"))
                        .logOdds());
        assertThat(scored.problem(1))
                .contains("signal \"country_tier\": level \"tier 1\" is not one of [tier_1, tier_2, tier_3];"
                        + " did you mean \"tier_1\"?");
    }

    @Test
    void numberOutOfRangeIsClippedOrRefusedAsTheSchemaSays() {
        Map<String, SignalColumn> columns = columns();
        columns.put("content_hours", SignalColumn.numbers(200.5, -1));
        columns.put("account_age", SignalColumn.numbers(4, 3651));

        ScoredBatch scored = MODEL.scorer().score(SignalBatch.of(SCHEMA, columns));

        assertThat(scored.logOdds(0))
                .isEqualTo(Fixtures.score(MODEL, Fixtures.userWith("content_hours", 168))
                        .logOdds());
        assertThat(scored.score(0).orElseThrow().evidence().substitutions())
                .containsExactly(new Substitution("content_hours", Rule.CLIPPED, "200.5"));
        assertThat(scored.problem(1))
                .contains("signal \"account_age\": 3651 is out of range, allowed is 0 to 3650 days");
    }

    @Test
    void everyViolationOfARowIsInItsProblem() {
        Map<String, SignalColumn> columns = columns();
        columns.put("account_age", SignalColumn.numbers(4.5, 365));
        columns.put("price_change", SignalColumn.numbers(20.5, 20));

        ScoredBatch scored = MODEL.scorer().score(SignalBatch.of(SCHEMA, columns));

        assertThat(scored.problem(0))
                .contains("signal \"account_age\": 4.5 is not a whole number;"
                        + " signal \"price_change\": 20.5 is out of range, allowed is at most 20 %");
    }

    @Test
    void shapeThatOverflowsLeavesARowWithoutAProbability() {
        ConversionModel model =
                Fixtures.linear(0, List.of(new Shape.Linear(1e200, 0, 0), new Shape.Linear(-1e200, 0, 0)));
        SignalBatch batch = SignalBatch.of(
                model.schema(), Map.of("s0", SignalColumn.numbers(1e200, 1), "s1", SignalColumn.numbers(1e200, 1)));

        ScoredBatch scored = model.scorer().score(batch);

        assertThat(scored.problem(0)).contains("the score has log-odds NaN and no probability");
        assertThat(scored.violations(0)).isEmpty();
        assertThat(scored.probability(1)).isEqualTo(0.5);
        assertThat(scored.problem(1)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 2, Integer.MAX_VALUE})
    void rowOutsideTheBatchIsAnError(int row) {
        SignalBatch batch = SignalBatch.of(SCHEMA, columns());
        ScoredBatch scored = MODEL.scorer().score(batch);

        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> batch.reading(row));
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> batch.isRefused(row));
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> scored.probability(row));
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> scored.logOdds(row));
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> scored.rawLogOdds(row));
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> scored.violations(row));
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> scored.problem(row));
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> scored.score(row));
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> scored.isSufficient(row));
    }

    @Test
    void batchCannotBeChangedThroughWhatItWasMadeOfOrWhatItGives() {
        double[] hours = {9.3, 0.5};
        double[] orMissing = {0.7, 0};
        int[] ages = {4, 365};
        int[] devices = {1, 0};
        String[] tiers = {"tier_2", "tier_1"};
        boolean[] weekends = {true, false};
        Map<String, SignalColumn> columns = columns();
        columns.put("content_hours", SignalColumn.numbers(hours));
        columns.put("referrals", SignalColumn.orMissing(orMissing));
        columns.put("account_age", SignalColumn.numbers(ages));
        columns.put("device", SignalColumn.codes(devices));
        columns.put("country_tier", SignalColumn.levels(tiers));
        columns.put("weekend", SignalColumn.flags(weekends));
        SignalBatch batch = SignalBatch.of(SCHEMA, columns);
        ScoredBatch scored = MODEL.scorer().score(batch);
        double logOdds = scored.logOdds(0);

        hours[0] = Double.NaN;
        orMissing[0] = Double.NaN;
        ages[0] = -1;
        devices[0] = 7;
        tiers[0] = "nowhere";
        weekends[0] = false;
        columns.clear();
        scored.logOdds()[0] = 0;
        scored.probabilities()[0] = 0;

        assertThat(batch.reading(0)).isEqualTo(SCHEMA.read(user()));
        assertThat(MODEL.scorer().score(batch).logOdds(0)).isEqualTo(logOdds).isEqualTo(scored.logOdds(0));
        assertThat(scored.probability(0))
                .isEqualTo(Fixtures.score(MODEL, user()).probability());
    }

    @Test
    void scoredBatchKnowsItsModelAndItsBatch() {
        SignalBatch batch = SignalBatch.of(SCHEMA, columns());

        ScoredBatch scored = MODEL.scorer().score(batch);

        assertThat(scored.model()).isEqualTo(MODEL.reference());
        assertThat(scored.batch()).isSameAs(batch);
        assertThat(scored.score(0).orElseThrow().model()).isEqualTo(MODEL.reference());
    }

    @Test
    void batchOfAnotherSchemaIsRefusedNamingBoth() {
        SignalSchema other = SignalSchema.of("other", "1", Signal.flag("weekend"));
        SignalBatch batch = SignalBatch.of(other, Map.of("weekend", SignalColumn.flags(true)));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> MODEL.scorer().score(batch))
                .withMessage("signals of schema \"other\" 1 (" + other.digest() + ") cannot be scored by model "
                        + MODEL.reference() + ", which has schema \"trial-signals\" 3 (" + SCHEMA.digest() + ")");
    }

    private static List<String> messages(SignalBatch batch, int row) {
        return batch.reading(row) instanceof SignalReading.Refused refused
                ? refused.violations().stream().map(Violation::message).toList()
                : List.of();
    }
}
