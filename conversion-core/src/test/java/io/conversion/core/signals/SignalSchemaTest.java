package io.conversion.core.signals;

import static io.conversion.core.Fixtures.SCHEMA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignalSchemaTest {

    @Test
    void nothingIsAllowedThatWasNotDeclared() {
        NumericSignal numeric = Signal.numeric("sessions");
        CategoricalSignal categorical = Signal.categorical("tier", "gold", "silver");
        FlagSignal flag = Signal.flag("weekend");

        assertThat(List.of(numeric.whenMissing(), categorical.whenMissing(), flag.whenMissing()))
                .containsOnly(WhenMissing.REFUSE);
        assertThat(numeric.whenOutOfRange()).isEqualTo(WhenOutOfRange.REFUSE);
        assertThat(categorical.whenUnseen()).isEqualTo(WhenUnseen.refuse());
    }

    @Test
    void signalsKeepTheOrderOfTheirDeclaration() {
        SignalSchema schema = SignalSchema.of("order", "1", Signal.flag("b"), Signal.flag("a"), Signal.flag("c"));

        assertThat(schema.declared()).extracting(Signal::name).containsExactly("b", "a", "c");
    }

    @Test
    void aSignalIsFoundByItsExactName() {
        assertThat(SCHEMA.find("weekend"))
                .contains(
                        Signal.flag("weekend").meaning("signed up on a weekend").whenMissing(WhenMissing.IMPUTE));
        assertThat(SCHEMA.find("Weekend")).isEmpty();
    }

    @Test
    void expectedDirectionIsWrittenWhereItIsDeclaredAndReadBack() {
        SignalSchema schema = SignalSchema.of(
                "directions",
                "1",
                Signal.numeric("up").expected(ExpectedDirection.INCREASING).unit("h"),
                Signal.flag("down").expected(ExpectedDirection.DECREASING).actionable(),
                Signal.flag("any"),
                Signal.categorical("tier", "a"));

        assertThat(SignalSchema.fromJson(schema.toJson())).isEqualTo(schema);
        assertThat(schema.declared())
                .extracting(Signal::expected)
                .containsExactly(
                        ExpectedDirection.INCREASING,
                        ExpectedDirection.DECREASING,
                        ExpectedDirection.ANY,
                        ExpectedDirection.ANY);
        assertThat(schema.toJson().split("\"expected\"", -1)).hasSize(3);
    }

    @Test
    void schemaIsNamedByNameAndVersion() {
        assertThat(SCHEMA).hasToString("\"trial-signals\" 3");
        assertThat(SCHEMA.name()).isEqualTo("trial-signals");
        assertThat(SCHEMA.version()).isEqualTo("3");
    }

    @Test
    void everyFaultOfADeclarationIsListedAtOnce() {
        List<Signal> faulty = List.of(
                Signal.numeric("hours").range(10, 1),
                Signal.numeric("visits").wholeNumbers().range(0.5, 9.5),
                Signal.numeric("spend").range(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY),
                Signal.categorical("tier"),
                Signal.categorical("plan", "month", "year", "month", " ").whenUnseen(WhenUnseen.level("yearly")),
                Signal.flag("hours"),
                Signal.flag(""));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> SignalSchema.of("", "1\n", faulty))
                .withMessage("""
                        signal schema "" 1\\u000a: its name is not valid: expected a text that is not blank, of at most 500 characters and without control characters
                          its version is not valid: expected a text that is not blank, of at most 500 characters and without control characters
                          signal "hours" has the range 10.0 to 1.0; the lower end must not lie above the upper one
                          signal "visits" takes whole numbers, so the ends of its range must be whole
                          signal "spend" has a range without a finite number
                          signal "tier" has no levels
                          signal "plan" lists the level "month" twice
                          level " " of signal "plan" is not valid: expected a text that is not blank, of at most 500 characters and without control characters
                          signal "plan" scores unseen levels as "yearly", which is not one of its levels; did you mean "year"?
                          signal "hours" is declared twice
                          the name of signal "" is not valid: expected a text that is not blank, of at most 500 characters and without control characters""");
    }

    @Test
    void textsThatNoFileCouldHoldAreRefused() {
        Signal hours = Signal.numeric("hours").unit("h".repeat(10_001)).meaning("half a pair: \uD83D");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> SignalSchema.of("texts", "1", hours))
                .withMessage("""
                        signal schema "texts" 1: signal "hours" has a meaning that is too long or malformed
                          signal "hours" has a unit that is too long or malformed""");
    }

    @Test
    void reasonsThatNoFileCouldHoldAreRefused() {
        Signal wordy = Signal.flag("long").reasons("x".repeat(10_001), "");
        Signal broken = Signal.flag("broken").reasons("", "half a pair: \uD83D");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> SignalSchema.of("texts", "1", wordy, broken))
                .withMessage("""
                        signal schema "texts" 1: signal "long" has a reason that is too long or malformed
                          signal "broken" has a reason that is too long or malformed""");
    }

    @Test
    void hiddenSignalHasNeitherReasonsNorIsItActionable() {
        Reasons raises = new Reasons("free", "", true);
        Reasons lowers = new Reasons("", "dear", true);
        Signal one =
                new FlagSignal(new Signal.Common("one", "", WhenMissing.REFUSE, raises, true), ExpectedDirection.ANY);
        Signal other = new FlagSignal(
                new Signal.Common("other", "", WhenMissing.REFUSE, lowers, false), ExpectedDirection.ANY);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> SignalSchema.of(
                        "hidden", "1", one, other, Signal.flag("third").hidden().actionable()))
                .withMessage("""
                        signal schema "hidden" 1: signal "one" is hidden from explanations, so it has no use for reasons
                          signal "one" is hidden from explanations, so it cannot be actionable
                          signal "other" is hidden from explanations, so it has no use for reasons
                          signal "third" is hidden from explanations, so it cannot be actionable""");
    }

    @Test
    void schemaWithoutSignalsIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SignalSchema.of("empty", "1"))
                .withMessage("signal schema \"empty\" 1: it declares no signal");
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
                    min,       max,       accepted
                    0,         0,         true
                    -Infinity, Infinity,  true
                    -Infinity, 0,         true
                    0,         Infinity,  true
                    1,         0,         false
                    NaN,       1,         false
                    0,         NaN,       false
                    Infinity,  Infinity,  false
                    -Infinity, -Infinity, false
                    """)
    void rangeHoldsAtLeastOneNumber(double min, double max, boolean accepted) {
        NumericSignal signal = Signal.numeric("hours").range(min, max);

        if (accepted) {
            assertThat(SignalSchema.of("ranges", "1", signal).declared()).containsExactly(signal);
        } else {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> SignalSchema.of("ranges", "1", signal))
                    .withMessageStartingWith("signal schema \"ranges\" 1: signal \"hours\" has ");
        }
    }

    @Test
    void schemasOfOneContentAreEqual() {
        SignalSchema read = SignalSchema.fromJson(SCHEMA.toJson());

        assertThat(read).isEqualTo(SCHEMA).hasSameHashCodeAs(SCHEMA).isNotSameAs(SCHEMA);
        assertThat(read.declared()).isEqualTo(SCHEMA.declared());
        assertThat(SCHEMA).isNotEqualTo(SCHEMA.name());
    }

    @Test
    void digestDependsOnEveryPartOfTheDeclarations() {
        NumericSignal hours = Signal.numeric("hours");
        CategoricalSignal tier = Signal.categorical("tier", "gold", "silver");
        List<List<Signal>> variants = List.of(
                List.of(hours, tier),
                List.of(tier, hours),
                List.of(hours.unit("h"), tier),
                List.of(hours.meaning("watched"), tier),
                List.of(hours.wholeNumbers(), tier),
                List.of(hours.range(0, Double.POSITIVE_INFINITY), tier),
                List.of(hours.range(Double.NEGATIVE_INFINITY, 0), tier),
                List.of(hours.whenMissing(WhenMissing.IMPUTE), tier),
                List.of(hours.whenOutOfRange(WhenOutOfRange.CLIP), tier),
                List.of(hours.reasons("often", ""), tier),
                List.of(hours.reasons("", "often"), tier),
                List.of(hours.hidden(), tier),
                List.of(hours.actionable(), tier),
                List.of(hours, tier.meaning("plan")),
                List.of(hours, tier.whenMissing(WhenMissing.IMPUTE)),
                List.of(hours, tier.whenUnseen(WhenUnseen.average())),
                List.of(hours, tier.whenUnseen(WhenUnseen.level("gold"))),
                List.of(hours, tier.whenUnseen(WhenUnseen.level("silver"))),
                List.of(hours, tier.reasons("often", "")),
                List.of(hours, tier.hidden()),
                List.of(hours, tier.actionable()),
                List.of(hours, Signal.categorical("tier", "silver", "gold")),
                List.of(hours, Signal.flag("tier")),
                List.of(hours, Signal.flag("tier").reasons("often", "")),
                List.of(hours, Signal.flag("tier").hidden()),
                List.of(hours, Signal.flag("tier").actionable()));

        assertThat(variants)
                .extracting(signals -> SignalSchema.of("parts", "1", signals).digest())
                .doesNotHaveDuplicates()
                .doesNotContain(SignalSchema.of("parts", "2", variants.get(0)).digest())
                .doesNotContain(SignalSchema.of("other", "1", variants.get(0)).digest());
    }
}
