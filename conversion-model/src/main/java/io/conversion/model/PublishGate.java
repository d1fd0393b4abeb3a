package io.conversion.model;

import io.conversion.core.GateCheck;
import io.conversion.core.GateCheck.Verdict;
import io.conversion.core.Signal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/** What is checked of a fit before it becomes a model. */
final class PublishGate {

    private final TrainingResult result;
    private final GateLimits limits;
    private final List<GateCheck> checks = new ArrayList<>();

    private PublishGate(TrainingResult result, GateLimits limits) {
        this.result = result;
        this.limits = limits;
    }

    static List<GateCheck> check(TrainingResult result, GateLimits limits) {
        PublishGate gate = new PublishGate(result, limits);
        gate.gradient();
        gate.condition();
        gate.rowsPerCoefficient();
        gate.separation();
        gate.calibration();
        gate.leakage();
        gate.expectedDirections();
        return gate.checks;
    }

    private void gradient() {
        double limit = limits.gradientPerRow() * result.data().rows();
        double gradient = result.fitted().optimum().largestGradient();
        add(
                "gradient",
                "",
                gradient,
                limit,
                gradient <= limit ? Verdict.PASSED : Verdict.REFUSED,
                gradient <= limit
                        ? "the gradient at the solution is rounding error"
                        : "the gradient at the solution is " + brief(gradient)
                                + ", so it is no optimum; train with a larger penalty, or give signals in other units");
    }

    /** Largest over smallest eigenvalue of the Hessian, scaled to a unit diagonal. */
    private void condition() {
        double condition = conditionNumber(result.fitted().optimum().hessian());
        boolean refused = !(condition < limits.conditionRefused());
        boolean warned = !(condition < limits.conditionWarned());
        add(
                "condition",
                "",
                Math.min(condition, Double.MAX_VALUE),
                refused ? limits.conditionRefused() : limits.conditionWarned(),
                refused ? Verdict.REFUSED : warned ? Verdict.WARNING : Verdict.PASSED,
                warned
                        ? "the columns nearly depend on each other (condition number " + brief(condition)
                                + "), so their coefficients say little one by one; exclude a signal that repeats"
                                + " another one, or train with a larger penalty"
                        : "the columns are told apart well");
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

    private void rowsPerCoefficient() {
        DataSet data = result.data();
        int rarer = Math.min(data.positives(), data.rows() - data.positives());
        int coefficients = Math.max(1, result.fitted().kept().length);
        double ratio = (double) rarer / coefficients;
        boolean refused = ratio < limits.rowsPerCoefficientRefused();
        boolean warned = ratio < limits.rowsPerCoefficientWarned();
        add(
                "rows_per_coefficient",
                "",
                ratio,
                refused ? limits.rowsPerCoefficientRefused() : limits.rowsPerCoefficientWarned(),
                refused ? Verdict.REFUSED : warned ? Verdict.WARNING : Verdict.PASSED,
                "the rarer outcome has " + rarer + " rows for " + coefficients
                        + (coefficients == 1 ? " coefficient" : " coefficients")
                        + (warned ? "; give more rows, or fewer signals and levels" : ""));
    }

    private void separation() {
        List<String> columns = result.fitted().separating();
        boolean separated = !columns.isEmpty();
        // Without a penalty the training itself refuses it.
        add(
                "separation",
                "",
                columns.size(),
                0,
                separated ? Verdict.WARNING : Verdict.PASSED,
                separated
                        ? "the outcomes are separated by " + String.join(", ", columns)
                                + "; their estimates rest on the penalty"
                        : "no combination of columns separates the outcomes");
    }

    private void calibration() {
        Optional<CalibrationLine> measured = result.outOfFoldCalibration();
        if (measured.isEmpty()) {
            add(
                    "calibration_slope",
                    "",
                    Double.MAX_VALUE,
                    limits.slopeTo(),
                    Verdict.WARNING,
                    "the out-of-fold calibration cannot be measured: too few rows of an outcome, or both lie apart");
            return;
        }
        CalibrationLine.Estimate slope = measured.get().slope();
        boolean refused = slope.upper() < limits.slopeFrom() || slope.lower() > limits.slopeTo();
        boolean low = slope.value() < 1;
        add(
                "calibration_slope",
                "",
                slope.value(),
                low ? limits.slopeFrom() : limits.slopeTo(),
                refused ? Verdict.REFUSED : Verdict.PASSED,
                "on rows held out from the fit, log-odds have the calibration slope " + interval(slope)
                        + (refused
                                ? low
                                        ? ": they are too extreme; train with a larger penalty or calibrate"
                                        : ": they are too timid; train with a smaller penalty or calibrate"
                                : ""));
        CalibrationLine.Estimate shift = measured.get().shift();
        boolean off = shift.lower() > 0 || shift.upper() < 0;
        add(
                "calibration_intercept",
                "",
                shift.value(),
                0,
                off ? Verdict.WARNING : Verdict.PASSED,
                "on rows held out from the fit, log-odds are off by " + interval(shift)
                        + (off ? "; calibrate, or look for rows that repeat each other" : ""));
    }

    private void leakage() {
        DataSet data = result.data();
        int before = checks.size();
        double most = 0.5;
        for (int i = 0; i < data.schema().declared().size(); i++) {
            Signal signal = data.schema().declared().get(i);
            double auc = SingleSignalAuc.of(signal, data.column(i), data.converted());
            most = Math.max(most, auc);
            if (auc > limits.leakageWarned()) {
                boolean refused = auc > limits.leakageRefused();
                add(
                        "leakage",
                        signal.name(),
                        auc,
                        refused ? limits.leakageRefused() : limits.leakageWarned(),
                        refused ? Verdict.REFUSED : Verdict.WARNING,
                        "signal \"" + signal.name() + "\" alone ranks the outcomes with a ROC AUC of " + decimals(auc)
                                + "; it may hold the outcome itself: exclude it, or override this check if it is known"
                                + " at prediction time");
            }
        }
        if (checks.size() == before) {
            add(
                    "leakage",
                    "",
                    most,
                    limits.leakageWarned(),
                    Verdict.PASSED,
                    "no signal alone ranks the outcomes better than a ROC AUC of " + decimals(most));
        }
    }

    private void expectedDirections() {
        for (String violation : result.directionViolations()) {
            add(
                    "expected_direction",
                    violation,
                    0,
                    0,
                    Verdict.REFUSED,
                    "signal \"" + violation + "\" is declared to move the probability the other way than the data do;"
                            + " correct the declaration, look for a mistake in the data, or exclude the signal");
        }
        if (result.declaresDirections() && result.directionViolations().isEmpty()) {
            add("expected_direction", "", 0, 0, Verdict.PASSED, "every shape goes the way that its signal declares");
        }
    }

    private void add(String name, String subject, double value, double limit, Verdict verdict, String sentence) {
        checks.add(new GateCheck(name, subject, value, limit, verdict, sentence, null));
    }

    private static String interval(CalibrationLine.Estimate estimate) {
        return decimals(estimate.value()) + " (95 % Wald interval " + decimals(estimate.lower()) + " to "
                + decimals(estimate.upper()) + ")";
    }

    private static String decimals(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }

    private static String brief(double value) {
        return String.format(Locale.ROOT, "%.1e", value);
    }
}
