package io.conversion.model.report;

import io.conversion.model.chart.ChartPoint;
import io.conversion.model.chart.HorizonChart;
import io.conversion.model.evaluation.Interval;
import io.conversion.model.lifecycle.Horizon;
import io.conversion.model.lifecycle.HorizonFigures;
import io.conversion.model.lifecycle.IntentReport;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** When the intent to buy can be seen. */
final class HorizonSection {

    /** What the files of a log are called among those of a report. */
    static final String LOG = "log of events";

    private HorizonSection() {}

    /** What the template calls it; an empty map where it was not measured. */
    static Map<String, Object> of(ReportParts parts) {
        IntentReport report = parts.horizons();
        if (report == null) {
            return Map.of("measured", false);
        }
        List<ChartPoint> skill = new ArrayList<>();
        List<ChartPoint> bought = new ArrayList<>();
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Horizon horizon : report.horizons()) {
            horizon.comparison()
                    .map(Horizon.Comparison::figures)
                    .ifPresent(figures -> skill.add(point(horizon, figures)));
            if (report.buyers() > 0) {
                bought.add(ChartPoint.of(horizon.day(), report.shareOfBuyersBy(horizon.day())));
            }
            rows.add(row(report, horizon));
        }
        Map<String, Object> section = new HashMap<>();
        section.put("measured", true);
        section.put("sentence", report.verdict().sentence());
        section.put("within", report.settings().within());
        section.put("eligible", ReportText.count(report.eligible()));
        section.put("svg", skill.isEmpty() || bought.isEmpty() ? "" : HorizonChart.svg("horizons", skill, bought));
        section.put("rows", rows);
        section.put("remark", remark(parts, report));
        return section;
    }

    /** That a log has signals of its own, and nothing shows whether it is of the product that the model is of. */
    private static String remark(ReportParts parts, IntentReport report) {
        String log = parts.files().getOrDefault(LOG, "");
        String bought = report.eligible() == 0
                ? ""
                : " Of its users " + ReportText.percent((double) report.buyers() / report.eligible())
                        + " bought; of those that the model learnt from "
                        + parts.model()
                                .training()
                                .flatMap(training -> training.data().baseRate().stream()
                                        .mapToObj(ReportText::percent)
                                        .findFirst())
                                .orElse("an unknown share")
                        + " converted.";
        return "These figures are of a log" + (log.isEmpty() ? "" : " (" + log + ")")
                + ", by counts of its own events and not by the signals of this model: whether it is a log of the same"
                + " product is not checked." + bought;
    }

    private static ChartPoint point(Horizon horizon, HorizonFigures figures) {
        Interval interval = figures.skillInterval();
        return new ChartPoint(
                horizon.day(),
                figures.skill(),
                Math.min(interval.lower(), figures.skill()),
                Math.max(interval.upper(), figures.skill()));
    }

    private static Map<String, Object> row(IntentReport report, Horizon horizon) {
        Map<String, Object> row = new HashMap<>();
        row.put("day", horizon.day());
        row.put("users", ReportText.count(horizon.users()));
        row.put("events", ReportText.count(horizon.events()));
        row.put("bought", report.buyers() > 0 ? ReportText.percent(report.shareOfBuyersBy(horizon.day())) : "–");
        row.put(
                "auc",
                horizon.ownFigures()
                        .map(own -> ReportText.decimals(own.rocAuc().value(), 3) + " ("
                                + ReportText.decimals(own.rocAuc().lower(), 3) + "–"
                                + ReportText.decimals(own.rocAuc().upper(), 3) + ")")
                        .orElse("too few"));
        row.put(
                "skill",
                horizon.comparison()
                        .map(Horizon.Comparison::figures)
                        .map(figures -> ReportText.decimals(figures.skill(), 3) + " ("
                                + ReportText.decimals(figures.skillInterval().lower(), 3) + "–"
                                + ReportText.decimals(figures.skillInterval().upper(), 3) + ")")
                        .orElse("too few"));
        return row;
    }
}
