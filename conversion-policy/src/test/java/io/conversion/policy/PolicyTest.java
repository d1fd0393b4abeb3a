package io.conversion.policy;

import static io.conversion.policy.Fixtures.BANDS;
import static io.conversion.policy.Fixtures.POLICY;
import static io.conversion.policy.Fixtures.withBands;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.conversion.core.ModelReference;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyTest {

    private static final String DIGEST = "sha256:" + "0a".repeat(32);

    @Test
    void policyShowsItsParts() {
        assertThat(POLICY.name()).isEqualTo("trial-offers");
        assertThat(POLICY.version()).isEqualTo("4");
        assertThat(POLICY.model().name()).isEqualTo("trial");
        assertThat(POLICY.bands()).isEqualTo(BANDS);
        assertThat(POLICY.fallbackAction()).isEqualTo("default_offer");
        assertThat(POLICY.reference().digest()).matches("sha256:[0-9a-f]{64}");
        assertThat(POLICY).hasToString("\"trial-offers\" 4");
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
                    probability,            segment
                    0,                      low_intent
                    -0.0,                   low_intent
                    4.9e-324,               low_intent
                    0x1.9999999999999p-2,   low_intent
                    0.4,                    medium_intent
                    0x1.999999999999bp-2,   medium_intent
                    0x1.6666666666665p-1,   medium_intent
                    0.7,                    high_intent
                    0x1.6666666666667p-1,   high_intent
                    0x1.fffffffffffffp-1,   high_intent
                    1,                      high_intent
                    """)
    void boundBelongsToTheUpperBand(double probability, String segment) {
        assertThat(POLICY.bandOf(probability)).map(Band::segment).contains(segment);
    }

    @ParameterizedTest
    @ValueSource(
            doubles = {
                Double.NaN,
                Double.NEGATIVE_INFINITY,
                Double.POSITIVE_INFINITY,
                -Double.MIN_VALUE,
                -0.1,
                0x1.0000000000001p0,
                2
            })
    void whatIsNoProbabilityHasNoBand(double number) {
        assertThat(POLICY.bandOf(number)).isEmpty();
    }

    @Test
    void bandMayStartAtOneAndHoldCertaintyOnly() {
        Policy policy = withBands(Band.of("uncertain", 0, "wait"), Band.of("certain", 1, "offer"));

        assertThat(policy.bandOf(Math.nextDown(1.0))).map(Band::segment).contains("uncertain");
        assertThat(policy.bandOf(1)).map(Band::segment).contains("certain");
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, delimiter = '|', textBlock = """
                    first | second    | problem
                    0     | 0         | band "second" starts at 0.0, not above band "first" at 0.0; list bands in ascending order
                    0     | -0.0      | band "second" starts at -0.0, not above band "first" at 0.0; list bands in ascending order
                    0     | 1.5       | band "second" starts at 1.5; a bound is a probability from 0 to 1
                    0     | -0.2      | band "second" starts at -0.2; a bound is a probability from 0 to 1
                    0     | NaN       | band "second" starts at NaN; a bound is a probability from 0 to 1
                    0     | Infinity  | band "second" starts at Infinity; a bound is a probability from 0 to 1
                    0.1   | 0.5       | band "first" starts at 0.1; the first band starts at 0, so that every probability has a band
                    4.9e-324 | 1      | band "first" starts at 4.9E-324; the first band starts at 0, so that every probability has a band
                    NaN   | 0.5       | band "first" starts at NaN; a bound is a probability from 0 to 1
                    """)
    void boundsThatMakeNoPolicyAreRefused(double first, double second, String problem) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> withBands(Band.of("first", first, "a"), Band.of("second", second, "b")))
                .withMessage("policy \"bands\" 1: " + problem);
    }

    @Test
    void equalBoundsAreRefusedWhereverTheyStand() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        withBands(Band.of("low", 0, "a"), Band.of("medium", 0.35, "b"), Band.of("high", 0.35, "c")))
                .withMessage("policy \"bands\" 1: band \"high\" starts at 0.35, not above band \"medium\" at 0.35;"
                        + " list bands in ascending order");
    }

    @Test
    void everyProblemIsListedAtOnce() {
        List<Band> bands = List.of(
                Band.of("low", 0.1, " "),
                Band.of("", 0.35, "tour"),
                Band.of("high_intent", 0.2, "offer"),
                new Band("top", Double.NaN, "call", "half a pair: \uD83D", "x".repeat(10_001)));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Policy.of(" ", "", ModelRequirement.named(""), bands, "\t"))
                .withMessage(
                        """
                        policy " " : its name is not valid: NAME
                          its version is not valid: NAME
                          the name of its model is not valid: NAME
                          its fallback action is not valid: NAME
                          the action of band "low" is not valid: NAME
                          band "low" starts at 0.1; the first band starts at 0, so that every probability has a band
                          the segment of band 2 is not valid: NAME
                          band "high_intent" starts at 0.2, not above band "" at 0.35; list bands in ascending order
                          the recommendation of band "top" is not valid: expected a text of at most 10000 characters
                          the rationale of band "top" is not valid: expected a text of at most 10000 characters
                          band "top" starts at NaN; a bound is a probability from 0 to 1""".replace(
                                        "NAME",
                                        "expected a text that is not blank, of at most 500 characters and without control characters"));
    }

    @Test
    void policyWithoutBandsIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> withBands())
                .withMessage("policy \"bands\" 1: it has no band");
    }

    @Test
    void digestDependsOnEveryPart() {
        ModelRequirement model = ModelRequirement.named("m");
        List<Band> bands = List.of(Band.of("low", 0, "a"), Band.of("high", 0.5, "b"));
        List<Policy> variants = List.of(
                Policy.of("p", "1", model, bands, "none"),
                Policy.of("q", "1", model, bands, "none"),
                Policy.of("p", "2", model, bands, "none"),
                Policy.of("p", "1", ModelRequirement.named("n"), bands, "none"),
                Policy.of("p", "1", ModelRequirement.exactly("m", DIGEST), bands, "none"),
                Policy.of("p", "1", model, bands, "other"),
                Policy.of("p", "1", model, List.of(bands.get(0), Band.of("high", Math.nextUp(0.5), "b")), "none"),
                Policy.of("p", "1", model, List.of(bands.get(0), Band.of("high", 0.5, "c")), "none"),
                Policy.of("p", "1", model, List.of(bands.get(0), Band.of("top", 0.5, "b")), "none"),
                Policy.of("p", "1", model, List.of(bands.get(0), new Band("high", 0.5, "b", "r", "")), "none"),
                Policy.of("p", "1", model, List.of(bands.get(0), new Band("high", 0.5, "b", "", "r")), "none"),
                Policy.of("p", "1", model, bands.subList(0, 1), "none"));

        assertThat(variants).extracting(policy -> policy.reference().digest()).doesNotHaveDuplicates();
    }

    @Test
    void changingTheListOfBandsAfterwardsChangesNothing() {
        List<Band> bands = new ArrayList<>(BANDS);
        Policy policy = Policy.of("p", "1", ModelRequirement.named("m"), bands, "none");

        bands.clear();

        assertThat(policy.bands()).isEqualTo(BANDS);
        assertThat(policy.bandOf(0.5)).isPresent();
    }

    @Test
    void modelIsRequiredByNameOrExactly() {
        ModelReference model = new ModelReference("m", "1", DIGEST);

        assertThat(ModelRequirement.named("m").isMetBy(model)).isTrue();
        assertThat(ModelRequirement.named("n").isMetBy(model)).isFalse();
        assertThat(ModelRequirement.exactly("m", DIGEST).isMetBy(model)).isTrue();
        assertThat(ModelRequirement.exactly("n", DIGEST).isMetBy(model)).isFalse();
        assertThat(ModelRequirement.exactly("m", DIGEST.replace("0a", "0b")).isMetBy(model))
                .isFalse();
        assertThat(ModelRequirement.named("m")).hasToString("\"m\"");
        assertThat(ModelRequirement.exactly("m", DIGEST)).hasToString("\"m\" with digest " + DIGEST);
    }

    @Test
    void requirementOfWhatIsNoDigestIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ModelRequirement.exactly("m", ""))
                .withMessage("model \"m\" cannot have the digest \"\"; expected sha256: and 64 hexadecimal digits");
    }
}
