package io.conversion.model.signals;

import io.conversion.core.ConversionModel;
import io.conversion.core.json.ArtifactText;
import io.conversion.core.json.AtomicFile;
import io.conversion.core.json.JsonText;
import io.conversion.core.signals.Signal;
import io.conversion.model.data.DataSet;
import io.conversion.model.data.InvalidDataException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Every signal of a data set, judged before it enters a model: how well it alone predicts, whether it is known in time,
 * whether it is stable over cohorts, what other signals tell already, and the verdict with its reasons.
 *
 * <p>A signal is dropped if it has no variation, neither ranks users nor lifts a bin, most likely holds the outcome, or
 * is known after the prediction day. Whatever else falls short of a limit makes it conditional: somebody has to look.
 * Give it training rows: a choice of signals that has seen the hold-out flatters the model there.
 *
 * <p>The result does not depend on the order of the rows, but for rounding in the variance inflation factors. Immutable
 * and safe to share between threads.
 */
public final class SignalValidation {

    private final DataSet.LabelColumn label;
    private final int rows;
    private final int positives;
    private final ValidationOptions options;
    private final List<String> notes;
    private final List<SignalReport> signals;

    private SignalValidation(
            DataSet.LabelColumn label,
            int rows,
            int positives,
            ValidationOptions options,
            List<String> notes,
            List<SignalReport> signals) {
        this.label = label;
        this.rows = rows;
        this.positives = positives;
        this.options = options;
        this.notes = List.copyOf(notes);
        this.signals = List.copyOf(signals);
    }

    /**
     * Validates all signals of a data set with the standard limits and nothing declared.
     *
     * @param training the rows that a model is to be trained on
     * @return the validation
     * @throws InvalidDataException if the rows are all of one outcome
     */
    public static SignalValidation of(DataSet training) {
        return of(training, ValidationOptions.defaults());
    }

    /**
     * Validates all signals of a data set.
     *
     * @param training the rows that a model is to be trained on
     * @param options the limits, and what is declared of the signals and the users
     * @return the validation
     * @throws InvalidDataException if the rows are all of one outcome, or the cohorts are too many
     * @throws IllegalArgumentException if the options name a signal or an attribute that the data do not have, or say
     *     when signals are known without a prediction day
     */
    public static SignalValidation of(DataSet training, ValidationOptions options) {
        boolean[] converted = training.outcomes();
        int positives = training.positives();
        checkOutcomes(training.rows(), positives);
        checkDays(training, options);
        List<Signal> declared = training.schema().declared();
        Judgement judgement = new Judgement(options);
        List<String> notes = new ArrayList<>(judgement.notes(declared));
        Cohorts cohorts = cohorts(training, options, converted, notes);

        List<SignalColumn> columns = declared.stream()
                .map(signal ->
                        SignalColumn.of(signal, training, options.limits().levels()))
                .toList();
        Map<String, Collinearity> inflation = VarianceInflation.of(columns, notes::add);
        List<SignalReport> reports = new ArrayList<>();
        for (SignalColumn column : columns) {
            PredictiveStrength strength = StrengthMeasure.of(column, converted, options);
            Signal signal = column.signal();
            SignalReport measured = new SignalReport(
                    signal.name(),
                    column.kind(),
                    column.missing(),
                    column.distinct(),
                    strength,
                    cohorts == null || cohorts.isOf(signal) ? null : cohorts.stability(column, strength, options),
                    inflation.get(signal.name()),
                    options.available().get(signal.name()),
                    signal.meaning(),
                    Judgement.unit(signal),
                    signal.isActionable(),
                    List.of());
            reports.add(judgement.judge(measured, training.rows(), column.levels()));
        }
        return new SignalValidation(training.label(), training.rows(), positives, options, notes, reports);
    }

    private static void checkOutcomes(int rows, int positives) {
        if (positives == 0 || positives == rows) {
            throw new InvalidDataException("the " + rows + " rows hold "
                    + (positives == 0 ? "no positive" : "no negative") + " outcome; both are needed");
        }
    }

    private static void checkDays(DataSet training, ValidationOptions options) {
        for (String name : options.available().keySet()) {
            if (training.schema().find(name).isEmpty()) {
                throw new IllegalArgumentException(
                        "there is no signal " + ArtifactText.quoted(name) + " to be available on day "
                                + options.available().get(name) + "; the signals are "
                                + ArtifactText.listed(training.schema().declared().stream()
                                        .map(Signal::name)
                                        .toList()));
            }
        }
        if (!options.available().isEmpty() && options.predictionDay().isEmpty()) {
            throw new IllegalArgumentException(
                    "it is declared when signals are known, but not when users are scored; declare the prediction day");
        }
    }

    private static @Nullable Cohorts cohorts(
            DataSet training, ValidationOptions options, boolean[] converted, List<String> notes) {
        Optional<String> attribute = options.cohort();
        if (attribute.isEmpty()) {
            return null;
        }
        Cohorts cohorts = Cohorts.of(training, attribute.get(), converted);
        if (cohorts.rowsWithout() > 0) {
            notes.add(Text.count(cohorts.rowsWithout(), "row") + " without " + ArtifactText.quoted(attribute.get())
                    + " belong to no cohort");
        }
        if (cohorts.count() < 2) {
            notes.add("stability was not assessed: " + ArtifactText.quoted(attribute.get()) + " has "
                    + (cohorts.count() == 0 ? "no value" : "a single value or month"));
            return null;
        }
        return cohorts;
    }

    /**
     * The same validation beside a model that was trained on these signals: of a signal that is judged drop, the last reason
     * to drop it says that the model has it all the same, why, and what it weighs there.
     *
     * @param model the model
     * @return the validation; what the model does not have is as it was
     */
    public SignalValidation inModel(ConversionModel model) {
        return new SignalValidation(
                label,
                rows,
                positives,
                options,
                notes,
                signals.stream()
                        .map(report -> report.verdict() == Verdict.DROP
                                        && model.schema().find(report.signal()).isPresent()
                                ? DroppedSignal.inModel(report, model)
                                : report)
                        .toList());
    }

    /**
     * The signals that are judged drop.
     *
     * @return their reports in the order of the schema
     */
    public List<SignalReport> dropped() {
        return signals.stream()
                .filter(report -> report.verdict() == Verdict.DROP)
                .toList();
    }

    /**
     * The number of users that the validation rests on.
     *
     * @return the number of rows
     */
    public int rows() {
        return rows;
    }

    /**
     * How many of the users converted.
     *
     * @return the number of rows with the positive outcome
     */
    public int positives() {
        return positives;
    }

    /**
     * The options of the validation.
     *
     * @return the limits, and what was declared
     */
    public ValidationOptions options() {
        return options;
    }

    /**
     * What the signals were validated for: what asks for a declaration that nobody gave was not assessed.
     *
     * @return the dimensions
     */
    public Set<Dimension> assessed() {
        Set<Dimension> assessed = EnumSet.of(Dimension.PREDICTIVE_STRENGTH, Dimension.LEAKAGE, Dimension.COLLINEARITY);
        if (!options.available().isEmpty()) {
            assessed.add(Dimension.TEMPORAL_VALIDITY);
        }
        if (signals().stream().anyMatch(signal -> signal.stability().isPresent())) {
            assessed.add(Dimension.STABILITY);
        }
        if (signals().stream().anyMatch(signal -> !signal.meaning().isBlank())) {
            assessed.add(Dimension.INTERPRETABILITY);
        }
        return Collections.unmodifiableSet(assessed);
    }

    /**
     * What was not assessed, for any signal or for some, and why.
     *
     * @return the notes in sentences, empty if all was assessed
     */
    public List<String> notes() {
        return notes;
    }

    /**
     * All signals.
     *
     * @return the reports in the order of the schema
     */
    public List<SignalReport> signals() {
        return signals;
    }

    /**
     * One signal.
     *
     * @param name the name of the signal
     * @return its report
     * @throws IllegalArgumentException if there is no such signal
     */
    public SignalReport signal(String name) {
        return signals.stream()
                .filter(report -> report.signal().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no signal " + ArtifactText.quoted(name)
                        + " among "
                        + ArtifactText.listed(
                                signals.stream().map(SignalReport::signal).toList())));
    }

    /**
     * All signals by the ROC AUC that their verdicts are given by.
     *
     * @return the reports, the strongest first, equal ones in the order of the schema
     */
    public List<SignalReport> strongestFirst() {
        return signals.stream()
                .sorted(Comparator.comparingDouble(SignalReport::strengthValue).reversed())
                .toList();
    }

    /**
     * The signal that a naive rule would rest on: the strongest one that is not dropped.
     *
     * @return its report, empty if all signals are dropped
     */
    public Optional<SignalReport> best() {
        return strongestFirst().stream()
                .filter(report -> report.verdict() != Verdict.DROP)
                .findFirst();
    }

    /**
     * The validation for machines.
     *
     * @return JSON text
     */
    public String toJson() {
        return JsonText.pretty(ValidationJson.of(this, label));
    }

    /**
     * Writes the validation as JSON, completely or not at all.
     *
     * @param file the file; an existing one is replaced
     * @throws IOException if the file cannot be written
     */
    public void save(Path file) throws IOException {
        AtomicFile.write(file, toJson());
    }
}
