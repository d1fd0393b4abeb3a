package io.conversion.core;

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
                        label,
                        positive,
                        List.of(),
                        rows,
                        positives,
                        DIGEST,
                        penalty,
                        true,
                        Map.of(),
                        List.of()))
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
                Instant.EPOCH, "label", "1", List.of(), 2, 1, DIGEST, 0, false, software, warnings);

        warnings.clear();
        software.clear();

        assertThat(provenance.warnings()).containsExactly("one");
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> provenance.software().clear());
    }

    private static TrainingProvenance provenance(String digest, List<String> warnings) {
        return new TrainingProvenance(
                Instant.EPOCH, "label", "1", List.of(), 2, 1, digest, 0, false, Map.of(), warnings);
    }
}
