package io.conversion.core.signals;

import static io.conversion.core.Fixtures.SCHEMA;
import static io.conversion.core.Fixtures.user;
import static io.conversion.core.Fixtures.userWith;
import static io.conversion.core.Fixtures.userWithout;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SignalsTest {

    @Test
    void valuesAreKeptAsTheyWereSet() {
        Signals signals = built().build();

        assertThat(signals.schema()).isSameAs(SCHEMA);
        assertThat(signals.number("account_age")).hasValue(4);
        assertThat(signals.number("content_hours")).hasValue(9.3);
        assertThat(signals.level("country_tier")).contains("tier_2");
        assertThat(signals.level("channel")).contains("social");
        assertThat(signals.flag("weekend")).contains(true);
    }

    @Test
    void mapAndBuilderGiveEqualSignals() {
        Signals built = built().build();
        Signals read = SCHEMA.read(user()).orElseThrow();

        assertThat(read).isEqualTo(built).hasSameHashCodeAs(built).hasToString(built.toString());
        assertThat(SCHEMA.read(user())).isEqualTo(new SignalReading.Accepted(built));
    }

    @Test
    void signalsDifferByAnyValueSubstitutionOrSchema() {
        Signals signals = SCHEMA.read(user()).orElseThrow();

        assertThat(signals)
                .isNotEqualTo(SCHEMA.read(userWith("weekend", false)).orElseThrow())
                .isNotEqualTo(SCHEMA.read(userWithout("weekend")).orElseThrow())
                .isNotEqualTo(user());
        assertThat(SCHEMA.read(userWith("content_hours", 169)).orElseThrow())
                .isNotEqualTo(SCHEMA.read(userWith("content_hours", 168)).orElseThrow())
                .isNotEqualTo(SCHEMA.read(userWith("content_hours", 170)).orElseThrow());
    }

    @Test
    void equalValuesOfDifferentSchemasAreNotEqual() {
        Signals one = SignalSchema.of("one", "1", Signal.flag("x"))
                .signals()
                .set("x", true)
                .build();
        Signals other = SignalSchema.of("other", "1", Signal.flag("x"))
                .signals()
                .set("x", true)
                .build();

        assertThat(one).isNotEqualTo(other);
    }

    @Test
    void textShowsEveryValueAsItIsScored() {
        Map<String, Object> user = userWithout("weekend");
        user.put("content_hours", 400);
        user.put("channel", "poster");

        Signals signals = SCHEMA.read(user).orElseThrow();

        assertThat(signals)
                .hasToString("\"trial-signals\" 3 {account_age=4, content_hours=168, referrals=0.7, price_change=-5.5,"
                        + " country_tier=tier_2, channel=unseen, device=tv, weekend=missing}");
        assertThat(SCHEMA.read(user()).orElseThrow().toString()).endsWith(", weekend=true}");
        assertThat(SCHEMA.read(userWith("weekend", false)).orElseThrow().toString())
                .endsWith(", weekend=false}");
    }

    @ParameterizedTest
    @MethodSource("fours")
    void everyNumericTypeOfAMapIsRead(Number four) {
        Signals signals = SCHEMA.read(userWith("account_age", four)).orElseThrow();

        assertThat(signals).isEqualTo(SCHEMA.read(user()).orElseThrow());
    }

    static Number[] fours() {
        return new Number[] {
            (byte) 4,
            (short) 4,
            4,
            4L,
            4f,
            4.0,
            BigInteger.valueOf(4),
            BigDecimal.valueOf(4),
            new BigDecimal("4.000"),
            new AtomicInteger(4)
        };
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
                    signal,        value, why
                    account_age,   0,     lower end
                    account_age,   3650,  upper end
                    account_age,   -0.0,  zero has no sign here
                    content_hours, 0.0,   lower end
                    content_hours, 168,   upper end
                    referrals,     1e300, no upper end
                    price_change,  -1e300, no lower end
                    price_change,  20,    upper end
                    """)
    void endsOfARangeBelongToIt(String signal, double value, String why) {
        Signals signals = SCHEMA.read(userWith(signal, value)).orElseThrow();

        assertThat(signals.number(signal)).as(why).hasValue(value);
        assertThat(signals.substitutions()).isEmpty();
    }

    @Test
    void missingSignalIsEmptyWhereTheSchemaImputes() {
        Signals signals =
                SCHEMA.read(userWithout("content_hours", "channel", "weekend")).orElseThrow();

        assertThat(signals.number("content_hours")).isEmpty();
        assertThat(signals.level("channel")).isEmpty();
        assertThat(signals.flag("weekend")).isEmpty();
    }

    @Test
    @SuppressWarnings("NullAway") // maps from outside hold null
    void absentEntryNullAndSetMissingAreTheSame() {
        Signals absent = SCHEMA.read(userWithout("channel", "weekend")).orElseThrow();
        Map<String, Object> nulls = userWith("channel", null);
        nulls.put("weekend", null);

        assertThat(SCHEMA.read(nulls).orElseThrow()).isEqualTo(absent);
        assertThat(builtWithoutChannelAndWeekend()
                        .set("channel", (String) null)
                        .setMissing("weekend")
                        .build())
                .isEqualTo(absent);
    }

    @Test
    void clippedNumberIsTheNearerEndOfTheRange() {
        assertThat(SCHEMA.read(userWith("content_hours", -0.5)).orElseThrow().number("content_hours"))
                .hasValue(0);
        assertThat(SCHEMA.read(userWith("content_hours", 168.5)).orElseThrow().number("content_hours"))
                .hasValue(168);
    }

    @Test
    void clippingKeepsANumberInsideTheRange() {
        NumericSignal hours = Signal.numeric("hours").range(0, 168);

        assertThat(List.of(hours.clip(-1), hours.clip(0), hours.clip(9.3), hours.clip(168), hours.clip(1e300)))
                .containsExactly(0.0, 0.0, 9.3, 168.0, 168.0);
    }

    @Test
    void unseenLevelHasNoLevelWhicheverRuleScoresIt() {
        assertThat(SCHEMA.read(userWith("channel", "poster")).orElseThrow().level("channel"))
                .isEmpty();
        assertThat(SCHEMA.read(userWith("device", "watch")).orElseThrow().level("device"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, delimiter = '|', quoteCharacter = '\'', textBlock = """
                    asked  | name    | message
                    number | weekend | schema "trial-signals" 3 has no numeric signal "weekend"
                    number | hours   | schema "trial-signals" 3 has no numeric signal "hours"
                    flag   | channel | schema "trial-signals" 3 has no flag "channel"
                    level  | weekend | schema "trial-signals" 3 has no categorical signal "weekend"
                    """)
    void askingForASignalThatIsNotThereIsAProgrammingError(String asked, String name, String message) {
        Signals signals = SCHEMA.read(user()).orElseThrow();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> {
                    switch (asked) {
                        case "number" -> signals.number(name);
                        case "flag" -> signals.flag(name);
                        default -> signals.level(name);
                    }
                })
                .withMessage(message);
    }

    @Test
    void builderGoesOnAfterAReading() {
        SignalsBuilder builder = builtWithoutChannelAndWeekend().set("channel", "social");
        Signals without = builder.build();

        Signals complete = builder.set("weekend", true).build();

        assertThat(without).isEqualTo(SCHEMA.read(userWithout("weekend")).orElseThrow());
        assertThat(complete).isEqualTo(SCHEMA.read(user()).orElseThrow());
    }

    @Test
    void changingTheMapAfterwardsChangesNothing() {
        Map<String, Object> user = new HashMap<>(user());
        Signals signals = SCHEMA.read(user).orElseThrow();
        String before = signals.toString();

        user.put("weekend", false);
        user.clear();

        assertThat(signals).hasToString(before);
    }

    private static SignalsBuilder built() {
        return builtWithoutChannelAndWeekend().set("channel", "social").set("weekend", true);
    }

    private static SignalsBuilder builtWithoutChannelAndWeekend() {
        return SCHEMA.signals()
                .set("account_age", 4)
                .set("content_hours", 9.3)
                .set("referrals", 0.7)
                .set("price_change", -5.5)
                .set("country_tier", "tier_2")
                .set("device", "tv");
    }
}
