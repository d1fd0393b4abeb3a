package io.conversion.policy.review;

import io.conversion.core.ConversionModel;
import io.conversion.core.ConversionModelBuilder;
import io.conversion.core.MinimumEvidence;
import io.conversion.core.Score;
import io.conversion.core.provenance.ReferenceDistribution;
import io.conversion.core.provenance.SignalDistribution;
import io.conversion.core.provenance.TrainingProvenance;
import io.conversion.core.shapes.Covariance;
import io.conversion.core.shapes.Shape;
import io.conversion.core.shapes.ShapeNumber;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalReading;
import io.conversion.core.signals.SignalSchema;
import io.conversion.core.signals.WhenMissing;
import io.conversion.core.signals.WhenUnseen;
import io.conversion.policy.Band;
import io.conversion.policy.Condition;
import io.conversion.policy.Guardrail;
import io.conversion.policy.ModelRequirement;
import io.conversion.policy.Policy;
import io.conversion.policy.PolicyBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A model with a signal of each kind, and policies for it. */
final class ReviewFixtures {

    static final SignalSchema SCHEMA = SignalSchema.of(
            "review",
            "1",
            Signal.numeric("logit"),
            Signal.numeric("sessions").wholeNumbers().range(0, 6),
            Signal.numeric("hours").range(0.5, 5).whenMissing(WhenMissing.IMPUTE),
            Signal.categorical("tier", "a", "b", "c")
                    .whenUnseen(WhenUnseen.average())
                    .whenMissing(WhenMissing.IMPUTE),
            Signal.categorical("plan", "month", "year"),
            Signal.flag("complaint"),
            Signal.flag("trial").whenMissing(WhenMissing.IMPUTE));

    /** A model whose log-odds are the signal "logit". */
    static final ConversionModel MODEL = builder().build();

    /** The same with a minimum of evidence, and with intervals. */
    static final ConversionModel UNSURE = builder()
            .weights(Map.of("logit", 1.0, "hours", 2.0, "tier", 3.0, "trial", 2.0))
            .minimumEvidence(MinimumEvidence.of(0.5, "tier"))
            .covariance(Covariance.of(List.of(ShapeNumber.INTERCEPT), new double[][] {{0.25}}))
            .build();

    static final List<Band> BANDS =
            List.of(Band.of("low", 0, "wait"), Band.of("medium", 0.4, "remind"), Band.of("high", 0.7, "offer"));

    private ReviewFixtures() {}

    static ConversionModelBuilder builder() {
        Shape.Linear none = new Shape.Linear(0, 0, 0);
        return ConversionModel.builder("trial", "1", SCHEMA)
                .shapes(Map.of(
                        "logit",
                        new Shape.Linear(1, 0, 0),
                        "sessions",
                        none,
                        "hours",
                        none,
                        "tier",
                        new Shape.Levels(Map.of("a", 0.0, "b", 0.0, "c", 0.0), 0, 0, Set.of()),
                        "plan",
                        new Shape.Levels(Map.of("month", 0.0, "year", 0.0), 0, 0, Set.of()),
                        "complaint",
                        new Shape.Flag(0, 0),
                        "trial",
                        new Shape.Flag(0, 0)));
    }

    /** The model with a distribution of its probabilities over training rows. */
    static ConversionModelBuilder withProbabilities(List<Double> edges, List<Long> rows) {
        SignalDistribution.Numbers none = new SignalDistribution.Numbers(List.of(0.0), List.of(0L, 0L), 0);
        return builder()
                .referenceDistribution(ReferenceDistribution.of(
                        Map.of(
                                "logit",
                                none,
                                "sessions",
                                none,
                                "hours",
                                none,
                                "tier",
                                new SignalDistribution.Levels(Map.of("a", 0L, "b", 0L, "c", 0L), 0, 0),
                                "plan",
                                new SignalDistribution.Levels(Map.of("month", 0L, "year", 0L), 0, 0),
                                "complaint",
                                new SignalDistribution.Flags(0, 0, 0),
                                "trial",
                                new SignalDistribution.Flags(0, 0, 0)),
                        new SignalDistribution.Numbers(edges, rows, 0)));
    }

    static TrainingProvenance provenance() {
        return new TrainingProvenance(
                Instant.EPOCH,
                new TrainingProvenance.Data("converted", "1", List.of(), 100, 10, "sha256:" + "0".repeat(64)),
                new TrainingProvenance.Fit("linear", 1, "given", true, 0, Map.of(), List.of()));
    }

    static PolicyBuilder policy() {
        return Policy.builder("offers", "1", ModelRequirement.named("trial"))
                .bands(BANDS)
                .fallbackAction("nothing");
    }

    static Policy withBands(Band... bands) {
        return policy().bands(List.of(bands)).build();
    }

    static Policy withGuardrails(Condition... conditions) {
        PolicyBuilder policy = policy();
        for (int i = 0; i < conditions.length; i++) {
            policy.guardrail(guardrail("g" + (i + 1), conditions[i]));
        }
        return policy.build();
    }

    static Guardrail guardrail(String name, Condition condition) {
        return new Guardrail(name, condition, "pause", "because");
    }

    static Score score(Map<String, ?> signals) {
        return MODEL.scorer().score(reading(signals).orElseThrow());
    }

    static SignalReading reading(Map<String, ?> signals) {
        return SCHEMA.read(signals);
    }

    /** A user of whom only the log-odds matter. */
    static Score score(double logOdds) {
        return score(Map.of("logit", logOdds, "sessions", 1, "plan", "month", "complaint", false));
    }
}
