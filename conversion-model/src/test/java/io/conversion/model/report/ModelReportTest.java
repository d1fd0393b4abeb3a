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

    private static final ReportPolicy POLICY = new ReportPolicy(
            "trial-policy",
            "2",
            "sha256:00",
            "the 600 users of May",
            Map.of("owner", "growth & <team>"),
            List.of(
                    new ReportBand("low_intent", 0, "wait", new ReportVolume(380, 380, 120.2, 380, 114)),
                    new ReportBand(
                            "high_intent", 0.9, "offer_annual_plan", new ReportVolume(150, 150, 140.5, 100, 93))),
            List.of(
                    new ReportRule(
                            ReportRule.Kind.GUARDRAIL,
                            "complaint",
                            "\"complaint\" is true",
                            "call",
                            new ReportVolume(40, 40, 9.8, 40, 8)),
                    new ReportRule(
                            ReportRule.Kind.CONTROL,
                            "control group",
                            "a tenth",
                            "wait",
                            new ReportVolume(20, 20, 5, 0, 0)),
                    new ReportRule(
                            ReportRule.Kind.FALLBACK, "invalid_signals", "", "wait", new ReportVolume(10, 0, 0, 10, 1)),
                    new ReportRule(
                            ReportRule.Kind.FALLBACK, "other_model", "", "wait", new ReportVolume(0, 0, 0, 0, 0))),
            Map.of("offer_annual_plan", 120L, "call", 50L),
            List.of("Keys are not known."));

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
                .policy(POLICY);
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
    void policyIsShownByWhatItDoes() {
        String page = report().toHtml().replace('\u00a0', ' ');

        assertThat(page)
                .contains(
                        "By policy trial-policy 2: high_intent from 90 % (25 % of users) and low_intent from 0 % (63 % of"
                                + " users); in place of a band decide guardrails (6.7 %), the control group (3.3 %) and fallbacks"
                                + " (1.7 %).")
                .contains("What policy trial-policy 2 does to the 600 users of May</h3>");
        assertThat(rows(page, "high_intent"))
                .startsWith("high_intentband|from 90 %|offer_annual_plan|150|25 %|94 %|140.5|93 % (86 % to 97 %)");
        assertThat(rows(page, "low_intent"))
                .containsExactly("low_intentband|below 90 %|wait|380|63 %|32 %|120.2|30 % (26 % to 35 %)");
        assertThat(rows(page, "complaint"))
                .containsExactly("complaintguardrail|&quot;complaint&quot; is true|call|40|6.7 %|25 %|9.8|20 % (10 % to"
                        + " 35 %)");
        assertThat(rows(page, "control group"))
                .containsExactly("control groupcontrol|a tenth|wait|20|3.3 %|25 %|5.0|–");
        assertThat(rows(page, "invalid_signals"))
                .containsExactly("invalid_signalsfallback||wait|10|1.7 %|–|–|10 % (1.8 % to 40 %)");
        assertThat(rows(page, "other_model")).isEmpty();
        assertThat(rows(page, "all")).containsExactly("all|||600|100 %|47 %|275.5|41 % (37 % to 45 %)");
    }

    @Test
    void placesOfCapacitiesAreCounted() {
        String page = report().toHtml().replace('\u00a0', ' ');

        assertThat(rows(page, "offer_annual_plan"))
                .containsExactly("offer_annual_plan|150|25 %|140.5|120|✕ 30 places too many");
        assertThat(rows(page, "call")).containsExactly("call|40|6.7 %|9.8|50|10 left");
        assertThat(rows(page, "wait")).containsExactly("wait|410|68 %|125.2|–|");
        assertThat(rows(page, "owner")).containsExactly("owner|growth &amp; &lt;team&gt;");
        assertThat(rows(page, "digest")).containsExactly("digest|sha256:00");
        assertThat(page).contains("<p class=\"note\">Keys are not known.</p>");
    }

    @Test
    void recommendationHasSizesAndTheExperimentThatTheyAllow() {
        String page = report().toHtml().replace('\u00a0', ' ');

        assertThat(page)
                .doesNotContain("Begin with the highest scores")
                .contains("They do not say whom to target: users with high scores convert most without any action")
                .contains(
                        "<li>Plan offer_annual_plan for 150 users (25 %), of whom 140.5 are expected to convert as things"
                                + " were. That is 30 places too many: raise the bound of its band, or the capacity.</li>")
                .contains(
                        "<li>Plan call for 40 users (6.7 %), of whom 9.8 are expected to convert as things were.</li>")
                .doesNotContain("Plan wait")
                .contains(
                        "What a conversion is worth, and what an action costs: then it follows from which effect on an"
                                + " action pays.");
        assertThat(rows(page, "high_intent"))
                .contains(
                        "high_intent|offer_annual_plan|150|93.7 %|94.3 %|22,129|not with these: it takes 295.1 times as many"
                                + "|none");
    }

    @Test
    void withoutAPolicyTheExperimentIsOfAllUsers() {
        String page = ModelReport.of(model, evaluation).toHtml();

        assertThat(page)
                .contains("users with the action and as many without (power 80\u00a0%, two-sided level 5\u00a0%).")
                .contains("A policy, which says who gets what: then volumes and the size of an experiment follow.")
                .doesNotContain("What an experiment would need");
    }

    @Test
    void declaredEconomicsAreShownWithWhatWouldTurnThem() {
        ReportEconomics economics = new ReportEconomics(
                40,
                List.of(
                        new ReportEconomics.Gain("offer_annual_plan", 250, "+30 %", "a pilot", "it pays from +21 % on"),
                        new ReportEconomics.Gain("call", -50.5, "+2 %", "a guess", "it pays from +3 % on")),
                List.of(
                        new ReportEconomics.Change("value", 40, 32, -10),
                        new ReportEconomics.Change("value", 40, 48, 400)),
                List.of("One at a time."));

        String page = report().economics(economics).toHtml().replace('\u00a0', ' ');

        assertThat(page)
                .contains("If a conversion is worth 40, the policy is expected to gain <strong>199.50</strong>")
                .contains("It gains 250.00 by the declared effect of +30 % (a pilot), if that is true.</li>")
                .contains(
                        "<li>Leave out call for 40 users (6.7 %), of whom 9.8 are expected to convert as things were. It"
                                + " loses 50.50 by the declared effect of +2 % (a guess), unless an experiment shows a larger"
                                + " one.</li>")
                .contains("<li>Another effect of call than +2 % (a guess): it pays from +3 % on.</li>")
                .contains("<li>Value of 32 instead of 40: the policy then gains -10.00 instead of 199.50.</li>")
                .contains("<p class=\"note\">One at a time.</p>");
        assertThat(rows(page, "call")).contains("call|40|+2 %|a guess|-50.50|it pays from +3 % on");
        assertThat(rows(page, "value")).containsExactly("value|40|32|-10.00|48|400.00");
    }

    @Test
    void bandsMustStartAt0AndAscend() {
        ReportVolume nobody = new ReportVolume(0, 0, 0, 0, 0);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> policyOf(new ReportBand("high_intent", 0.5, "offer", nobody)))
                .withMessage(
                        "band \"high_intent\" starts at 0.5; the first band starts at 0 and each later one above the one before");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ReportBand("high_intent", 1.5, "offer", nobody))
                .withMessage("band \"high_intent\" starts at 1.5; it must start from 0 to 1");
        assertThatIllegalArgumentException()
                .isThrownBy(ModelReportTest::policyOf)
                .withMessage("policy \"p\" has no band; give at least one, from 0 on");
    }

    @Test
    void partsAreNotLargerThanTheirWhole() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ReportVolume(5, 4, 4.5, 5, 1))
                .withMessage(
                        "of 5 users, 4 have a probability and 4.5 are expected to convert; of 5 the outcome is known"
                                + " and 1 converted; every number is from 0 to the one that it is a part of");
        assertThatIllegalArgumentException().isThrownBy(() -> new ReportVolume(5, 5, Double.NaN, 5, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new ReportVolume(5, 5, 1, 5, 6));
    }

    private static ReportPolicy policyOf(ReportBand... bands) {
        return new ReportPolicy("p", "1", "", "nobody", Map.of(), List.of(bands), List.of(), Map.of(), List.of());
    }

    @Test
    void usersOfAnotherSchemaAreRefused() {
        SignalSchema other = SignalSchema.of("numbers", "1", Signal.numeric("x"));
        DataSet rows = DataSet.builder(other).add(Map.of("x", 1), true).build("converted");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> report().users(rows))
                .withMessage("the users are of schema " + other + " and the model of " + model.schema());
    }

    /** The texts of the rows whose first cell begins with a text, their cells divided by bars. */
    private static List<String> rows(String page, String first) {
        return matches(page, "<tr>(<th scope=\"row\">" + first + "<.*?)</tr>").stream()
                .map(row -> row.replaceAll("</t[hd]><td[^>]*>", "|").replaceAll("<[^>]*>", ""))
                .toList();
    }

    private static List<String> matches(String page, String pattern) {
        return Pattern.compile(pattern)
                .matcher(page)
                .results()
                .map(match -> match.group(1))
                .toList();
    }
}
