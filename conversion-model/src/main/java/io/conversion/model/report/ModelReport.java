package io.conversion.model.report;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import io.conversion.core.ConversionModel;
import io.conversion.core.json.AtomicFile;
import io.conversion.core.signals.Signal;
import io.conversion.model.TrainingResult;
import io.conversion.model.chart.PageStyle;
import io.conversion.model.comparison.InterpretabilityCost;
import io.conversion.model.data.DataSet;
import io.conversion.model.evaluation.Evaluation;
import io.conversion.model.evaluation.GroupEvaluation;
import io.conversion.model.lifecycle.IntentReport;
import io.conversion.model.signals.SignalValidation;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A page about a model, for people: what was asked, which signals there are, what the model says of each, how good it is,
 * what deciding by it would meet, what follows, and where it comes from.
 *
 * <p>The page is a single HTML file with its charts in it. It loads nothing from elsewhere and runs no script, so it opens
 * offline, prints, and can be sent. The same parts give the same bytes. Everything that a training, a validation or a
 * policy knows in addition is given with the methods that return a changed copy. Immutable and safe to share between
 * threads.
 *
 * <pre>{@code
 * ModelReport.of(model, Evaluation.of(model, users.holdout()))
 *         .training(result)
 *         .users(users.training())
 *         .signals(SignalValidation.of(users.training()))
 *         .write(Path.of("report.html"));
 * }</pre>
 */
public final class ModelReport {

    private static final Template PAGE =
            Mustache.compiler().emptyStringIsFalse(true).compile(resource("report.mustache"));

    private final ReportParts parts;

    private ModelReport(ReportParts parts) {
        this.parts = parts;
    }

    /**
     * A report of a model and its evaluation.
     *
     * @param model the model
     * @param evaluation its evaluation, on users that it was not trained on
     * @return the report
     */
    public static ModelReport of(ConversionModel model, Evaluation evaluation) {
        return new ModelReport(new ReportParts(model, evaluation));
    }

    /**
     * Writes a report of a model and its evaluation, completely or not at all.
     *
     * @param model the model
     * @param evaluation its evaluation, on users that it was not trained on
     * @param file the file; an existing one is replaced
     * @throws IOException if the file cannot be written
     */
    public static void write(ConversionModel model, Evaluation evaluation, Path file) throws IOException {
        of(model, evaluation).write(file);
    }

    /**
     * Says which users the evaluation is of, where that is not simply users that the model was not trained on.
     *
     * @param users the end of the sentence "The figures are measured on 8,000 ...", such as {@code users of May}
     * @return the changed copy
     */
    public ModelReport measuredOn(String users) {
        return new ModelReport(parts.measuredOn(users));
    }

    /**
     * Gives users whose signals are drawn below the curves. Without them the deciles in the artifact are.
     *
     * @param drawn users of the model's schema, such as the training rows
     * @return the changed copy
     * @throws IllegalArgumentException if they are of another schema
     */
    public ModelReport users(DataSet drawn) {
        if (!drawn.schema().equals(parts.model().schema())) {
            throw new IllegalArgumentException("the users are of schema " + drawn.schema() + " and the model of "
                    + parts.model().schema());
        }
        return new ModelReport(parts.users(drawn));
    }

    /**
     * Gives the training, for how the penalty was chosen.
     *
     * @param result the training
     * @return the changed copy
     */
    public ModelReport training(TrainingResult result) {
        return new ModelReport(parts.training(result));
    }

    /**
     * Gives the validation of the signals, for its verdicts.
     *
     * @param validation the validation of all signals of the model
     * @return the changed copy
     * @throws IllegalArgumentException if a signal of the model is not part of it
     */
    public ModelReport signals(SignalValidation validation) {
        parts.model().schema().declared().forEach(signal -> validation.signal(signal.name()));
        return new ModelReport(parts.validation(validation));
    }

    /**
     * Gives the measurement of when intent emerges.
     *
     * @param report the measurement
     * @return the changed copy
     */
    public ModelReport horizons(IntentReport report) {
        return new ModelReport(parts.horizons(report));
    }

    /**
     * Gives the comparison with black boxes and simpler approaches.
     *
     * @param cost what interpretability costs
     * @return the changed copy
     */
    public ModelReport comparison(InterpretabilityCost cost) {
        return new ModelReport(parts.comparison(cost));
    }

    /**
     * Gives the policy that decides by the model, and what it does to users.
     *
     * @param decided the policy with its decisions, counted
     * @return the changed copy
     */
    public ModelReport policy(ReportPolicy decided) {
        return new ModelReport(parts.policy(decided));
    }

    /**
     * Gives what the policy is expected to gain by declared economics. It is shown with the policy only.
     *
     * @param declared the economics, with gains on the users that the policy decided on
     * @return the changed copy
     */
    public ModelReport economics(ReportEconomics declared) {
        return new ModelReport(parts.economics(declared));
    }

    /**
     * Gives the evaluation of groups of users.
     *
     * @param attribute what the groups are by, such as a country tier
     * @param groups the groups, as {@link Evaluation#byGroup} measures them
     * @return the changed copy
     */
    public ModelReport groups(String attribute, List<GroupEvaluation> groups) {
        return new ModelReport(parts.groups(new ReportParts.Groups(attribute, groups)));
    }

    /**
     * Names the files that the figures come from, for a reader who asks.
     *
     * @param named names of files by what they hold, such as {@code users measured on}, in the order to show
     * @return the changed copy
     */
    public ModelReport files(Map<String, String> named) {
        return new ModelReport(parts.files(named));
    }

    /**
     * Writes the page, completely or not at all.
     *
     * @param file the file; an existing one is replaced
     * @throws IOException if the file cannot be written
     */
    public void write(Path file) throws IOException {
        AtomicFile.write(file, toHtml());
    }

    /**
     * The page.
     *
     * @return HTML text
     */
    public String toHtml() {
        List<Signal> ordered = SignalsSection.byWeight(parts);
        List<SignalView> views =
                ordered.stream().map(signal -> SignalView.of(parts, signal)).toList();
        List<Map<String, Object>> figures = new ArrayList<>();
        List<Map<String, Object>> small = new ArrayList<>();
        List<Map<String, Object>> oddsRatios = new ArrayList<>();
        for (int i = 0; i < views.size(); i++) {
            (views.get(i).isLarge() ? figures : small).add(views.get(i).figure("signal" + i));
            oddsRatios.addAll(views.get(i).oddsRatios());
        }
        Map<String, Object> page = new HashMap<>();
        page.put("title", parts.model().name() + " " + parts.model().version());
        page.put("name", parts.model().name());
        page.put("version", parts.model().version());
        page.put("style", PageStyle.css());
        page.put("summary", SummarySection.of(parts, views));
        page.put("signals", SignalsSection.of(parts, views));
        page.put("horizons", HorizonSection.of(parts));
        page.put("figures", figures);
        page.put("smallFigures", small);
        page.put("hasSmallFigures", !small.isEmpty());
        page.put("smallCount", ReportText.count(small.size(), "signal"));
        page.put("oddsRatios", oddsRatios);
        page.put("quality", QualitySection.of(parts));
        page.put("comparison", ComparisonSection.of(parts.comparison()));
        page.put("decision", DecisionSection.of(parts));
        page.put("recommendation", RecommendationSection.of(parts, views));
        page.put("provenance", ProvenanceSection.of(parts));
        return PAGE.execute(page);
    }

    private static String resource(String name) {
        try (InputStream in = Objects.requireNonNull(ModelReport.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
