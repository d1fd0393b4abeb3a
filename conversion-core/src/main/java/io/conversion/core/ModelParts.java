package io.conversion.core;

import io.conversion.core.provenance.ReferenceDistribution;
import io.conversion.core.provenance.TrainingProvenance;
import io.conversion.core.shapes.BaseRate;
import io.conversion.core.shapes.Calibration;
import io.conversion.core.shapes.Covariance;
import io.conversion.core.shapes.Shape;
import io.conversion.core.signals.Signals;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a model is made of, checked by its builder and in the order of the schema. Immutable.
 *
 * @param intercept the intercept, in log-odds
 * @param shapes the shapes by signal
 * @param weights the weights by signal
 * @param calibration the map from raw to calibrated log-odds
 * @param baseRate the declared base rate; null if none is
 * @param covariance the covariance of the estimated numbers; null if it is not known
 * @param referenceUser the user against whom scores are explained
 * @param minimumEvidence what a score must rest on
 * @param training where the model comes from; null for a model that was made by hand
 * @param referenceDistribution how signals and probabilities were distributed in training; null if it is not known
 */
record ModelParts(
        double intercept,
        Map<String, Shape> shapes,
        Map<String, Double> weights,
        Calibration calibration,
        @Nullable BaseRate baseRate,
        @Nullable Covariance covariance,
        Signals referenceUser,
        MinimumEvidence minimumEvidence,
        @Nullable TrainingProvenance training,
        @Nullable ReferenceDistribution referenceDistribution) {

    /** Copies the maps and keeps their order. {@inheritDoc} */
    ModelParts {
        shapes = Collections.unmodifiableMap(new LinkedHashMap<>(shapes));
        weights = Collections.unmodifiableMap(new LinkedHashMap<>(weights));
    }
}
