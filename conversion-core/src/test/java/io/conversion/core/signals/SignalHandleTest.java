package io.conversion.core.signals;

import static io.conversion.core.Fixtures.SCHEMA;
import static io.conversion.core.Fixtures.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.conversion.core.signals.SignalReading.Refused;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignalHandleTest {

    @Test
    void handleNamesItsSignal() {
        SignalHandle handle = SCHEMA.handle("channel");

        assertThat(handle.signal()).isEqualTo(SCHEMA.find("channel").orElseThrow());
        assertThat(handle).hasToString("\"channel\"");
    }

    @Test
    void valuesSetByHandlesAreThoseSetByName() {
        Signals signals = SCHEMA.signals()
                .set(SCHEMA.handle("account_age"), 4)
                .set(SCHEMA.handle("content_hours"), 9.3)
                .set(SCHEMA.handle("referrals"), 0.7)
                .set(SCHEMA.handle("price_change"), -5.5)
                .set(SCHEMA.handle("country_tier"), "tier_2")
                .set(SCHEMA.handle("channel"), "social")
                .set(SCHEMA.handle("device"), "tv")
                .set(SCHEMA.handle("weekend"), true)
                .build();

        assertThat(signals).isEqualTo(SCHEMA.read(user()).orElseThrow());
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, delimiter = '|', quoteCharacter = '\'', textBlock = """
                    name          | message
                    contentHours  | signal "contentHours" is not in schema "trial-signals" 3; did you mean "content_hours"?
                    payment       | signal "payment" is not in schema "trial-signals" 3
                    ''            | signal "" is not in schema "trial-signals" 3
                    """)
    void signalThatTheSchemaDoesNotHaveHasNoHandle(String name, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SCHEMA.handle(name))
                .withMessage(message);
    }

    @Test
    void handleOfAnotherSchemaIsRefusedNamingBoth() {
        SignalSchema other = SignalSchema.of("other", "1", Signal.numeric("account_age"));
        SignalHandle handle = other.handle("account_age");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> SCHEMA.signals().set(handle, 4))
                .withMessage("handle \"account_age\" is of schema \"other\" 1 (" + other.digest()
                        + "), not of \"trial-signals\" 3 (" + SCHEMA.digest() + ")");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SCHEMA.signals().setMissing(handle))
                .withMessageStartingWith("handle \"account_age\" is of schema \"other\" 1 ");
    }

    @Test
    void handleOfAnEqualSchemaIsAccepted() {
        SignalSchema copy = SignalSchema.of("trial-signals", "3", SCHEMA.declared());

        SignalsBuilder builder = SCHEMA.signals().set(copy.handle("account_age"), 4);

        assertThat(messages(builder)).doesNotContain("signal \"account_age\" is set twice");
        assertThat(messages(builder.set("account_age", 4))).contains("signal \"account_age\" is set twice");
    }

    @Test
    void signalIsSetTwiceWhicheverWay() {
        SignalsBuilder builder = SCHEMA.signals();
        user().forEach((name, value) -> builder.set(SCHEMA.position(name), value));

        builder.set(SCHEMA.handle("weekend"), false)
                .setMissing(SCHEMA.handle("channel"))
                .set(SCHEMA.handle("content_hours"), 1.5)
                .set(SCHEMA.handle("account_age"), 4L)
                .set(SCHEMA.handle("device"), "tv");

        assertThat(messages(builder))
                .containsExactly(
                        "signal \"account_age\" is set twice",
                        "signal \"content_hours\" is set twice",
                        "signal \"channel\" is set twice",
                        "signal \"device\" is set twice",
                        "signal \"weekend\" is set twice");
    }

    @Test
    void valueOfAnotherTypeIsAViolationAsByName() {
        SignalsBuilder builder = SCHEMA.signals();
        builder.set(SCHEMA.handle("weekend"), "yes")
                .set(SCHEMA.handle("channel"), true)
                .set(SCHEMA.handle("account_age"), "4")
                .set(SCHEMA.handle("device"), 4);

        assertThat(messages(builder))
                .contains(
                        "signal \"account_age\": the text \"4\" is not a number",
                        "signal \"channel\": the truth value true is not one of [search, social, café] as text",
                        "signal \"device\": the number 4 is not one of [phone, tv, console] as text",
                        "signal \"weekend\": the text \"yes\" is not true or false");
    }

    private static List<String> messages(SignalsBuilder builder) {
        return builder.read() instanceof Refused refused
                ? refused.violations().stream().map(Violation::message).toList()
                : List.of();
    }
}
