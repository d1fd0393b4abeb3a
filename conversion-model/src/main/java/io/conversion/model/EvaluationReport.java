package io.conversion.model;

import io.conversion.core.ConversionModel;
import io.conversion.core.GateCheck;
import io.conversion.core.ModelReference;
import io.conversion.core.json.AtomicFile;
import io.conversion.core.json.JsonText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The numbers of an evaluation for machines, as JSON: the model, the metrics, and after training also the fit with its
 * coefficients on the columns that it was fitted on. Immutable and safe to share between threads.
 */
public final class EvaluationReport {

    private final Map<String, Object> json;

    private EvaluationReport(Map<String, Object> json) {
        this.json = json;
    }

    /**
     * Reports an evaluation on rows that the model was not trained on.
     *
     * @param model the model
     * @param evaluation its evaluation
     * @return the report
     */
    public static EvaluationReport of(ConversionModel model, Evaluation evaluation) {
        return new EvaluationReport(content(model, "evaluation", evaluation));
    }

    /**
     * Reports a training: the fit, and the metrics on the very rows that were trained on, which flatter the model.
     *
     * @param model the model
     * @param result its training
     * @param evaluation its evaluation on the training rows
     * @return the report
     */
    public static EvaluationReport ofTraining(ConversionModel model, TrainingResult result, Evaluation evaluation) {
        Map<String, Object> json = content(model, "training_rows", evaluation);
        json.put("fit", fit(result));
        return new EvaluationReport(json);
    }

    /**
     * The report as JSON.
     *
     * @return JSON text
     */
    public String toJson() {
        return JsonText.pretty(json);
    }

    /**
     * Writes the report, completely or not at all.
     *
     * @param file the file; an existing one is replaced
     * @throws IOException if the file cannot be written
     */
    public void save(Path file) throws IOException {
        AtomicFile.write(file, toJson());
    }

    private static Map<String, Object> content(ConversionModel model, String rows, Evaluation evaluation) {
        ModelReference reference = model.reference();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put(
                "model",
                ordered("name", reference.name(), "version", reference.version(), "digest", reference.digest()));
        json.put(
                rows,
                ordered(
                        "rows", evaluation.rows(),
                        "positives", evaluation.positives(),
                        "base_rate", evaluation.baseRate(),
                        "mean_predicted", evaluation.meanPredicted(),
                        "roc_auc", evaluation.rocAuc(),
                        "pr_auc", evaluation.prAuc(),
                        "log_loss", evaluation.logLoss(),
                        "brier_score", evaluation.brierScore(),
                        "expected_calibration_error", evaluation.expectedCalibrationError()));
        return json;
    }

    private static Map<String, Object> fit(TrainingResult result) {
        Diagnostics diagnostics = result.diagnostics();
        Map<String, Object> coefficients = new LinkedHashMap<>();
        result.coefficients().forEach(coefficient -> coefficients.put(coefficient.column(), coefficient.value()));
        List<Object> leftOut = diagnostics.leftOut().stream()
                .<Object>map(column -> ordered("column", column.column(), "reason", lower(column.reason())))
                .toList();
        return ordered(
                "penalty", result.penalty(),
                "penalty_path", penaltyPath(result),
                "shapes", result.shapeDescriptions(),
                "calibration", calibration(result),
                "gate", result.gate().stream().map(EvaluationReport::check).toList(),
                "objective", diagnostics.objective(),
                "newton_steps", diagnostics.newtonSteps(),
                "largest_gradient", diagnostics.largestGradient(),
                "relative_gradient", diagnostics.relativeGradient(),
                "intercept", result.intercept(),
                "coefficients", coefficients,
                "left_out", leftOut,
                "warnings", diagnostics.warnings());
    }

    /** Empty if the penalty was given. */
    private static List<Object> penaltyPath(TrainingResult result) {
        return result.penaltyPath().stream()
                .flatMap(path -> path.points().stream())
                .<Object>map(point -> ordered(
                        "penalty", point.lambda(),
                        "log_loss", point.logLoss(),
                        "standard_error", point.standardError()))
                .toList();
    }

    /** The candidates with their cross-validated log losses; one that cannot be fitted has a reason instead. */
    private static Map<String, Object> calibration(TrainingResult result) {
        Map<String, Object> json = new LinkedHashMap<>();
        result.calibrationChoice().ifPresent(choice -> {
            json.put("chosen", lower(choice.chosen()));
            json.put(
                    "log_loss",
                    choice.candidates().stream()
                            .filter(candidate -> Double.isFinite(candidate.logLoss()))
                            .collect(Collectors.toMap(
                                    candidate -> lower(candidate.method()),
                                    CalibrationCandidate::logLoss,
                                    (one, other) -> one,
                                    LinkedHashMap::new)));
        });
        result.outOfFoldCalibration().ifPresent(line -> {
            json.put("out_of_fold_slope", line.slope().value());
            json.put("out_of_fold_slope_lower", line.slope().lower());
            json.put("out_of_fold_slope_upper", line.slope().upper());
        });
        return json;
    }

    private static Map<String, Object> check(GateCheck check) {
        Map<String, Object> json =
                ordered("check", check.name(), "verdict", lower(check.verdict()), "sentence", check.sentence());
        check.override().ifPresent(reason -> json.put("override", reason));
        return json;
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static Map<String, Object> ordered(Object... keysAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }
}
