package io.conversion.experiments.data;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.conversion.core.ConversionModel;
import io.conversion.core.shapes.Shape;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalSchema;
import io.conversion.policy.Band;
import io.conversion.policy.ControlGroup;
import io.conversion.policy.DecisionContext;
import io.conversion.policy.Experiment;
import io.conversion.policy.ExperimentCriteria;
import io.conversion.policy.Layer;
import io.conversion.policy.ModelRequirement;
import io.conversion.policy.Policy;
import io.conversion.policy.records.JsonlDecisionLog;
import io.conversion.policy.records.JsonlOptions;
import io.conversion.policy.serving.ArtifactWatcher;
import io.conversion.policy.serving.DecisionPoint;
import io.conversion.policy.serving.WatcherOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A host that serves an experiment from a folder and logs its decisions, in a process of its own. */
final class ExperimentHost {

    static final Instant START = Instant.parse("2026-12-01T00:00:00Z");
    static final ConversionModel MODEL = ConversionModel.of(
            "trial",
            "1",
            SignalSchema.of("trial", "1", Signal.numeric("sessions")),
            -2,
            Map.of("sessions", new Shape.Linear(0.4, 0, 0)));
    static final Policy TODAY = policy("1", "nothing");
    static final Policy OFFER = policy("2", "annual_plan");
    static final Policy LATER = policy("3", "monthly_plan");

    private ExperimentHost() {}

    private static Policy policy(String version, String action) {
        return Policy.builder("offers", version, ModelRequirement.named("trial"))
                .bands(List.of(Band.of("low", 0, "nothing"), Band.of("high", 0.2, action)))
                .control(new ControlGroup(0.1, "held-2026", "nothing"))
                .fallbackAction("nothing")
                .build();
    }

    static Experiment experiment(String version, Policy offer) {
        return Experiment.builder("annual-offer", version, "annual-2026")
                .layer(new Layer("offers", "offers-layer", 0, 0.8))
                .arm("today", 0.5, TODAY.reference())
                .arm("offer", 0.5, offer.reference())
                .running(START, START.plus(Duration.ofDays(60)))
                .criteria(ExperimentCriteria.of(6_000, 0.02))
                .build();
    }

    /**
     * Decides on users, each once and in order; at one of them it says so and waits for a line, and then looks for what was
     * published.
     *
     * @param args the folder that is served, that of the log, how many users there are, and the number of the one to wait at
     */
    public static void main(String[] args) throws IOException {
        int users = Integer.parseInt(args[2]);
        int waiting = Integer.parseInt(args[3]);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        try (ArtifactWatcher watcher = ArtifactWatcher.open(
                        Path.of(args[0]), WatcherOptions.defaults().clock(() -> START));
                JsonlDecisionLog log = JsonlDecisionLog.open(
                        Path.of(args[1]), JsonlOptions.defaults().patience(Duration.ofMinutes(1)))) {
            DecisionPoint point = DecisionPoint.of(watcher, log);
            for (int user = 0; user < users; user++) {
                if (user == waiting) {
                    System.out.println("waiting");
                    in.readLine();
                    System.out.println(watcher.refresh().getClass().getSimpleName());
                } else if (user % 100 == 0) {
                    System.out.println("user " + user);
                }
                String key = "user-" + user;
                point.decide(
                        Map.of("sessions", user % 8),
                        DecisionContext.NONE.userKey(key),
                        "request-" + user,
                        START.plusSeconds(user));
            }
        }
    }
}
