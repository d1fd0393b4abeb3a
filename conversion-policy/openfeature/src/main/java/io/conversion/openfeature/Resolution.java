package io.conversion.openfeature;

import dev.openfeature.sdk.ImmutableMetadata;
import dev.openfeature.sdk.ImmutableMetadata.ImmutableMetadataBuilder;
import dev.openfeature.sdk.ProviderEvaluation;
import dev.openfeature.sdk.Reason;
import dev.openfeature.sdk.Value;
import io.conversion.core.Score;
import io.conversion.policy.Assignment.Placement;
import io.conversion.policy.Decision;
import io.conversion.policy.DecisionEvent;
import io.conversion.policy.serving.ServedDecision;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A decision in the words of the OpenFeature specification: value, variant, reason and flag metadata of each flag. */
final class Resolution {

    private final ServedDecision served;
    private final DecisionEvent event;
    private final Decision decision;
    private final @Nullable Placement placement;

    Resolution(ServedDecision served) {
        this.served = served;
        this.event = served.event();
        this.decision = served.decision();
        this.placement = event.placement().orElse(null);
    }

    ProviderEvaluation<String> action() {
        return evaluation(decision.action(), true);
    }

    ProviderEvaluation<String> segment(String otherwise) {
        return evaluation(decision.segment().orElse(otherwise), false);
    }

    ProviderEvaluation<Double> probability(Double otherwise) {
        return evaluation(
                decision instanceof Decision.Banded banded
                        ? (Double) banded.score().probability()
                        : otherwise,
                false);
    }

    ProviderEvaluation<Value> whole() {
        return evaluation(Value.objectToValue(decision.toMap()), true);
    }

    private <T> ProviderEvaluation<T> evaluation(T value, boolean ofAction) {
        return ProviderEvaluation.<T>builder()
                .value(value)
                .variant(ofAction ? actionVariant() : segmentVariant())
                .reason(reason(ofAction).name())
                .flagMetadata(metadata())
                .build();
    }

    /** An action may be drawn; a segment and a probability are not, but an arm has bands of its own. */
    private Reason reason(boolean ofAction) {
        if (decision instanceof Decision.Fallback) {
            return Reason.DEFAULT;
        }
        boolean drawn = arm() != null || (ofAction && propensity() < 1);
        return drawn ? Reason.SPLIT : Reason.TARGETING_MATCH;
    }

    private @Nullable String arm() {
        return placement == null ? null : placement.arm();
    }

    private double propensity() {
        return event.experiments() == null
                ? decision.propensity()
                : event.propensities().getOrDefault(decision.action(), decision.propensity());
    }

    private String segmentVariant() {
        String arm = arm();
        return (arm == null ? "" : arm + ":") + decision.segment().orElse("fallback");
    }

    /** Of one policy, users of one variant get one action: so it says where that comes from, if not from the band. */
    private String actionVariant() {
        String segment = segmentVariant();
        if (decision instanceof Decision.Overridden overridden) {
            return segment + "/guardrail/" + overridden.guardrail().name();
        } else if (decision instanceof Decision.Control) {
            return segment + "/control";
        } else if (decision instanceof Decision.Explored explored) {
            return segment + "/exploration/" + explored.action();
        }
        return segment;
    }

    private ImmutableMetadata metadata() {
        ImmutableMetadataBuilder metadata = ImmutableMetadata.builder()
                .addString("request", event.request())
                .addString("decided_by", decision.reason().name().toLowerCase(Locale.ROOT))
                .addString("details", String.join("; ", decision.details()))
                .addDouble("propensity", propensity())
                .addLong("revision", served.unit().revision())
                .addString("model", decision.model().name())
                .addString("model_version", decision.model().version())
                .addString("model_digest", decision.model().digest())
                .addString("policy", decision.policy().name())
                .addString("policy_version", decision.policy().version())
                .addString("policy_digest", decision.policy().digest());
        decision.segment().ifPresent(segment -> metadata.addString("segment", segment));
        Score score = decision.score();
        if (score != null && score.isDefined()) {
            metadata.addDouble("probability", score.probability());
        }
        if (placement != null) {
            metadata.addString("experiment", placement.experiment().name())
                    .addString("experiment_version", placement.experiment().version())
                    .addString("experiment_digest", placement.experiment().digest())
                    .addString("standing", placement.standing().name().toLowerCase(Locale.ROOT));
        }
        String arm = arm();
        if (arm != null) {
            metadata.addString("arm", arm);
        }
        return metadata.build();
    }
}
