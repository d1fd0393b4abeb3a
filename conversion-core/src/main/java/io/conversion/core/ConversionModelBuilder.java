package io.conversion.core;

import io.conversion.core.internal.NearestName;
import io.conversion.core.json.ArtifactText;
import io.conversion.core.provenance.ReferenceDistribution;
import io.conversion.core.provenance.TrainingProvenance;
import io.conversion.core.shapes.BaseRate;
import io.conversion.core.shapes.Calibration;
import io.conversion.core.shapes.Covariance;
import io.conversion.core.shapes.Shape;
import io.conversion.core.signals.CategoricalSignal;
import io.conversion.core.signals.NumericSignal;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalSchema;
import io.conversion.core.signals.Signals;
import io.conversion.core.signals.SignalsBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Collects the parts of a model, and makes it if they fit. For one thread.
 */
public final class ConversionModelBuilder {

    private final String name;
    private final String version;
    private final SignalSchema schema;
    private final Map<String, Shape> shapes = new LinkedHashMap<>();
    private final Map<String, Double> weights = new LinkedHashMap<>();
    private double intercept;
    private Calibration calibration = new Calibration.None();
    private @Nullable BaseRate baseRate;
    private @Nullable Covariance covariance;
    private @Nullable Signals referenceUser;
    private MinimumEvidence minimumEvidence = MinimumEvidence.NONE;
    private @Nullable TrainingProvenance training;
    private @Nullable ReferenceDistribution referenceDistribution;
    private @Nullable List<GoldenVector> golden;

    ConversionModelBuilder(String name, String version, SignalSchema schema) {
        this.name = name;
        this.version = version;
        this.schema = schema;
    }

    /**
     * Sets the intercept, which is 0 otherwise.
     *
     * @param logOdds the intercept, in log-odds
     * @return this builder
     */
    public ConversionModelBuilder intercept(double logOdds) {
        intercept = logOdds;
        return this;
    }

    /**
     * Sets shapes. In the end there must be one for each signal of the schema.
     *
     * @param bySignal the shapes by the names of their signals
     * @return this builder
     */
    public ConversionModelBuilder shapes(Map<String, ? extends Shape> bySignal) {
        shapes.putAll(bySignal);
        return this;
    }

    /**
     * Sets the weights of signals: the mean absolute deviation of each one's shape over the training rows. A signal
     * without a weight has 1.
     *
     * @param bySignal the weights by the names of their signals, in log-odds, finite numbers of at least 0
     * @return this builder
     */
    public ConversionModelBuilder weights(Map<String, Double> bySignal) {
        weights.putAll(bySignal);
        return this;
    }

    /**
     * Sets the calibration; there is none otherwise.
     *
     * @param map the map from raw to calibrated log-odds
     * @return this builder
     */
    public ConversionModelBuilder calibration(Calibration map) {
        calibration = map;
        return this;
    }

    /**
     * Declares that the users to be scored convert at another rate than the training rows as the fit saw them did: for a
     * declared sampling of the training data, class weights, or a model that was made by hand. See {@link BaseRate} for
     * what it assumes.
     *
     * @param trainingRate the share of converters among the training rows, weights included, above 0 and below 1
     * @param declared the share of converters among the users to be scored, above 0 and below 1
     * @return this builder
     * @throws IllegalArgumentException if a rate is not above 0 and below 1
     */
    public ConversionModelBuilder baseRate(double trainingRate, double declared) {
        return baseRate(new BaseRate(trainingRate, declared));
    }

    ConversionModelBuilder baseRate(@Nullable BaseRate rate) {
        baseRate = rate;
        return this;
    }

    /**
     * Sets the covariance of the estimated numbers, from which intervals of scores are computed.
     *
     * @param ofNumbers the covariance of the intercept and of numbers of the shapes; null if it is not known
     * @return this builder
     */
    public ConversionModelBuilder covariance(@Nullable Covariance ofNumbers) {
        covariance = ofNumbers;
        return this;
    }

    /**
     * Sets the user against whom scores are explained: for a trained model the median of each numeric signal and the most
     * frequent level of each other one. Otherwise it is the user with the centre of each linear or log shape, the middle
     * knot or bound of each other shape of numbers, as near as the signal's range and whole numbers allow, the first
     * level of each categorical signal, and no flag.
     *
     * @param user a user all of whose signals were observed
     * @return this builder
     */
    public ConversionModelBuilder referenceUser(Signals user) {
        referenceUser = user;
        return this;
    }

    /**
     * Declares what a score must rest on to be decided on; nothing otherwise.
     *
     * @param minimum the minimum
     * @return this builder
     */
    public ConversionModelBuilder minimumEvidence(MinimumEvidence minimum) {
        minimumEvidence = minimum;
        return this;
    }

    /**
     * States where the model comes from.
     *
     * @param provenance the provenance; null for a model that was made by hand
     * @return this builder
     */
    public ConversionModelBuilder training(@Nullable TrainingProvenance provenance) {
        training = provenance;
        return this;
    }

    /**
     * States how the signals and the probabilities were distributed over the training rows.
     *
     * @param distribution the distribution of every signal and of the probability; null if it is not known
     * @return this builder
     */
    public ConversionModelBuilder referenceDistribution(@Nullable ReferenceDistribution distribution) {
        referenceDistribution = distribution;
        return this;
    }

    /** Keeps the vectors of an artifact; they are made anew otherwise. */
    ConversionModelBuilder golden(@Nullable List<GoldenVector> vectors) {
        golden = vectors;
        return this;
    }

    /**
     * Makes the model.
     *
     * @return the model
     * @throws IllegalArgumentException if the parts do not fit; the message lists every problem
     */
    public ConversionModel build() {
        List<String> problems = new ArrayList<>();
        if (!ArtifactText.isName(name) || !ArtifactText.isName(version)) {
            problems.add("its name or version is not valid: " + ArtifactText.NAME);
        }
        if (!Double.isFinite(intercept)) {
            problems.add("the intercept is " + intercept + "; every number must be finite");
        }
        Map<String, Shape> ordered = ShapeCheck.inOrder(schema, shapes, problems);
        Map<String, Double> orderedWeights = weightsInOrder(problems);
        CalibrationFormat.check(
                calibration,
                (field, found, expected) ->
                        problems.add("calibration " + ArtifactText.quoted(CalibrationFormat.kind(calibration)) + ": "
                                + field + " is " + found + "; " + expected));
        if (covariance != null) {
            problems.addAll(covariance.unknown(ordered));
        }
        if (referenceDistribution != null) {
            problems.addAll(referenceDistribution.problems(schema));
        }
        checkRequired(problems);
        if (referenceUser != null) {
            checkReference(referenceUser, problems);
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("model " + ArtifactText.quoted(name) + " " + ArtifactText.shown(version)
                    + ": " + String.join("\n  ", problems));
        }
        return new ConversionModel(
                name,
                version,
                new ModelParts(
                        intercept,
                        ordered,
                        orderedWeights,
                        calibration,
                        baseRate,
                        covariance,
                        Objects.requireNonNullElseGet(referenceUser, () -> centre(ordered)),
                        minimumEvidence,
                        training,
                        referenceDistribution == null ? null : referenceDistribution.inOrder(schema)),
                golden);
    }

    private Map<String, Double> weightsInOrder(List<String> problems) {
        Map<String, Double> ordered = new LinkedHashMap<>();
        for (Signal signal : schema.declared()) {
            double weight = weights.getOrDefault(signal.name(), 1.0);
            ordered.put(signal.name(), weight);
            if (!(weight >= 0 && weight < Double.POSITIVE_INFINITY)) {
                problems.add("the weight of signal " + ArtifactText.quoted(signal.name()) + " is " + weight
                        + "; it must be a finite number of at least 0");
            }
        }
        weights.keySet().stream()
                .filter(signal -> schema.position(signal) < 0)
                .forEach(signal -> problems.add(
                        "there is a weight of " + ArtifactText.quoted(signal) + ", which is not in schema " + schema));
        return ordered;
    }

    private void checkRequired(List<String> problems) {
        minimumEvidence.required().stream()
                .filter(signal -> schema.position(signal) < 0)
                .forEach(signal -> problems.add("signal " + ArtifactText.quoted(signal)
                        + " is required as evidence and is not in schema " + schema
                        + new NearestName()
                                .offer(
                                        signal,
                                        schema.declared().stream()
                                                .map(Signal::name)
                                                .toList())));
    }

    private void checkReference(Signals user, List<String> problems) {
        if (!user.schema().equals(schema)) {
            problems.add("the reference user has signals of schema " + user.schema() + ", not of " + schema);
        } else if (!user.substitutions().isEmpty()) {
            problems.add(
                    "signal " + ArtifactText.quoted(user.substitutions().get(0).signal())
                            + " of the reference user was not observed; each one must have a value of its own");
        }
    }

    private Signals centre(Map<String, Shape> shapesInOrder) {
        SignalsBuilder user = schema.signals();
        for (Signal signal : schema.declared()) {
            if (signal instanceof NumericSignal numeric
                    && shapesInOrder.get(signal.name()) instanceof Shape.OfNumber shape) {
                double centre = numeric.whole() ? StrictMath.rint(shape.middle()) : shape.middle();
                user.set(signal.name(), numeric.clip(centre));
            } else if (signal instanceof CategoricalSignal categorical) {
                user.set(signal.name(), categorical.levels().get(0));
            } else {
                user.set(signal.name(), false);
            }
        }
        return user.build();
    }
}
