package io.conversion.service;

import io.conversion.core.ConversionModel;
import io.conversion.core.ConversionModelBuilder;
import io.conversion.core.MinimumEvidence;
import io.conversion.core.provenance.ReferenceDistribution;
import io.conversion.core.provenance.SignalDistribution;
import io.conversion.core.shapes.Covariance;
import io.conversion.core.shapes.Shape;
import io.conversion.core.shapes.ShapeNumber;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalSchema;
import io.conversion.core.signals.WhenMissing;
import io.conversion.core.signals.WhenOutOfRange;
import io.conversion.core.signals.WhenUnseen;
import io.conversion.policy.Band;
import io.conversion.policy.Condition;
import io.conversion.policy.ControlGroup;
import io.conversion.policy.Guardrail;
import io.conversion.policy.ModelRequirement;
import io.conversion.policy.Policy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Models and policies by hand, with a signal of every kind and every rule. */
final class Artifacts {

    static final SignalSchema SCHEMA = SignalSchema.of(
            "trial-signals",
            "1",
            Signal.numeric("days_since_signup").unit("days").wholeNumbers().range(0, 365),
            Signal.numeric("sessions_7d")
                    .unit("sessions")
                    .meaning("sessions of the last week")
                    .wholeNumbers()
                    .range(0, 500)
                    .reasons("comes back often", "comes back seldom"),
            Signal.numeric("content_hours_7d").unit("hours").range(0, 168).whenOutOfRange(WhenOutOfRange.CLIP),
            Signal.numeric("downloads_7d").whenMissing(WhenMissing.IMPUTE),
            Signal.categorical("country_tier", "tier_1", "tier_2", "tier_3"),
            Signal.categorical("channel", "search", "other").whenUnseen(WhenUnseen.level("other")),
            Signal.flag("complained").whenMissing(WhenMissing.IMPUTE));

    /** A user whom the model gives a probability of 0.9, and every signal of whom is observed. */
    static final String USER = """
            {"days_since_signup": 4, "sessions_7d": 9, "content_hours_7d": 6.5, "downloads_7d": 2,
             "country_tier": "tier_1", "channel": "search", "complained": false}""";

    private Artifacts() {}

    static ConversionModel model() {
        return model("1");
    }

    static ConversionModel model(String version) {
        return builder(version).build();
    }

    static ConversionModelBuilder builder(String version) {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        shapes.put("days_since_signup", new Shape.Linear(-0.02, 30, 0));
        shapes.put("sessions_7d", new Shape.Linear(0.3, 3, 0));
        shapes.put("content_hours_7d", new Shape.Linear(0.1, 3, 0));
        shapes.put("downloads_7d", new Shape.Linear(0.1, 1, 0.05));
        shapes.put("country_tier", levels("tier_1", 0.0, "tier_2", -0.5, "tier_3", -1.0));
        shapes.put("channel", levels("search", 0.0, "other", -0.2));
        shapes.put("complained", new Shape.Flag(-1, 0));
        Map<String, Double> weights = new LinkedHashMap<>();
        shapes.keySet().forEach(name -> weights.put(name, 1.0));
        return ConversionModel.builder("trial-conversion", version, SCHEMA)
                .intercept(-1)
                .shapes(shapes)
                .weights(weights)
                .referenceUser(SCHEMA.read(Map.of(
                                "days_since_signup",
                                30,
                                "sessions_7d",
                                3,
                                "content_hours_7d",
                                2.9,
                                "downloads_7d",
                                1,
                                "country_tier",
                                "tier_2",
                                "channel",
                                "search",
                                "complained",
                                false))
                        .orElseThrow())
                .covariance(Covariance.of(List.of(ShapeNumber.INTERCEPT), new double[][] {{0.04}}))
                .minimumEvidence(MinimumEvidence.of(0.8))
                .referenceDistribution(distribution());
    }

    private static Shape.Levels levels(Object... values) {
        Map<String, Double> byLevel = new LinkedHashMap<>();
        for (int i = 0; i < values.length; i += 2) {
            byLevel.put((String) values[i], (Double) values[i + 1]);
        }
        return new Shape.Levels(byLevel, -0.2, 0, Set.of());
    }

    private static ReferenceDistribution distribution() {
        Map<String, SignalDistribution> signals = new LinkedHashMap<>();
        signals.put("days_since_signup", numbers(15, 30));
        signals.put("sessions_7d", numbers(2, 5));
        signals.put("content_hours_7d", numbers(2, 5));
        signals.put("downloads_7d", numbers(1, 2));
        signals.put(
                "country_tier",
                new SignalDistribution.Levels(Map.of("tier_1", 1_000L, "tier_2", 1_000L, "tier_3", 1_000L), 0, 0));
        signals.put("channel", new SignalDistribution.Levels(Map.of("search", 2_000L, "other", 1_000L), 0, 0));
        signals.put("complained", new SignalDistribution.Flags(2_500, 500, 0));
        return ReferenceDistribution.of(signals, numbers(0.3, 0.6));
    }

    private static SignalDistribution.Numbers numbers(double low, double high) {
        return new SignalDistribution.Numbers(List.of(low, high), List.of(1_000L, 1_000L, 1_000L), 0);
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
                .control(new ControlGroup(0.1, "2026-autumn", "no_offer"))
                .fallbackAction("no_action")
                .build();
    }
}
