package io.conversion.openfeature;

import static io.conversion.openfeature.Fixtures.DRAWING;
import static io.conversion.openfeature.Fixtures.MODEL;
import static io.conversion.openfeature.Fixtures.POLICY;
import static io.conversion.openfeature.Fixtures.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.openfeature.sdk.Client;
import dev.openfeature.sdk.ErrorCode;
import dev.openfeature.sdk.EvaluationContext;
import dev.openfeature.sdk.FlagEvaluationDetails;
import dev.openfeature.sdk.ImmutableMetadata;
import dev.openfeature.sdk.MutableContext;
import dev.openfeature.sdk.Structure;
import dev.openfeature.sdk.Value;
import io.conversion.policy.DecisionEvent;
import io.conversion.policy.serving.DecisionPoint;
import io.conversion.policy.serving.ServingUnit;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a client sees, through the SDK of OpenFeature. The numbers of the requirements are those of its specification. */
class ConversionProviderTest {

    private static final Instant NOW = Instant.parse("2026-11-24T09:30:00Z");

    private final List<DecisionEvent> decided = new CopyOnWriteArrayList<>();
    private final Client client = client(ServingUnit.of(MODEL, POLICY), "plain");
    private final Client drawing = client(ServingUnit.of(MODEL, DRAWING), "drawing");

    private Client client(ServingUnit unit, String domain) {
        DecisionPoint point = DecisionPoint.of(() -> unit, (event, nanoseconds) -> decided.add(event));
        return Fixtures.client(
                ConversionProvider.of(point, ProviderOptions.defaults().clock(() -> NOW)), domain);
    }

    /** 2.1.1 */
    @Test
    void providerHasAName() {
        ServingUnit unit = ServingUnit.of(MODEL, POLICY);

        assertThat(ConversionProvider.of(DecisionPoint.of(() -> unit))
                        .getMetadata()
                        .getName())
                .isEqualTo("conversion");
    }

    /** 2.2.3 to 2.2.6: value, variant, reason, no error. */
    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
            sessions, invited, action,            segment,     reason,          variant
            1,        false,   remind,            low_intent,  TARGETING_MATCH, low_intent
            2,        false,   offer_annual_plan, high_intent, TARGETING_MATCH, high_intent
            2,        true,    welcome,           high_intent, TARGETING_MATCH, high_intent/guardrail/invited
            """)
    void actionAndSegmentAreThoseOfTheDecision(
            int sessions, boolean invited, String action, String segment, String reason, String variant) {
        MutableContext user = user(null, sessions, invited);

        FlagEvaluationDetails<String> ofAction = client.getStringDetails("conversion.action", "mine", user);
        FlagEvaluationDetails<String> ofSegment = client.getStringDetails("conversion.segment", "mine", user);

        assertThat(ofAction.getValue()).isEqualTo(action);
        assertThat(ofAction.getVariant()).isEqualTo(variant);
        assertThat(ofAction.getReason()).isEqualTo(reason);
        assertThat(ofAction.getErrorCode()).isNull();
        assertThat(ofAction.getErrorMessage()).isNull();
        assertThat(ofSegment.getValue()).isEqualTo(segment);
        assertThat(ofSegment.getVariant()).isEqualTo(segment);
        assertThat(decided)
                .hasSize(2)
                .allSatisfy(event -> assertThat(event.moment()).isEqualTo(NOW));
    }

    /** log-odds of 1: 1 / (1 + exp(-1)) by a calculator */
    @Test
    void probabilityIsThatOfTheScore() {
        FlagEvaluationDetails<Double> details =
                client.getDoubleDetails("conversion.probability", -1.0, user(null, 3, false));

        assertThat(details.getValue()).isEqualTo(0.7310585786300049);
        assertThat(details.getVariant()).isEqualTo("high_intent");
        assertThat(details.getReason()).isEqualTo("TARGETING_MATCH");
    }

    @Test
    void wholeDecisionIsAStructure() {
        Value decision = client.getObjectValue("conversion.decision", new Value(), user(null, 3, false));

        Structure fields = decision.asStructure();
        assertThat(fields.keySet())
                .containsExactlyInAnyOrder(
                        "action", "segment", "reason", "details", "propensity", "score", "model", "policy");
        assertThat(fields.getValue("score")
                        .asStructure()
                        .getValue("probability")
                        .asDouble())
                .isEqualTo(0.7310585786300049);
        assertThat(fields.getValue("policy").asStructure().getValue("digest").asString())
                .isEqualTo(POLICY.reference().digest());
    }

    /** 2.2.9 and 2.2.10 */
    @Test
    void metadataNameWhoDecided() {
        MutableContext user = user("user-1", 3, false).add("request", "visit-4711");

        ImmutableMetadata metadata =
                client.getStringDetails("conversion.action", "mine", user).getFlagMetadata();

        assertThat(metadata.asUnmodifiableMap())
                .containsEntry("request", "visit-4711")
                .containsEntry("decided_by", "band")
                .containsEntry("segment", "high_intent")
                .containsEntry("propensity", 1.0)
                .containsEntry("probability", 0.7310585786300049)
                .containsEntry("revision", 0L)
                .containsEntry("model_digest", MODEL.reference().digest())
                .containsEntry("policy_digest", POLICY.reference().digest())
                .doesNotContainKeys("arm", "experiment")
                .allSatisfy(
                        (name, value) -> assertThat(value).isInstanceOfAny(String.class, Number.class, Boolean.class));
        assertThat(decided).singleElement().extracting(DecisionEvent::request).isEqualTo("visit-4711");
    }

    @Test
    void decisionsWithoutANameHaveOneEach() {
        client.getStringValue("conversion.action", "mine", user(null, 3, false));
        client.getStringValue("conversion.action", "mine", user(null, 3, false));

        assertThat(decided)
                .extracting(DecisionEvent::request)
                .doesNotHaveDuplicates()
                .hasSize(2);
    }

    @Test
    void signalsThatAreRefusedAreAFallbackAndNoError() {
        EvaluationContext user = new MutableContext()
                .add("signals", Structure.mapToStructure(Map.of("sessions_7d", "9", "invitd", true)));

        FlagEvaluationDetails<String> action = client.getStringDetails("conversion.action", "mine", user);

        assertThat(action.getValue()).isEqualTo("no_action");
        assertThat(action.getVariant()).isEqualTo("fallback");
        assertThat(action.getReason()).isEqualTo("DEFAULT");
        assertThat(action.getErrorCode()).isNull();
        assertThat(action.getFlagMetadata().getString("decided_by")).isEqualTo("invalid_signals");
        assertThat(action.getFlagMetadata().getString("details"))
                .isEqualTo("signal \"sessions_7d\": the text \"9\" is not a number;"
                        + " signal \"invited\" is required by schema \"trial-signals\" 1 but was not given;"
                        + " signal \"invitd\" is not in schema \"trial-signals\" 1; did you mean \"invited\"?");
        assertThat(client.getStringValue("conversion.segment", "mine", user)).isEqualTo("mine");
        assertThat(client.getDoubleDetails("conversion.probability", -1.0, user))
                .returns(-1.0, FlagEvaluationDetails::getValue)
                .returns("DEFAULT", FlagEvaluationDetails::getReason);
    }

    /** 2.2.7 and the table of error codes */
    @Test
    void flagThatIsNotThereIsNotFound() {
        assertError(
                client.getStringDetails("conversion.actoin", "mine", user(null, 3, false)),
                "mine",
                ErrorCode.FLAG_NOT_FOUND,
                "there is no such flag; the flags are conversion.action, conversion.segment, conversion.probability,"
                        + " conversion.decision");
        assertThat(decided).isEmpty();
    }

    @Test
    void flagOfAnotherTypeIsAMismatch() {
        String message = "flag conversion.action is of type STRING, not %s; ask for it by its type";
        EvaluationContext user = user(null, 3, false);

        assertError(
                client.getIntegerDetails("conversion.action", 7, user),
                7,
                ErrorCode.TYPE_MISMATCH,
                message.formatted("INTEGER"));
        assertError(
                client.getBooleanDetails("conversion.action", true, user),
                true,
                ErrorCode.TYPE_MISMATCH,
                message.formatted("BOOLEAN"));
        assertError(
                client.getDoubleDetails("conversion.action", 0.5, user),
                0.5,
                ErrorCode.TYPE_MISMATCH,
                message.formatted("DOUBLE"));
        assertThat(client.getObjectDetails("conversion.segment", new Value("mine"), user)
                        .getErrorCode())
                .isEqualTo(ErrorCode.TYPE_MISMATCH);
        assertThat(client.getStringDetails("conversion.probability", "mine", user)
                        .getErrorCode())
                .isEqualTo(ErrorCode.TYPE_MISMATCH);
        assertThat(decided).isEmpty();
    }

    @Test
    void contextWithoutSignalsIsInvalid() {
        assertError(
                client.getStringDetails("conversion.action", "mine"),
                "mine",
                ErrorCode.INVALID_CONTEXT,
                "attribute \"signals\" of the evaluation context is missing; give the signals of the user in it, each by"
                        + " its name");
        assertError(
                client.getStringDetails("conversion.action", "mine", new MutableContext().add("signals", "9")),
                "mine",
                ErrorCode.INVALID_CONTEXT,
                "attribute \"signals\" of the evaluation context is no structure; give the signals of the user in it, each"
                        + " by its name");
        assertError(
                client.getStringDetails(
                        "conversion.action", "mine", user(null, 3, false).add("previous_segment", 3)),
                "mine",
                ErrorCode.INVALID_CONTEXT,
                "attribute \"previous_segment\" of the evaluation context is no text; give a text, or leave it out");
        assertThat(decided).isEmpty();
    }

    @Test
    void policyThatDrawsNeedsATargetingKey() {
        String message =
                "policy \"trial-conversion\" 2 or an experiment draws by the key of the user; give one as targeting"
                        + " key";

        assertError(
                drawing.getStringDetails("conversion.action", "mine", user(null, 3, false)),
                "mine",
                ErrorCode.TARGETING_KEY_MISSING,
                message);
        assertThat(decided).isEmpty();
        assertThat(drawing.getStringDetails("conversion.action", "mine", user("user-1", 3, false))
                        .getErrorCode())
                .isNull();
    }

    @Test
    void attributesOfOthersAreNotLookedAt() {
        MutableContext user = user(null, 3, false).add("app_version", "7.1").add("beta", true);

        assertThat(client.getStringValue("conversion.action", "mine", user)).isEqualTo("offer_annual_plan");
    }

    @Test
    void prefixNamesTheFlags() {
        ServingUnit unit = ServingUnit.of(MODEL, POLICY);
        Client named = Fixtures.client(
                ConversionProvider.of(
                        DecisionPoint.of(() -> unit), ProviderOptions.defaults().prefix("trial/")),
                "named");

        assertThat(named.getStringValue("trial/action", "mine", user(null, 3, false)))
                .isEqualTo("offer_annual_plan");
        assertThat(named.getStringDetails("conversion.action", "mine", user(null, 3, false))
                        .getErrorCode())
                .isEqualTo(ErrorCode.FLAG_NOT_FOUND);
    }

    private static <T> void assertError(FlagEvaluationDetails<T> details, T value, ErrorCode code, String message) {
        assertThat(details.getErrorCode()).isEqualTo(code);
        assertThat(details.getErrorMessage()).isEqualTo(message);
        assertThat(details.getValue()).isEqualTo(value);
        assertThat(details.getReason()).isEqualTo("ERROR");
    }
}
