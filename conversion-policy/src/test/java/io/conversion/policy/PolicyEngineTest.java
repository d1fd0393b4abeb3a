package io.conversion.policy;

import static io.conversion.policy.Fixtures.BANDS;
import static io.conversion.policy.Fixtures.POLICY;
import static io.conversion.policy.Fixtures.model;
import static io.conversion.policy.Fixtures.score;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.conversion.core.ConversionModel;
import io.conversion.core.MinimumEvidence;
import io.conversion.core.Score;
import io.conversion.core.shapes.Shape;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalReading;
import io.conversion.core.signals.SignalSchema;
import io.conversion.core.signals.WhenMissing;
import io.conversion.policy.Decision.Decided;
import io.conversion.policy.Decision.Fallback;
import io.conversion.policy.Decision.Reason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyEngineTest {

    private static final PolicyEngine ENGINE = PolicyEngine.of(POLICY);
    private static final ConversionModel TRIAL = model("trial", 1);

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
                    log-odds, segment,       action
                    -1e300,   low_intent,    nurture
                    -1,       low_intent,    nurture
                    -0.41,    low_intent,    nurture
                    -0.40,    medium_intent, discount
                    0,        medium_intent, discount
                    0.84,     medium_intent, discount
                    0.85,     high_intent,   annual_plan
                    1e300,    high_intent,   annual_plan
                    """)
    void probabilityIsDecidedByItsBand(double logOdds, String segment, String action) {
        Score score = score(TRIAL, logOdds, 0);

        Decision decision = ENGINE.decide(score);

        assertThat(decision.segment()).contains(segment);
        assertThat(decision.action()).isEqualTo(action);
        assertThat(decision.policy()).isEqualTo(POLICY.reference());
        assertThat(decision).isInstanceOfSatisfying(Decided.class, decided -> {
            assertThat(decided.score()).isSameAs(score);
            assertThat(BANDS).contains(decided.band());
        });
    }

    @Test
    void acceptedReadingIsScoredAndDecided() {
        SignalReading reading = TRIAL.schema().read(Map.of("plus", 2.5, "minus", 0));

        Decision decision = ENGINE.decide(TRIAL.scorer(), reading);

        assertThat(decision).isInstanceOf(Decided.class);
        assertThat(decision.segment()).contains("high_intent");
    }

    @Test
    void refusedReadingIsAFallbackThatNamesEveryViolation() {
        Map<String, Object> request = new HashMap<>();
        request.put("plus", "2.5");
        request.put("extra", 1);
        SignalReading reading = TRIAL.schema().read(request);

        Decision decision = ENGINE.decide(TRIAL.scorer(), reading);

        assertThat(decision)
                .isEqualTo(new Fallback(
                        Reason.INVALID_SIGNALS,
                        List.of(
                                "signal \"plus\": the text \"2.5\" is not a number",
                                "signal \"minus\" is required by schema \"log-odds\" 1 but was not given",
                                "signal \"extra\" is not in schema \"log-odds\" 1"),
                        "default_offer",
                        TRIAL.reference(),
                        POLICY.reference(),
                        null));
        assertThat(decision.segment()).isEmpty();
    }

    @Test
    void scoreOfAModelWithAnotherNameIsAFallback() {
        ConversionModel other = model("churn", 1);
        Score score = score(other, 2.5, 0);

        Decision decision = ENGINE.decide(score);

        assertThat(decision)
                .isEqualTo(new Fallback(
                        Reason.OTHER_MODEL,
                        List.of(
                                "policy \"trial-offers\" 4 is tuned for model \"trial\"; the score is of model \"churn\""
                                        + " with digest " + other.reference().digest()),
                        "default_offer",
                        other.reference(),
                        POLICY.reference(),
                        score));
    }

    @Test
    void scoreOfAModelWithAnotherDigestIsAFallbackWhereOneIsRequired() {
        ModelRequirement exact =
                ModelRequirement.exactly("trial", TRIAL.reference().digest());
        Policy policy = Policy.of("trial-offers", "5", exact, BANDS, "default_offer");
        ConversionModel retrained = model("trial", 2);
        Score otherScore = score(retrained, 2.5, 0);

        Decision same = PolicyEngine.of(policy).decide(score(TRIAL, 2.5, 0));
        Decision other = PolicyEngine.of(policy).decide(otherScore);

        assertThat(same).isInstanceOf(Decided.class);
        assertThat(other)
                .isEqualTo(new Fallback(
                        Reason.OTHER_MODEL,
                        List.of("policy \"trial-offers\" 5 is tuned for model \"trial\" with digest "
                                + TRIAL.reference().digest() + "; the score is of model \"trial\" with digest "
                                + retrained.reference().digest()),
                        "default_offer",
                        retrained.reference(),
                        policy.reference(),
                        otherScore));
    }

    @Test
    void requirementByNameIsMetByEveryVersionOfTheModel() {
        assertThat(ENGINE.decide(score(model("trial", 2), 2.5, 0))).isInstanceOf(Decided.class);
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
                    plus,  minus, log-odds
                    1e200, 1e200, NaN
                    1e200, 0,     Infinity
                    0,     1e200, -Infinity
                    """)
    void scoreOfAShapeThatOverflowedIsAFallback(double plus, double minus, String logOdds) {
        Score overflowed = score(model("trial", 1e200), plus, minus);

        Decision decision = ENGINE.decide(overflowed);

        assertThat(decision)
                .isEqualTo(new Fallback(
                        Reason.UNDEFINED_PROBABILITY,
                        List.of("the score has log-odds " + logOdds
                                + ": a signal is too large for its shape, so there is no probability to decide on"),
                        "default_offer",
                        overflowed.model(),
                        POLICY.reference(),
                        overflowed));
    }

    @Test
    void scoreThatRestsOnTooLittleIsAFallbackThatNamesEveryShortfall() {
        ConversionModel model = demanding(MinimumEvidence.of(0.75, "hours"));
        Score score = model.scorer()
                .score(model.schema().signals().set("sessions", 40).build());

        Decision decision = ENGINE.decide(score);

        assertThat(score.probability()).isGreaterThan(0.99);
        assertThat(decision)
                .isEqualTo(new Fallback(
                        Reason.INSUFFICIENT_EVIDENCE,
                        List.of(
                                "signal \"hours\" is required as evidence and was not observed",
                                "observed signals carry 0.25 of the model's weight; at least 0.75 is required"),
                        "default_offer",
                        model.reference(),
                        POLICY.reference(),
                        score));
        assertThat(decision.segment()).isEmpty();
    }

    @Test
    void scoreThatRestsOnJustEnoughIsDecided() {
        ConversionModel model = demanding(MinimumEvidence.of(0.25, "sessions"));

        Decision decision = ENGINE.decide(model.scorer(), model.schema().read(Map.of("sessions", 40)));

        assertThat(decision.segment()).contains("high_intent");
    }

    @Test
    void otherModelAndOverflowAreNamedBeforeTheEvidence() {
        ConversionModel churn = demanding("churn", 1, MinimumEvidence.of(1));
        ConversionModel steep = demanding("trial", 1e308, MinimumEvidence.of(1));

        assertThat(ENGINE.decide(churn.scorer(), churn.schema().read(Map.of("sessions", 40))))
                .isInstanceOfSatisfying(
                        Fallback.class,
                        fallback -> assertThat(fallback.reason()).isEqualTo(Reason.OTHER_MODEL));
        assertThat(ENGINE.decide(steep.scorer(), steep.schema().read(Map.of("sessions", 40))))
                .isInstanceOfSatisfying(
                        Fallback.class,
                        fallback -> assertThat(fallback.reason()).isEqualTo(Reason.UNDEFINED_PROBABILITY));
    }

    private static ConversionModel demanding(MinimumEvidence minimum) {
        return demanding("trial", 1, minimum);
    }

    /** Hours carry three quarters of the weight. */
    private static ConversionModel demanding(String name, double slope, MinimumEvidence minimum) {
        SignalSchema schema = SignalSchema.of(
                "demanding",
                "1",
                Signal.numeric("hours").whenMissing(WhenMissing.IMPUTE),
                Signal.numeric("sessions").range(0, 40));
        return ConversionModel.builder(name, "1", schema)
                .shapes(Map.of("hours", new Shape.Linear(1, 0, 0), "sessions", new Shape.Linear(slope, 0, 0)))
                .weights(Map.of("hours", 1.5, "sessions", 0.5))
                .minimumEvidence(minimum)
                .build();
    }

    @Test
    void signalsOfAnotherSchemaAreAProgrammingError() {
        SignalSchema other = SignalSchema.of("other", "1", Signal.flag("weekend"));
        SignalReading reading = other.read(Map.of("weekend", true));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> ENGINE.decide(TRIAL.scorer(), reading))
                .withMessageStartingWith("signals of schema \"other\" 1 ");
    }

    @Test
    void engineKeepsItsPolicy() {
        assertThat(ENGINE.policy()).isSameAs(POLICY);
    }

    @Test
    void detailsOfAFallbackCannotBeChangedFromOutside() {
        List<String> details = new ArrayList<>(List.of("one"));
        Fallback fallback =
                new Fallback(Reason.OTHER_MODEL, details, "none", TRIAL.reference(), POLICY.reference(), null);

        details.clear();

        assertThat(fallback.details()).containsExactly("one");
    }
}
