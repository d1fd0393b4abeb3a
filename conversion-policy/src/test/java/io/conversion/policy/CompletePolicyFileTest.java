package io.conversion.policy;

import static io.conversion.policy.Fixtures.BANDS;
import static io.conversion.policy.Fixtures.POLICY;
import static io.conversion.policy.Fixtures.replaced;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.conversion.core.artifact.InvalidArtifactException;
import io.conversion.policy.Condition.AllOf;
import io.conversion.policy.Condition.FlagIs;
import io.conversion.policy.Condition.InsufficientEvidence;
import io.conversion.policy.Condition.IntervalContains;
import io.conversion.policy.Condition.LevelIn;
import io.conversion.policy.Condition.Missing;
import io.conversion.policy.Condition.NumberIs;
import io.conversion.policy.Condition.ObservedShareBelow;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A policy file with everything that it may hold. */
class CompletePolicyFileTest {

    static final Policy COMPLETE = POLICY.toBuilder("5")
            .owner("growth team")
            .changeNote("No offers to new users")
            .effectiveFrom(Instant.parse("2026-12-01T00:00:00Z"))
            .margin(0.05)
            .guardrail(new Guardrail(
                    "new_user",
                    AllOf.of(
                            new NumberIs("days_since_signup", Comparison.BELOW, 3),
                            LevelIn.noneOf("country_tier", "tier_1")),
                    "nurture",
                    "Too early for an offer"))
            .guardrail(new Guardrail("poor", LevelIn.of("country_tier", "tier_2", "tier_3"), "nurture", "Tier"))
            .guardrail(new Guardrail("complaint", new FlagIs("has_complaint", true), "call", "A person must answer"))
            .guardrail(new Guardrail("no_tier", new Missing("country_tier"), "ask", "The tier sets the price"))
            .guardrail(new Guardrail("thin", new InsufficientEvidence(), "ask", "Nothing is known"))
            .guardrail(new Guardrail("half", new ObservedShareBelow(0.5), "ask", "Little is known"))
            .guardrail(new Guardrail("unsure", new IntervalContains(0.7, 0.9), "discount", "Could be either"))
            .control(new ControlGroup(0.05, "2026-q4", "none"))
            .actionRanks(Map.of("nurture", 0L))
            .capacities(Map.of("call", 200L))
            .build();

    /** The digest comes from the program at the golden file of {@link PolicyFileTest}, with truth values as they stand. */
    @Test
    void goldenFileWithEverythingIsRead() throws Exception {
        Path file = Path.of(CompletePolicyFileTest.class
                .getResource("policy-format-1-complete.json")
                .toURI());

        Policy golden = Policy.load(file);

        assertThat(golden.parts()).usingRecursiveComparison().isEqualTo(COMPLETE.parts());
        assertThat(golden.reference().digest())
                .isEqualTo("sha256:86def6fb894049c2c2df20c6ddb8da11e1ad287de858c5843a1358b52815fd17");
        assertThat(Files.readString(file)).isEqualTo(COMPLETE.toJson());
    }

    @Test
    void partsThatAreAbsentOrHaveTheirDefaultAreTheSame() {
        String json = POLICY.toJson();
        String spelledOut = replaced(
                json,
                "\"fallback\"",
                "\"owner\": \"\", \"change_note\": \"\", \"margin\": -0.0, \"guardrails\": [], \"action_ranks\": {},"
                        + " \"capacities\": {}, \"fallback\"");

        Policy policy = Policy.fromJson(spelledOut);

        assertThat(policy.reference()).isEqualTo(POLICY.reference());
        assertThat(policy.toJson()).isEqualTo(json);
    }

    @Test
    void changedCopyHasAllOtherParts() {
        Policy copy = COMPLETE.toBuilder("6").owner("pricing team").build();

        assertThat(copy.version()).isEqualTo("6");
        assertThat(copy.owner()).isEqualTo("pricing team");
        assertThat(copy.toBuilder("5").owner("growth team").build().reference()).isEqualTo(COMPLETE.reference());
    }

    @Test
    void policyKnowsAllOfItsActions() {
        assertThat(COMPLETE.actions())
                .containsExactly("nurture", "discount", "annual_plan", "call", "ask", "none", "default_offer");
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, delimiter = '|', quoteCharacter = '\'', textBlock = """
                    fragment                 | replacement                | message
                    "comparison": "<"        | "comparison": "=<"         | /guardrails/0/condition/conditions/0/comparison is "=<"; expected one of <, <=, >, >=, ==, !=
                    "comparison": "<",       | ''                         | /guardrails/0/condition/conditions/0/comparison is missing; expected a text
                    "number": 3.0            | "number": "3"              | /guardrails/0/condition/conditions/0/number is the text "3"; expected a finite number
                    "number": 3.0            | "number": 1e400            | /guardrails/0/condition/conditions/0/number is 1e400; every number must be finite
                    "number": 3.0            | "number": 3, "unit": "day" | /guardrails/0/condition/conditions/0/unit is not a known field; known here are kind, signal, comparison, number
                    "not_in": ["tier_1"]     | "not_in": "tier_1"         | /guardrails/0/condition/conditions/1/not_in is the text "tier_1"; expected a list of texts
                    "not_in": ["tier_1"]     | "levels": ["tier_1"]       | '2 problems\\n  /guardrails/0/condition/conditions/1/in is missing; expected a list of levels, or one as not_in\\n  /guardrails/0/condition/conditions/1/levels is not a known field; known here are kind, signal, in, not_in'
                    "not_in": ["tier_1"]     | "not_in": [], "in": ["a"]  | /guardrails/0/condition/conditions/1/not_in is given beside in; give one of the two
                    "not_in": ["tier_1"]     | "not_in": []               | /guardrails/0/condition/conditions/1/not_in is empty; expected at least one level
                    "tier_2", "tier_3"       | "tier_2", "tier_2"         | /guardrails/1/condition/in/1 is "tier_2" again; each level may be listed once
                    "tier_2", "tier_3"       | "tier_2", 3                | /guardrails/1/condition/in is 3.0 in its list; expected a list of texts
                    "kind": "flag"           | "kind": "bool"             | /guardrails/2/condition/kind is "bool"; expected one of number, level, flag, missing, extrapolated, insufficient_evidence, observed_share, interval, all
                    "kind": "flag",          | ''                         | /guardrails/2/condition/kind is missing; expected a text
                    "value": true            | "value": "true"            | /guardrails/2/condition/value is the text "true"; expected true or false
                    "name": "poor"           | "name": "new_user"         | /guardrails/1/name is "new_user" again; each guardrail has a name of its own
                    "action": "call"         | "action": " "              | /guardrails/2/action is blank; expected a text
                    "reason": "Tier"         | "reason": ""               | /guardrails/1/reason is blank; expected a text
                    "below": 0.5             | "below": 0                 | /guardrails/5/condition/below is 0.0; expected a number above 0 and at most 1
                    "contains": 0.7          | "contains": 1.5            | /guardrails/6/condition/contains is 1.5; expected a probability from 0 to 1
                    "level": 0.9             | "level": 1                 | /guardrails/6/condition/level is 1.0; expected a number above 0 and below 1, such as 0.95
                    "margin": 0.05           | "margin": 1                | /margin is 1.0; expected a number from 0 to below 1
                    "margin": 0.05           | "margin": -0.05            | /margin is -0.05; expected a number from 0 to below 1
                    "medium_intent"          | "low_intent"               | /bands/1/segment is "low_intent" again; with a margin each band has a segment of its own, since the previous band is named by it
                    "share": 0.05            | "share": 5                 | /control/share is 5.0; expected a number from 0 to 1
                    "salt": "2026-q4"        | "salt": ""                 | /control/salt is blank; expected a text
                    "nurture": 0             | "nurse": 0                 | /action_ranks/nurse is for an action that nothing answers with; the policy has the actions nurture, discount, annual_plan, call, ask, none, default_offer
                    "nurture": 0             | "a/b~": 0                  | /action_ranks/a~1b~0 is for an action that nothing answers with; the policy has the actions nurture, discount, annual_plan, call, ask, none, default_offer
                    "call": 200              | "call": -1                 | /capacities/call is -1.0; expected a whole number of at least 0
                    "call": 200              | "call": 0.5                | /capacities/call is 0.5; expected a whole number of at least 0
                    2026-12-01T00:00:00Z     | 2026-12-01                 | /effective_from is "2026-12-01"; expected a moment in UTC such as "2026-11-22T09:30:00Z"
                    """)
    void faultIsNamedByItsPointer(String fragment, String replacement, String message) {
        String json = replaced(COMPLETE.toJson(), fragment, replacement);

        assertThatExceptionOfType(InvalidArtifactException.class)
                .isThrownBy(() -> Policy.fromJson(json))
                .withMessage("policy: " + message.replace("\\n", "\n"));
    }

    @Test
    void listsOfConditionsAreNotNestedAndHoldTwo() {
        Condition one = new Missing("a");
        Policy.of("fits", "1", ModelRequirement.named("trial"), BANDS, "none").toBuilder("2")
                .guardrail(new Guardrail("g", AllOf.of(one, new Missing("b")), "x", "y"))
                .build();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> POLICY.toBuilder("5")
                        .guardrail(new Guardrail("nested", AllOf.of(one, AllOf.of(one, one)), "x", "y"))
                        .guardrail(new Guardrail("single", AllOf.of(one), "x", "y"))
                        .guardrail(new Guardrail("none", AllOf.of(), "x", "y"))
                        .build())
                .withMessage("""
                        policy "trial-offers" 5: guardrail "nested" nests all in all; list its conditions beside the others
                          guardrail "single" asks for all of 1 conditions; expected at least two conditions
                          guardrail "none" asks for all of 0 conditions; expected at least two conditions""");
    }

    @Test
    void everyProblemOfAPolicyInMemoryIsASentence() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> POLICY.toBuilder("5")
                        .bands(List.of(Band.of("low", 0, "wait"), Band.of("low", 0.5, "offer")))
                        .margin(Double.NaN)
                        .guardrail(new Guardrail("g", new NumberIs("hours", Comparison.BELOW, Double.NaN), "x", "y"))
                        .guardrail(new Guardrail("g", LevelIn.of("tier", "a", "a"), "x", "y"))
                        .guardrail(new Guardrail("h", LevelIn.of("tier"), "x", "y"))
                        .control(new ControlGroup(Double.NaN, "salt", "none"))
                        .capacities(Map.of("call", -2L))
                        .build())
                .withMessage("""
                        policy "trial-offers" 5: its margin is NaN; expected a number from 0 to below 1
                          two bands have the segment "low"; with a margin each band has a segment of its own, since the previous band is named by it
                          the number of guardrail "g" is NaN; every number must be finite
                          two guardrails have the name "g"; each guardrail has a name of its own
                          guardrail "g" lists level "a" twice; each level may be listed once
                          guardrail "h" lists no level; expected at least one level
                          the share of its control group is NaN; expected a number from 0 to 1
                          it has a capacity for action "call"; the policy has the actions wait, offer, x, none, default_offer
                          it has a capacity for action "call" of -2; expected a whole number from 0 to 2^53""");
    }
}
