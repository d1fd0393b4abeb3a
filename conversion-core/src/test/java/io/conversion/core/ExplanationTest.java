package io.conversion.core;

import static io.conversion.core.Fixtures.MODEL;
import static io.conversion.core.Fixtures.SCHEMA;
import static io.conversion.core.Fixtures.user;
import static io.conversion.core.Fixtures.userWith;
import static io.conversion.core.Fixtures.userWithout;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.conversion.core.Contribution.Direction;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalSchema;
import io.conversion.core.signals.Signals;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExplanationTest {

    // -0.02 (4 - 21), 0.25 (9.3 - 5.9), 0.5 (0.7 - 0.3), -0.07 (-5.5 - 1.3) hidden, tier_2 as the reference user,
    // 0.3 + 0.4, tv as the reference user, 0.2 - 0; rounding puts the last one before the 0.2 of referrals.
    @Test
    void contributionsAreTheDifferencesOfTheShapesFromTheReferenceUser() {
        Explanation explanation = MODEL.scorer().explain(signals(user()));

        assertThat(explanation.contributions())
                .extracting(contribution -> contribution.signal().name())
                .containsExactly(
                        "content_hours", "channel", "account_age", "weekend", "referrals", "country_tier", "device");
        List<Double> expected = List.of(0.85, 0.7, 0.34, 0.2, 0.2, 0.0, 0.0);
        for (int i = 0; i < expected.size(); i++) {
            assertThat(explanation.contributions().get(i).logOdds()).isCloseTo(expected.get(i), within(1e-15));
        }
        assertThat(explanation.rest()).isCloseTo(0.476, within(1e-15));
        assertThat(explanation.difference()).isCloseTo(0.85 + 0.7 + 0.34 + 0.2 + 0.2 + 0.476, within(1e-14));
    }

    @Test
    void restHoldsWhatIsHiddenAndWhatIsNotListed() {
        Explanation two = MODEL.scorer().explain(signals(user()), 2);
        Explanation none = MODEL.scorer().explain(signals(user()), 0);

        assertThat(two.contributions())
                .extracting(contribution -> contribution.signal().name())
                .containsExactly("content_hours", "channel");
        assertThat(two.rest()).isCloseTo(0.34 + 0.2 + 0.2 + 0.476, within(1e-15));
        assertThat(none.contributions()).isEmpty();
        assertThat(none.rest()).isCloseTo(none.difference(), within(1e-14));
    }

    @Test
    void explanationHoldsBothScoresAndTheBaseRate() {
        Explanation explanation = MODEL.scorer().explain(signals(user()));

        assertThat(explanation.score().signals()).isEqualTo(signals(user()));
        assertThat(explanation.reference().signals()).isEqualTo(MODEL.referenceUser());
        assertThat(explanation.reference().model()).isEqualTo(MODEL.reference());
        assertThat(explanation.baseRate()).hasValue(0.115);
    }

    @Test
    void modelMadeByHandHasNoBaseRate() {
        ConversionModel model = Fixtures.identity();

        Explanation explanation =
                model.scorer().explain(model.schema().signals().set("s0", 2).build());

        assertThat(explanation.baseRate()).isEqualTo(OptionalDouble.empty());
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, delimiter = '|', nullValues = "-", textBlock = """
                    signal        | given     | value                            | reference | reason
                    account_age   | 1         | 1 days                           | 21 days   | days since the sign-up: raises the probability
                    account_age   | 22        | 22 days                          | 21 days   | days since the sign-up: lowers the probability
                    account_age   | 21        | 21 days                          | 21 days   | days since the sign-up: makes no difference
                    content_hours | 9.3       | 9.3 hours                        | 5.9 hours | watches a lot
                    content_hours | 0.5       | 0.5 hours                        | 5.9 hours | hardly watches
                    content_hours | 200.5     | 168 hours (200.5 given, clipped) | 5.9 hours | watches a lot
                    content_hours | 5.9       | 5.9 hours                        | 5.9 hours | content_hours: makes no difference
                    referrals     | 0.7       | 0.7                              | 0.3       | brings friends
                    referrals     | 0         | 0                                | 0.3       | referrals: lowers the probability
                    country_tier  | "tier_1"  | tier_1                           | tier_2    | country_tier: raises the probability
                    content_hours | -         | missing                          | 5.9 hours | content_hours, missing: raises the probability
                    channel       | "poster"  | "poster" (unseen)                | café      | where the "first" visit came from, unseen: raises the probability
                    channel       | -         | missing                          | café      | where the "first" visit came from, missing: raises the probability
                    device        | "watch"   | "watch" (unseen)                 | tv        | device, unseen: lowers the probability
                    device        | "console" | console                          | tv        | device: lowers the probability
                    weekend       | true      | true                             | false     | signed up on a weekend: raises the probability
                    weekend       | -         | missing                          | false     | signed up on a weekend, missing: raises the probability
                    weekend       | false     | false                            | false     | signed up on a weekend: makes no difference
                    """)
    void contributionShowsValuesAndAReason(String signal, String given, String value, String reference, String reason) {
        Map<String, Object> user = given == null ? userWithout(signal) : userWith(signal, Fixtures.literal(given));

        Contribution contribution = contribution(MODEL.scorer().explain(signals(user)), signal);

        assertThat(contribution.value()).isEqualTo(value);
        assertThat(contribution.referenceValue()).isEqualTo(reference);
        assertThat(contribution.reason()).isEqualTo(reason);
        assertThat(contribution)
                .hasToString(signal + " " + contribution.logOdds() + " (" + value + ", reference " + reference + ")");
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
                    hours, direction
                    6,     RAISES
                    5.9,   NEITHER
                    5,     LOWERS
                    """)
    void directionIsThatOfTheProbability(double hours, Direction direction) {
        Explanation explanation = MODEL.scorer().explain(signals(userWith("content_hours", hours)));

        assertThat(contribution(explanation, "content_hours").direction()).isEqualTo(direction);
    }

    @Test
    void fewerThanNoneIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MODEL.scorer().explain(signals(user()), -1))
                .withMessage("the number of contributions is -1; at least 0 is allowed");
    }

    @Test
    void signalsOfAnotherSchemaAreRefusedNamingBoth() {
        SignalSchema other = SignalSchema.of("other", "1", Signal.flag("weekend"));
        Signals signals = other.signals().set("weekend", true).build();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> MODEL.scorer().explain(signals))
                .withMessage("signals of schema \"other\" 1 (" + other.digest() + ") cannot be scored by model "
                        + MODEL.reference() + ", which has schema \"trial-signals\" 3 (" + SCHEMA.digest() + ")");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MODEL.scorer().whatWouldChange(signals, 0.5))
                .withMessageStartingWith("signals of schema \"other\" 1 ");
    }

    @Test
    void explanationCannotBeChangedFromOutside() {
        Explanation explanation = MODEL.scorer().explain(signals(user()));
        List<Contribution> listed = new ArrayList<>(explanation.contributions());
        Explanation copy =
                new Explanation(explanation.score(), explanation.reference(), explanation.baseRate(), listed, 0);

        listed.clear();

        assertThat(copy.contributions()).isEqualTo(explanation.contributions());
    }

    private static Signals signals(Map<String, ?> user) {
        return SCHEMA.read(user).orElseThrow();
    }

    private static Contribution contribution(Explanation explanation, String signal) {
        return explanation.contributions().stream()
                .filter(contribution -> contribution.signal().name().equals(signal))
                .findFirst()
                .orElseThrow();
    }
}
