package io.conversion.model.report;

import io.conversion.model.chart.ChartBin;
import io.conversion.model.chart.ChartMark;
import io.conversion.model.chart.ChartPoint;
import io.conversion.model.chart.DecisionChart;
import io.conversion.model.chart.ScoreChart;
import io.conversion.model.evaluation.Evaluation;
import io.conversion.model.evaluation.Threshold;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;

/** What acting from a probability on would have met, and what a policy does. */
final class DecisionSection {

    private static final int BARS = 25;
    private static final int THRESHOLDS = 60;

    /** Users below whom rates say next to nothing. */
    private static final int FEWEST = 20;

    private static final double[] TABLE = {0.01, 0.02, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9};

    private DecisionSection() {}

    static Map<String, Object> of(ReportParts parts) {
        Evaluation evaluation = parts.evaluation();
        List<Threshold> all = evaluation.thresholds();
        Map<String, Object> section = new HashMap<>();
        section.put("scores", scores(all, parts.bands()));
        section.put("benefit", benefit(evaluation, all));
        section.put("policy", parts.policy() == null ? List.of() : List.of(PolicySection.of(parts.policy())));
        section.put(
                "thresholds",
                DoubleStream.of(TABLE)
                        .mapToObj(evaluation::at)
                        .filter(at -> at.chosen() >= FEWEST && at.chosen() < at.rows())
                        .map(DecisionSection::threshold)
                        .toList());
        return section;
    }

    /** Up to the probability that one user of a thousand exceeds, and the last band. */
    private static String scores(List<Threshold> all, List<ReportBand> bands) {
        double last = all.stream()
                .filter(at -> at.volume() >= 0.001)
                .findFirst()
                .map(Threshold::probability)
                .orElse(1.0);
        double to = Math.min(1, Math.max(0.01, 1.02 * last));
        for (ReportBand band : bands) {
            to = Math.max(to, Math.min(1, 1.1 * band.from()));
        }
        double[] converters = new double[BARS];
        double[] others = new double[BARS];
        int chosen = 0;
        int hits = 0;
        for (Threshold at : all) {
            int bar = Math.min(BARS - 1, (int) (at.probability() / to * BARS));
            converters[bar] += (double) (at.hits() - hits) / at.positives();
            others[bar] += (double) (at.chosen() - at.hits() - (chosen - hits)) / (at.rows() - at.positives());
            chosen = at.chosen();
            hits = at.hits();
        }
        List<ChartBin> ofConverters = new ArrayList<>();
        List<ChartBin> ofOthers = new ArrayList<>();
        for (int k = 0; k < BARS; k++) {
            ofConverters.add(new ChartBin(k * to / BARS, (k + 1) * to / BARS, converters[k]));
            ofOthers.add(new ChartBin(k * to / BARS, (k + 1) * to / BARS, others[k]));
        }
        List<ChartMark> marks = bands.stream()
                .map(band -> new ChartMark(band.segment(), band.from()))
                .toList();
        return ScoreChart.svg("scores", ofConverters, ofOthers, marks);
    }

    /** Up to where hardly anybody is chosen any more. */
    private static String benefit(Evaluation evaluation, List<Threshold> all) {
        double last = all.stream()
                .filter(at -> at.volume() >= 0.01)
                .findFirst()
                .map(Threshold::probability)
                .orElse(1.0);
        double to = Math.min(0.99, Math.max(last, Math.min(2 * evaluation.baseRate(), 0.99)));
        List<ChartPoint> model = new ArrayList<>();
        List<ChartPoint> everybody = new ArrayList<>();
        for (int k = 0; k <= THRESHOLDS; k++) {
            Threshold at = evaluation.at(to * k / THRESHOLDS);
            model.add(ChartPoint.of(at.probability(), at.netBenefit()));
            everybody.add(ChartPoint.of(at.probability(), at.netBenefitOfAll()));
        }
        return DecisionChart.svg("benefit", model, everybody);
    }

    private static Map<String, Object> threshold(Threshold at) {
        return Map.of(
                "probability", ReportText.percent(at.probability()),
                "volume", ReportText.percent(at.volume()),
                "precision", ReportText.percent(at.precision()),
                "recall", ReportText.percent(at.recall()),
                "lift", ReportText.decimals(at.lift(), 2) + " ×",
                "benefit", ReportText.decimals(at.netBenefit(), 4),
                "ofAll", ReportText.decimals(at.netBenefitOfAll(), 4));
    }
}
