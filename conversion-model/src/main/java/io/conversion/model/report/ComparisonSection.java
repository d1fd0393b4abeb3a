package io.conversion.model.report;

import io.conversion.model.chart.ChartRow;
import io.conversion.model.chart.RowChart;
import io.conversion.model.comparison.Approach;
import io.conversion.model.comparison.Contender;
import io.conversion.model.comparison.InterpretabilityCost;
import io.conversion.model.evaluation.ModelDifference.Difference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What black boxes would gain over the model, and what simpler approaches would lose. */
final class ComparisonSection {

    private ComparisonSection() {}

    static Map<String, Object> of(@Nullable InterpretabilityCost cost) {
        if (cost == null) {
            return Map.of("measured", false);
        }
        List<ChartRow> differences = new ArrayList<>();
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Contender contender : cost.contenders()) {
            rows.add(row(contender));
            if (contender.approach() != Approach.OUR_MODEL) {
                Difference gain = contender.logLossGain();
                differences.add(new ChartRow(
                        contender.approach().toString(),
                        gain.value(),
                        Math.min(gain.interval().lower(), gain.value()),
                        Math.max(gain.interval().upper(), gain.value()),
                        ""));
            }
        }
        Map<String, Object> section = new HashMap<>();
        section.put("measured", true);
        section.put("sentence", cost.sentence());
        section.put("notes", cost.notes());
        section.put("svg", RowChart.svg("comparison", "log loss saved against the model", "", differences));
        section.put("rows", rows);
        return section;
    }

    private static Map<String, Object> row(Contender contender) {
        boolean ours = contender.approach() == Approach.OUR_MODEL;
        return Map.of(
                "name", ours ? "this model" : contender.approach().toString(),
                "choices", contender.choices().size() == 1 ? contender.choices().get(0) : "",
                "auc", ReportText.decimals(contender.evaluation().rocAuc().value(), 4),
                "logLoss", ReportText.decimals(contender.evaluation().logLoss(), 4),
                "aucGain", ours ? "" : gain(contender.rocAucGain()),
                "logLossGain", ours ? "" : gain(contender.logLossGain()));
    }

    private static String gain(Difference difference) {
        return signed(difference.value()) + " (" + signed(difference.interval().lower()) + " to "
                + signed(difference.interval().upper()) + ")";
    }

    private static String signed(double number) {
        return (number < 0 ? "−" : "+") + ReportText.decimals(Math.abs(number), 4);
    }
}
