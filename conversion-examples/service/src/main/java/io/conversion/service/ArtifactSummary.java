package io.conversion.service;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.conversion.core.ConversionModel;
import io.conversion.core.signals.Signal;
import io.conversion.policy.Band;
import io.conversion.policy.Guardrail;
import io.conversion.policy.Policy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What anybody may know of an artifact: no control salt, no condition, no coefficient, nothing of a hidden signal. */
final class ArtifactSummary {

    private ArtifactSummary() {}

    /**
     * Of a model.
     *
     * @param model which one it is
     * @param schema the schema of its signals, by name and version
     * @param signals the signals that are not hidden
     */
    record OfModel(ArtifactReference model, String schema, List<SignalSummary> signals) {

        static OfModel of(ConversionModel model) {
            return new OfModel(
                    ArtifactReference.of(model.reference()),
                    model.schema().toString(),
                    model.schema().declared().stream()
                            .filter(signal -> !signal.reasons().hidden())
                            .map(SignalSummary::of)
                            .toList());
        }
    }

    /** A signal and what it means, if it says so. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record SignalSummary(String name, @Nullable String meaning) {

        static SignalSummary of(Signal signal) {
            return new SignalSummary(signal.name(), signal.meaning().isEmpty() ? null : signal.meaning());
        }
    }

    /**
     * Of a policy.
     *
     * @param policy which one it is
     * @param bands its bands, ascending
     * @param guardrails its guardrails in their order
     * @param controlShare the share of users in the control group; 0 without one
     * @param fallbackAction what is done where nothing can be decided
     */
    record OfPolicy(
            ArtifactReference policy,
            List<BandSummary> bands,
            List<GuardrailSummary> guardrails,
            @JsonProperty("control_share") double controlShare,
            @JsonProperty("fallback_action") String fallbackAction) {

        static OfPolicy of(Policy policy) {
            return new OfPolicy(
                    ArtifactReference.of(policy.reference()),
                    policy.bands().stream().map(BandSummary::of).toList(),
                    policy.guardrails().stream().map(GuardrailSummary::of).toList(),
                    policy.control().map(group -> group.share()).orElse(0.0),
                    policy.fallbackAction());
        }
    }

    /** A band: its segment, the probability from which it reaches, and its action. */
    record BandSummary(String segment, double from, String action) {

        static BandSummary of(Band band) {
            return new BandSummary(band.segment(), band.from(), band.action());
        }
    }

    /** A guardrail: its name and its action. */
    record GuardrailSummary(String name, String action) {

        static GuardrailSummary of(Guardrail guardrail) {
            return new GuardrailSummary(guardrail.name(), guardrail.action());
        }
    }
}
