package io.conversion.core.provenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingProvenanceTest {

    private static final String DIGEST = "sha256:" + "0".repeat(64);

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, delimiter = '|', quoteCharacter = '\'', textBlock = """
                    label     | positive | rows | positives | penalty  | message
                    ' '       | yes      | 10   | 1         | 1        | its label is not valid: expected a text that is not blank, of at most 500 characters and without control characters
                    converted | ''       | 10   | 1         | 1        | its positive value is not valid: expected a text that is not blank, of at most 500 characters and without control characters
                    converted | yes      | 10   | -1        | 1        | it has -1 positives in 10 rows
                    converted | yes      | 10   | 11        | 1        | it has 11 positives in 10 rows
                    converted | yes      | 10   | 1         | -0.1     | its penalty is -0.1; it must be a finite number of at least 0
                    converted | yes      | 10   | 1         | NaN      | its penalty is NaN; it must be a finite number of at least 0
                    converted | yes      | 10   | 1         | Infinity | its penalty is Infinity; it must be a finite number of at least 0
                    """)
    void whatAnArtifactCouldNotHoldIsRefused(
            String label, String positive, long rows, long positives, double penalty, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TrainingProvenance(
                        Instant.EPOCH,
                        new TrainingProvenance.Data(label, positive, List.of(), rows, positives, DIGEST),
                        new TrainingProvenance.Fit("linear", penalty, "given", true, 0, Map.of(), List.of())))
                .withMessage("training provenance: " + message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "sha256:",
                "md5:00",
                "sha256:000000000000000000000000000000000000000000000000000000000000000G"
            })
    void digestOfTheDataIsASha256(String digest) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> provenance(digest, List.of()))
                .withMessage("training provenance: its data digest is not sha256: and 64 hexadecimal digits");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\uDCFA"})
    void blankOrMalformedWarningIsRefused(String warning) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> provenance(DIGEST, List.of(warning)))
                .withMessage("training provenance: an excluded column, a software version or a warning is blank,"
                        + " too long or malformed");
    }

    @Test
    void provenanceCannotBeChangedFromOutside() {
        List<String> warnings = new ArrayList<>(List.of("one"));
        Map<String, String> software = new HashMap<>(Map.of("java", "17"));
        TrainingProvenance provenance = new TrainingProvenance(
                Instant.EPOCH,
                new TrainingProvenance.Data("label", "1", List.of(), 2, 1, DIGEST),
                new TrainingProvenance.Fit("linear", 0, "given", false, 0, software, warnings));

        warnings.clear();
        software.clear();

        assertThat(provenance.fit().warnings()).containsExactly("one");
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> provenance.fit().software().clear());
    }

    @Test
    void trainingWithoutMoreSaidHasNoChecksAndNoFigures() {
        TrainingProvenance provenance = provenance(DIGEST, List.of());

        assertThat(provenance.gate()).isEmpty();
        assertThat(provenance.holdout()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, delimiter = '|', quoteCharacter = '\'', textBlock = """
                    name | sentence | verdict | override | message
                    ''   | s        | PASSED  |          | check "" has no valid name: expected a text that is not blank, of at most 500 characters and without control characters
                    n    | ' '      | PASSED  |          | check "n" has a sentence that is blank, too long or malformed
                    n    | s        | REFUSED | ' '      | check "n" is overridden for a reason that is blank, too long or malformed
                    n    | s        | WARNING | because  | check "n" is overridden and was not refused
                    """)
    void checkThatAnArtifactCouldNotHoldIsRefused(
            String name, String sentence, GateCheck.Verdict verdict, String override, String message) {
        GateCheck check = new GateCheck(name, "", 1, 2, verdict, sentence, override);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> provenance(DIGEST, List.of()).gate(List.of(check)))
                .withMessage("training provenance: " + message);
    }

    @Test
    void metricHasAWholeIntervalOrNone() {
        assertThat(Metric.of("rows", 120).hasInterval()).isFalse();
        assertThat(new Metric("roc_auc", 0.8, 0.7, 0.9, 0.95).hasInterval()).isTrue();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Metric("roc_auc", 0.8, 0.7, Double.NaN, 0.95))
                .withMessage("metric \"roc_auc\" is 0.8 with the interval 0.7 to NaN at level 0.95; expected a finite"
                        + " number, and ordered finite ends with a level above 0 and below 1, or NaN for all three");
        assertThatIllegalArgumentException().isThrownBy(() -> Metric.of("roc_auc", Double.NaN));
        assertThatIllegalArgumentException().isThrownBy(() -> new Metric("roc_auc", 0.8, 0.9, 0.7, 0.95));
        assertThatIllegalArgumentException().isThrownBy(() -> new Metric("roc_auc", 0.8, 0.7, 0.9, 1));
    }

    private static TrainingProvenance provenance(String digest, List<String> warnings) {
        return new TrainingProvenance(
                Instant.EPOCH,
                new TrainingProvenance.Data("label", "1", List.of(), 2, 1, digest),
                new TrainingProvenance.Fit("linear", 0, "given", false, 0, Map.of(), warnings));
    }
}
