package io.conversion.model;

import io.conversion.core.ConversionModel;
import io.conversion.core.json.ArtifactText;
import io.conversion.core.provenance.GateCheck;
import io.conversion.core.shapes.BaseRate;
import io.conversion.core.shapes.Calibration;
import io.conversion.model.data.DataSet;
import io.conversion.model.design.DesignColumn;
import io.conversion.model.design.FittedDesign;
import io.conversion.model.design.NumericBasis;
import io.conversion.model.design.RepeatedRows;
import io.conversion.model.design.SignalBasis;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    private final @Nullable CalibrationChoice calibration;
    private final Diagnostics diagnostics;
    private final @Nullable ScoredRows outOfFold;
    private final GateMeasurements measurements;
    private final @Nullable HoldoutMeasurements holdout;
    private final Map<String, String> overrides;

    /** A fit, measured for the publish gate. */
    TrainingResult(
            TrainingOptions options,
            FittedDesign fitted,
            @Nullable TrainingChoices choices,
            @Nullable CalibrationChoice calibration,
            Diagnostics diagnostics) {
        this.options = options;
        this.fitted = fitted;
        this.data = fitted.design().data();
        this.columns = fitted.columns();
        this.parameters = fitted.optimum().parameters();
        this.calibration = calibration;
        this.diagnostics = diagnostics;
        this.outOfFold = choices == null ? null : outOfFold(choices);
        this.measurements = GateMeasurements.of(fitted, Optional.ofNullable(outOfFold));
        this.holdout = null;
        this.overrides = Map.of();
    }

    /** The same fit with other things known of it. */
    private TrainingResult(TrainingResult other, @Nullable HoldoutMeasurements holdout, Map<String, String> overrides) {
        this.options = other.options;
        this.data = other.data;
        this.fitted = other.fitted;
        this.columns = other.columns;
        this.parameters = other.parameters;
        this.calibration = other.calibration;
        this.diagnostics = other.diagnostics;
        this.outOfFold = other.outOfFold;
        this.measurements = other.measurements;
        this.holdout = holdout;
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
        return PublishGate.check(measurements, holdout, limits).stream()
                .map(this::overridden)
                .toList();
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
            throw new IllegalArgumentException("overriding check " + ArtifactText.quoted(check) + " needs a reason");
        }
        Map<String, String> more = new TreeMap<>(overrides);
        more.put(check, reason);
        return new TrainingResult(this, holdout, more);
    }

    /**
     * Shows the publish gate rows that the fit was not trained on, which adds these checks:
     *
     * <ul>
     *   <li>{@code duplicated_rows} warns if many of them repeat a training row, equal in all signals, and by more than
     *       chance;
     *   <li>{@code holdout_log_loss} warns if their log loss is above that of the training rows, each scored without its
     *       fold, by more than noise: a one-sided test of the difference of two means with unequal variances;
     *   <li>{@code holdout_calibration_slope} refuses a {@link CalibrationLine} on them as {@code calibration_slope} does
     *       out of fold;
     *   <li>{@code holdout_calibration_intercept} warns if they convert more or less often than the model says.
     * </ul>
     *
     * <p>With a declared {@link LogisticTrainer#baseRate base rate}, the hold-out is to have that one, and the training
     * rows are weighted to it. The hold-out is looked at, and no part of it is kept.
     *
     * @param rows rows of the schema of the training rows
     * @return the changed copy; rows that it was shown before count no more
     * @throws IllegalArgumentException if the rows are of another schema
     */
    public TrainingResult heldOut(DataSet rows) {
        if (!rows.schema().equals(data.schema())) {
            throw new IllegalArgumentException(
                    "the hold-out is of schema " + rows.schema() + " and the training rows of " + data.schema()
                            + ", which has another digest; read both by the same schema");
        }
        ConversionModel model = unpublished();
        double[] logOdds = model.scorer().score(rows.batch()).logOdds();
        return new TrainingResult(
                this,
                HoldoutMeasurements.of(
                        RepeatedRows.of(data, rows),
                        new ScoredRows(logOdds, rows.outcomes()),
                        outOfFold,
                        model.baseRate().map(BaseRate::shift).orElse(0.0)),
                overrides);
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
     * The training rows, each as the fit without its fold scores it, by the calibration of the other folds and before any
     * shift to a declared base rate: what the fit says of rows that it has not seen. Shapes and penalty were chosen with
     * the row, which flatters them a little. With more than 200,000 training rows it is the even sample that was chosen on.
     *
     * @return the rows in their order; empty if an outcome has too few of them
     */
    public Optional<ScoredRows> outOfFold() {
        return Optional.ofNullable(outOfFold);
    }

    /**
     * The calibration of log-odds on rows that were held out from the fit.
     *
     * @return slope and intercept; empty if an outcome has too few rows, or the outcomes lie apart or nearly so
     */
    public Optional<CalibrationLine> outOfFoldCalibration() {
        return Optional.ofNullable(measurements.outOfFold());
    }

    private ScoredRows outOfFold(TrainingChoices choices) {
        return new ScoredRows(
                calibration == null ? choices.outOfFold(fitted.optimum()) : calibration.crossFittedLogOdds(),
                choices.outcomes());
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
                ? Optional.ofNullable(fitted.validation()).map(PenaltyPath::of)
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
     * @throws IllegalStateException for a fit that {@link #inference} refuses, or if an end cannot be solved for, as may
     *     happen where the outcomes are all but separated
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
     * @throws IllegalStateException for a fit that {@link #inference} refuses, or if an end cannot be solved for, as may
     *     happen where the outcomes are all but separated
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
        return unpublished().scorer().score(users.batch()).probabilities();
    }

    private ConversionModel unpublished() {
        return model("measured", "1", Instant.EPOCH, List.of());
    }

    private ConversionModel model(String name, String version, Instant published, List<GateCheck> gate) {
        Calibration map = calibration == null ? new Calibration.None() : calibration.calibration();
        return new ModelAssembly(options, fitted, map, diagnostics.warnings()).model(name, version, published, gate);
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
}
