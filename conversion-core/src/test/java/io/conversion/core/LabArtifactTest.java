package io.conversion.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.conversion.core.artifact.InvalidArtifactException;
import io.conversion.core.provenance.GateCheck;
import io.conversion.core.provenance.Metric;
import io.conversion.core.provenance.ReferenceDistribution;
import io.conversion.core.provenance.SignalDistribution;
import io.conversion.core.shapes.Shape;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalSchema;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Artifacts with what training, calibration and evaluation add to a model. */
class LabArtifactTest {

    private static final ConversionModel LAB = Fixtures.lab();

    private static final String ARTIFACT = LAB.toJson();

    @Test
    void writtenModelIsReadBackEqualInEveryPart() {
        ConversionModel read = ConversionModel.fromJson(ARTIFACT);

        assertThat(read.reference()).isEqualTo(LAB.reference());
        assertThat(read.shapes()).isEqualTo(LAB.shapes());
        assertThat(read.calibration()).isEqualTo(LAB.calibration());
        assertThat(read.baseRate()).isEqualTo(LAB.baseRate());
        assertThat(read.covariance().orElseThrow().numbers())
                .isEqualTo(LAB.covariance().orElseThrow().numbers());
        assertThat(read.training()).isEqualTo(LAB.training());
        assertThat(read.referenceDistribution()).isEqualTo(LAB.referenceDistribution());
        assertThat(read.referenceDistribution().hashCode())
                .isEqualTo(LAB.referenceDistribution().hashCode());
        assertThat(read.golden()).isEqualTo(LAB.golden());
        assertThat(read.toJson()).isEqualTo(ARTIFACT);
    }

    /** Its numbers are recomputed by reference.py. */
    @Test
    void goldenArtifactIsReadAndWrittenAlike() throws Exception {
        Path file = Path.of(
                LabArtifactTest.class.getResource("lab-model-format-1.json").toURI());

        assertThat(ConversionModel.load(file).reference()).isEqualTo(LAB.reference());
        assertThat(Files.readString(file)).isEqualTo(ARTIFACT);
    }

    @Test
    void overriddenRefusalStandsInTheArtifact() {
        GateCheck leakage = LAB.training().orElseThrow().gate().get(1);

        assertThat(leakage.override()).contains("A test.");
        assertThat(ARTIFACT).contains("\"override\": \"A test.\"");
    }

    @Test
    void whatWasMeasuredAndIsNoNumberIsLeftOut() {
        GateCheck check = new GateCheck(
                "condition", "", Double.POSITIVE_INFINITY, 1e8, GateCheck.Verdict.REFUSED, "Singular.", null);
        ConversionModel model = Fixtures.model(-1.1, Fixtures.shapes())
                .training(Fixtures.provenance().gate(List.of(check)))
                .build();

        assertThat(ConversionModel.fromJson(model.toJson()).training()).isEqualTo(model.training());
        assertThat(check.value()).isNaN();
    }

    @Test
    void holdoutFiguresAreAddedAfterTheEvaluationAndLeaveScoresAlone() {
        ConversionModel evaluated = Fixtures.MODEL.withHoldout(List.of(Metric.of("rows", 10)));
        ConversionModel again = evaluated.withHoldout(List.of(Metric.of("rows", 20)));

        assertThat(again.training().orElseThrow().holdout()).containsExactly(Metric.of("rows", 20));
        assertThat(again.golden()).isEqualTo(Fixtures.MODEL.golden());
        assertThat(again.reference()).isNotEqualTo(evaluated.reference());
        assertThatIllegalStateException()
                .isThrownBy(() -> Fixtures.identity().withHoldout(List.of()))
                .withMessageEndingWith(
                        " states no training, so there are no hold-out rows; give it a provenance first");
    }

    @Test
    void distributionCountsEveryRow() {
        ReferenceDistribution distribution = LAB.referenceDistribution().orElseThrow();

        assertThat(distribution.signals().values())
                .extracting(SignalDistribution::total)
                .containsOnly(12_000L);
        assertThat(distribution.signals().values())
                .extracting(SignalDistribution::missing)
                .containsExactly(0L, 1_000L, 0L, 0L, 0L, 97L, 0L, 1_000L);
        assertThat(List.of(-0.1, 0.0, 0.05, 0.1, 1.0))
                .extracting(distribution.probability()::bin)
                .containsExactly(0, 1, 1, 2, 3);
        assertThat(distribution.signals().get("country_tier"))
                .as("in the order of the schema")
                .hasToString("Levels[rows={tier_1=7000, tier_2=3000, tier_3=2000}, unseen=0, missing=0]");
    }

    @Test
    void distributionThatDoesNotFitTheSchemaIsRefused() {
        SignalDistribution.Numbers beyond = new SignalDistribution.Numbers(List.of(0.5, 2.0), List.of(1L, 1L, 1L), 0);
        ConversionModelBuilder parts = ConversionModel.builder(
                        "m", "1", SignalSchema.of("two", "1", Signal.numeric("x"), Signal.flag("f")))
                .shapes(Map.of("x", new Shape.Linear(1, 0, 0), "f", new Shape.Flag(1, 0)))
                .referenceDistribution(ReferenceDistribution.of(
                        Map.of("x", new SignalDistribution.Flags(1, 1, 1), "y", beyond), beyond));

        assertThatIllegalArgumentException().isThrownBy(parts::build).withMessage("""
                        model "m" 1: the reference distribution of signal "x" is of another kind or has other levels than the schema
                          the reference distribution has no signal "f"
                          the reference distribution has "y", which is not in schema "two" 1
                          the reference distribution of the probability has edges outside 0 to 1""");
    }

    @Test
    void countsThatCannotBeAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SignalDistribution.Numbers(List.of(1.0, 1.0), List.of(0L, 0L, 0L), 0))
                .withMessage("distribution: its edges [1.0, 1.0] are not finite and strictly ascending");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SignalDistribution.Numbers(List.of(), List.of(0L), 0))
                .withMessage("distribution: it has no edge");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SignalDistribution.Numbers(List.of(1.0), List.of(0L), 0))
                .withMessage("distribution: it has 1 counts for 1 edges; one more is expected");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SignalDistribution.Flags(0, -1, 0))
                .withMessage("distribution: its count -1 is not from 0 to 2^53");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', useHeadersInDisplayName = true, textBlock = """
                    FRAGMENT              | REPLACEMENT            | PROBLEM
                    '"seed": "-7"'        | '"seed": "07"'         | /training/seed is "07"; expected a whole number of 64 bits such as "42"
                    '"seed": "-7"'        | '"seed": "x"'          | /training/seed is "x"; expected a whole number of 64 bits such as "42"
                    '"verdict": "passed"' | '"verdict": "maybe"'   | /training/gate/0/verdict is "maybe"; expected one of passed, warning, refused
                    '"level": 0.95'       | '"level": 95'          | /training/holdout/1 is not valid; metric "roc_auc" is 0.81 with the interval 0.79 to 0.83 at level 95.0; expected a finite number, and ordered finite ends with a level above 0 and below 1, or NaN for all three
                    '"false": 8000'       | '"false": 0.5'         | /reference_distribution/signals/7/false is 0.5; expected a whole number of at least 0
                    '[1, 9000, 2999]'     | '[1, 9000]'            | /reference_distribution/signals/0 is not valid; distribution: it has 2 counts for 2 edges; one more is expected
                    '[1, 9000, 2999]'     | '[1, 9000, -1]'        | /reference_distribution/signals/0/rows is -1.0 in its list; expected whole numbers of at least 0
                    '"kind": "flag",\n        "false"' | '"kind": "switch", "false"' | /reference_distribution/signals/7/kind is "switch"; expected one of numeric, categorical, flag
                    '"signal": "weekend",\n        "kind": "flag",\n        "false"' | '"signal": "device", "kind": "flag", "false"' | /reference_distribution/signals/7/signal is device; each signal may be listed once
                    '"tier_3": 2000'      | '"tier_4": 2000'       | /reference_distribution is not valid; the reference distribution of signal "country_tier" is of another kind or has other levels than the schema
                    '"scale": "plain"'    | '"scale": "log"'       | /shapes/1/scale is "log"; expected one of plain, signed_log
                    '[0.3, 6.5, 40.0]'    | '[0.3, 6.5]'           | /shapes/1/values is 3 numbers; expected 2, one for each of the knots
                    '"at": 0.0'           | '"at": "0"'            | /shapes/1/point_mass/at is the text "0"; expected a finite number
                    """)
    void faultIsNamedByItsPointer(String fragment, String replacement, String problem) {
        String json = Fixtures.replaced(ARTIFACT, fragment.replace("\\n", "\n"), replacement);

        assertThatExceptionOfType(InvalidArtifactException.class)
                .isThrownBy(() -> ConversionModel.fromJson(json))
                .withMessageContaining(problem);
    }

    /** The whole number after the largest count is no double, and would be read as that count. */
    @ParameterizedTest
    @ValueSource(strings = {"9007199254740993", "9007199254740994", "18014398509481984"})
    void countBeyondTheLargestIsRefused(String count) {
        String json = ARTIFACT.replaceFirst("\"rows\": [0-9]+", "\"rows\": " + count);

        assertThat(json).isNotEqualTo(ARTIFACT);
        assertThatExceptionOfType(InvalidArtifactException.class)
                .isThrownBy(() -> ConversionModel.fromJson(json))
                .withMessageContaining("/rows is ");
    }
}
