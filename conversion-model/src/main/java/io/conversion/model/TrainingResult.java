package io.conversion.model;

import io.conversion.core.CategoricalSignal;
import io.conversion.core.ConversionModel;
import io.conversion.core.FlagSignal;
import io.conversion.core.Shape;
import io.conversion.core.Signal;
import io.conversion.core.Signals;
import io.conversion.core.SignalsBuilder;
import io.conversion.core.TrainingProvenance;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A finished fit: its coefficients, its diagnostics, and the model that it is published as. Immutable and safe to share
 * between threads.
 */
public final class TrainingResult {

    private final TrainingOptions options;
    private final DataSet data;
    private final Design design;
    private final int[] kept;
    private final List<DesignColumn> columns;
    private final PenalisedLikelihood optimum;
    private final double[] parameters;
    private final double penalty;
    private final PenaltyPath.@Nullable CrossValidation validation;
    private final @Nullable CalibrationChoice calibration;
    private final boolean[] validated;
    private final Diagnostics diagnostics;

    TrainingResult(
            TrainingOptions options,
            Design design,
            int[] kept,
            PenalisedLikelihood optimum,
            double penalty,
            PenaltyPath.@Nullable CrossValidation validation,
            @Nullable CalibrationChoice calibration,
            boolean[] validated,
            Diagnostics diagnostics) {
        this.options = options;
        this.data = design.data();
        this.design = design;
        this.kept = kept;
        this.columns = Arrays.stream(kept).mapToObj(design.columns()::get).toList();
        this.optimum = optimum;
        this.parameters = optimum.parameters();
        this.penalty = penalty;
        this.validation = validation;
        this.calibration = calibration;
        this.validated = validated;
        this.diagnostics = diagnostics;
    }

    /**
     * How the fit went.
     *
     * @return convergence, columns left out and warnings
     */
    public Diagnostics diagnostics() {
        return diagnostics;
    }

    /** The outcomes of the rows that were cross-validated. */
    boolean[] validated() {
        return validated;
    }

    Design design() {
        return design;
    }

    /** The columns of the design that were fitted. */
    int[] kept() {
        return kept;
    }

    /** The objective at the solution, over the columns that were fitted. */
    PenalisedLikelihood optimum() {
        return optimum;
    }

    /**
     * The L2 penalty of the fit.
     *
     * @return lambda, 0 for maximum likelihood
     */
    public double penalty() {
        return penalty;
    }

    /**
     * How the L2 penalty was chosen.
     *
     * @return the path; empty if the penalty was given
     */
    public Optional<PenaltyPath> penaltyPath() {
        return Optional.ofNullable(validation)
                .map(PenaltyPath.CrossValidation::path)
                .filter(path -> options.penalty() == null);
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
                    return new Coefficient(
                            column.name(), options.standardise() ? parameters[j] : parameters[j] / column.scale());
                })
                .toList();
    }

    /**
     * Publishes the fit as a model, dated now.
     *
     * @param name the name of the model
     * @param version its version
     * @return the model
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
     */
    public ConversionModel publish(String name, String version, Instant published) {
        Map<String, Shape> shapes = shapes();
        return ConversionModel.builder(name, version, data.schema())
                .intercept(parameters[columns.size()])
                .shapes(shapes)
                .weights(ShapeWeights.of(data, shapes))
                .referenceUser(referenceUser())
                .training(provenance(published))
                .build();
    }

    /** The median of each numeric signal, and the most frequent level or truth value of each other one. */
    private Signals referenceUser() {
        SignalsBuilder user = data.schema().signals();
        List<Signal> declared = data.schema().declared();
        for (int i = 0; i < declared.size(); i++) {
            Signal signal = declared.get(i);
            if (signal instanceof CategoricalSignal categorical) {
                user.set(signal.name(), categorical.levels().get((int)
                        design.summaries().get(i).imputed()));
            } else if (signal instanceof FlagSignal) {
                user.set(signal.name(), design.summaries().get(i).imputed() == 1);
            } else {
                user.set(signal.name(), design.summaries().get(i).typical());
            }
        }
        return user.build();
    }

    private Map<String, Shape> shapes() {
        double[] coefficients = new double[design.columns().size()];
        boolean[] estimated = new boolean[coefficients.length];
        for (int j = 0; j < kept.length; j++) {
            coefficients[kept[j]] = parameters[j];
            estimated[kept[j]] = true;
        }
        return design.fold(coefficients, estimated);
    }

    private TrainingProvenance provenance(Instant published) {
        return new TrainingProvenance(
                published,
                data.label().name(),
                data.label().positive(),
                data.label().excluded(),
                data.rows(),
                data.positives(),
                data.digest(),
                penalty,
                options.standardise(),
                Software.versions(),
                diagnostics.warnings());
    }
}
