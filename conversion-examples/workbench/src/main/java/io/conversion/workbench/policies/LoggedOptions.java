package io.conversion.workbench.policies;

import io.conversion.core.ConversionModel;
import io.conversion.core.signals.SignalSchema;
import io.conversion.experiments.data.RecordedLog;
import io.conversion.experiments.data.RecordedThresholds;
import io.conversion.policy.Experiment;
import io.conversion.policy.Policy;
import io.conversion.workbench.console.InputFiles;
import io.conversion.workbench.console.MomentConverter;
import io.conversion.workbench.console.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that name decision records, what users did afterwards, and a policy to ask about them. */
final class LoggedOptions {

    @Option(
            names = "--records",
            paramLabel = "FILE",
            order = 1,
            description = "A file of decision records; repeat it for more.")
    private List<Path> records = new ArrayList<>();

    @Option(
            names = "--outcomes",
            paramLabel = "FILE",
            order = 2,
            description =
                    "A CSV file of what users did, with the columns moment, metric, value, and request (as records"
                            + " call it) or key; repeat it for more.")
    private List<Path> outcomes = new ArrayList<>();

    @Option(names = "--policy", paramLabel = "FILE", order = 3, description = "The policy that is asked about.")
    private @Nullable Path policy;

    @Option(
            names = "--model",
            paramLabel = "FILE",
            order = 4,
            description = "The model of the records, for the schema of its signals; repeat it for more.")
    private List<Path> models = new ArrayList<>();

    @Option(
            names = "--in-force",
            paramLabel = "FILE",
            order = 5,
            description = "A policy that was in force, whose control group or exploration drew by the key of users;"
                    + " repeat it for more.")
    private List<Path> inForce = new ArrayList<>();

    @Option(
            names = "--experiment",
            paramLabel = "FILE",
            order = 6,
            description = "An experiment that ran; repeat it for more.")
    private List<Path> experiments = new ArrayList<>();

    @Option(
            names = "--metric",
            paramLabel = "NAME",
            order = 7,
            description = "The metric of --outcomes that counts (default: the only one).")
    private @Nullable String metric;

    @Option(
            names = "--window",
            paramLabel = "DAYS",
            defaultValue = "30",
            order = 8,
            description = "How long after a decision outcomes count (default: ${DEFAULT-VALUE} days).")
    private int window;

    @Option(
            names = "--as-of",
            paramLabel = "MOMENT",
            converter = MomentConverter.class,
            order = 9,
            description = "The moment of reading, such as 2027-02-01T00:00:00Z: what is dated after it is left out, and"
                    + " whose window is open then has no outcome yet (default: now).")
    private @Nullable Instant asOf;

    boolean areGiven() {
        return !records.isEmpty();
    }

    /** What records need and is not given, for a message; empty if nothing is missing. */
    String missing() {
        return policy == null ? "--policy, which is asked about" : models.isEmpty() ? "--model" : "";
    }

    InputFiles files() {
        return InputFiles.none()
                .and("--records", records)
                .and("--outcomes", outcomes)
                .and("--policy", policy)
                .and("--model", models)
                .and("--in-force", inForce)
                .and("--experiment", experiments);
    }

    RecordedLog read() throws IOException {
        RecordedLog.Reader reader = reader();
        try (Progress progress = Progress.ofReading(records)) {
            return reader.read(records, outcomes, asOf(), progress);
        }
    }

    /** The bounds of the policy, which was in force, with the decisions around them. */
    RecordedThresholds readThresholds() throws IOException {
        RecordedLog.Reader reader = reader();
        try (Progress progress = Progress.ofReading(records)) {
            return reader.readThresholds(records, outcomes, asOf(), progress);
        }
    }

    private Instant asOf() {
        return asOf == null ? Instant.now() : asOf;
    }

    private RecordedLog.Reader reader() throws IOException {
        if (policy == null) {
            throw new IllegalStateException("no policy was given");
        }
        List<SignalSchema> schemas = new ArrayList<>();
        for (Path file : models) {
            schemas.add(ConversionModel.load(file).schema());
        }
        List<Policy> drawing = new ArrayList<>();
        for (Path file : inForce) {
            drawing.add(Policy.load(file));
        }
        List<Experiment> ran = new ArrayList<>();
        for (Path file : experiments) {
            ran.add(Experiment.load(file));
        }
        RecordedLog.Reader reader = RecordedLog.of(Policy.load(policy), schemas)
                .inForce(drawing)
                .experiments(ran)
                .windowDays(window);
        return metric == null ? reader : reader.metric(metric);
    }
}
