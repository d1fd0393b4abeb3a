package io.conversion.experiments.data;

import io.conversion.core.ConversionModel;
import io.conversion.core.shapes.Shape;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalReading;
import io.conversion.core.signals.SignalSchema;
import io.conversion.policy.Band;
import io.conversion.policy.ControlGroup;
import io.conversion.policy.Decision;
import io.conversion.policy.DecisionContext;
import io.conversion.policy.DecisionEvent;
import io.conversion.policy.Exploration;
import io.conversion.policy.ModelRequirement;
import io.conversion.policy.Policy;
import io.conversion.policy.PolicyEngine;
import io.conversion.policy.records.DecisionRecord;
import io.conversion.policy.records.Redaction;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * A service whose policy explores in two of its three bands, and users who convert by their probability and by what an action is
 * known to add to it: an offer adds 6 points above 0.4 and takes 2 below, a call adds 10 everywhere.
 */
final class ExploringService {

    static final ConversionModel MODEL = ConversionModel.of(
            "trial",
            "1",
            SignalSchema.of("trial", "1", Signal.numeric("sessions")),
            -2,
            Map.of("sessions", new Shape.Linear(0.4, 0, 0)));

    static final Instant START = Instant.parse("2026-12-01T00:00:00Z");
    static final Instant LATER = START.plus(Duration.ofDays(90));

    static final Policy IN_FORCE = policy("1", "nothing", "nothing", "offer")
            .exploration(new Exploration(
                    0.3,
                    "explore-december",
                    Map.of("medium", List.of("offer", "nothing"), "high", List.of("offer", "nothing"))))
            .control(new ControlGroup(0.05, "held-2026", "nothing"))
            .build();

    final List<String> records = new ArrayList<>();
    final List<String> byKey = new ArrayList<>(List.of("key,moment,metric,value"));
    final List<String> byRequest = new ArrayList<>(List.of("request,moment,metric,value"));
    double brought;

    static io.conversion.policy.PolicyBuilder policy(String version, String low, String medium, String high) {
        return Policy.builder("offers", version, ModelRequirement.named("trial"))
                .bands(List.of(Band.of("low", 0, low), Band.of("medium", 0.25, medium), Band.of("high", 0.5, high)))
                .fallbackAction("nothing");
    }

    static double chance(double probability, String action) {
        return switch (action) {
            case "offer" -> probability + (probability >= 0.4 ? 0.06 : -0.02);
            case "call" -> probability + 0.1;
            default -> probability;
        };
    }

    /** What a policy that draws nothing brings for each of some users, in truth. */
    static double truth(Policy policy) {
        PolicyEngine engine = PolicyEngine.of(policy);
        double sum = 0;
        for (int sessions = 0; sessions < 8; sessions++) {
            Decision decision = engine.decide(MODEL.scorer()
                    .score(MODEL.schema().signals().set("sessions", sessions).build()));
            double probability =
                    decision.score() == null ? Double.NaN : decision.score().probability();
            sum += chance(probability, decision.action());
        }
        return sum / 8;
    }

    ExploringService(int users, long seed, Redaction redaction) {
        PolicyEngine engine = PolicyEngine.of(IN_FORCE);
        Random random = new Random(seed);
        for (int user = 0; user < users; user++) {
            String key = "user-" + user;
            Instant moment = START.plus(Duration.ofMinutes(5L * user));
            SignalReading reading = MODEL.schema().read(Map.of("sessions", random.nextInt(8)));
            DecisionEvent event = DecisionEvent.decide(
                    engine, MODEL.scorer(), reading, DecisionContext.NONE.userKey(key), "request-" + user, moment);
            records.add(DecisionRecord.of(event, redaction, 0).toJson());
            double probability = event.score().orElseThrow().probability();
            if (random.nextDouble() < chance(probability, event.decision().action())) {
                brought++;
                String rest = String.format(
                        Locale.ROOT, ",%s,converted,1", moment.plus(Duration.ofHours(1 + random.nextInt(400))));
                byKey.add(key + rest);
                byRequest.add("request-" + user + rest);
            }
        }
        brought /= users;
    }
}
