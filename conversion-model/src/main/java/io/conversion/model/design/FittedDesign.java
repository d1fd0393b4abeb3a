package io.conversion.model.design;

import io.conversion.model.fit.LogisticFit;
import io.conversion.model.fit.NewtonSystem;
import io.conversion.model.fit.PenalisedLikelihood;
import io.conversion.model.fit.PenaltySearch;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A design with the solution of its fit. */
public final class FittedDesign {

    private final Design design;
    private final int[] kept;
    private final LogisticFit.Outcome outcome;
    private final PenalisedLikelihood optimum;
    private final double penalty;
    private final @Nullable PenaltySearch validation;
    private final List<String> separating;

    public FittedDesign(
            Design design,
            int[] kept,
            LogisticFit.Outcome outcome,
            PenalisedLikelihood optimum,
            double penalty,
            @Nullable PenaltySearch validation,
            List<String> separating) {
        this.design = design;
        this.kept = kept;
        this.outcome = outcome;
        this.optimum = optimum;
        this.penalty = penalty;
        this.validation = validation;
        this.separating = separating;
    }

    public Design design() {
        return design;
    }

    /** The columns of the design that were fitted. */
    public int[] kept() {
        return kept;
    }

    /** Those columns, in their order. */
    public List<DesignColumn> columns() {
        return Arrays.stream(kept).mapToObj(design.columns()::get).toList();
    }

    /** The number of Newton steps. */
    public int steps() {
        return outcome.steps();
    }

    /** The objective at the solution, over the columns that were fitted. */
    public PenalisedLikelihood optimum() {
        return optimum;
    }

    /** The covariance of the parameters, the intercept last; null if the Hessian cannot be inverted. */
    public double @Nullable [][] covariance() {
        NewtonSystem information = NewtonSystem.of(optimum.hessian());
        return information == null ? null : information.inverse();
    }

    public double penalty() {
        return penalty;
    }

    /** The cross-validation of the fit; null if nothing was chosen by one. */
    public @Nullable PenaltySearch validation() {
        return validation;
    }

    /** The columns that separate the outcomes, which only the penalty holds back. */
    public List<String> separating() {
        return separating;
    }

    /** One for each column of the design; 0 for those that were left out. */
    public double[] coefficients() {
        double[] all = new double[design.columns().size()];
        for (int j = 0; j < kept.length; j++) {
            all[kept[j]] = optimum.parameters()[j];
        }
        return all;
    }

    /** Whether each column of the design was fitted. */
    public boolean[] estimated() {
        boolean[] all = new boolean[design.columns().size()];
        for (int column : kept) {
            all[column] = true;
        }
        return all;
    }
}
