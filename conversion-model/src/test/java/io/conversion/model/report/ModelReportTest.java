package io.conversion.model.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.conversion.core.ConversionModel;
import io.conversion.core.shapes.Shape;
import io.conversion.core.signals.Signal;
import io.conversion.core.signals.SignalSchema;
import io.conversion.model.LogisticTrainer;
import io.conversion.model.TrainingResult;
import io.conversion.model.comparison.InterpretabilityCost;
import io.conversion.model.comparison.ModelComparison;
import io.conversion.model.data.DataSet;
import io.conversion.model.evaluation.Evaluation;
import io.conversion.model.lifecycle.IntentHorizons;
import io.conversion.model.lifecycle.IntentReport;
import io.conversion.model.signals.SignalReport;
import io.conversion.model.signals.SignalValidation;
import io.conversion.model.synthetic.StreamingProduct;
import io.conversion.model.synthetic.StreamingUsers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ModelReportTest {

    private static final List<ReportBand> BANDS =
            List.of(new ReportBand("low_intent", 0, "wait"), new ReportBand("high_intent", 0.9, "offer_annual_plan"));

    private final DataSet users = StreamingUsers.generate(3000, 5);
    private TrainingResult result;
    private ConversionModel model;
    private Evaluation evaluation;
    private SignalValidation validation;

    @BeforeAll
    void train() {
        result = LogisticTrainer.withDefaults().train(users.training());
        model = result.publish("trial-conversion", "7", Instant.parse("2026-01-02T03:04:05Z"));
        evaluation = Evaluation.of(model, users.holdout());
        validation = SignalValidation.of(users.training());
    }

    private ModelReport report() {
        return ModelReport.of(model, evaluation)
                .training(result)
                .users(users.training())
                .signals(validation)
                .bands(BANDS);
    }

    @Test
    void pageFollowsFromProblemToRecommendation() {
        String page = report().toHtml();

        assertThat(matches(page, "<h2>(.*?)</h2>"))
                .containsExactly("Problem", "Signals", "Model", "Decision", "Recommendation", "Provenance");
        assertThat(page)
                .contains("<title>trial-conversion 7 – model report</title>")
                .contains(
                        "From 6 signals of what a user does, this model says how likely “converted” is for that user.")
                .contains("It learnt from 2,400 users")
                .contains("measured on 600 users that the model was not trained on.");
    }

    @Test
    void pageLoadsNothingAndRunsNothing() {
        String page = report().toHtml();

        assertThat(page)
                .doesNotContain("<script")
                .doesNotContain("<link")
                .doesNotContain("<img")
                .doesNotContain("@import");
        assertThat(matches(page, "(?:src|href)=\"(.*?)\"")).isNotEmpty().allMatch(target -> target.startsWith("#"));
        assertThat(matches(page, "(https?://[^\"<\\s]*)")).allMatch(url -> url.startsWith("http://www.w3.org/"));
        assertThat(matches(page, "url\\((.*?)\\)")).isNotEmpty().allMatch(target -> target.startsWith("#"));
    }

    @Test
    void linksLeadSomewhereAndIdsAreUnique() {
        String page = report().toHtml();

        List<String> ids = matches(page, "\\sid=\"(.*?)\"");
        Set<String> distinct = new HashSet<>(ids);
        assertThat(ids).hasSameSizeAs(distinct);
        assertThat(matches(page, "href=\"#(.*?)\"")).isNotEmpty().allMatch(distinct::contains);
        assertThat(matches(page, "url\\(#(.*?)\\)")).allMatch(distinct::contains);
    }

    @Test
    void elementsAreClosedInOrder() {
        String page = report().toHtml();

        StringBuilder open = new StringBuilder();
        for (MatchResult tag :
                (Iterable<MatchResult>) Pattern.compile("<(/?)([a-z][a-z0-9]*)[^>]*?(/?)>", Pattern.CASE_INSENSITIVE)
                        .matcher(page)
                        .results()::iterator) {
            String name = tag.group(2);
            boolean empty = name.equals("meta") || !tag.group(3).isEmpty();
            if (!empty && tag.group(1).isEmpty()) {
                open.append('/').append(name);
            } else if (!empty) {
                assertThat(open.toString()).as("before </%s>", name).endsWith("/" + name);
                open.setLength(open.length() - name.length() - 1);
            }
        }
        assertThat(open.toString()).isEmpty();
    }

    @Test
    void figuresAreThoseOfTheEvaluation() {
        String page = report().toHtml();

        assertThat(page)
                .contains("<td class=\"number\">"
                        + ReportText.decimals(evaluation.rocAuc().value(), 4) + "</td>")
                .contains("<td class=\"number\">" + ReportText.decimals(evaluation.logLoss(), 4) + "</td>");
        double high = (double) evaluation.between(0.9, 1).orElseThrow().rows() / evaluation.rows();
        assertThat(page)
                .contains(
                        "high_intent from " + ReportText.percent(0.9) + " (" + ReportText.percent(high) + " of users)");
        for (SignalReport signal : validation.signals()) {
            assertThat(page).contains("<h3>" + signal.signal() + "</h3><svg");
        }
    }

    @Test
    void samePartsGiveTheSameBytes() {
        assertThat(report().toHtml()).isEqualTo(report().toHtml());
    }

    @Test
    void everythingThatIsKnownIsShown() {
        IntentReport horizons = IntentHorizons.defaults()
                .settings(IntentHorizons.defaults().settings().resamples(200))
                .measure(StreamingProduct.log(1500, 3));
        InterpretabilityCost cost =
                ModelComparison.defaults().measure(LogisticTrainer.linear(), users.training(), users.holdout());

        String page = report().horizons(horizons)
                .comparison(cost)
                .groups("country_tier", Evaluation.byGroup(model, users.holdout(), "country_tier"))
                .toHtml();

        assertThat(page)
                .contains(horizons.verdict().sentence())
                .contains(cost.sentence())
                .contains("<h4>By country_tier</h4>")
                .doesNotContain("Not measured");
    }

    @Test
    void modelByHandHasAReportToo() {
        SignalSchema schema = SignalSchema.of(
                "numbers",
                "1",
                Signal.numeric("x").meaning("<script>alert(1)</script> & more"),
                Signal.flag("weekend"));
        ConversionModel byHand = ConversionModel.of(
                "by-hand", "1", schema, 0, Map.of("x", new Shape.Linear(1, 0, 0), "weekend", new Shape.Flag(0.5, 0)));
        DataSet.Builder rows = DataSet.builder(schema);
        for (int i = 0; i < 40; i++) {
            Map<String, Object> values = new HashMap<>(Map.of("x", i % 7 - 3, "weekend", i % 2 == 0));
            rows.add(values, i % 3 == 0);
        }

        String page = ModelReport.of(byHand, Evaluation.of(byHand, rows.build("converted")))
                .toHtml();

        assertThat(page)
                .contains("&lt;script&gt;alert(1)&lt;/script&gt; &amp; more")
                .contains("how likely conversion is for that user")
                .contains("The artifact has no covariance, so curves have no intervals.")
                .doesNotContain("<script");
    }

    @Test
    void pageIsWrittenToAFile(@TempDir Path folder) throws IOException {
        ModelReport.write(model, evaluation, folder.resolve("report.html"));

        assertThat(folder.resolve("report.html"))
                .usingCharset(StandardCharsets.UTF_8)
                .hasContent(ModelReport.of(model, evaluation).toHtml());
    }

    @Test
    void bandsMustStartAt0AndAscend() {
        ModelReport report = ModelReport.of(model, evaluation);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> report.bands(List.of(new ReportBand("high_intent", 0.5, "offer"))))
                .withMessage(
                        "band \"high_intent\" starts at 0.5; the first band starts at 0 and each later one above the one before");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ReportBand("high_intent", 1.5, "offer"))
                .withMessage("band \"high_intent\" starts at 1.5; it must start from 0 to 1");
    }

    @Test
    void usersOfAnotherSchemaAreRefused() {
        SignalSchema other = SignalSchema.of("numbers", "1", Signal.numeric("x"));
        DataSet rows = DataSet.builder(other).add(Map.of("x", 1), true).build("converted");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> report().users(rows))
                .withMessage("the users are of schema " + other + " and the model of " + model.schema());
    }

    private static List<String> matches(String page, String pattern) {
        return Pattern.compile(pattern)
                .matcher(page)
                .results()
                .map(match -> match.group(1))
                .toList();
    }
}
