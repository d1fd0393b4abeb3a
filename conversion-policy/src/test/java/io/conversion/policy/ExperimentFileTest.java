package io.conversion.policy;

import static io.conversion.policy.Fixtures.replaced;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.conversion.core.artifact.InvalidArtifactException;
import io.conversion.policy.Condition.NumberIs;
import io.conversion.policy.ExperimentMetric.Kind;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An experiment's file with everything that it may hold. */
class ExperimentFileTest {

    private static PolicyReference policy(String version, String digits) {
        return new PolicyReference("offers", version, "sha256:" + digits.repeat(32));
    }

    private static final Experiment COMPLETE = complete();

    /** The second version, whose arms have ranges. */
    private static Experiment complete() {
        Map<String, Double> shares = new LinkedHashMap<>();
        shares.put("today", 0.4);
        shares.put("annual", 0.4);
        shares.put("monthly", 0.2);
        return Experiment.builder("annual-offer", "1", "annual-offer-2026")
                .unit("account")
                .layer(new Layer("offers", "offers-layer", 0.1, 0.4))
                .arm("today", 0.5, policy("1", "a1"))
                .arm("annual", 0.25, policy("2", "b2"))
                .arm("monthly", 0.25, policy("3", "c3"))
                .running(Instant.parse("2026-12-01T00:00:00Z"), Instant.parse("2027-02-01T00:00:00.5Z"))
                .eligibility(new NumberIs("seats", Comparison.AT_LEAST, 5))
                .primary(new ExperimentMetric("converted", Kind.PROPORTION, null, 30, true, Double.NaN))
                .guardrail(new ExperimentMetric("refunds", Kind.RATIO, "payments", 14, false, 0.02))
                .criteria(new ExperimentCriteria(40_000, 0.1, 0.1, 0.01, true, false, 0.005))
                .force("tester \u00e9", "annual")
                .build()
                .withShares("2", shares);
    }

    /**
     * The digest comes from the Python program in {@code docs/model-format.md}.
     */
    @Test
    void goldenFileWithEverythingIsRead() throws IOException, URISyntaxException {
        Path file = Path.of(
                ExperimentFileTest.class.getResource("experiment-format-1.json").toURI());

        Experiment golden = Experiment.load(file);

        assertThat(golden.reference().digest())
                .isEqualTo("sha256:4061233bf7b6641da9e4c8c58e6a3fa8eec358313258c30fea79ef44f9a7a912");
        assertThat(Files.readString(file)).isEqualTo(COMPLETE.toJson());
        assertThat(golden.arm(0.399).name()).isEqualTo("today");
        assertThat(golden.arm(0.4).name()).isEqualTo("annual");
        assertThat(golden.arm(0.95).name()).isEqualTo("annual");
    }

    @Test
    void draftIsReadAndWritingSealsIt(@TempDir Path folder) throws IOException {
        String sealed = COMPLETE.toJson();
        String draft = sealed.substring(0, sealed.lastIndexOf(",\n  \"digest\"")) + "\n}";
        Path file = folder.resolve("experiment.json");

        Experiment read = Experiment.fromJson(draft);
        read.write(file);

        assertThat(read.reference()).isEqualTo(COMPLETE.reference());
        assertThat(Files.readString(file)).isEqualTo(sealed);
    }

    @Test
    void changedFileIsRefusedWithBothDigests() {
        String digest = COMPLETE.reference().digest();
        Experiment changed = COMPLETE.withShares("3", Map.of("today", 0.4, "annual", 0.4, "monthly", 0.2));
        String json = replaced(COMPLETE.toJson(), "\"version\": \"2\",\n  \"unit\"", "\"version\": \"3\",\n  \"unit\"");

        assertThatExceptionOfType(InvalidArtifactException.class)
                .isThrownBy(() -> Experiment.fromJson(json))
                .withMessage(
                        "experiment: /digest is %s; the content has %s: it was changed after it was sealed, or the file is damaged"
                                + "; if you edited it, delete the line \"digest\" and the comma that it leaves behind, and the file is read as a draft",
                        digest, changed.reference().digest());
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, delimiter = '|', quoteCharacter = '\'', textBlock = """
            fragment                            | replacement                         | message
            "salt": "annual-offer-2026"         | "salt": "offers-layer"              | /layer/salt is that of the experiment; expected another salt, since the draw of the layer would decide the arm, too
            "share": 0.4                        | "share": 0.5                        | '2 problems\n  /arms is shares that sum to 1.2; expected shares that sum to 1\n  /arms is ranges with gaps, overlaps or other sizes than the shares; expected ranges that cover 0 to 1 once and add up to the share of each arm'
            "from": 0.1                         | "from": 0.7                         | /layer/share is 0.4; expected a number above 0 that ends at most at 1
            "from": 0.1                         | "from": 1                           | /layer/from is 1.0; expected a number from 0 to below 1
            "control": "today"                  | "control": "now"                    | /control is "now"; expected the name of an arm
            "name": "monthly"                   | "name": "annual"                    | '2 problems\n  /arms/2/name is "annual" again; each arm has a name of its own\n  /arms is ranges with gaps, overlaps or other sizes than the shares; expected ranges that cover 0 to 1 once and add up to the share of each arm'
            "end": "2027-02-01T00:00:00.500Z"   | "end": "2026-12-01T00:00:00Z"       | /end is 2026-12-01T00:00:00Z; expected a moment after the start, 2026-12-01T00:00:00Z
            "end": "2027-02-01T00:00:00.500Z"   | "end": "2027-02-01T01:00:00+01:00"  | /end is "2027-02-01T01:00:00+01:00"; expected a moment in UTC such as "2026-11-22T09:30:00Z"
            "denominator": "payments",          | ''                                  | /guardrails/0/denominator is missing; expected of a ratio, and of nothing else
            "kind": "ratio"                     | "kind": "mean"                      | /guardrails/0/denominator is given; expected of a ratio, and of nothing else
            "harm": 0.02                        | "harm": -1                          | /guardrails/0/harm is -1.0; expected a number of at least 0
            "window_days": 14                   | "window_days": 0                    | /guardrails/0/window_days is 0; expected a number from 1 to 3650
            "name": "refunds"                   | "name": "converted"                 | /guardrails/0/name is "converted" again; each metric has a name of its own
            "planned_users": 40000              | "planned_users": 0                  | /planned_users is 0; expected a number of at least 1
            "false_positives": 0.1              | "false_positives": 1                | /false_positives is 1.0; expected a number between 0 and 1
            "smallest_effect": 0.01             | "smallest_effect": 0                | /smallest_effect is 0.0; expected a number above 0
            "sample_ratio_tolerance": 0.005     | "sample_ratio_tolerance": 1         | /sample_ratio_tolerance is 1.0; expected a number from 0 to below 1
            "tester \u00e9": "annual"               | "a/b": "gift"                       | /forced/a~1b is "gift"; expected the name of an arm
            "to": 0.4                           | "to": 0.3                           | /arms is ranges with gaps, overlaps or other sizes than the shares; expected ranges that cover 0 to 1 once and add up to the share of each arm
            "single_look": true                 | "single_look": true, "peek": true   | /peek is not a known field; known here are format, format_version, arms, name, version, unit, salt, layer, control, start, end, eligibility, primary, guardrails, planned_users, false_positives, false_negatives, smallest_effect, single_look, adjust, sample_ratio_tolerance, forced, digest
            "single_look": true                 | "single_look": true, "cluster": "x" | /cluster is not a known field; known here are format, format_version, arms, name, version, unit, salt, layer, control, start, end, eligibility, primary, guardrails, planned_users, false_positives, false_negatives, smallest_effect, single_look, adjust, sample_ratio_tolerance, forced, digest
            """)
    void faultIsNamedByItsPointer(String fragment, String replacement, String message) {
        String json = replaced(COMPLETE.toJson(), fragment, replacement);

        assertThatExceptionOfType(InvalidArtifactException.class)
                .isThrownBy(() -> Experiment.fromJson(json))
                .withMessage("experiment: " + message.replace("\\n", "\n"));
    }
}
