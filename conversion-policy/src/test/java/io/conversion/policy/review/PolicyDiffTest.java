package io.conversion.policy.review;

import static io.conversion.policy.review.ReviewFixtures.guardrail;
import static io.conversion.policy.review.ReviewFixtures.policy;
import static io.conversion.policy.review.ReviewFixtures.withBands;
import static org.assertj.core.api.Assertions.assertThat;

import io.conversion.policy.Band;
import io.conversion.policy.Comparison;
import io.conversion.policy.Condition;
import io.conversion.policy.Condition.FlagIs;
import io.conversion.policy.Condition.NumberIs;
import io.conversion.policy.ControlGroup;
import io.conversion.policy.Guardrail;
import io.conversion.policy.ModelRequirement;
import io.conversion.policy.Policy;
import io.conversion.policy.PolicyBuilder;
import io.conversion.policy.review.GuardrailChange.Kind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyDiffTest {

    private static final Condition COMPLAINT = new FlagIs("complaint", true);
    private static final Condition FEW = new NumberIs("sessions", Comparison.BELOW, 3);

    @Test
    void policyAndItselfHaveNoDifference() {
        PolicyDiff diff = PolicyDiff.of(everything(), everything());

        assertThat(diff.isEmpty()).isTrue();
        assertThat(diff.sentences()).isEmpty();
        assertThat(diff).hasToString("no difference");
    }

    @Test
    void anotherVersionOfTheSameContentIsNoDifference() {
        assertThat(PolicyDiff.of(everything(), everything().toBuilder("2").build())
                        .isEmpty())
                .isTrue();
    }

    @Test
    void movedBoundsAreTheIntervalsBetweenTheOldAndTheNewOnes() {
        Policy before =
                withBands(Band.of("low", 0, "wait"), Band.of("medium", 0.4, "remind"), Band.of("high", 0.7, "offer"));
        Policy after =
                withBands(Band.of("low", 0, "wait"), Band.of("medium", 0.08, "remind"), Band.of("high", 0.2, "offer"));

        PolicyDiff diff = PolicyDiff.of(before, after);

        assertThat(diff.bands())
                .containsExactly(
                        change(0.08, 0.2, before, 0, after, 1),
                        change(0.2, 0.4, before, 0, after, 2),
                        change(0.4, 0.7, before, 1, after, 2));
        assertThat(diff.sentences())
                .containsExactly(
                        "probability 0.08 to below 0.2: action \"wait\" becomes \"remind\", segment \"low\" becomes"
                                + " \"medium\"",
                        "probability 0.2 to below 0.4: action \"wait\" becomes \"offer\", segment \"low\" becomes \"high\"",
                        "probability 0.4 to below 0.7: action \"remind\" becomes \"offer\", segment \"medium\" becomes"
                                + " \"high\"");
        assertThat(diff.before()).isEqualTo(before.reference());
        assertThat(diff.after()).isEqualTo(after.reference());
    }

    private static BandChange change(double from, double to, Policy before, int old, Policy after, int now) {
        return new BandChange(
                from, to, false, before.bands().get(old), after.bands().get(now));
    }

    @Test
    void neighbouringIntervalsThatSayTheSameAreOne() {
        Policy before = withBands(Band.of("low", 0, "wait"), Band.of("low", 0.3, "wait"), Band.of("low", 0.6, "wait"));
        Policy after = withBands(Band.of("low", 0, "wait"), Band.of("high", 0.5, "wait"));

        PolicyDiff diff = PolicyDiff.of(before, after);

        assertThat(diff.bands()).singleElement().satisfies(change -> {
            assertThat(change.from()).isEqualTo(0.5);
            assertThat(change.to()).isEqualTo(1);
            assertThat(change.changesAction()).isFalse();
            assertThat(change.sentence())
                    .isEqualTo("probability 0.5 to 1: action \"wait\" stays, segment \"low\" becomes \"high\"");
        });
    }

    @Test
    void lastIntervalHoldsOneAndNoOtherHoldsItsEnd() {
        Policy before = withBands(Band.of("low", 0, "wait"), Band.of("certain", 1, "none"));
        Policy after = withBands(Band.of("low", 0, "offer"), Band.of("certain", 1, "thank"));

        List<BandChange> bands = PolicyDiff.of(before, after).bands();

        assertThat(bands).hasSize(2);
        assertThat(bands.get(0).contains(Math.nextDown(1.0))).isTrue();
        assertThat(bands.get(0).contains(1)).isFalse();
        assertThat(bands.get(1).contains(1)).isTrue();
        assertThat(bands.get(1).contains(Double.NaN)).isFalse();
        assertThat(bands.get(0).sentence()).startsWith("probability 0 to below 1: action \"wait\" becomes \"offer\"");
        assertThat(bands.get(1).sentence()).startsWith("probability 1 exactly: ");
    }

    @Test
    void guardrailsAreToldByTheirNames() {
        Guardrail pause = guardrail("pause", COMPLAINT);
        Guardrail idle = guardrail("idle", FEW);
        Guardrail trial = guardrail("trial", new FlagIs("trial", true));
        Guardrail gone = guardrail("gone", FEW);
        Guardrail changed = new Guardrail("idle", COMPLAINT, "wait", "they were here");
        Policy before = policy().guardrails(List.of(gone, pause, idle, trial)).build();
        Policy after = policy().guardrails(List.of(guardrail("new", FEW), trial, pause, changed))
                .build();

        PolicyDiff diff = PolicyDiff.of(before, after);

        assertThat(diff.guardrails())
                .extracting(GuardrailChange::kind)
                .containsExactly(Kind.REMOVED, Kind.ADDED, Kind.MOVED, Kind.CHANGED);
        assertThat(diff.guardrails()).extracting(GuardrailChange::place).containsExactly(1, 1, 2, 4);
        assertThat(diff.guardrails().get(0).after()).isEmpty();
        assertThat(diff.guardrails().get(1).before()).isEmpty();
        assertThat(diff.guardrails().get(3).before()).contains(idle);
        assertThat(diff.guardrails().get(3).after()).contains(changed);
        assertThat(diff.sentences())
                .containsExactly(
                        "guardrail \"gone\" is gone: if \"sessions\" < 3, action \"pause\" (because)",
                        "guardrail \"new\" is new, at place 1: if \"sessions\" < 3, action \"pause\" (because)",
                        "guardrail \"trial\" is asked in another order, at place 2 now",
                        "guardrail \"idle\": condition \"sessions\" < 3 becomes \"complaint\" is true, action \"pause\""
                                + " becomes \"wait\", reason \"because\" becomes \"they were here\"");
    }

    @Test
    void guardrailsBehindANewOneHaveNotMoved() {
        Policy before = policy().guardrails(List.of(guardrail("a", FEW), guardrail("b", COMPLAINT)))
                .build();
        Policy after = policy().guardrails(
                        List.of(guardrail("new", FEW), guardrail("a", FEW), guardrail("b", COMPLAINT)))
                .build();

        assertThat(PolicyDiff.of(before, after).guardrails())
                .extracting(GuardrailChange::kind)
                .containsExactly(Kind.ADDED);
    }

    @Test
    void everyOtherFieldIsCompared() {
        Policy bare = policy().actionRanks(Map.of("wait", 0L)).build();

        PolicyDiff diff = PolicyDiff.of(bare, everything());

        assertThat(diff.sentences())
                .containsExactly(
                        "name: \"offers\" becomes \"all\"",
                        "owner is new: \"Ann\"",
                        "change note is new: \"first\"",
                        "effective from is new: \"1970-01-01T00:00:00Z\"",
                        "digest of the model is new: \"sha256:" + "0".repeat(64) + "\"",
                        "recommendation of band \"high\" is new: \"Offer\"",
                        "rationale of band \"high\" is new: \"They buy\"",
                        "margin: \"0\" becomes \"0.02\"",
                        "share of the control group is new: \"0.1\"",
                        "salt of the control group is new: \"a salt\"",
                        "action of the control group is new: \"wait\"",
                        "fallback action: \"nothing\" becomes \"wait\"",
                        "rank of action \"offer\" is new: \"2\"",
                        "rank of action \"wait\": \"0\" becomes \"1\"",
                        "capacity of action \"offer\" is new: \"10\"");
        assertThat(PolicyDiff.of(everything(), bare).sentences()).contains("owner: \"Ann\" is gone");
        assertThat(diff.fields()).extracting(FieldChange::pointer).contains("/bands/2/rationale", "/capacities/offer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b", "a~b"})
    void pointerToAnActionIsEscaped(String action) {
        List<Band> bands = List.of(Band.of("all", 0, action));
        Policy before = policy().bands(bands).build();
        Policy after = policy().bands(bands).capacities(Map.of(action, 1L)).build();

        assertThat(PolicyDiff.of(before, after).fields().get(0).pointer())
                .isEqualTo("/capacities/" + action.replace("~", "~0").replace("/", "~1"));
    }

    private static Policy everything() {
        PolicyBuilder policy = Policy.builder("all", "1", ModelRequirement.exactly("trial", "sha256:" + "0".repeat(64)))
                .bands(List.of(
                        Band.of("low", 0, "wait"),
                        Band.of("medium", 0.4, "remind"),
                        new Band("high", 0.7, "offer", "Offer", "They buy")))
                .fallbackAction("wait")
                .owner("Ann")
                .changeNote("first")
                .effectiveFrom(Instant.EPOCH)
                .margin(0.02)
                .control(new ControlGroup(0.1, "s", "wait"))
                .actionRanks(Map.of("wait", 1L, "offer", 2L))
                .capacities(Map.of("offer", 10L));
        return policy.build();
    }
}
