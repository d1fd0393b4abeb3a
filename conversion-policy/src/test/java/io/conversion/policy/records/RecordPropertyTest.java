package io.conversion.policy.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.conversion.core.ConversionModel;
import io.conversion.core.ModelReference;
import io.conversion.core.artifact.InvalidArtifactException;
import io.conversion.core.signals.SignalReading;
import io.conversion.policy.Decision.Reason;
import io.conversion.policy.DecisionContext;
import io.conversion.policy.DecisionEvent;
import io.conversion.policy.PolicyEngine;
import io.conversion.policy.RandomPolicies;
import io.conversion.policy.RandomUsers;
import io.conversion.policy.records.Replayed.Altered;
import io.conversion.policy.records.Replayed.Cut;
import io.conversion.policy.records.Replayed.Differs;
import io.conversion.policy.records.Replayed.Newer;
import io.conversion.policy.records.Replayed.UnknownArtifact;
import io.conversion.policy.records.Replayed.Verified;
import io.conversion.policy.records.Replayed.VerifiedInPart;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class RecordPropertyTest {

    @Property(tries = 200)
    void replayOfADecisionIsTheDecision(@ForAll Random random) {
        Case drawn = new Case(random);

        for (int user = 0; user < 10; user++) {
            DecisionEvent event = drawn.event(random);
            DecisionRecord record = DecisionRecord.of(event, Redaction.NONE, random.nextInt(4));

            Replayed replayed = drawn.replay().replay(DecisionRecord.fromJson(record.toJson()));

            boolean refused = event.reading() instanceof SignalReading.Refused;
            assertThat(replayed)
                    .as("%s: %s", record.toJson(), replayed.sentence())
                    .isInstanceOf(refused ? VerifiedInPart.class : Verified.class);
            assertThat(record.outcome().action()).isEqualTo(event.decision().action());
            assertThat(record.outcome().reason()).isEqualTo(event.decision().reason());
        }
    }

    @Property
    void signalsAsTheyWereGivenAreReadAsTheyWere(@ForAll Random random) {
        DecisionEvent event = new Case(random).event(random);

        boolean accepted = event.reading() instanceof SignalReading.Accepted;
        assertThat(event.given().map(RandomUsers.SCHEMA::read))
                .isEqualTo(accepted ? Optional.of(event.reading()) : Optional.empty());
    }

    @Property
    void writingAndReadingIsTheIdentity(@ForAll Random random) {
        Redaction redaction = redaction(random);
        DecisionRecord record = DecisionRecord.of(new Case(random).event(random), redaction, random.nextInt(4));

        DecisionRecord read = DecisionRecord.fromJson(record.toJson());

        assertThat(read).isEqualTo(record);
        assertThat(read.toJson()).isEqualTo(record.toJson()).doesNotContain("\n");
        RecordJsonSchemaTest.RECORDS.assertValid(record.toJson());
    }

    @Property
    void redactedRecordIsVerifiedInPartAndHoldsNoRedactedValue(@ForAll Random random) {
        Case drawn = new Case(random);
        Redaction redaction = Redaction.of(RandomUsers.SCHEMA, Set.of("hours", "plan"), "salt");

        DecisionRecord record = DecisionRecord.of(drawn.event(random), redaction, 4);
        Replayed replayed = drawn.replay().replay(DecisionRecord.fromJson(record.toJson()));

        assertThat(replayed).as(replayed.sentence()).isInstanceOfAny(Verified.class, VerifiedInPart.class);
        assertThat(record.inputs().signals()).doesNotContainKeys("hours", "plan");
        assertThat(record.toJson()).doesNotContain("century");
        assertThat(record.reasons())
                .noneMatch(reason -> record.inputs().redacted().containsKey(reason.signal()));
        assertThat(replayed instanceof Verified)
                .isEqualTo(record.score() != null && record.inputs().redacted().isEmpty());
    }

    @Property(tries = 200)
    void recordWithAnyByteChangedIsRefused(@ForAll Random random) {
        Case drawn = new Case(random);
        byte[] line = DecisionRecord.of(drawn.event(random), redaction(random), 2)
                .toJson()
                .getBytes(StandardCharsets.UTF_8);

        for (int change = 0; change < 20; change++) {
            byte[] changed = line.clone();
            changed[random.nextInt(line.length)] ^= (byte) (1 << random.nextInt(8));

            List<Replayed> outcomes = drawn.replayed(changed, '\n');

            assertThat(outcomes)
                    .as(new String(changed, StandardCharsets.UTF_8))
                    .isNotEmpty()
                    .allMatch(outcome ->
                            outcome instanceof Altered || outcome instanceof Newer || outcome instanceof Cut);
        }
    }

    @Property(tries = 200)
    void recordThatIsCutIsRecognisedUnlessOnlyItsLineFeedIsGone(@ForAll Random random) {
        Case drawn = new Case(random);
        byte[] line = DecisionRecord.of(drawn.event(random)).toJson().getBytes(StandardCharsets.UTF_8);
        int length = 1 + random.nextInt(line.length - 1);

        assertThat(drawn.replayed(Arrays.copyOf(line, length))).containsExactly(new Cut(length));
        assertThat(drawn.replayed(line)).hasOnlyElementsOfTypes(Verified.class, VerifiedInPart.class);
    }

    /** Who changes a record and seals it again has to get past the replay. */
    @Property(tries = 200)
    void changedRecordThatIsSealedAgainReplaysToADifference(@ForAll Random random) {
        Case drawn = new Case(random);
        DecisionRecord record = DecisionRecord.of(drawn.event(random), Redaction.NONE, 2);

        for (Map.Entry<String, DecisionRecord> changed : changes(record, random).entrySet()) {
            DecisionRecord read = DecisionRecord.fromJson(changed.getValue().toJson());

            assertThat(drawn.replay().replay(read))
                    .as("%s of %s", changed.getKey(), record.toJson())
                    .isInstanceOfAny(Differs.class, UnknownArtifact.class);
        }
    }

    /** Else the laws above would say nothing of some of them. */
    @Test
    void drawnDecisionsMeetEveryReasonBarThoseOfHostsWithoutAPolicyThatFits() {
        Random random = new Random(5);
        Set<Reason> reasons = EnumSet.noneOf(Reason.class);
        for (int i = 0; i < 2_000; i++) {
            reasons.add(new Case(random).event(random).decision().reason());
        }

        assertThat(reasons)
                .containsExactlyInAnyOrderElementsOf(
                        EnumSet.complementOf(EnumSet.of(Reason.POLICY_DOES_NOT_FIT, Reason.NO_POLICY)));
    }

    private static Map<String, DecisionRecord> changes(DecisionRecord record, Random random) {
        DecisionRecord.Outcome outcome = record.outcome();
        Map<String, DecisionRecord> changes = new LinkedHashMap<>();
        changes.put("action", with(record, outcome(outcome, "bribe", outcome.propensity())));
        changes.put("propensity", with(record, outcome(outcome, outcome.action(), 0.123)));
        DecisionRecord.Numbers score = record.score();
        if (score != null) {
            double other =
                    Double.longBitsToDouble(Double.doubleToLongBits(score.probability()) ^ (1L << random.nextInt(52)));
            boolean isNumber = !Double.isNaN(score.probability());
            if (isNumber) {
                changes.put(
                        "probability",
                        with(
                                record,
                                new DecisionRecord.Numbers(
                                        score.rawLogOdds(), score.logOdds(), other, score.evidence(), false),
                                outcome));
            }
        }
        changes.put("model", ofModel(record));
        return changes;
    }

    private static DecisionRecord.Outcome outcome(DecisionRecord.Outcome outcome, String action, double propensity) {
        return new DecisionRecord.Outcome(
                outcome.reason(),
                outcome.segment(),
                outcome.comparisons(),
                outcome.guardrail(),
                action,
                propensity,
                outcome.details());
    }

    private static DecisionRecord with(
            DecisionRecord record, DecisionRecord.Numbers score, DecisionRecord.Outcome outcome) {
        return new DecisionRecord(
                record.library(),
                record.request(),
                record.moment(),
                record.model(),
                record.policy(),
                record.schema(),
                record.inputs(),
                score,
                record.previousSegment(),
                record.draw(),
                outcome,
                record.reasons());
    }

    private static DecisionRecord with(DecisionRecord record, DecisionRecord.Outcome outcome) {
        return new DecisionRecord(
                record.library(),
                record.request(),
                record.moment(),
                record.model(),
                record.policy(),
                record.schema(),
                record.inputs(),
                record.score(),
                record.previousSegment(),
                record.draw(),
                outcome,
                record.reasons());
    }

    private static DecisionRecord ofModel(DecisionRecord record) {
        return new DecisionRecord(
                record.library(),
                record.request(),
                record.moment(),
                new ModelReference(
                        "other", record.model().version(), record.model().digest()),
                record.policy(),
                record.schema(),
                record.inputs(),
                record.score(),
                record.previousSegment(),
                record.draw(),
                record.outcome(),
                record.reasons());
    }

    private static Redaction redaction(Random random) {
        return random.nextBoolean()
                ? Redaction.NONE
                : Redaction.of(RandomUsers.SCHEMA, Set.of("sessions", "weekend"), "salt");
    }

    /** A model and a policy with everything. */
    private static final class Case {

        private final ConversionModel model;
        private final PolicyEngine engine;
        private final Replay replay;

        Case(Random random) {
            this.model = RandomUsers.model(random.nextInt(12) == 0 ? "churn" : "trial", random);
            this.engine = PolicyEngine.of(RandomPolicies.complete(random));
            this.replay = Replay.of(List.of(model), List.of(engine.policy()));
        }

        DecisionEvent event(Random random) {
            SignalReading reading = model.schema().read(RandomUsers.user(random));
            DecisionContext context = DecisionContext.NONE;
            if (random.nextBoolean()) {
                context = context.previousSegment("segment_" + random.nextInt(5));
            }
            if (random.nextBoolean()) {
                context = context.userKey("user " + random.nextInt());
            }
            Instant moment = random.nextBoolean() ? null : Instant.ofEpochMilli(random.nextInt());
            String request = random.nextBoolean() ? "r-" + random.nextInt() : "caf\u00e9 \"\ud83d\ude00\u0000 \ud83d";
            return DecisionEvent.decide(engine, model.scorer(), reading, context, request, moment);
        }

        Replay replay() {
            return replay;
        }

        List<Replayed> replayed(byte[] line, char... end) {
            byte[] all = Arrays.copyOf(line, line.length + end.length);
            for (int i = 0; i < end.length; i++) {
                all[line.length + i] = (byte) end[i];
            }
            List<Replayed> outcomes = new ArrayList<>();
            try {
                replay.replay(new ByteArrayInputStream(all), found -> outcomes.add(found.outcome()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return outcomes;
        }
    }

    @Test
    void unreadableRecordIsNamedByItsFault() {
        String line = "{\"format\":\"conversion-decision\",\"format_version\":%s,\"digest\":\"\"}";
        Case drawn = new Case(new Random(1));

        Replayed newer = drawn.replayed(line.replace("%s", "2").getBytes(StandardCharsets.UTF_8), '\n')
                .get(0);
        Replayed older = drawn.replayed(line.replace("%s", "0").getBytes(StandardCharsets.UTF_8), '\n')
                .get(0);

        assertThat(newer).isInstanceOf(Newer.class);
        assertThat(newer.sentence()).contains("this release reads versions up to 1");
        assertThat(older).isInstanceOf(Altered.class);
        assertThatThrownBy(() -> DecisionRecord.fromJson("{}")).isInstanceOf(InvalidArtifactException.class);
    }
}
