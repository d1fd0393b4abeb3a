package io.conversion.policy.monitoring;

import io.conversion.core.ConversionModel;
import io.conversion.core.ModelReference;
import io.conversion.core.Scorer;
import io.conversion.core.provenance.ReferenceDistribution;
import io.conversion.core.shapes.BaseRate;
import io.conversion.core.signals.SignalSchema;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a monitor knows of a model: the library's own, or a foreign one of which somebody counted how its signals and its
 * probabilities were distributed. Immutable and safe to share between threads.
 *
 * @param reference the model
 * @param schema the schema of its signals
 * @param distribution how signals and probabilities were distributed over its training rows; null if that is not known
 * @param shift the shift to another base rate that scores show and the distribution does not; null if there is none
 */
public record MonitoredModel(
        ModelReference reference,
        SignalSchema schema,
        @Nullable ReferenceDistribution distribution,
        @Nullable BaseRate shift) {

    /**
     * Checks that the distribution is of the schema. {@inheritDoc}
     *
     * @throws IllegalArgumentException if it is not; the message lists every problem
     */
    public MonitoredModel {
        List<String> problems = distribution == null ? List.of() : distribution.problems(schema);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("model " + reference + ": " + String.join("\n  ", problems));
        }
        distribution = distribution == null ? null : distribution.inOrder(schema);
    }

    /**
     * What a model of the library says of itself.
     *
     * @param model the model
     * @return what a monitor knows of it
     */
    public static MonitoredModel of(ConversionModel model) {
        return new MonitoredModel(
                model.reference(),
                model.schema(),
                model.referenceDistribution().orElse(null),
                model.baseRate().orElse(null));
    }

    /**
     * What is known of the model of a foreign scorer.
     *
     * @param scorer the scorer
     * @param distribution how signals and probabilities were distributed over its training rows
     * @return what a monitor knows of it
     * @throws IllegalArgumentException if the distribution does not fit the schema; the message lists every problem
     */
    public static MonitoredModel of(Scorer scorer, ReferenceDistribution distribution) {
        return new MonitoredModel(scorer.model(), scorer.schema(), distribution, null);
    }

    Optional<ReferenceDistribution> referenceDistribution() {
        return Optional.ofNullable(distribution);
    }

    Optional<BaseRate> baseRate() {
        return Optional.ofNullable(shift);
    }
}
