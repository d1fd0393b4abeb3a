package io.conversion.model;

import io.conversion.model.design.DesignColumn;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * How a {@link LogisticTrainer} trains.
 *
 * @param autoShapes whether shapes are chosen, instead of linear ones
 * @param flatTails whether every chosen curve is flat in the tails of its signal
 * @param penalty the L2 penalty; null if it is chosen by cross-validation
 * @param calibration how log-odds are calibrated
 * @param standardise whether columns are standardised before the penalty applies
 * @param allLevels whether the first level of a categorical signal has a column, too
 * @param seed what the folds follow from
 * @param baseRate the declared base rate where the model is used; null if it is that of the training rows
 * @param fewRows whether many coefficients are fitted although there are too few rows for them
 */
record TrainingOptions(
        boolean autoShapes,
        boolean flatTails,
        @Nullable Double penalty,
        CalibrationMethod calibration,
        boolean standardise,
        boolean allLevels,
        long seed,
        @Nullable Double baseRate,
        boolean fewRows) {

    static final TrainingOptions AUTO =
            new TrainingOptions(true, false, null, CalibrationMethod.AUTO, true, false, 1, null, false);
    static final TrainingOptions LINEAR =
            new TrainingOptions(false, false, 1.0, CalibrationMethod.NONE, true, false, 1, null, false);

    /** Whether anything is chosen or fitted by cross-validation. */
    boolean crossValidates() {
        return autoShapes || penalty == null || calibration != CalibrationMethod.NONE;
    }

    boolean isPenalised() {
        return penalty == null || penalty > 0;
    }

    /** How much of a column one unit of its coefficient is for, in those that the fit is of. */
    double unit(DesignColumn column) {
        return standardise ? 1 : column.scale();
    }

    OptionalDouble declaredBaseRate() {
        return baseRate == null ? OptionalDouble.empty() : OptionalDouble.of(baseRate);
    }

    TrainingOptions shapes(boolean auto) {
        return new TrainingOptions(
                auto, auto && flatTails, penalty, calibration, standardise, allLevels, seed, baseRate, fewRows);
    }

    TrainingOptions withFlatTails() {
        return new TrainingOptions(true, true, penalty, calibration, standardise, allLevels, seed, baseRate, fewRows);
    }

    TrainingOptions penalty(double lambda) {
        return new TrainingOptions(
                autoShapes, flatTails, lambda, calibration, standardise, allLevels, seed, baseRate, fewRows);
    }

    TrainingOptions calibration(CalibrationMethod method) {
        return new TrainingOptions(
                autoShapes, flatTails, penalty, method, standardise, allLevels, seed, baseRate, fewRows);
    }

    TrainingOptions standardise(boolean yes) {
        return new TrainingOptions(
                autoShapes, flatTails, penalty, calibration, yes, allLevels, seed, baseRate, fewRows);
    }

    TrainingOptions allLevels(boolean yes) {
        return new TrainingOptions(
                autoShapes, flatTails, penalty, calibration, standardise, yes, seed, baseRate, fewRows);
    }

    TrainingOptions seed(long number) {
        return new TrainingOptions(
                autoShapes, flatTails, penalty, calibration, standardise, allLevels, number, baseRate, fewRows);
    }

    TrainingOptions baseRate(double declared) {
        return new TrainingOptions(
                autoShapes, flatTails, penalty, calibration, standardise, allLevels, seed, declared, fewRows);
    }

    TrainingOptions withFewRows() {
        return new TrainingOptions(
                autoShapes, flatTails, penalty, calibration, standardise, allLevels, seed, baseRate, true);
    }
}
