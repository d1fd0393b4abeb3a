package io.conversion.core.signals;

import static io.conversion.core.Fixtures.SCHEMA;
import static io.conversion.core.Fixtures.literal;
import static io.conversion.core.Fixtures.user;
import static io.conversion.core.Fixtures.userWith;
import static io.conversion.core.Fixtures.userWithout;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.conversion.core.signals.SignalReading.Refused;
import io.conversion.core.signals.Violation.Kind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignalViolationsTest {

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, delimiter = '|', quoteCharacter = '\'', textBlock = """
                    signal        | value     | kind           | message
                    Weekend       | true      | UNKNOWN_SIGNAL | signal "Weekend" is not in schema "trial-signals" 3; did you mean "weekend"?
                    content-hour  | 1         | UNKNOWN_SIGNAL | signal "content-hour" is not in schema "trial-signals" 3; did you mean "content_hours"?
                    refferal      | 1         | UNKNOWN_SIGNAL | signal "refferal" is not in schema "trial-signals" 3; did you mean "referrals"?
                    payment       | "card"    | UNKNOWN_SIGNAL | signal "payment" is not in schema "trial-signals" 3
                    country_tier  | "Tier_1"  | UNSEEN_LEVEL   | signal "country_tier": level "Tier_1" is not one of [tier_1, tier_2, tier_3]; did you mean "tier_1"?
                    country_tier  | "tier 3"  | UNSEEN_LEVEL   | signal "country_tier": level "tier 3" is not one of [tier_1, tier_2, tier_3]; did you mean "tier_3"?
                    country_tier  | " TIER.2" | UNSEEN_LEVEL   | signal "country_tier": level " TIER.2" is not one of [tier_1, tier_2, tier_3]; did you mean "tier_2"?
                    country_tier  | "Germany" | UNSEEN_LEVEL   | signal "country_tier": level "Germany" is not one of [tier_1, tier_2, tier_3]
                    country_tier  | ""        | UNSEEN_LEVEL   | signal "country_tier": level "" is not one of [tier_1, tier_2, tier_3]
                    content_hours | NaN       | NOT_FINITE     | signal "content_hours": NaN is not a finite number
                    content_hours | Infinity  | NOT_FINITE     | signal "content_hours": Infinity is not a finite number
                    content_hours | -Infinity | NOT_FINITE     | signal "content_hours": -Infinity is not a finite number
                    account_age   | NaN       | NOT_FINITE     | signal "account_age": NaN is not a finite number
                    content_hours | "9"       | WRONG_TYPE     | signal "content_hours": the text "9" is not a number
                    content_hours | true      | WRONG_TYPE     | signal "content_hours": the truth value true is not a number
                    weekend       | 1         | WRONG_TYPE     | signal "weekend": the number 1 is not true or false
                    weekend       | 0.5       | WRONG_TYPE     | signal "weekend": the number 0.5 is not true or false
                    weekend       | "true"    | WRONG_TYPE     | signal "weekend": the text "true" is not true or false
                    country_tier  | 1         | WRONG_TYPE     | signal "country_tier": the number 1 is not one of [tier_1, tier_2, tier_3] as text
                    country_tier  | false     | WRONG_TYPE     | signal "country_tier": the truth value false is not one of [tier_1, tier_2, tier_3] as text
                    account_age   | 4.5       | NOT_WHOLE      | signal "account_age": 4.5 is not a whole number
                    account_age   | -1        | OUT_OF_RANGE   | signal "account_age": -1 is out of range, allowed is 0 to 3650 days
                    account_age   | 3651      | OUT_OF_RANGE   | signal "account_age": 3651 is out of range, allowed is 0 to 3650 days
                    referrals     | -0.25     | OUT_OF_RANGE   | signal "referrals": -0.25 is out of range, allowed is at least 0
                    price_change  | 1e300     | OUT_OF_RANGE   | signal "price_change": 1.0E300 is out of range, allowed is at most 20 %
                    """)
    void violationNamesTheSignalTheValueAndWhatIsAllowed(String signal, String value, Kind kind, String message) {
        SignalReading reading = SCHEMA.read(userWith(signal, literal(value)));

        assertThat(reading).isEqualTo(new Refused(List.of(new Violation(signal, kind, message))));
        assertThatExceptionOfType(InvalidSignalsException.class)
                .isThrownBy(reading::orElseThrow)
                .withMessage(message);
    }

    @Test
    void requiredSignalThatWasNotGivenIsNamed() {
        SignalReading reading = SCHEMA.read(userWithout("country_tier"));

        assertThat(reading)
                .isEqualTo(new Refused(List.of(new Violation(
                        "country_tier",
                        Kind.MISSING,
                        "signal \"country_tier\" is required by schema \"trial-signals\" 3 but was not given"))));
    }

    @Test
    void signalThatIsSetTwiceIsRefusedThoughBothValuesAreValid() {
        SignalsBuilder builder = SCHEMA.signals();
        user().forEach((name, value) -> builder.set(SCHEMA.position(name), value));

        builder.set("weekend", false).setMissing("account_age");

        assertThat(messages(builder.read()))
                .containsExactly("signal \"account_age\" is set twice", "signal \"weekend\" is set twice");
    }

    @Test
    void everyViolationIsInOneMessageInTheOrderOfTheSchema() {
        SignalsBuilder builder = SCHEMA.signals()
                .set("weekday", true)
                .set("weekend", "yes")
                .set("channel", "social")
                .set("country_tier", "Tier_1")
                .set("referrals", Double.NaN)
                .set("content_hours", 3)
                .set("referrals", 2)
                .set("account_age", 7000);

        assertThatExceptionOfType(InvalidSignalsException.class)
                .isThrownBy(builder::build)
                .withMessage("""
                        8 violations:
                          signal "account_age": 7000 is out of range, allowed is 0 to 3650 days
                          signal "referrals": NaN is not a finite number
                          signal "referrals" is set twice
                          signal "price_change" is required by schema "trial-signals" 3 but was not given
                          signal "country_tier": level "Tier_1" is not one of [tier_1, tier_2, tier_3]; did you mean "tier_1"?
                          signal "device" is required by schema "trial-signals" 3 but was not given
                          signal "weekend": the text "yes" is not true or false
                          signal "weekday" is not in schema "trial-signals" 3""")
                .satisfies(refusal -> assertThat(refusal.violations())
                        .extracting(Violation::kind)
                        .containsExactly(
                                Kind.OUT_OF_RANGE,
                                Kind.NOT_FINITE,
                                Kind.SET_TWICE,
                                Kind.MISSING,
                                Kind.UNSEEN_LEVEL,
                                Kind.MISSING,
                                Kind.WRONG_TYPE,
                                Kind.UNKNOWN_SIGNAL));
    }

    /** The names come from outside, and so does their number. */
    @Test
    void namesThatTheSchemaLacksAreListedUpToAHundred() {
        Map<String, Object> user = new LinkedHashMap<>();
        IntStream.range(0, 100_000).forEach(i -> user.put("unknown " + i, 1));
        user.putAll(userWith("weekend", "yes"));

        Refused refused = (Refused) SCHEMA.read(user);

        assertThat(refused.violations()).hasSize(102);
        assertThat(refused.violations().get(0).signal()).isEqualTo("weekend");
        assertThat(refused.violations().get(100).signal()).isEqualTo("unknown 99");
        assertThat(refused.violations().get(101))
                .isEqualTo(new Violation(
                        "",
                        Kind.UNKNOWN_SIGNAL,
                        "signals that are not in schema \"trial-signals\" 3 and not listed: 99900"));
    }

    @Test
    void hundredNamesThatTheSchemaLacksAreAllListed() {
        Map<String, Object> user = userWith("weekend", true);
        IntStream.range(0, 100).forEach(i -> user.put("unknown " + i, 1));

        assertThat(((Refused) SCHEMA.read(user)).violations())
                .hasSize(100)
                .allSatisfy(violation -> assertThat(violation.signal()).startsWith("unknown "));
    }

    @Test
    void clippingNeitherHidesANumberThatIsNotFiniteNorAWrongType() {
        assertThat(messages(SCHEMA.read(userWith("content_hours", Double.POSITIVE_INFINITY))))
                .containsExactly("signal \"content_hours\": Infinity is not a finite number");
        assertThat(messages(SCHEMA.read(userWith("channel", 3))))
                .containsExactly("signal \"channel\": the number 3 is not one of [search, social, café] as text");
    }

    @Test
    void valueOfAForeignTypeIsRefusedByTheNameOfItsType() {
        Map<String, Object> user = userWith("content_hours", new ArrayList<>(List.of(9.3)));
        user.put("weekend", 'y');

        assertThat(messages(SCHEMA.read(user)))
                .containsExactly(
                        "signal \"content_hours\": a value of type java.util.ArrayList is not a number",
                        "signal \"weekend\": a value of type java.lang.Character is not true or false");
    }

    @Test
    void wholeNumberBeyondTheExactDoublesIsRefused() {
        assertThat(messages(SCHEMA.read(userWith("referrals", (1L << 53) + 1))))
                .containsExactly(
                        "signal \"referrals\": 9007199254740993 has no exact double; whole numbers are exact up to 2^53");
        assertThat(messages(SCHEMA.read(userWith("referrals", Long.MAX_VALUE)))).hasSize(1);
        assertThat(SCHEMA.read(userWith("referrals", 1L << 53)).orElseThrow().number("referrals"))
                .hasValue(0x1p53);
    }

    @Test
    void wholeNumberBeyondTheExactDoublesIsClippedWhereTheSchemaClips() {
        Signals user = SCHEMA.read(userWith("content_hours", (1L << 53) + 1)).orElseThrow();

        assertThat(user.number("content_hours")).hasValue(168);
        assertThat(messages(SCHEMA.read(userWith("weekend", (1L << 53) + 1))))
                .containsExactly("signal \"weekend\": the number 9007199254740993 is not true or false");
    }

    @Test
    void wholeNumberOfAnySizeIsReadExactlyOrRefused() {
        BigInteger odd = BigInteger.TWO.pow(53).add(BigInteger.ONE);

        assertThat(messages(SCHEMA.read(userWith("referrals", odd))))
                .containsExactly(
                        "signal \"referrals\": 9007199254740993 has no exact double; whole numbers are exact up to 2^53");
        assertThat(messages(
                        SCHEMA.read(userWith("referrals", BigInteger.TWO.pow(64).add(BigInteger.ONE)))))
                .containsExactly(
                        "signal \"referrals\": 18446744073709551617 has no exact double; whole numbers are exact up to 2^53");
        assertThat(messages(SCHEMA.read(userWith("referrals", new BigDecimal("1e400")))))
                .containsExactly(
                        "signal \"referrals\": 1E+400 has no exact double; whole numbers are exact up to 2^53");
        assertThat(messages(SCHEMA.read(userWith("referrals", new AtomicLong((1L << 53) + 1)))))
                .hasSize(1);
        assertThat(SCHEMA.read(userWith("referrals", new BigDecimal(BigInteger.TWO.pow(64))))
                        .orElseThrow()
                        .number("referrals"))
                .hasValue(0x1p64);
        assertThat(SCHEMA.read(userWith("referrals", BigInteger.TEN.pow(15)))
                        .orElseThrow()
                        .number("referrals"))
                .hasValue(1e15);
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, delimiter = '|', textBlock = """
                    level | offer
                    UK    |
                    us    | ; did you mean "US"?
                    U_S   | ; did you mean "US"?
                    USAA  | ; did you mean "USA"?
                    Fr    |
                    """)
    void shortNamesAreOfferedForAnotherSpellingOnly(String level, String offer) {
        SignalSchema schema = SignalSchema.of("countries", "1", Signal.categorical("country", "US", "USA", "FRA"));

        SignalReading reading = schema.signals().set("country", level).read();

        assertThat(messages(reading))
                .containsExactly("signal \"country\": level \"" + level + "\" is not one of [US, USA, FRA]"
                        + (offer == null ? "" : offer));
    }

    @Test
    void textFromOutsideCannotForgeALineOfALog() {
        assertThat(messages(SCHEMA.read(userWith("country_tier", "tier_1\nERROR: all is lost\u001b[31m"))))
                .containsExactly("signal \"country_tier\": level \"tier_1\\u000aERROR: all is lost\\u001b[31m\""
                        + " is not one of [tier_1, tier_2, tier_3]");
    }

    @Test
    void longListsAndTextsAreCutInMessages() {
        String[] levels =
                IntStream.rangeClosed(1, 15).mapToObj(i -> "plan_" + i).toArray(String[]::new);
        SignalSchema schema = SignalSchema.of("plans", "1", Signal.categorical("plan", levels));

        SignalReading reading = schema.signals().set("plan", "x".repeat(200)).read();

        assertThat(messages(reading))
                .containsExactly("signal \"plan\": level \"" + "x".repeat(77) + "...\" is not one of"
                        + " [plan_1, plan_2, plan_3, plan_4, plan_5, plan_6, plan_7, plan_8, plan_9, plan_10, plan_11,"
                        + " plan_12 and 3 more]");
    }

    @Test
    void exceptionKeepsItsViolationsWhenItIsSerialised() throws Exception {
        InvalidSignalsException refusal = new InvalidSignalsException(
                ((Refused) SCHEMA.read(userWithout("device", "country_tier"))).violations());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(refusal);
        }
        ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()));

        assertThat(in.readObject())
                .isInstanceOfSatisfying(
                        InvalidSignalsException.class,
                        copy -> assertThat(copy.violations())
                                .isEqualTo(refusal.violations())
                                .hasSize(2));
        assertThat(refusal.violations().get(0))
                .hasToString(refusal.violations().get(0).message());
    }

    @Test
    @SuppressWarnings("NullAway") // what a caller without a null checker may do
    void nullWhereTheApiTakesNoneIsAnError() {
        assertThatNullPointerException().isThrownBy(() -> SCHEMA.read(null));
        assertThatNullPointerException().isThrownBy(() -> new Refused(Arrays.asList((Violation) null)));
    }

    private static List<String> messages(SignalReading reading) {
        return reading instanceof Refused refused
                ? refused.violations().stream().map(Violation::message).toList()
                : List.of();
    }
}
