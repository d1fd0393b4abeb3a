package io.conversion.model.report;

import io.conversion.core.shapes.Shape;
import io.conversion.model.chart.ChartBin;
import io.conversion.model.chart.ChartCurve;
import io.conversion.model.chart.ChartMark;
import io.conversion.model.chart.ChartPoint;
import io.conversion.model.chart.ChartRow;
import io.conversion.model.chart.DecisionChart;
import io.conversion.model.chart.HorizonChart;
import io.conversion.model.chart.PenaltyChart;
import io.conversion.model.chart.RankingChart;
import io.conversion.model.chart.ReliabilityChart;
import io.conversion.model.chart.RowChart;
import io.conversion.model.chart.ScoreChart;
import io.conversion.model.chart.ShapeChart;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One chart of each kind, of a streaming product. */
final class SampleCharts {

    static final List<ChartPoint> CURVE = List.of(
            new ChartPoint(0, -1, -1.3, -0.7),
            new ChartPoint(4, 0, 0, 0),
            new ChartPoint(10, 0.6, 0.5, 0.7),
            new ChartPoint(30, 1.4, 0.8, 2));
    static final List<ChartBin> HOURS = ChartBin.of(new double[] {0, 5, 10, 30}, new double[] {900, 300, 40});
    static final List<ChartPoint> GROUPS = List.of(
            new ChartPoint(0.01, 0.012, 0.004, 0.03),
            new ChartPoint(0.05, 0.04, 0.03, 0.06),
            new ChartPoint(0.21, 0.3, 0.2, 0.4));
    static final List<ChartBin> CONVERTERS = ChartBin.of(new double[] {0, 0.25, 0.5, 1}, new double[] {0.2, 0.3, 0.5});
    static final List<ChartBin> OTHERS = ChartBin.of(new double[] {0, 0.25, 0.5, 1}, new double[] {0.7, 0.2, 0.1});
    static final List<ChartMark> BANDS = List.of(
            new ChartMark("low_intent", 0), new ChartMark("medium_intent", 0.4), new ChartMark("high_intent", 0.7));
    static final List<ChartPoint> PATH = List.of(
            new ChartPoint(0.01, 0.31, 0.3, 0.32),
            new ChartPoint(1, 0.3, 0.29, 0.31),
            new ChartPoint(100, 0.35, 0.34, 0.36));
    static final List<ChartRow> LEVELS = List.of(
            new ChartRow("tier_1", 0.9, 0.8, 1, "12,000"),
            new ChartRow("tier_2", 0, 0, 0, "5,400"),
            new ChartRow("tier_3", -0.8, -1.6, 0, "48"));

    private SampleCharts() {}

    /** The charts, each with its name as the prefix of its ids. */
    static Map<String, String> drawn() {
        Map<String, String> charts = new LinkedHashMap<>();
        charts.put(
                "shape",
                shape("content_hours_7d (hours)", CURVE.get(0), CURVE.get(1)).svg("shape"));
        charts.put("levels", RowChart.svg("levels", "contribution (log-odds)", "users", LEVELS));
        charts.put("roc", RankingChart.roc("roc", List.of(curve("trial-conversion"), curve("last published"))));
        charts.put("reliability", ReliabilityChart.svg("reliability", GROUPS));
        charts.put("gain", RankingChart.gain("gain", List.of(curve("trial-conversion"))));
        charts.put("decision", DecisionChart.svg("decision", benefit(0.1, 0.02), benefit(0.12, -3)));
        charts.put("scores", ScoreChart.svg("scores", CONVERTERS, OTHERS, BANDS));
        charts.put("horizon", HorizonChart.svg("horizon", GROUPS, benefit(0.1, 0.6)));
        charts.put("penalty", PenaltyChart.svg("penalty", PATH, 1));
        return charts;
    }

    static ShapeChart shape(String signal, @Nullable ChartPoint pointMass, @Nullable ChartPoint missing) {
        return new ShapeChart(signal, Shape.Scale.SIGNED_LOG, CURVE, HOURS, 4, pointMass, "0 (30 % of users)", missing);
    }

    static ChartCurve curve(String name) {
        return new ChartCurve(
                name,
                List.of(ChartPoint.of(0, 0), ChartPoint.of(0.1, 0.5), ChartPoint.of(0.4, 0.8), ChartPoint.of(1, 1)));
    }

    private static List<ChartPoint> benefit(double first, double last) {
        return List.of(ChartPoint.of(0.01, first), ChartPoint.of(0.5, last));
    }
}
