package io.conversion.experiments.value;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import io.conversion.experiments.Finding;
import io.conversion.experiments.Refusal;
import io.conversion.experiments.internal.NumberTexts;
import io.conversion.experiments.value.ValueAnswer.Estimated;
import io.conversion.experiments.value.ValueAnswer.Interval;
import io.conversion.experiments.value.ValueAnswer.Refused;
import io.conversion.model.chart.ChartRow;
import io.conversion.model.chart.PageStyle;
import io.conversion.model.chart.RowChart;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** The page of an {@link OffPolicyReadout}: the answer and the support first, then bands, estimates, and what it cannot say. */
final class ValuePage {

    /** More actions than these are folded away. */
    private static final int FEW = 8;

    private static final Template PAGE =
            Mustache.compiler().emptyStringIsFalse(true).compile(template());

    private final OffPolicyReadout readout;
    private final ValueTexts texts;

    private ValuePage(OffPolicyReadout readout) {
        this.readout = readout;
        this.texts = new ValueTexts(readout);
    }

    static String of(OffPolicyReadout readout) {
        return PAGE.execute(new ValuePage(readout).page());
    }

    private static String template() {
        try (InputStream in = Objects.requireNonNull(ValuePage.class.getResourceAsStream("value.mustache"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, Object> page() {
        Map<String, Object> page = new LinkedHashMap<>();
        page.put("name", readout.policy());
        page.put("style", PageStyle.css());
        page.put(
                "lead",
                NumberTexts.count(readout.answer().support().decisions())
                        + " logged decisions; what would this policy have brought in place of what was in force?");
        page.put("verdictClass", verdictClass());
        page.put("mark", mark(verdictClass()));
        page.put("verdict", readout.sentence());
        page.put("tiles", tiles());
        page.put("refusals", refusals(readout.answer()));
        page.put("findings", findings());
        page.put("hasBands", !readout.bands().isEmpty());
        page.put("bands", bands());
        page.put("chart", chart());
        page.put("hasEstimates", readout.answer() instanceof Estimated);
        page.put("estimates", estimates());
        page.put("hasActions", !readout.answer().support().actions().isEmpty());
        page.put("fewActions", readout.answer().support().actions().size() <= FEW);
        page.put("actions", actions());
        page.put("facts", facts());
        page.put("limits", limits());
        return page;
    }

    private String verdictClass() {
        return switch (readout.kind()) {
            case MORE -> "good";
            case OPEN -> "look";
            case LESS, REFUSED -> "bad";
        };
    }

    private static String mark(String state) {
        return state.equals("good") ? "✓" : state.equals("bad") ? "✕" : "◐";
    }

    private List<Map<String, Object>> tiles() {
        List<Map<String, Object>> tiles = new ArrayList<>();
        Support support = readout.answer().support();
        SupportLimits limits = readout.limits();
        if (readout.answer() instanceof Estimated value) {
            tiles.add(tile(
                    verdictClass(),
                    texts.value(value.best().value(), value.interval()),
                    "for each decision",
                    texts.range(value.interval()) + "; in force: "
                            + texts.value(readout.logged().value(), value.interval())));
        }
        boolean few =
                support.effectiveUsers() < Math.max(limits.effectiveUsers(), limits.effectiveShare() * support.users());
        tiles.add(tile(
                few ? "bad" : support.effectiveUsers() < 0.1 * support.users() ? "look" : "good",
                NumberTexts.number(support.effectiveUsers()),
                "effective users",
                "of " + NumberTexts.count(support.users()) + ": so many say something about this policy"));
        tiles.add(tile(
                support.gaps().isEmpty() ? "good" : "bad",
                support.gaps().isEmpty()
                        ? "none"
                        : String.valueOf(support.gaps().size()),
                "never logged",
                support.gaps().isEmpty()
                        ? "Whatever the policy would do was done sometimes."
                        : "Some of what the policy would do was never done."));
        // What was never done lowers the mean of the weights by itself.
        boolean sound = (!support.gaps().isEmpty() || support.meanWeightPValue() >= limits.alpha())
                && support.actions().stream()
                        .allMatch(of -> of.pValue() * support.actions().size() >= limits.alpha());
        tiles.add(tile(
                sound ? "good" : "bad",
                sound ? "as written" : "not as written",
                "propensities",
                sound
                        ? "Each action was taken as often as its probabilities say."
                        : "Actions were not taken as often as their probabilities say."));
        return tiles;
    }

    private static Map<String, Object> tile(String state, String figure, String label, String text) {
        return Map.of("state", state, "figure", figure, "label", label, "text", text);
    }

    private static List<Map<String, String>> refusals(ValueAnswer answer) {
        List<Refusal> refusals = answer instanceof Refused refused ? refused.refusals() : List.of();
        return refusals.stream()
                .map(refusal -> Map.of("reason", upper(refusal.reason()), "remedy", upper(refusal.remedy())))
                .toList();
    }

    private List<Map<String, Object>> findings() {
        List<Finding> all = new ArrayList<>(readout.log().findings());
        if (readout.answer() instanceof Estimated value) {
            all.addAll(value.findings());
        }
        return all.stream()
                .filter(finding -> finding.severity() != Finding.Severity.REFUSES)
                .map(finding -> {
                    boolean warns = finding.severity() == Finding.Severity.WARNS;
                    return Map.<String, Object>of(
                            "pill", warns ? "◐ warning" : "note",
                            "pillClass", warns ? "look" : "",
                            "sentence", upper(finding.sentence()) + ".");
                })
                .toList();
    }

    private List<Map<String, Object>> bands() {
        return readout.bands().stream()
                .map(band -> {
                    Map<String, Object> row = new LinkedHashMap<>();
                    row.put("band", band.band());
                    row.put("decisions", NumberTexts.count(band.decisions()));
                    row.put(
                            "effective",
                            NumberTexts.number(band.answer().support().effectiveUsers()));
                    if (band.answer() instanceof Estimated value) {
                        row.put("logged", texts.value(band.logged(), value.interval()));
                        row.put("value", texts.value(value.best().value(), value.interval()));
                        row.put("interval", texts.range(value.interval()));
                    } else {
                        row.put(
                                "refused",
                                refusals(band.answer()).stream()
                                        .map(of -> of.get("reason") + ". " + of.get("remedy") + ".")
                                        .reduce((a, b) -> a + " " + b)
                                        .orElse(""));
                    }
                    return row;
                })
                .toList();
    }

    private String chart() {
        List<ChartRow> rows = new ArrayList<>();
        for (BandValue band : readout.bands()) {
            if (band.answer() instanceof Estimated value) {
                rows.add(row(band.band(), value, NumberTexts.count(band.decisions())));
            }
        }
        if (readout.answer() instanceof Estimated value) {
            rows.add(row("all", value, NumberTexts.count(value.support().decisions())));
        }
        return rows.size() < 2
                ? ""
                : RowChart.svg("bands", "value of each decision" + (texts.scale() > 1 ? ", %" : ""), "decisions", rows);
    }

    private ChartRow row(String name, Estimated value, String note) {
        double scale = texts.scale();
        Interval interval = value.interval();
        return new ChartRow(
                name, scale * value.best().value(), scale * interval.lower(), scale * interval.upper(), note);
    }

    private List<Map<String, Object>> estimates() {
        List<Map<String, Object>> rows = new ArrayList<>();
        if (readout.answer() instanceof Estimated value) {
            for (ValueEstimate estimate : value.estimates()) {
                double error = estimate.standardError();
                Map<String, Object> row = new LinkedHashMap<>();
                row.put(
                        "name",
                        name(estimate) + (estimate.estimator() == value.best().estimator() ? " ●" : ""));
                row.put("value", texts.value(estimate.value(), value.interval()));
                row.put("error", Double.isNaN(error) ? "" : NumberTexts.number(texts.scale() * error));
                row.put("bound", Double.isFinite(estimate.bound()) ? NumberTexts.number(estimate.bound()) : "");
                rows.add(row);
            }
        }
        return rows;
    }

    private static String name(ValueEstimate estimate) {
        return switch (estimate.estimator()) {
            case DIRECT -> "direct: what the reward model says, without an error";
            case IPS -> "inverse propensity";
            case SNIPS -> "inverse propensity, self-normalised";
            case CLIPPED_IPS -> "inverse propensity, clipped";
            case CONTROL_VARIATE -> "inverse propensity, with a control variate";
            case CRESSIE_READ -> "empirical likelihood";
            case DOUBLY_ROBUST -> "doubly robust";
            case SELF_NORMALISED_DOUBLY_ROBUST -> "doubly robust, self-normalised";
            case SWITCH_DOUBLY_ROBUST -> "doubly robust, switching at large weights";
            case SHRUNK_DOUBLY_ROBUST -> "doubly robust, with shrunk weights";
        };
    }

    private List<Map<String, Object>> actions() {
        return readout.answer().support().actions().stream()
                .map(check -> Map.<String, Object>of(
                        "action", check.action(),
                        "decisions", NumberTexts.count(check.decisions()),
                        "inverse", NumberTexts.number(check.meanInverse()),
                        "p", NumberTexts.pValue(check.pValue())))
                .toList();
    }

    private List<Map<String, String>> facts() {
        List<Map<String, String>> facts = new ArrayList<>();
        Support support = readout.answer().support();
        SupportLimits limits = readout.limits();
        facts.add(fact("intervals", NumberTexts.number(100 * (1 - readout.alpha())) + " %"));
        if (readout.answer() instanceof Estimated value) {
            facts.add(fact("at one look", texts.range(value.interval())));
            facts.add(fact("without a normal distribution", texts.range(value.bernstein())));
            Interval anytime = value.anytime();
            facts.add(fact(
                    "however often one looks",
                    anytime == null ? "not given, since the range of outcomes is not declared" : texts.range(anytime)));
        }
        facts.add(fact(
                "mean of the weights",
                NumberTexts.number(support.meanWeight()) + " (1 is expected, "
                        + NumberTexts.pValue(support.meanWeightPValue()) + ")"));
        facts.add(fact(
                "largest share of one user",
                NumberTexts.number(100 * support.largestShare()) + " % of the weight; at most "
                        + NumberTexts.number(100 * limits.largestShare()) + " % is allowed"));
        facts.add(fact(
                "effective outcomes",
                NumberTexts.number(support.effectiveOutcomes()) + "; " + NumberTexts.number(limits.effectiveOutcomes())
                        + " are needed"));
        readout.log().sources().forEach((name, digest) -> facts.add(fact(name, digest)));
        return facts;
    }

    private static Map<String, String> fact(String name, String value) {
        return Map.of("fact", name, "value", value);
    }

    private List<String> limits() {
        List<String> limits = new ArrayList<>();
        limits.add(
                "It is the value on users like those of the log, in that time, as if nobody had reacted to the change of"
                        + " the policy itself.");
        limits.add(
                "It rests on the propensities that were recorded. Where an action was drawn by something that is not on"
                        + " record, it is wrong, and the check above finds only what is wrong on the average.");
        limits.add(
                "Intervals of one look hold for a policy that was chosen before this log was looked at. The best of many"
                        + " candidates on one log looks better than it is.");
        return limits;
    }

    private static String upper(String sentence) {
        return sentence.substring(0, 1).toUpperCase(Locale.ROOT) + sentence.substring(1);
    }
}
