package io.conversion.model;

import io.conversion.core.Calibration;
import io.conversion.core.ConversionModel;
import io.conversion.core.Covariance;
import io.conversion.core.ExpectedDirection;
import io.conversion.core.GateCheck;
import io.conversion.core.Scorer;
import io.conversion.core.Shape;
import io.conversion.core.TrainingProvenance;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A finished fit: its coefficients, its diagnostics, and the model that it is published as. Immutable and safe to share
 * between threads.
 */
public final class TrainingResult {

    private final TrainingOptions options;
    private final DataSet data;
    private final FittedDesign fitted;
    private final List<DesignColumn> columns;
    private final double[] parameters;
    private final @Nullable TrainingChoices choices;
    private final @Nullable CalibrationChoice calibration;
    private final Diagnostics diagnostics;
    private final Map<String, String> overrides;

    TrainingResult(
            TrainingOptions options,
            FittedDesign fitted,
            @Nullable TrainingChoices choices,
            @Nullable CalibrationChoice calibration,
            Diagnostics diagnostics,
            Map<String, String> overrides) {
        this.options = options;
        this.fitted = fitted;
        this.data = fitted.design().data();
        this.columns = fitted.columns();
        this.parameters = fitted.optimum().parameters();
        this.choices = choices;
        this.calibration = calibration;
        this.diagnostics = diagnostics;
        this.overrides = Collections.unmodifiableMap(new TreeMap<>(overrides));
    }

    /**
     * How the fit went.
     *
     * @return convergence, columns left out and warnings
     */
    public Diagnostics diagnostics() {
        return diagnostics;
    }

    FittedDesign fitted() {
        return fitted;
    }

    DataSet data() {
        return data;
    }

    /**
     * What the publish gate finds, by the default limits.
     *
     * @return every check with its verdict; a refusal that was overridden has the reason
     */
    public List<GateCheck> gate() {
        return gate(GateLimits.defaults());
    }

    /**
     * What the publish gate finds.
     *
     * @param limits what the fit is held against
     * @return every check with its verdict; a refusal that was overridden has the reason
     */
    public List<GateCheck> gate(GateLimits limits) {
        return PublishGate.check(this, limits).stream().map(this::overridden).toList();
    }

    private GateCheck overridden(GateCheck check) {
        String reason = overrides.get(check.name());
        return check.verdict() != GateCheck.Verdict.REFUSED || reason == null
                ? check
                : new GateCheck(
                        check.name(),
                        check.subject(),
                        check.value(),
                        check.limit(),
                        check.verdict(),
                        check.sentence(),
                        reason);
    }

    /**
     * Overrides the refusals of one check of the publish gate. The reason is written into the artifact.
     *
     * @param check the name of the check, such as {@code leakage}
     * @param reason why it is overridden
     * @return the changed copy
     * @throws IllegalArgumentException if the reason is blank
     */
    public TrainingResult override(String check, String reason) {
        if (reason.isBlank()) {
            throw new IllegalArgumentException("overriding check \"" + check + "\" needs a reason");
        }
        Map<String, String> more = new TreeMap<>(overrides);
        more.put(check, reason);
        return new TrainingResult(options, fitted, choices, calibration, diagnostics, more);
    }

    /** Overrides each check that refuses, for tests of what is not about the gate. */
    TrainingResult overridingRefusals(String reason) {
        TrainingResult overriding = this;
        for (GateCheck check : gate()) {
            overriding = check.verdict() == GateCheck.Verdict.REFUSED
                    ? overriding.override(check.name(), reason)
                    : overriding;
        }
        return overriding;
    }

    /**
     * The calibration of log-odds on rows that were held out from the fit.
     *
     * @return slope and intercept; empty if an outcome has too few rows, or the outcomes lie apart or nearly so
     */
    public Optional<CalibrationLine> outOfFoldCalibration() {
        if (choices == null) {
            return Optional.empty();
        }
        double[] logOdds = calibration == null ? choices.outOfFold(fitted.optimum()) : calibration.crossFittedLogOdds();
        try {
            return CalibrationLine.of(logOdds, choices.outcomes());
        } catch (InvalidDataException e) {
            // All but separated; there is no line through them.
            return Optional.empty();
        }
    }

    /** The signals whose shapes go against their declared direction. */
    List<String> directionViolations() {
        return MonotoneForms.violations(fitted.design(), fitted.coefficients());
    }

    boolean declaresDirections() {
        return data.schema().declared().stream().anyMatch(signal -> signal.expected() != ExpectedDirection.ANY);
    }

    /**
     * The L2 penalty of the fit.
     *
     * @return lambda, 0 for maximum likelihood
     */
    public double penalty() {
        return fitted.penalty();
    }

    /**
     * How the L2 penalty was chosen.
     *
     * @return the path; empty if the penalty was given
     */
    public Optional<PenaltyPath> penaltyPath() {
        return options.penalty() == null
                ? Optional.ofNullable(fitted.validation()).map(PenaltyPath.CrossValidation::path)
                : Optional.empty();
    }

    /**
     * What kind of curve each numeric signal has, in words.
     *
     * @return the descriptions by signal, in the order of the schema
     */
    public Map<String, String> shapeDescriptions() {
        Map<String, String> descriptions = new LinkedHashMap<>();
        List<SignalBasis> bases = fitted.design().bases();
        for (int i = 0; i < bases.size(); i++) {
            if (bases.get(i) instanceof NumericBasis numeric) {
                descriptions.put(
                        data.schema().declared().get(i).name(), numeric.form().describe());
            }
        }
        return Collections.unmodifiableMap(descriptions);
    }

    /**
     * How the calibration was chosen.
     *
     * @return the choice; empty if nothing was cross-validated
     */
    public Optional<CalibrationChoice> calibrationChoice() {
        return Optional.ofNullable(calibration);
    }

    /**
     * The intercept: the log-odds where every column is zero. The published model has an intercept of its own, since
     * its linear shapes are zero at their centres.
     *
     * @return the intercept, in log-odds
     */
    public double intercept() {
        double intercept = parameters[columns.size()];
        for (int j = 0; j < columns.size() && !options.standardise(); j++) {
            intercept -=
                    parameters[j] * (columns.get(j).centre() / columns.get(j).scale());
        }
        return intercept;
    }

    /**
     * The coefficients on the columns of the fit, without the intercept and the columns that were left out.
     *
     * @return the coefficients, in the order of the schema
     */
    public List<Coefficient> coefficients() {
        return IntStream.range(0, columns.size())
                .mapToObj(j -> {
                    DesignColumn column = columns.get(j);
                    return new Coefficient(column.name(), parameters[j] / options.unit(column));
                })
                .toList();
    }

    /**
     * Standard errors, z, p-values and odds ratios of the coefficients.
     *
     * @param level the level of the Wald intervals, between 0 and 1
     * @return one entry for each coefficient, in the order of {@link #coefficients()}
     * @throws IllegalStateException if the fit is penalised, or its shapes were chosen on the same rows: then estimates
     *     are shrunk or selected, and p-values would promise more than they hold
     */
    public List<CoefficientInference> inference(double level) {
        return LikelihoodInference.of(fitted, options, "p-values").wald(level);
    }

    /**
     * The profile likelihood intervals of the coefficients, which take a few fits for each end.
     *
     * @param level the level of the intervals, between 0 and 1
     * @return one entry for each coefficient, in the order of {@link #coefficients()}
     * @throws IllegalStateException for a fit that {@link #inference} refuses
     */
    public List<ProfileInterval> profile(double level) {
        return LikelihoodInference.of(fitted, options, "profile intervals").profile(level);
    }

    /**
     * The profile likelihood interval of one coefficient.
     *
     * @param column the column of the fit: the signal, or {@code signal=level}
     * @param level the level of the interval, between 0 and 1
     * @return the interval
     * @throws IllegalArgumentException if the fit has no such column, or left it out
     * @throws IllegalStateException for a fit that {@link #inference} refuses
     */
    public ProfileInterval profile(String column, double level) {
        return LikelihoodInference.of(fitted, options, "profile intervals").profile(column, level);
    }

    /**
     * Publishes the fit as a model, dated now.
     *
     * @param name the name of the model
     * @param version its version
     * @return the model
     * @throws RefusedModelException if the publish gate refuses it
     */
    public ConversionModel publish(String name, String version) {
        return publish(name, version, Instant.now());
    }

    /**
     * Publishes the fit as a model.
     *
     * @param name the name of the model
     * @param version its version
     * @param published the moment of publication that the artifact states
     * @return the model
     * @throws RefusedModelException if the publish gate refuses it
     */
    public ConversionModel publish(String name, String version, Instant published) {
        return publish(name, version, published, GateLimits.defaults());
    }

    /**
     * Publishes the fit as a model, if it passes the gate with limits of one's own.
     *
     * @param name the name of the model
     * @param version its version
     * @param published the moment of publication that the artifact states
     * @param limits what the fit is held against
     * @return the model
     * @throws RefusedModelException if a check refuses it and is not overridden
     * @throws IllegalArgumentException if a check is overridden that refuses nothing
     */
    public ConversionModel publish(String name, String version, Instant published, GateLimits limits) {
        List<GateCheck> gate = gate(limits);
        checkOverrides(gate);
        List<GateCheck> refused = gate.stream()
                .filter(check -> check.verdict() == GateCheck.Verdict.REFUSED
                        && check.override().isEmpty())
                .toList();
        if (!refused.isEmpty()) {
            throw new RefusedModelException(refused);
        }
        return model(name, version, published, gate);
    }

    /**
     * What the fit says of users, without becoming a model: to measure it on rows that it was not trained on, whether it
     * would pass the publish gate or not.
     *
     * @param users the users, of the schema of the training rows
     * @return the probability of each user
     */
    public double[] probabilities(DataSet users) {
        Scorer scorer = model("measured", "1", Instant.EPOCH, List.of()).scorer();
        return IntStream.range(0, users.rows())
                .mapToDouble(row -> scorer.score(users.signals(row)).probability())
                .toArray();
    }

    private ConversionModel model(String name, String version, Instant published, List<GateCheck> gate) {
        Map<String, Shape> shapes = fitted.design().fold(fitted.coefficients(), fitted.estimated());
        Calibration map = calibration == null ? new Calibration.None() : calibration.calibration();
        ConversionModel model = ConversionModel.builder(name, version, data.schema())
                .intercept(parameters[columns.size()])
                .shapes(shapes)
                .calibration(map)
                .covariance(covariance())
                .weights(ShapeWeights.of(data, shapes))
                .referenceUser(fitted.design().referenceUser())
                .training(provenance(published, gate))
                .referenceDistribution(TrainingDistribution.of(fitted, map))
                .build();
        OptionalDouble declared = options.declaredBaseRate();
        return declared.isPresent() ? model.withBaseRate(declared.getAsDouble()) : model;
    }

    private void checkOverrides(List<GateCheck> gate) {
        List<String> refused = gate.stream()
                .filter(check -> check.verdict() == GateCheck.Verdict.REFUSED)
                .map(GateCheck::name)
                .distinct()
                .toList();
        List<String> idle = overrides.keySet().stream()
                .filter(check -> !refused.contains(check))
                .toList();
        if (!idle.isEmpty()) {
            throw new IllegalArgumentException("the checks " + idle + " are overridden and refuse nothing; "
                    + (refused.isEmpty() ? "no check does" : "these do: " + refused));
        }
    }

    /** The covariance of the numbers of the model; null if the Hessian cannot be solved for. */
    private @Nullable Covariance covariance() {
        double[][] parameters = fitted.covariance();
        if (parameters == null) {
            return null;
        }
        FitCovariance covariance = FitCovariance.of(fitted.design(), fitted.kept(), parameters);
        return Covariance.of(covariance.numbers(), covariance.matrix());
    }

    private TrainingProvenance provenance(Instant published, List<GateCheck> gate) {
        return new TrainingProvenance(
                        published,
                        data.label().name(),
                        data.label().positive(),
                        data.label().excluded(),
                        data.rows(),
                        data.positives(),
                        data.digest(),
                        fitted.penalty(),
                        options.standardise(),
                        Software.versions(),
                        diagnostics.warnings())
                .seed(options.seed())
                .shapes(options.autoShapes() ? "auto" : "linear")
                .penaltyChoice(options.penalty() == null ? "cv" : "given")
                .gate(gate);
    }
}
