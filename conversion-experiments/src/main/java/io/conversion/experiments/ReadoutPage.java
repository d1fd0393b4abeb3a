package io.conversion.experiments;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import io.conversion.core.json.ArtifactText;
import io.conversion.experiments.internal.NumberTexts;
import io.conversion.experiments.statistics.Inference;
import io.conversion.experiments.statistics.Sample;
import io.conversion.experiments.statistics.SampleRatio;
import io.conversion.model.chart.ChartMark;
import io.conversion.model.chart.ChartPoint;
import io.conversion.model.chart.ChartRow;
import io.conversion.model.chart.PageStyle;
import io.conversion.model.chart.PathChart;
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
import java.util.Optional;

/** The page of a {@link Readout}: the verdict and the health first, then the effects, then what was fixed and what it cannot say. */
final class ReadoutPage {

    /** Looks with intervals so many times wider than the last one would make the others a line. */
    private static final double WIDEST = 4;

    private static final Template PAGE =
            Mustache.compiler().emptyStringIsFalse(true).compile(template());

    private final Readout readout;
    private final ReadoutPlan plan;

    private ReadoutPage(Readout readout) {
        this.readout = readout;
        this.plan = readout.plan();
    }

    static String of(Readout readout) {
        return PAGE.execute(new ReadoutPage(readout).page());
    }

    private static String template() {
        try (InputStream in = Objects.requireNonNull(ReadoutPage.class.getResourceAsStream("readout.mustache"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, Object> page() {
        Map<String, Object> page = new LinkedHashMap<>();
        page.put("name", plan.name());
        page.put("style", PageStyle.css());
        page.put("lead", lead());
        page.put("verdictClass", verdictClass());
        page.put("mark", verdictClass().equals("good") ? "✓" : verdictClass().equals("bad") ? "✕" : "◐");
        page.put("verdict", readout.verdict().sentence());
        page.put("tiles", tiles());
        page.put("arms", arms());
        page.put("findings", findings());
        page.put("path", path());
        page.put("metrics", readout.metrics().stream().map(this::metric).toList());
        page.put("groups", groups());
        page.put("facts", facts());
        page.put("limits", limits());
        return page;
    }

    private String lead() {
        return NumberTexts.count(readout.users()) + " users; is there more or less of "
                + ArtifactText.quoted(plan.primary().name()) + " than with "
                + ArtifactText.quoted(plan.control()) + "?";
    }

    private String verdictClass() {
        return switch (readout.verdict().kind()) {
            case "act" -> "good";
            case "wait" -> "look";
            default -> "bad";
        };
    }

    private List<Map<String, Object>> tiles() {
        List<Map<String, Object>> tiles = new ArrayList<>();
        tiles.add(health());
        if (plan.plannedUsers() > 0) {
            double share = Math.min(1, (double) readout.users() / plan.plannedUsers());
            tiles.add(tile(
                    share < 1 ? "look" : "good",
                    NumberTexts.number(100 * share) + " %",
                    "of the planned users",
                    NumberTexts.count(readout.users()) + " of " + NumberTexts.count(plan.plannedUsers())));
        }
        for (MetricReadout metric : readout.metrics().stream().limit(1).toList()) {
            for (ComparisonReadout comparison : metric.comparisons()) {
                effectTile(metric.metric(), comparison).ifPresent(tiles::add);
            }
        }
        return tiles;
    }

    private Optional<Map<String, Object>> effectTile(Metric metric, ComparisonReadout comparison) {
        EffectReadout best = comparison.best();
        if (best == null) {
            return Optional.empty();
        }
        Inference deciding = best.deciding(plan.singleLook());
        boolean shown = comparison.correctedPValue() < plan.alpha();
        String state = !shown ? "look" : metric.gain(best.estimate()) > 0 ? "good" : "bad";
        String saved = comparison.adjusted() == null
                ? ""
                : " What was known before saves "
                        + percent(comparison.adjusted().varianceReduction()) + " of the users.";
        return Optional.of(tile(
                state,
                ChangeTexts.points(metric, best.estimate(), deciding.upper() - deciding.lower())
                        + (metric.kind() == Metric.Kind.PROPORTION ? " points" : ""),
                comparison.arm() + " against " + plan.control(),
                "between " + ChangeTexts.changes(metric, deciding.lower(), deciding.upper()) + "." + saved));
    }

    private Map<String, Object> health() {
        long refusing = count(Finding.Severity.REFUSES);
        long warnings = count(Finding.Severity.WARNS);
        return refusing > 0
                ? tile("bad", "not sound", "health of the data", "No effect can be believed; see below.")
                : warnings > 0
                        ? tile(
                                "look",
                                warnings + (warnings == 1 ? " warning" : " warnings"),
                                "health of the data",
                                "See below.")
                        : plan.shares().isEmpty()
                                ? tile(
                                        "look",
                                        "not checked",
                                        "whether users got lost",
                                        "The shares of the arms were not declared.")
                                : tile("good", "sound", "health of the data", "As many users in each arm as declared.");
    }

    private long count(Finding.Severity severity) {
        return readout.health().findings().stream()
                .filter(finding -> finding.severity() == severity)
                .count();
    }

    private static Map<String, Object> tile(String state, String figure, String label, String text) {
        return Map.of("state", state, "figure", figure, "label", label, "text", text);
    }

    private Map<String, Object> arms() {
        Map<String, Object> arms = new LinkedHashMap<>();
        SampleRatio ratio = readout.health().sampleRatio();
        arms.put(
                "ratio",
                ratio == null
                        ? ""
                        : "Sample ratio: chi-square " + NumberTexts.number(ratio.chiSquare()) + ", "
                                + NumberTexts.pValue(ratio.pValue())
                                + " for a single look, " + NumberTexts.pValue(ratio.sequentialPValue())
                                + " however often one looks.");
        arms.put(
                "shares",
                plan.shares().entrySet().stream()
                        .map(share -> Map.of("name", share.getKey(), "share", percent(share.getValue())))
                        .toList());
        return arms;
    }

    private List<Map<String, Object>> findings() {
        return readout.health().findings().stream()
                .map(finding -> Map.<String, Object>of(
                        "pill",
                        switch (finding.severity()) {
                            case REFUSES -> "✕ refuses";
                            case WARNS -> "◐ warning";
                            case NOTES -> "note";
                        },
                        "pillClass",
                        switch (finding.severity()) {
                            case REFUSES -> "bad";
                            case WARNS -> "look";
                            case NOTES -> "";
                        },
                        "sentence",
                        upper(finding.sentence()) + "."))
                .toList();
    }

    /** A chart for each arm. */
    private List<Map<String, Object>> path() {
        List<Map<String, Object>> charts = new ArrayList<>();
        if (readout.path().size() < 2) {
            return charts;
        }
        int arms = readout.path().get(0).comparisons().size();
        for (int arm = 0; arm < arms; arm++) {
            List<ChartPoint> points = points(arm);
            if (points.size() > 1) {
                String name = readout.path().get(0).comparisons().get(arm).arm();
                charts.add(Map.of(
                        "arm",
                        name,
                        "svg",
                        PathChart.svg(
                                "path" + arm,
                                unit(plan.primary(), plan.primary().name()),
                                points,
                                smallest())));
            }
        }
        return charts;
    }

    private List<ChartMark> smallest() {
        double smallest = plan.primary().gain(plan.smallestEffect()) * scale(plan.primary());
        return Double.isFinite(smallest) ? List.of(new ChartMark("smallest that matters", smallest)) : List.of();
    }

    private List<ChartPoint> points(int arm) {
        double scale = scale(plan.primary());
        List<ChartPoint> points = new ArrayList<>();
        EffectReadout last = readout.path()
                .get(readout.path().size() - 1)
                .comparisons()
                .get(arm)
                .best();
        for (PathPoint point : readout.path()) {
            EffectReadout best = point.comparisons().get(arm).best();
            if (best != null && last != null && best.standardError() < WIDEST * last.standardError()) {
                Inference anytime = best.anytime();
                points.add(new ChartPoint(
                        point.users(), scale * best.estimate(), scale * anytime.lower(), scale * anytime.upper()));
            }
        }
        return points;
    }

    private List<Map<String, Object>> groups() {
        Metric metric = plan.primary();
        List<Map<String, Object>> all = new ArrayList<>();
        for (GroupsReadout of : readout.groups()) {
            List<ChartRow> rows = of.groups().stream()
                    .map(group -> {
                        Inference deciding = group.effect().deciding(plan.singleLook());
                        return new ChartRow(
                                NumberTexts.number(group.from()) + " to " + NumberTexts.number(group.to()),
                                scale(metric) * group.effect().estimate(),
                                scale(metric) * deciding.lower(),
                                scale(metric) * deciding.upper(),
                                NumberTexts.count(group.users()));
                    })
                    .toList();
            String sentence = rows.isEmpty()
                    ? "That the effect differs between users by " + ArtifactText.quoted(of.covariate())
                            + " is not shown (" + NumberTexts.pValue(of.pValue())
                            + "), so that effects of groups are not given."
                    : "The effect differs between users (" + NumberTexts.pValue(of.pValue())
                            + "). The intervals hold for all groups together.";
            all.add(Map.of(
                    "arm",
                    of.arm(),
                    "covariate",
                    of.covariate(),
                    "sentence",
                    sentence,
                    "svg",
                    rows.isEmpty()
                            ? ""
                            : RowChart.svg(
                                    "groups" + all.size(),
                                    unit(metric, "difference to " + plan.control()),
                                    "users",
                                    rows)));
        }
        return all;
    }

    private Map<String, Object> metric(MetricReadout readout) {
        Metric metric = readout.metric();
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", metric.name());
        map.put("role", role(metric));
        map.put("better", metric.higherIsBetter() ? "more is better" : "less is better");
        List<Map<String, Object>> rows = new ArrayList<>();
        List<ChartRow> chart = new ArrayList<>();
        for (ArmReadout arm : readout.arms()) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("arm", arm.name());
            row.put("users", NumberTexts.count(arm.sample().users()));
            row.put("mean", level(metric, arm.sample()));
            readout.comparisons().stream()
                    .filter(of -> of.arm().equals(arm.name()))
                    .forEach(of -> comparison(metric, of, row, chart));
            rows.add(row);
        }
        map.put("unit", metric.kind() == Metric.Kind.PROPORTION ? ", percentage points" : "");
        map.put("rows", rows);
        map.put(
                "svg",
                chart.isEmpty()
                        ? ""
                        : RowChart.svg(
                                "metric" + this.readout.metrics().indexOf(readout),
                                unit(metric, "difference to " + plan.control()),
                                "",
                                chart));
        return map;
    }

    private void comparison(Metric metric, ComparisonReadout of, Map<String, Object> row, List<ChartRow> chart) {
        EffectReadout best = of.best();
        Refusal refusal = of.refusal();
        if (best == null || refusal != null) {
            row.put("refused", refusal == null ? "" : upper(refusal.reason()) + "; " + refusal.remedy() + ".");
            return;
        }
        double scale = scale(metric);
        Inference deciding = best.deciding(plan.singleLook());
        row.put("difference", ChangeTexts.points(metric, best.estimate(), deciding.upper() - deciding.lower()));
        row.put("anytime", interval(metric, best.anytime()));
        row.put("fixed", interval(metric, best.fixed()));
        row.put("p", NumberTexts.pValue(deciding.pValue()));
        EffectReadout relative = of.relative();
        row.put("relative", relative == null ? "" : percentChange(relative.estimate()));
        chart.add(new ChartRow(
                of.arm(), scale * best.estimate(), scale * deciding.lower(), scale * deciding.upper(), ""));
    }

    private static String interval(Metric metric, Inference of) {
        double width = of.upper() - of.lower();
        return ChangeTexts.points(metric, of.lower(), width) + " to " + ChangeTexts.points(metric, of.upper(), width);
    }

    private static String role(Metric metric) {
        return switch (metric.role()) {
            case PRIMARY -> "decides";
            case GUARDRAIL -> "must not get worse by more than " + ChangeTexts.size(metric, metric.harm());
            case OTHER -> "decides nothing";
        };
    }

    private List<Map<String, String>> facts() {
        List<Map<String, String>> facts = new ArrayList<>();
        facts.add(fact("control", plan.control()));
        facts.add(fact("primary metric", plan.primary().name()));
        facts.add(fact("error rate", percent(plan.alpha()) + ", two-sided"));
        facts.add(fact(
                "what decides",
                plan.singleLook()
                        ? "intervals of one look; they are wrong if these data were looked at before"
                        : "intervals that hold however often one looks"));
        facts.add(fact(
                "planned users",
                plan.plannedUsers() > 0
                        ? NumberTexts.count(plan.plannedUsers())
                        : "none; intervals are narrowest at " + NumberTexts.count(plan.tunedUsers())));
        facts.add(fact(
                "smallest effect that matters",
                Double.isFinite(plan.smallestEffect())
                        ? ChangeTexts.size(plan.primary(), plan.smallestEffect())
                        : "none declared"));
        facts.add(fact(
                "known before the assignment",
                plan.covariates().isEmpty() ? "nothing used" : String.join(", ", plan.covariates())));
        readout.sources().forEach((name, digest) -> facts.add(fact(name, digest)));
        return facts;
    }

    private static Map<String, String> fact(String name, String value) {
        return Map.of("fact", name, "value", value);
    }

    private List<String> limits() {
        List<String> limits = new ArrayList<>();
        limits.add(
                "It is the effect of giving what an arm gave on users like these, in this time; not on others, and not"
                        + " on one user.");
        limits.add("Intervals assume many users, for whom means are normal; the first tens of users are left out of the"
                + " drawing for that reason. What holds for any number of users stands in readout.json as exact.");
        if (!plan.singleLook()) {
            limits.add(
                    "Intervals that may be looked at anytime are about half as wide again as those of one look. That is"
                            + " the price of looking.");
        }
        if (plan.plannedUsers() == 0) {
            limits.add(
                    "Nothing was planned: metrics, size and criteria were chosen with these data at hand, or may have been."
                            + " Treat it as a hint for the next experiment.");
        }
        if (readout.metrics().stream().anyMatch(of -> of.comparisons().size() > 1)) {
            limits.add(
                    "With several arms the verdict corrects for their number (Holm); the intervals are those of each arm"
                            + " by itself.");
        }
        return limits;
    }

    private static String unit(Metric metric, String title) {
        return metric.kind() == Metric.Kind.PROPORTION ? title + ", percentage points" : title;
    }

    private static double scale(Metric metric) {
        return metric.kind() == Metric.Kind.PROPORTION ? 100 : 1;
    }

    private static String level(Metric metric, Sample sample) {
        double width = scale(metric) * 4 * Math.sqrt(sample.errorVariance());
        return NumberTexts.number(scale(metric) * sample.mean(), width)
                + (metric.kind() == Metric.Kind.PROPORTION ? " %" : "");
    }

    private static String percent(double share) {
        return NumberTexts.number(100 * share) + " %";
    }

    private static String percentChange(double share) {
        return (share > 0 ? "+" : "") + percent(share);
    }

    private static String upper(String sentence) {
        return sentence.substring(0, 1).toUpperCase(Locale.ROOT) + sentence.substring(1);
    }
}
