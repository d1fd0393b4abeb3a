package io.conversion.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import io.conversion.core.ConversionModel;
import io.conversion.core.provenance.ReferenceDistribution;
import io.conversion.core.provenance.SignalDistribution.Numbers;
import io.conversion.core.shapes.Calibration;
import io.conversion.core.shapes.Shape;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a change would have to be is said within the training rows, and contributions before a curved calibration. */
class WorkbenchExplainRangeTest {

    @TempDir
    private Path folder;

    private Path users;

    @BeforeEach
    void writeUsers() throws IOException {
        users = Files.writeString(folder.resolve("users.csv"), "visits,hours\n8,1.5\n4,0\n");
    }

    @Test
    void theRangeOfTheTrainingRowsIsSaidAndKept() throws IOException {
        Path model = model(new Calibration.None());

        assertThat(explain(model, "--target", 0.5).out()).contains("""
                        to reach 50.00 %, each signal alone, by the model's answer (not a causal effect):
                          visits  from 8 to 26 visits, which gives 50.00 %, within the range of the training rows, 0 to 120; beyond it the model has no evidence
                          hours   cannot within the range of the training rows, 0 to 3; beyond it the model has no evidence; the best is 3, which gives 18.24 %
                        """);
    }

    @Test
    void aRoundedAnswerStaysInTheRange() throws IOException {
        Path model = model(new Calibration.None());

        // 3 hours give log-odds -1.5, a little less gives a little less.
        assertThat(explain(model, "--target", 1 / (1 + StrictMath.exp(1.50000001)))
                        .out())
                .contains("hours   from 1.5 to 3, which gives 18.24 %, within the range");
    }

    @Test
    void contributionsAreListedBeforeACurvedCalibration() throws IOException {
        Path model = model(new Calibration.Isotonic(List.of(-4.0, -2.0, 0.0), List.of(-4.5, -4.0, 1.0)));

        Outcome calibrated = explain(model);
        Outcome raw = explain(model, "--scale", "raw");

        assertThat(calibrated.out())
                .contains("the calibration is curved, so that the same value contributes differently to other users;")
                .contains("--scale raw lists what it contributes to all of them, before the calibration");
        assertThat(raw.out())
                .contains(
                        "  raw log-odds                signal",
                        "       +1.0000  ++++++++++++  visits",
                        "       +0.7500")
                .contains("""
                          reference user, raw log-odds    -4.0000
                          contributions listed            +1.7500
                          this user, raw log-odds         -2.2500
                          this user, calibrated log-odds  -4.0625
                        the sum is exact
                        """);
        assertThat(explain(model(new Calibration.Platt(2, 0))).out()).doesNotContain("curved");
    }

    @Test
    void anotherScaleIsAMisuse() throws IOException {
        Outcome outcome = explain(model(new Calibration.None()), "--scale", "odds");

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err()).contains("--scale is \"odds\"; calibrated and raw are the kinds that exist");
    }

    private Outcome explain(Path model, Object... options) {
        return Outcome.with(options, "explain --row 0 --model", model, "--data", users);
    }

    private Path model(Calibration calibration) throws IOException {
        SignalSchema schema = SignalSchema.of(
                "s",
                "1",
                Signal.numeric("visits").wholeNumbers().unit("visits").actionable(),
                Signal.numeric("hours").actionable());
        Path file = folder.resolve("model.json");
        ConversionModel.builder("m", "1", schema)
                .intercept(-4)
                .shapes(Map.of("visits", new Shape.Linear(0.125, 0, 0), "hours", new Shape.Linear(0.5, 0, 0)))
                .calibration(calibration)
                .referenceUser(schema.signals().set("visits", 0).set("hours", 0).build())
                .referenceDistribution(ReferenceDistribution.of(
                        Map.of(
                                "visits", new Numbers(List.of(10.0), List.of(50L, 50L), 0, 0, 120),
                                "hours", new Numbers(List.of(1.0), List.of(50L, 50L), 0, 0, 3)),
                        new Numbers(List.of(0.5), List.of(50L, 50L), 0)))
                .build()
                .save(file);
        return file;
    }
}
