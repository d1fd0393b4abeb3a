package io.conversion.experiments.data;

import io.conversion.core.ConversionModel;
import io.conversion.core.shapes.Shape;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalSchema;
import io.conversion.experiments.UserTable;
import io.conversion.policy.Band;
import io.conversion.policy.DecisionContext;
import io.conversion.policy.DecisionEvent;
import io.conversion.policy.Experiment;
import io.conversion.policy.ExperimentEngine;
import io.conversion.policy.ExperimentMetric;
import io.conversion.policy.ModelRequirement;
import io.conversion.policy.Policy;
import io.conversion.policy.records.DecisionRecord;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A program that says what memory a ledger takes: {@code LedgerMemory USERS OUTCOMES} writes a decision of each user and the
 * outcomes, reads them, and prints the bytes that stay behind a garbage collection. What the ledger's documentation says is
 * of 200,000 users and 1,000,000 and 5,000,000 outcomes, {@code -XX:+UseSerialGC -Xmx3g}.
 */
final class LedgerMemory {

    private static final ConversionModel MODEL = ConversionModel.of(
            "trial",
            "1",
            SignalSchema.of("trial", "1", Signal.numeric("sessions")),
            -2,
            Map.of("sessions", new Shape.Linear(0.4, 0, 0)));
    private static final Policy TODAY = policy("1", "nothing");
    private static final Policy OFFER = policy("2", "annual_plan");
    private static final Instant START = Instant.parse("2026-12-01T00:00:00Z");
    private static final Instant END = START.plus(Duration.ofDays(60));
    private static final Experiment EXPERIMENT = Experiment.builder("annual-offer", "1", "annual-2026")
            .arm("today", 0.5, TODAY.reference())
            .arm("offer", 0.5, OFFER.reference())
            .running(START, END)
            .primary(new ExperimentMetric("converted", ExperimentMetric.Kind.PROPORTION, null, 14, true, Double.NaN))
            .guardrail(new ExperimentMetric("revenue", ExperimentMetric.Kind.MEAN, null, 14, true, 1))
            .build();

    private LedgerMemory() {}

    private static Policy policy(String version, String action) {
        return Policy.of(
                "offers", version, ModelRequirement.named("trial"), List.of(Band.of("all", 0, action)), "nothing");
    }

    public static void main(String[] arguments) throws IOException {
        int users = Integer.parseInt(arguments[0]);
        int outcomes = Integer.parseInt(arguments[1]);
        Path decisions = Files.createTempFile("decisions", ".jsonl");
        Path happened = Files.createTempFile("outcomes", ".csv");
        try {
            write(decisions, happened, users, outcomes);
            LedgerReader reader = new LedgerReader(EXPERIMENT, END, false);
            long empty = used();
            reader.decisions(List.of(decisions), bytes -> {});
            long decided = used();
            reader.outcomes(happened);
            long all = used();
            UserTable table = reader.table();
            long together = used();
            System.out.printf(
                    Locale.ROOT,
                    "%.1f bytes a user, %.1f an outcome, and %.1f for each of %d users of the table%n",
                    (double) (decided - empty) / users,
                    (double) (all - decided) / outcomes,
                    (double) (together - all) / users,
                    table.size());
        } finally {
            Files.delete(decisions);
            Files.delete(happened);
        }
    }

    private static void write(Path decisions, Path happened, int users, int outcomes) throws IOException {
        ExperimentEngine engine = ExperimentEngine.of(EXPERIMENT, List.of(TODAY, OFFER));
        try (Writer lines = Files.newBufferedWriter(decisions)) {
            for (int user = 0; user < users; user++) {
                DecisionEvent event = DecisionEvent.decide(
                        engine,
                        MODEL.scorer(),
                        MODEL.schema().read(Map.of("sessions", user % 8)),
                        DecisionContext.NONE.userKey("user-" + user),
                        "request-" + user,
                        moment(user));
                lines.write(DecisionRecord.of(event).toJson() + "\n");
            }
        }
        try (Writer lines = Files.newBufferedWriter(happened)) {
            lines.write("key,moment,metric,value\n");
            for (int i = 0; i < outcomes; i++) {
                int user = i % users;
                Instant moment = moment(user).plusSeconds(1 + i / users);
                lines.write("user-" + user + "," + moment + "," + (i % 2 == 0 ? "revenue" : "converted") + ","
                        + (1 + i % 7) + "\n");
            }
        }
    }

    private static Instant moment(int user) {
        return START.plusMillis(100L * user);
    }

    private static long used() {
        for (int i = 0; i < 5; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
