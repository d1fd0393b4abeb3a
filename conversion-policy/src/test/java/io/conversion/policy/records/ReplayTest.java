package io.conversion.policy.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.conversion.core.ConversionModel;
import io.conversion.core.shapes.Shape;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalReading;
import io.conversion.core.signals.SignalSchema;
import io.conversion.core.signals.Violation;
import io.conversion.core.signals.Violation.Kind;
import io.conversion.policy.Band;
import io.conversion.policy.Decision.Fallback;
import io.conversion.policy.DecisionContext;
import io.conversion.policy.DecisionEvent;
import io.conversion.policy.ModelRequirement;
import io.conversion.policy.Policy;
import io.conversion.policy.PolicyEngine;
import io.conversion.policy.RandomUsers;
import io.conversion.policy.records.Replayed.Differs;
import io.conversion.policy.records.Replayed.UnknownArtifact;
import io.conversion.policy.records.Replayed.Verified;
import io.conversion.policy.records.Replayed.VerifiedInPart;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplayTest {

    private static final ConversionModel MODEL = RandomUsers.model("trial", new Random(0));
    private static final Policy POLICY = Policy.builder("trial-offers", "4", ModelRequirement.named("trial"))
            .bands(List.of(Band.of("low", 0, "wait"), Band.of("high", 0.5, "offer")))
            .margin(0.25)
            .fallbackAction("none")
            .build();
    private static final Replay REPLAY = Replay.of(List.of(MODEL), List.of(POLICY));

    @Test
    void firstElementThatDiffersIsNamed() {
        DecisionRecord record = DecisionRecord.of(event(user(), DecisionContext.NONE));
        DecisionRecord.Numbers score = Objects.requireNonNull(record.score());
        double wrong = Math.nextUp(score.probability());
        DecisionRecord tampered = DecisionRecord.fromJson(
                sealed(record.toJson(), Double.toHexString(score.probability()), Double.toHexString(wrong)));

        assertThat(REPLAY.replay(tampered).sentence())
                .isEqualTo("score/probability: recorded %s, recomputed %s"
                        .formatted(Double.toHexString(wrong), Double.toHexString(score.probability())));
    }

    @Test
    void comparisonsAreTheOnesByWhichTheBandWasFound() {
        assertThat(compared(-0.5, DecisionContext.NONE)).containsExactly("low", ">= 0x0.0p0", "< 0x1.0p-1");
        assertThat(compared(0.5, DecisionContext.NONE)).containsExactly("high", ">= 0x1.0p-1", "<= 0x1.0p0");
        assertThat(compared(-0.5, DecisionContext.NONE.previousSegment("high"))).containsExactly("high", ">= 0x1.0p-2");
        assertThat(compared(0.5, DecisionContext.NONE.previousSegment("low"))).containsExactly("low", "< 0x1.8p-1");
        assertThat(compared(2, DecisionContext.NONE.previousSegment("low")))
                .containsExactly("high", ">= 0x1.0p-1", "<= 0x1.0p0");
    }

    /** The segment and the comparisons of a user whose log-odds are given. */
    private static List<String> compared(double logOdds, DecisionContext context) {
        SignalSchema schema = SignalSchema.of("s", "1", Signal.numeric("log_odds"));
        ConversionModel model =
                ConversionModel.of("trial", "1", schema, 0, Map.of("log_odds", new Shape.Linear(1, 0, 0)));
        DecisionRecord record = DecisionRecord.of(DecisionEvent.decide(
                PolicyEngine.of(POLICY), model.scorer(), schema.read(Map.of("log_odds", logOdds)), context, "r", null));

        assertThat(Replay.of(List.of(model), List.of(POLICY)).replay(record)).isEqualTo(new Verified(record));
        return Stream.concat(
                        Stream.ofNullable(record.outcome().segment()),
                        record.outcome().comparisons().stream().map(DecisionRecord.Compared::toString))
                .toList();
    }

    @Test
    void theEventOfARecordHasTheSameRecord() {
        DecisionRecord record = DecisionRecord.of(event(user(), DecisionContext.NONE.previousSegment("high")));
        Redaction redaction = Redaction.of(RandomUsers.SCHEMA, Set.of("plan"), "pepper");
        DecisionRecord redacted = DecisionRecord.of(event(user(), DecisionContext.NONE), redaction, 0);

        assertThat(REPLAY.event(record).map(DecisionRecord::of)).hasValue(record);
        assertThat(REPLAY.event(redacted)).isEmpty();
        assertThat(Replay.of(List.of(), List.of(POLICY)).event(record)).isEmpty();
        assertThat(Replay.of(List.of(MODEL), List.of()).event(record)).isEmpty();
    }

    @Test
    void recordOfAnArtifactThatWasNotGivenIsNamed() {
        DecisionRecord record = DecisionRecord.of(event(user(), DecisionContext.NONE));

        assertThat(Replay.of(List.of(), List.of(POLICY)).replay(record))
                .isEqualTo(new UnknownArtifact(record, "model " + MODEL.reference()));
        assertThat(Replay.of(List.of(MODEL), List.of()).replay(record).sentence())
                .isEqualTo("policy \"trial-offers\" 4 (" + POLICY.reference().digest()
                        + ") was not given, so the record cannot be replayed");
    }

    @Test
    void recordOfAHostWithoutAPolicyIsVerified() {
        DecisionEvent event = new DecisionEvent(
                "r",
                null,
                MODEL.scorer(),
                null,
                reading(user()),
                DecisionContext.NONE,
                Fallback.withoutPolicy(MODEL.reference(), "nothing"));

        DecisionRecord record = DecisionRecord.fromJson(DecisionRecord.of(event).toJson());

        assertThat(REPLAY.replay(record)).isEqualTo(new Verified(record));
        assertThat(record.toJson()).doesNotContain("\"policy\"");
    }

    /** Whole numbers that no double is equal to, and numbers beyond all doubles, are clipped and recorded as given. */
    @ParameterizedTest
    @ValueSource(strings = {"9007199254740993", "1E+400", "21", "1E+23", "-0.5E+1", "123456789012345678901234567890"})
    void clippedNumberIsReplayedAsItWasGiven(String given) {
        Map<String, Object> user = new HashMap<>(user());
        user.put("sessions", new BigDecimal(given));

        DecisionRecord record = DecisionRecord.fromJson(
                DecisionRecord.of(event(user, DecisionContext.NONE)).toJson());

        assertThat(REPLAY.replay(record)).isEqualTo(new Verified(record));
    }

    @Test
    void redactedSignalIsKnownByItsDigestOnly() {
        Redaction redaction = Redaction.of(RandomUsers.SCHEMA, Set.of("plan"), "pepper");

        DecisionRecord record = DecisionRecord.of(event(user(), DecisionContext.NONE), redaction, 0);

        assertThat(record.inputs().redacted()).isEqualTo(Map.of("plan", redaction.digest("plan", "year")));
        assertThat(record.toJson()).doesNotContain("year").doesNotContain("pepper");
        assertThat(REPLAY.replay(record))
                .isEqualTo(new VerifiedInPart(
                        record,
                        List.of("signals [plan] are redacted, so signals, raw and calibrated log-odds and evidence are"
                                + " taken as recorded")));
    }

    @Test
    void redactedRecordWhoseActionDoesNotFollowDiffers() {
        Redaction redaction = Redaction.of(RandomUsers.SCHEMA, Set.of("plan"), "pepper");
        DecisionRecord record = DecisionRecord.of(event(user(), DecisionContext.NONE), redaction, 0);
        String action = record.outcome().action();

        DecisionRecord tampered =
                DecisionRecord.fromJson(sealed(record.toJson(), "\"action\":\"" + action, "\"action\":\"bribe"));

        assertThat(REPLAY.replay(tampered)).isEqualTo(new Differs(tampered, "outcome/action", "bribe", action));
    }

    /** By coreutils: {@code printf 'pepper\000hours\0000x1.0p1' | sha256sum}, and the same with plan and year. */
    @Test
    void digestOfAValueIsTheOneThatOtherToolsCompute() {
        Redaction redaction = Redaction.of(RandomUsers.SCHEMA, Set.of("hours"), "pepper");

        assertThat(redaction.digest("hours", 2.0))
                .isEqualTo("sha256:2de755471762b782bd1d1689a9a0c78ebfdbbd006fd289d02214db00a1287f4f")
                .isEqualTo(redaction.digest("hours", 2));
        assertThat(redaction.digest("plan", "year"))
                .isEqualTo("sha256:b7a0634bc90b43de6bc6480cc772cc6dba743c02d56ee0033e29f90fe829789e");
    }

    @Test
    void violationOfARedactedSignalKeepsItsKindOnly() {
        Redaction redaction = Redaction.of(RandomUsers.SCHEMA, Set.of("hours"), "pepper");
        Map<String, Object> user = Map.of("hours", "secret", "weekend", "secret too");

        DecisionRecord record = DecisionRecord.of(event(user, DecisionContext.NONE), redaction, 0);

        assertThat(record.inputs().violations())
                .contains(new Violation("hours", Kind.WRONG_TYPE, "withheld: WRONG_TYPE"));
        assertThat(record.toJson()).doesNotContain("\"secret\\\"").contains("secret too");
        assertThat(REPLAY.replay(record)).isInstanceOf(VerifiedInPart.class);
    }

    @Test
    void redactionOfAnUnknownSignalOrWithoutASaltIsRefused() {
        assertThatThrownBy(() -> Redaction.of(RandomUsers.SCHEMA, Set.of("e-mail"), "pepper"))
                .hasMessage(
                        "schema \"trial\" 1 has no signals [e-mail], so they cannot be redacted; name signals of the"
                                + " schema");
        assertThatThrownBy(() -> Redaction.of(RandomUsers.SCHEMA, Set.of("plan"), " "))
                .hasMessageStartingWith("the salt of a redaction is blank");
        assertThat(Redaction.ofHidden(RandomUsers.SCHEMA, "pepper").signals()).isEmpty();
    }

    private static Map<String, Object> user() {
        return Map.of("hours", 2.0, "sessions", 3.0, "plan", "year", "weekend", true);
    }

    private static SignalReading reading(Map<String, Object> user) {
        return MODEL.schema().read(user);
    }

    private static DecisionEvent event(Map<String, Object> user, DecisionContext context) {
        return DecisionEvent.decide(PolicyEngine.of(POLICY), MODEL.scorer(), reading(user), context, "r", null);
    }

    /** The line with one fragment replaced and sealed again, as who has this library could. */
    private static String sealed(String line, String fragment, String replacement) {
        String body = line.substring(0, line.lastIndexOf(",\"digest\""));
        assertThat(body).contains(fragment);
        return RecordFormat.sealed(body.replace(fragment, replacement));
    }
}
