package io.conversion.experiments.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.conversion.core.signals.SignalReading;
import io.conversion.experiments.Finding;
import io.conversion.experiments.threshold.LocalEffect;
import io.conversion.experiments.threshold.ThresholdEffect;
import io.conversion.experiments.threshold.ThresholdPlan;
import io.conversion.policy.Band;
import io.conversion.policy.Comparison;
import io.conversion.policy.Condition;
import io.conversion.policy.ControlGroup;
import io.conversion.policy.DecisionContext;
import io.conversion.policy.DecisionEvent;
import io.conversion.policy.Exploration;
import io.conversion.policy.Guardrail;
import io.conversion.policy.ModelRequirement;
import io.conversion.policy.Policy;
import io.conversion.policy.PolicyBuilder;
import io.conversion.policy.PolicyEngine;
import io.conversion.policy.records.DecisionRecord;
import io.conversion.policy.records.Redaction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the records of a service to what its actions do at the bounds of its policy. */
class RecordedThresholdsTest {

    private static final int USERS = 10_000;
    private static final double ADDED = 0.3;

    @TempDir
    private Path folder;

    /** Nothing, a hint from 0.2 on, an offer from 0.5 on, which alone does something. */
    private static PolicyBuilder policy() {
        return Policy.builder("offers", "1", ModelRequirement.named("trial"))
                .bands(List.of(
                        Band.of("low", 0, "nothing"), Band.of("medium", 0.2, "hint"), Band.of("high", 0.5, "offer")))
                .fallbackAction("nothing");
    }

    /** Users with any number of sessions, of whom some were here before in the middle band. */
    private RecordedThresholds recorded(Policy policy, boolean withPrevious) throws IOException {
        PolicyEngine engine = PolicyEngine.of(policy);
        Random random = new Random(2);
        List<String> records = new ArrayList<>();
        List<String> outcomes = new ArrayList<>(List.of("request,moment,metric,value"));
        for (int user = 0; user < USERS; user++) {
            Instant moment = ExploringService.START.plus(Duration.ofMinutes(user));
            double sessions = user % 500 == 0 ? Double.NaN : 10 * random.nextDouble();
            SignalReading reading = Double.isNaN(sessions)
                    ? ExploringService.MODEL.schema().read(Map.of())
                    : ExploringService.MODEL.schema().read(Map.of("sessions", sessions));
            DecisionContext context = DecisionContext.NONE.userKey("user-" + user);
            DecisionEvent event = DecisionEvent.decide(
                    engine,
                    ExploringService.MODEL.scorer(),
                    reading,
                    withPrevious && random.nextBoolean() ? context.previousSegment("high") : context,
                    "request-" + user,
                    moment);
            records.add(DecisionRecord.of(event, Redaction.NONE, 0).toJson());
            boolean offered = event.decision().action().equals("offer");
            double chance = event.score().map(score -> score.probability()).orElse(0.0) + (offered ? ADDED : 0);
            if (random.nextDouble() < chance) {
                outcomes.add(String.format(
                        Locale.ROOT, "request-%d,%s,converted,1", user, moment.plus(Duration.ofHours(1))));
            }
        }
        return RecordedLog.of(policy, List.of(ExploringService.MODEL.schema()))
                .inForce(List.of(policy))
                .windowDays(20)
                .readThresholds(
                        List.of(Files.write(folder.resolve("records.jsonl"), records)),
                        List.of(Files.write(folder.resolve("outcomes.csv"), outcomes)),
                        ExploringService.LATER,
                        bytes -> {});
    }

    @Test
    void eachBoundSaysWhatItsActionDoes() throws IOException {
        RecordedThresholds recorded = recorded(policy().build(), false);

        List<ThresholdEffect> answers = recorded.effects(ThresholdPlan.at(0));

        assertThat(recorded.metric()).isEqualTo("converted");
        assertThat(answers).extracting(answer -> answer.plan().bound()).containsExactly(0.2, 0.5);
        assertThat(answers).extracting(answer -> answer.plan().action()).containsExactly("hint", "offer");
        assertThat(effect(answers.get(0)).inference().excludes(0)).isFalse();
        assertThat(effect(answers.get(1)).inference().excludes(ADDED)).isFalse();
        assertThat(effect(answers.get(1)).inference().excludes(0)).isTrue();
        // Users below 0.2 are of no concern at 0.5, nor those above 0.5 at 0.2.
        assertThat(answers.get(0).rows() + answers.get(1).rows())
                .isGreaterThan(recorded.users().size());
        assertThat(answers.get(1).rows()).isLessThan(recorded.users().size());
    }

    @Test
    void usersWhomADrawDecidedAboutAreLeftOutOnBothSides() throws IOException {
        RecordedThresholds recorded = recorded(
                policy().control(new ControlGroup(0.05, "held", "nothing"))
                        .exploration(new Exploration(0.3, "explore", Map.of("high", List.of("offer", "nothing"))))
                        .build(),
                false);

        ThresholdEffect offer = recorded.effects(ThresholdPlan.at(0)).get(1);

        assertThat(offer.findings()).extracting(Finding::code).doesNotContain("users_left_out", "exceptions");
        assertThat(effect(offer).inference().excludes(ADDED)).isFalse();
    }

    @Test
    void marginThatHeldManyUsersRefuses() throws IOException {
        RecordedThresholds recorded = recorded(policy().margin(0.05).build(), true);

        ThresholdEffect offer = recorded.effects(ThresholdPlan.at(0)).get(1);

        assertThat(Objects.requireNonNull(offer.refusal()).code()).isEqualTo("others_decided");
    }

    @Test
    void guardrailRefusesWhereItDecidedAboutManyUsersNear() throws IOException {
        ThresholdEffect near = withGuardrailFrom(5.1).get(1);
        ThresholdEffect far = withGuardrailFrom(8).get(1);

        assertThat(Objects.requireNonNull(near.refusal()).code()).isEqualTo("others_decided");
        assertThat(effect(far).inference().excludes(ADDED)).isFalse();
    }

    private List<ThresholdEffect> withGuardrailFrom(double sessions) throws IOException {
        Condition many = new Condition.NumberIs("sessions", Comparison.AT_LEAST, sessions);
        return recorded(
                        policy().guardrails(List.of(new Guardrail("regulars", many, "nothing", "they come anyway")))
                                .build(),
                        false)
                .effects(ThresholdPlan.at(0));
    }

    @Test
    void sessionsThatAreCountedAreTooFewValues() throws IOException {
        ExploringService service = new ExploringService(5000, 1, Redaction.NONE);

        RecordedThresholds recorded = RecordedLog.of(
                        ExploringService.IN_FORCE, List.of(ExploringService.MODEL.schema()))
                .readThresholds(
                        List.of(Files.write(folder.resolve("records.jsonl"), service.records)),
                        List.of(Files.write(folder.resolve("outcomes.csv"), service.byRequest)),
                        ExploringService.LATER,
                        bytes -> {});

        // Nothing below 0.5, whatever the band: there is one bound.
        List<ThresholdEffect> answers = recorded.effects(ThresholdPlan.at(0));
        assertThat(answers).hasSize(1);
        assertThat(Objects.requireNonNull(answers.get(0).refusal()).code()).isEqualTo("too_few_values");
    }

    @Test
    void decisionsOfOtherPoliciesAreLeftOut() throws IOException {
        ExploringService service = new ExploringService(1000, 1, Redaction.NONE);

        RecordedThresholds recorded = RecordedLog.of(policy().build(), List.of(ExploringService.MODEL.schema()))
                .readThresholds(
                        List.of(Files.write(folder.resolve("records.jsonl"), service.records)),
                        List.of(Files.write(folder.resolve("outcomes.csv"), service.byRequest)),
                        ExploringService.LATER,
                        bytes -> {});

        assertThat(recorded.users().size()).isZero();
        assertThat(recorded.findings())
                .contains(new Finding(
                        "other_policies",
                        Finding.Severity.NOTES,
                        "1000 of 1000 decisions are of other policies or versions"));
        assertThat(recorded.effects(ThresholdPlan.at(0)))
                .allMatch(answer ->
                        Objects.requireNonNull(answer.refusal()).code().equals("too_few_users"));
    }

    private static LocalEffect effect(ThresholdEffect answer) {
        return Objects.requireNonNull(answer.effect(), () -> String.valueOf(answer.refusal()));
    }
}
