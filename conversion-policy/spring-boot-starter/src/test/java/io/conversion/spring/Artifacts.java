package io.conversion.spring;

import io.conversion.core.ConversionModel;
import io.conversion.core.provenance.ReferenceDistribution;
import io.conversion.core.provenance.SignalDistribution;
import io.conversion.core.shapes.Shape;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalSchema;
import io.conversion.core.signals.WhenMissing;
import io.conversion.policy.Band;
import io.conversion.policy.Condition;
import io.conversion.policy.Guardrail;
import io.conversion.policy.ModelRequirement;
import io.conversion.policy.Policy;
import io.conversion.policy.serving.ServingFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A model and policies by hand. */
final class Artifacts {

    /** Log-odds of (9 - 3) / 2 = 3, a probability of 0.95. */
    static final Map<String, Object> USER = Map.of("sessions_7d", 9, "complained", false);

    private Artifacts() {}

    static ConversionModel model() {
        SignalSchema schema = SignalSchema.of(
                "trial-signals",
                "1",
                Signal.numeric("sessions_7d").wholeNumbers().range(0, 500),
                Signal.flag("complained").whenMissing(WhenMissing.IMPUTE));
        SignalDistribution.Numbers low =
                new SignalDistribution.Numbers(List.of(2.0, 5.0), List.of(1_000L, 1_000L, 1_000L), 0);
        SignalDistribution.Numbers probabilities =
                new SignalDistribution.Numbers(List.of(0.3, 0.6), List.of(1_000L, 1_000L, 1_000L), 0);
        return ConversionModel.builder("trial-conversion", "1", schema)
                .intercept(0)
                .shapes(Map.of("sessions_7d", new Shape.Linear(0.5, 3, 0), "complained", new Shape.Flag(0, 0)))
                .referenceDistribution(ReferenceDistribution.of(
                        Map.of("sessions_7d", low, "complained", new SignalDistribution.Flags(2_500, 500, 0)),
                        probabilities))
                .build();
    }

    static Policy policy() {
        return policy("1", 0.4, 0.7);
    }

    static Policy policy(String version, double medium, double high) {
        return Policy.builder("trial-conversion", version, ModelRequirement.named("trial-conversion"))
                .bands(List.of(
                        Band.of("low_intent", 0, "keep_engaging"),
                        Band.of("medium_intent", medium, "show_benefits"),
                        Band.of("high_intent", high, "offer_annual_plan")))
                .guardrail(new Guardrail(
                        "complaint",
                        new Condition.FlagIs("complained", true),
                        "call_support",
                        "who complained is helped first"))
                .fallbackAction("no_action")
                .build();
    }

    static void publish(Path folder, Policy policy) {
        try {
            ServingFolder.publish(folder, model(), policy, "for a test");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
