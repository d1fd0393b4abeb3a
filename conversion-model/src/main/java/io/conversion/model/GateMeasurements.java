package io.conversion.model;

import io.conversion.core.signals.ExpectedDirection;
import io.conversion.core.signals.Signal;
import io.conversion.model.data.DataDoubt;
import io.conversion.model.data.DataSet;
import io.conversion.model.design.DependentColumns;
import io.conversion.model.design.FittedDesign;
import io.conversion.model.design.MonotoneForms;
import io.conversion.model.design.RepeatedSignals;
import io.conversion.model.design.SignFlips;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.jspecify.annotations.Nullable;

/**
 * What the publish gate measures of a fit, once, before it is held against any limit.
 *
 * @param rows the training rows
 * @param rarer how many of them have the rarer outcome
 * @param coefficients the columns that were fitted
 * @param gradient the largest component of the gradient at the solution
 * @param condition largest over smallest eigenvalue of the Hessian, scaled to a unit diagonal; may be infinite
 * @param separating the quoted names of columns that separate the outcomes
 * @param outOfFold the calibration on rows held out from the fit; null if it cannot be measured
 * @param singleSignalAucs the ROC AUC of each signal alone
 * @param repeatedSignals signals that say the same as an earlier one, with that one
 * @param dependent columns that follow exactly from those of other signals
 * @param flips signals that go one way alone and the other way in the fit
 * @param withoutCurve signals that were left without a curve, since it would go against their declaration
 * @param directionViolations signals whose shapes go against their declaration
 * @param declaresDirections whether any signal declares a direction
 * @param doubts what is doubtful about the values of the training rows
 */
record GateMeasurements(
        int rows,
        int rarer,
        int coefficients,
        double gradient,
        double condition,
        List<String> separating,
        @Nullable CalibrationLine outOfFold,
        Map<String, Double> singleSignalAucs,
        Map<String, String> repeatedSignals,
        List<DependentColumns.Dependence> dependent,
        List<SignFlips.Flip> flips,
        List<String> withoutCurve,
        List<String> directionViolations,
        boolean declaresDirections,
        List<DataDoubt> doubts) {

    /**
     * Measures.
     *
     * @param fitted the fit
     * @param outOfFold the training rows, each as the fit without its fold scores it; empty if there is none
     */
    static GateMeasurements of(FittedDesign fitted, Optional<ScoredRows> outOfFold) {
        DataSet data = fitted.design().data();
        List<Signal> declared = data.schema().declared();
        Map<String, Double> aucs = new LinkedHashMap<>();
        for (int i = 0; i < declared.size(); i++) {
            aucs.put(declared.get(i).name(), fitted.design().summaries().get(i).auc());
        }
        double[][] hessian = fitted.optimum().hessian();
        Map<String, String> repeated = RepeatedSignals.of(data);
        return new GateMeasurements(
                data.rows(),
                Math.min(data.positives(), data.rows() - data.positives()),
                fitted.kept().length,
                fitted.optimum().largestGradient(),
                conditionNumber(hessian),
                fitted.separating(),
                outOfFold.flatMap(ScoredRows::calibration).orElse(null),
                Collections.unmodifiableMap(aucs),
                repeated,
                DependentColumns.of(fitted, hessian, repeated.keySet()),
                SignFlips.of(fitted),
                MonotoneForms.withoutCurve(fitted.design()),
                MonotoneForms.violations(fitted.design(), fitted.coefficients()),
                declared.stream().anyMatch(signal -> signal.expected() != ExpectedDirection.ANY),
                data.doubts());
    }

    static double conditionNumber(double[][] hessian) {
        int size = hessian.length;
        DMatrixRMaj scaled = new DMatrixRMaj(size, size);
        for (int j = 0; j < size; j++) {
            for (int k = 0; k <= j; k++) {
                double value = j == k ? 1 : hessian[j][k] / Math.sqrt(hessian[j][j]) / Math.sqrt(hessian[k][k]);
                if (!Double.isFinite(value)) {
                    return Double.POSITIVE_INFINITY;
                }
                scaled.set(j, k, value);
                scaled.set(k, j, value);
            }
        }
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(size, false, true);
        if (!eigen.decompose(scaled)) {
            return Double.POSITIVE_INFINITY;
        }
        double least = Double.POSITIVE_INFINITY;
        double most = 0;
        for (int j = 0; j < size; j++) {
            least = Math.min(least, eigen.getEigenvalue(j).getReal());
            most = Math.max(most, eigen.getEigenvalue(j).getReal());
        }
        return least > 0 ? most / least : Double.POSITIVE_INFINITY;
    }
}
