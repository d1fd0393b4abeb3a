package io.conversion.model.report;

import io.conversion.core.ConversionModel;
import io.conversion.model.TrainingResult;
import io.conversion.model.comparison.InterpretabilityCost;
import io.conversion.model.data.DataSet;
import io.conversion.model.evaluation.Evaluation;
import io.conversion.model.evaluation.GroupEvaluation;
import io.conversion.model.lifecycle.IntentReport;
import io.conversion.model.signals.SignalValidation;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a report is made of.
 *
 * @param model the model
 * @param evaluation its evaluation
 * @param measuredOn what the users of the evaluation are, as the end of a sentence
 * @param users the users whose signals are drawn; null for those that the artifact knows of
 * @param training the training; null if it is not at hand
 * @param validation the validation of the signals; null if there is none
 * @param horizons when intent emerges; null if it was not measured
 * @param comparison what black boxes gain; null if it was not measured
 * @param policy what a policy does to the users; null if there is none
 * @param economics what the policy gains by declared economics; null if none are declared
 * @param groups the evaluation of groups of users
 * @param files what the figures come from: names of files by what they hold
 */
record ReportParts(
        ConversionModel model,
        Evaluation evaluation,
        String measuredOn,
        @Nullable DataSet users,
        @Nullable TrainingResult training,
        @Nullable SignalValidation validation,
        @Nullable IntentReport horizons,
        @Nullable InterpretabilityCost comparison,
        @Nullable ReportPolicy policy,
        @Nullable ReportEconomics economics,
        Groups groups,
        Map<String, String> files) {

    ReportParts {
        files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
    }

    /** The parts of a report of a model and its evaluation alone. */
    ReportParts(ConversionModel model, Evaluation evaluation) {
        this(
                model,
                evaluation,
                "users that the model was not trained on",
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                new Groups("", List.of()),
                Map.of());
    }

    /** The bands of the policy, ascending; none if there is none. */
    List<ReportBand> bands() {
        return policy == null ? List.of() : policy.bands();
    }

    ReportParts measuredOn(String sentence) {
        return new ReportParts(
                model,
                evaluation,
                sentence,
                users,
                training,
                validation,
                horizons,
                comparison,
                policy,
                economics,
                groups,
                files);
    }

    ReportParts users(DataSet drawn) {
        return new ReportParts(
                model,
                evaluation,
                measuredOn,
                drawn,
                training,
                validation,
                horizons,
                comparison,
                policy,
                economics,
                groups,
                files);
    }

    ReportParts training(TrainingResult result) {
        return new ReportParts(
                model,
                evaluation,
                measuredOn,
                users,
                result,
                validation,
                horizons,
                comparison,
                policy,
                economics,
                groups,
                files);
    }

    ReportParts validation(SignalValidation signals) {
        return new ReportParts(
                model,
                evaluation,
                measuredOn,
                users,
                training,
                signals,
                horizons,
                comparison,
                policy,
                economics,
                groups,
                files);
    }

    ReportParts horizons(IntentReport days) {
        return new ReportParts(
                model,
                evaluation,
                measuredOn,
                users,
                training,
                validation,
                days,
                comparison,
                policy,
                economics,
                groups,
                files);
    }

    ReportParts comparison(InterpretabilityCost cost) {
        return new ReportParts(
                model,
                evaluation,
                measuredOn,
                users,
                training,
                validation,
                horizons,
                cost,
                policy,
                economics,
                groups,
                files);
    }

    ReportParts policy(ReportPolicy decided) {
        return new ReportParts(
                model,
                evaluation,
                measuredOn,
                users,
                training,
                validation,
                horizons,
                comparison,
                decided,
                economics,
                groups,
                files);
    }

    ReportParts economics(ReportEconomics declared) {
        return new ReportParts(
                model,
                evaluation,
                measuredOn,
                users,
                training,
                validation,
                horizons,
                comparison,
                policy,
                declared,
                groups,
                files);
    }

    ReportParts groups(Groups each) {
        return new ReportParts(
                model,
                evaluation,
                measuredOn,
                users,
                training,
                validation,
                horizons,
                comparison,
                policy,
                economics,
                each,
                files);
    }

    ReportParts files(Map<String, String> named) {
        return new ReportParts(
                model,
                evaluation,
                measuredOn,
                users,
                training,
                validation,
                horizons,
                comparison,
                policy,
                economics,
                groups,
                named);
    }

    /**
     * Groups of users.
     *
     * @param attribute what the groups are by; empty if there are none
     * @param each the evaluation of each group
     */
    record Groups(String attribute, List<GroupEvaluation> each) {

        Groups {
            each = List.copyOf(each);
        }
    }
}
