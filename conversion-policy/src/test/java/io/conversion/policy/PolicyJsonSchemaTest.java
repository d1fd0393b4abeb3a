package io.conversion.policy;

import static io.conversion.policy.ShippedSchema.replace;
import static org.assertj.core.api.Assertions.assertThat;

import io.conversion.core.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The shipped JSON Schema, the library and {@code docs/policy-format.md} say the same about policies. */
class PolicyJsonSchemaTest {

    private static final String PAGE = "policy-format.md";
    private static final ShippedSchema POLICIES = ShippedSchema.of("conversion-policy-1", Policy::fromJson);

    private static final Policy THREE_BANDS = Policy.of(
            "policy",
            "2",
            ModelRequirement.exactly("model", JsonText.sha256(new byte[0])),
            List.of(
                    new Band("low", 0, "wait", "Wait", "Offers rarely convert here"),
                    Band.of("medium", 0.4, "tour"),
                    new Band("high", Math.nextDown(1), "offer", "", "Nearly \"certain\"")),
            "none");

    private static final Policy ONE_BAND =
            Policy.of("policy", "1", ModelRequirement.named("model"), List.of(Band.of("all", 0, "offer")), "none");

    private static final Policy CERTAINTY_APART = Policy.of(
            "policy",
            "1",
            ModelRequirement.named("model"),
            List.of(Band.of("uncertain", 0, "wait"), Band.of("certain", 1, "offer")),
            "none");

    @Test
    void theSchemaIsAValidJsonSchema() {
        POLICIES.assertIsJsonSchema();
    }

    @Test
    void everyPolicyThatTheLibraryWritesIsValid() {
        for (Policy policy : List.of(THREE_BANDS, ONE_BAND, CERTAINTY_APART, CompletePolicyFileTest.COMPLETE)) {
            String json = policy.toJson();

            POLICIES.assertValid(json);
            assertThat(Policy.fromJson(json).reference()).isEqualTo(policy.reference());
        }
    }

    @Test
    void aDraftWithoutADigestIsValid() {
        String draft = unsealed(THREE_BANDS) + "}";

        POLICIES.assertValid(draft);
        assertThat(Policy.fromJson(draft).reference()).isEqualTo(THREE_BANDS.reference());
    }

    @Test
    void aDigestThatIsNoneIsRefusedBySchemaAndLibrary() {
        String json = unsealed(THREE_BANDS) + ", \"digest\": \"sha256:0\"}";

        POLICIES.assertInvalidAndRefused(json, "/digest");
    }

    // The digest is compared last, so a fault at another pointer is not just the changed digest.
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', useHeadersInDisplayName = true, textBlock = """
            FAULT                      | REPLACED                | BY                                        | POINTER
            other format               | "conversion-policy"     | "conversion-model"                        | /format
            no format                  | "format": "conversion-policy", | ``                                 | /format
            newer version              | "format_version": 1     | "format_version": 2                       | /format_version
            fraction of a version      | "format_version": 1     | "format_version": 1.5                     | /format_version
            no name                    | "name": "policy",       | ``                                        | /name
            blank name                 | "name": "policy"        | "name": "\\u3000"                         | /name
            version as a number        | "version": "2"          | "version": 2                              | /version
            unknown field              | "version": "2"          | "version": "2", "guardrail": []           | /guardrail
            dialect named              | "version": "2"          | "version": "2", "$schema": "x"            | /$schema
            model as a text            | "model": {              | "model": "model", "other": {              | /model
            no name of the model       | "name": "model",        | ``                                        | /model/name
            version of the model       | "name": "model"         | "name": "model", "version": "1"           | /model/version
            digest of the model null   | "digest": "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" | "digest": null | /model/digest
            no bands                   | "bands": [              | "other": [                                | /bands
            bands are an object        | "bands": [              | "bands": {}, "other": [                   | /bands
            band is a number           | "bands": [              | "bands": [0,                              | /bands/0
            first band above 0         | "from": 0.0             | "from": 0.1                               | /bands/0/from
            bound below 0              | "from": 0.4             | "from": -0.4                              | /bands/1/from
            bound above 1              | "from": 0.4             | "from": 1.0000000000000002                | /bands/1/from
            bound in percent           | "from": 0.4             | "from": "40 %"                            | /bands/1/from
            no bound                   | "from": 0.4,            | ``                                        | /bands/1/from
            no segment                 | "segment": "medium",    | ``                                        | /bands/1/segment
            blank segment              | "segment": "medium"     | "segment": ""                             | /bands/1/segment
            no action                  | "action": "offer",      | ``                                        | /bands/2/action
            list of actions            | "action": "offer"       | "action": ["offer"]                       | /bands/2/action
            upper bound                | "from": 0.4             | "from": 0.4, "to": 0.7                    | /bands/1/to
            recommendation as a number | "recommendation": "Wait" | "recommendation": 1                      | /bands/0/recommendation
            rationale null             | "rationale": "Offers rarely convert here" | "rationale": null      | /bands/0/rationale
            fallback as a text         | "fallback": {           | "fallback": "none", "other": {            | /fallback
            no fallback                | "fallback": {           | "other": {                                | /fallback
            segment of the fallback    | "action": "none"        | "action": "none", "segment": "none"       | /fallback/segment
            blank action               | "action": "none"        | "action": " "                             | /fallback/action
            """)
    void brokenPoliciesAreRefusedBySchemaAndLibrary(String fault, String replaced, String by, String pointer) {
        String json = replace(THREE_BANDS.toJson(), replaced, by);

        POLICIES.assertInvalidAndRefused(json, pointer);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', useHeadersInDisplayName = true, textBlock = """
            FAULT                      | REPLACED                | BY                                        | POINTER
            unknown kind               | "kind": "flag"          | "kind": "bool"                            | /guardrails/2/condition/kind
            no kind                    | "kind": "flag",         | ``                                        | /guardrails/2/condition/kind
            condition as a text        | "condition": {          | "condition": "x", "other": {              | /guardrails/0/condition
            unknown comparison         | "comparison": "<"       | "comparison": "=<"                        | /guardrails/0/condition/conditions/0/comparison
            number as a text           | "number": 3.0           | "number": "3"                             | /guardrails/0/condition/conditions/0/number
            field of another kind      | "number": 3.0           | "number": 3, "value": true                | /guardrails/0/condition/conditions/0/value
            no level                   | "not_in": ["tier_1"]    | "not_in": []                              | /guardrails/0/condition/conditions/1/not_in
            level as a text            | "not_in": ["tier_1"]    | "not_in": "tier_1"                        | /guardrails/0/condition/conditions/1/not_in
            value as a text            | "value": true           | "value": "true"                           | /guardrails/2/condition/value
            no signal                  | "signal": "has_complaint", | ``                                     | /guardrails/2/condition/signal
            share of nothing           | "below": 0.5            | "below": 0                                | /guardrails/5/condition/below
            threshold above 1          | "contains": 0.7         | "contains": 1.5                           | /guardrails/6/condition/contains
            certain interval           | "level": 0.9            | "level": 1                                | /guardrails/6/condition/level
            no reason                  | "reason": "Tier"        | "reason": ""                              | /guardrails/1/reason
            margin of 1                | "margin": 0.05          | "margin": 1                               | /margin
            share in percent           | "share": 0.05           | "share": 5                                | /control/share
            no salt                    | "salt": "2026-q4",      | ``                                        | /control/salt
            fraction of a user         | "call": 200             | "call": 0.5                               | /capacities/call
            rank below 0               | "nurture": 0            | "nurture": -1                             | /action_ranks/nurture
            local time                 | 00:00:00Z               | 00:00:00+01:00                            | /effective_from
            """)
    void brokenGuardrailsAndOptionsAreRefusedBySchemaAndLibrary(
            String fault, String replaced, String by, String pointer) {
        String json = replace(CompletePolicyFileTest.COMPLETE.toJson(), replaced, by);

        POLICIES.assertInvalidAndRefused(json, pointer);
    }

    @Test
    void aPolicyWithoutABandIsRefusedBySchemaAndLibrary() {
        String json = ONE_BAND.toJson().replaceFirst("(?s)\"bands\": \\[.*]", "\"bands\": []");

        POLICIES.assertInvalidAndRefused(json, "/bands");
    }

    @Test
    void everyExampleOfTheDocumentationIsValidAndLoads() {
        List<String> policies = ShippedSchema.examples(PAGE, "json");

        assertThat(policies).hasSize(3).allSatisfy(json -> {
            POLICIES.assertValid(json);
            assertThat(Policy.fromJson(json).bands()).isNotEmpty();
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
            PROBABILITY         | SEGMENT       | ACTION
            0                   | low_intent    | send_tips
            0.37754066879814546 | low_intent    | send_tips
            0.39999999999999997 | low_intent    | send_tips
            0.4                 | medium_intent | show_feature_tour
            0.9046505351008906  | high_intent   | offer_annual_plan
            1                   | high_intent   | offer_annual_plan
            """)
    void theBandsOfTheDocumentationAreThoseOfItsPolicy(String probability, String segment, String action) {
        Policy policy = Policy.fromJson(ShippedSchema.examples(PAGE, "json").get(0));

        Band band = policy.bandOf(Double.parseDouble(probability)).orElseThrow();

        assertThat(band.segment()).isEqualTo(segment);
        assertThat(band.action()).isEqualTo(action);
        assertThat(ShippedSchema.documentation(PAGE))
                .containsPattern("\\| " + probability + "(,[^|]*)? \\| `" + segment + "` \\| `" + action);
    }

    @Test
    void theCanonicalContentOfTheDocumentationHasTheDigestOfItsExample() {
        String canonical = ShippedSchema.examples(PAGE, "text").get(0).strip();
        Policy oneBand = Policy.fromJson(ShippedSchema.examples(PAGE, "json").get(2));

        String digest = JsonText.sha256(canonical.getBytes(StandardCharsets.UTF_8));

        assertThat(digest).isEqualTo(oneBand.reference().digest());
        assertThat(ShippedSchema.examples(PAGE, "sh").get(0)).contains("'" + canonical + "' | sha256sum");
    }

    private static String unsealed(Policy policy) {
        String json = policy.toJson();
        return json.substring(0, json.lastIndexOf(','));
    }
}
