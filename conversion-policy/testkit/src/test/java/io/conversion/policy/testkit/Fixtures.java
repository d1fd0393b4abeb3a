package io.conversion.policy.testkit;

import io.conversion.core.ConversionModel;
import io.conversion.core.MinimumEvidence;
import io.conversion.core.shapes.Shape;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalSchema;
import io.conversion.core.signals.WhenMissing;
import io.conversion.core.signals.WhenOutOfRange;
import io.conversion.core.signals.WhenUnseen;
import io.conversion.policy.Band;
import io.conversion.policy.Comparison;
import io.conversion.policy.Condition;
import io.conversion.policy.ControlGroup;
import io.conversion.policy.Experiment;
import io.conversion.policy.Exploration;
import io.conversion.policy.Guardrail;
import io.conversion.policy.Layer;
import io.conversion.policy.ModelRequirement;
import io.conversion.policy.Policy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A policy with all that a policy may have, and a model that it fits. */
final class Fixtures {

    static final Policy BANDS = Policy.of(
            "trial-offers",
            "4",
            ModelRequirement.named("trial"),
            List.of(
                    Band.of("low_intent", 0, "nurture"),
                    Band.of("medium_intent", 0.4, "discount"),
                    Band.of("high_intent", 0.7, "annual_plan")),
            "default_offer");

    static final Policy COMPLETE = BANDS.toBuilder("5")
            .margin(0.02)
            .guardrail(new Guardrail(
                    "open_complaint", new Condition.FlagIs("has_complaint", true), "call", "A person answers first."))
            .guardrail(new Guardrail(
                    "new_user",
                    Condition.AllOf.of(
                            new Condition.NumberIs("days_since_signup", Comparison.BELOW, 3),
                            Condition.LevelIn.noneOf("country_tier", "tier_1")),
                    "send_tips",
                    "Too early for an offer."))
            .guardrail(
                    new Guardrail("unknown_age", new Condition.Missing("days_since_signup"), "ask", "We do not know."))
            .guardrail(new Guardrail(
                    "thin_evidence", new Condition.ObservedShareBelow(0.5), "wait", "Too little is known."))
            .guardrail(new Guardrail(
                    "unsure", new Condition.IntervalContains(0.7, 0.9), "discount", "The model cannot tell."))
            .control(new ControlGroup(0.1, "2026-q4", "no_action"))
            .exploration(new Exploration(0.2, "explored-2026", Map.of("medium_intent", List.of("discount", "tour"))))
            .build();

    static final List<Experiment> EXPERIMENTS = List.of(
            experiment("first", new Layer("offers", "offers-layer", 0.1, 0.2), 0.5, 0.5),
            experiment("second", new Layer("offers", "offers-layer", 0.3, 0.6), 0.9, 0.1),
            experiment("mails", new Layer("mails", "mails-layer", 0, 1), 0.3, 0.7));

    static final SignalSchema SCHEMA = SignalSchema.of(
            "trial",
            "1",
            Signal.numeric("days_since_signup").wholeNumbers().range(0, 30).whenMissing(WhenMissing.IMPUTE),
            Signal.numeric("hours").range(0, 168).whenOutOfRange(WhenOutOfRange.CLIP),
            Signal.numeric("balance").whenMissing(WhenMissing.IMPUTE),
            Signal.categorical("country_tier", "tier_1", "tier_2", "tier_3").whenUnseen(WhenUnseen.average()),
            Signal.flag("has_complaint").whenMissing(WhenMissing.IMPUTE));

    static final ConversionModel MODEL = model();

    private Fixtures() {}

    private static Experiment experiment(String name, Layer layer, double today, double complete) {
        return Experiment.builder(name, "1", name + "-salt")
                .layer(layer)
                .arm("today", today, BANDS.reference())
                .arm("complete", complete, COMPLETE.reference())
                .force(name + "-tester", "complete")
                .build();
    }

    private static ConversionModel model() {
        Map<String, Double> tiers = new LinkedHashMap<>();
        tiers.put("tier_1", 0.4);
        tiers.put("tier_2", 0.0);
        tiers.put("tier_3", -0.5);
        return ConversionModel.builder("trial", "1", SCHEMA)
                .intercept(-1)
                .shapes(Map.of(
                        "days_since_signup", new Shape.Linear(-0.02, 7, 0.1),
                        "hours", new Shape.Linear(0.05, 10, 0),
                        "balance", new Shape.Linear(1e200, 0, 0),
                        "country_tier", new Shape.Levels(tiers, 0.1, 0, Set.of()),
                        "has_complaint", new Shape.Flag(-0.3, -0.1)))
                .weights(Map.of("days_since_signup", 0.1, "hours", 0.5, "has_complaint", 0.1))
                .minimumEvidence(MinimumEvidence.of(0, "has_complaint"))
                .build();
    }
}
