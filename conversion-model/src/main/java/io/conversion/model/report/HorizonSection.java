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
import org.jspecify.annotations.Nullable;

/** When the intent to buy can be seen. */
final class HorizonSection {

    private HorizonSection() {}

    /** What the template calls it; an empty map where it was not measured. */
    static Map<String, Object> of(@Nullable IntentReport report) {
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
        return section;
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
