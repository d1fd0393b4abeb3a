package io.conversion.model.report;

import io.conversion.core.ConversionModel;
import io.conversion.core.ModelReference;
import io.conversion.core.json.AtomicFile;
import io.conversion.core.json.JsonText;
import io.conversion.core.provenance.GateCheck;
import io.conversion.model.CalibrationCandidate;
import io.conversion.model.CalibrationMeasure;
import io.conversion.model.Diagnostics;
import io.conversion.model.TrainingResult;
import io.conversion.model.comparison.Contender;
import io.conversion.model.comparison.InterpretabilityCost;
import io.conversion.model.evaluation.Evaluation;
import io.conversion.model.evaluation.GroupEvaluation;
import io.conversion.model.evaluation.ModelDifference;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The numbers of an evaluation for machines, as JSON: the model, the figures on each kind of rows, and after training also
 * the fit with its coefficients on the columns that it was fitted on. Immutable and safe to share between threads.
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
        return of(model).with("evaluation", EvaluationJson.of(evaluation));
    }

    /**
     * Reports a training: the fit, and the figures on the very rows that were trained on, which flatter the model.
     *
     * @param model the model
     * @param result its training
     * @param evaluation its evaluation on the training rows
     * @return the report
     */
    public static EvaluationReport ofTraining(ConversionModel model, TrainingResult result, Evaluation evaluation) {
        return of(model).with("training_rows", EvaluationJson.of(evaluation)).with("fit", fit(result));
    }

    private static EvaluationReport of(ConversionModel model) {
        return new EvaluationReport(JsonText.object("model", reference(model)));
    }

    /**
     * Adds the figures on training rows by fits that were not made of them.
     *
     * @param evaluation the evaluation of out-of-fold probabilities
     * @return the changed copy
     */
    public EvaluationReport outOfFold(Evaluation evaluation) {
        return with("out_of_fold", EvaluationJson.of(evaluation));
    }

    /**
     * Adds the figures on a hold-out.
     *
     * @param evaluation the evaluation on the hold-out
     * @return the changed copy
     */
    public EvaluationReport holdout(Evaluation evaluation) {
        return with("holdout", EvaluationJson.of(evaluation));
    }

    /**
     * Adds the figures of each group of users.
     *
     * @param attribute the attribute or signal whose values are the groups
     * @param groups the groups
     * @return the changed copy
     */
    public EvaluationReport groups(String attribute, List<GroupEvaluation> groups) {
        List<Object> rows = groups.stream().<Object>map(EvaluationReport::group).toList();
        return with("groups", JsonText.object("attribute", attribute, "groups", rows));
    }

    /**
     * Adds the comparison with another model on the same users.
     *
     * @param other the other model
     * @param evaluation the evaluation of the other model on the same users
     * @param difference the figures of the model of the report minus those of the other one
     * @return the changed copy
     */
    public EvaluationReport against(ConversionModel other, Evaluation evaluation, ModelDifference difference) {
        return with(
                "against",
                JsonText.object(
                        "model", reference(other),
                        "evaluation", EvaluationJson.of(evaluation),
                        "resamples", difference.resamples(),
                        "level", difference.level(),
                        "roc_auc", difference(difference.rocAuc()),
                        "log_loss", difference(difference.logLoss()),
                        "brier_score", difference(difference.brierScore())));
    }

    /**
     * Adds the comparison with black boxes and simpler approaches.
     *
     * @param cost what interpretability costs
     * @return the changed copy
     */
    public EvaluationReport comparison(InterpretabilityCost cost) {
        List<Object> contenders = cost.contenders().stream()
                .<Object>map(EvaluationReport::contender)
                .toList();
        return with(
                "comparison",
                JsonText.object(
                        "sentence", cost.sentence(),
                        "black_box", lower(cost.blackBox()),
                        "beyond_noise", cost.isBeyondNoise(),
                        "notes", cost.notes(),
                        "contenders", contenders));
    }

    private static Map<String, Object> contender(Contender contender) {
        return JsonText.object(
                "approach", lower(contender.approach()),
                "choices", contender.choices(),
                "roc_auc_gain", difference(contender.rocAucGain()),
                "log_loss_gain", difference(contender.logLossGain()),
                "evaluation", EvaluationJson.of(contender.evaluation()));
    }

    private static Map<String, Object> difference(ModelDifference.Difference of) {
        return JsonText.object(
                "difference", of.value(),
                "lower", of.interval().lower(),
                "upper", of.interval().upper());
    }

    private static Map<String, Object> reference(ConversionModel model) {
        ModelReference reference = model.reference();
        return JsonText.object("name", reference.name(), "version", reference.version(), "digest", reference.digest());
    }

    private static Map<String, Object> group(GroupEvaluation group) {
        Map<String, Object> json = JsonText.object(
                "group", group.group(),
                "rows", group.rows(),
                "positives", group.positives(),
                "rate", group.rate(),
                "mean_predicted", group.meanPredicted());
        group.evaluation()
                .ifPresentOrElse(
                        evaluation -> json.put("evaluation", EvaluationJson.of(evaluation)),
                        () -> json.put("cannot_know", EvaluationJson.reason(CalibrationMeasure.Reason.ONE_OUTCOME)));
        return json;
    }

    private EvaluationReport with(String key, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(json);
        more.put(key, value);
        return new EvaluationReport(more);
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

    private static Map<String, Object> fit(TrainingResult result) {
        Diagnostics diagnostics = result.diagnostics();
        Map<String, Object> coefficients = new LinkedHashMap<>();
        result.coefficients().forEach(coefficient -> coefficients.put(coefficient.column(), coefficient.value()));
        List<Object> leftOut = diagnostics.leftOut().stream()
                .<Object>map(column -> JsonText.object("column", column.column(), "reason", lower(column.reason())))
                .toList();
        return JsonText.object(
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
                .<Object>map(point -> JsonText.object(
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
                JsonText.object("check", check.name(), "verdict", lower(check.verdict()), "sentence", check.sentence());
        check.override().ifPresent(reason -> json.put("override", reason));
        return json;
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
