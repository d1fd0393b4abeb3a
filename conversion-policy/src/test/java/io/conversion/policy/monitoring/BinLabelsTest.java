package io.conversion.policy.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.conversion.core.provenance.SignalDistribution.Levels;
import io.conversion.core.signals.Signal;
import io.conversion.policy.monitoring.DriftRow.Bin;
import io.conversion.policy.monitoring.DriftRow.Subject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BinLabelsTest {

    private static final List<String> LEVELS = List.of("missing", "\"missing\"", "unseen", "month");

    @Test
    void levelsThatAreCalledLikeOtherBinsAreInQuotes() {
        Map<String, Long> rows = new LinkedHashMap<>();
        LEVELS.forEach(level -> rows.put(level, 10L));

        List<String> labels = BinLabels.of(Signal.categorical("plan", LEVELS), new Levels(rows, 10, 10));

        assertThat(labels)
                .doesNotHaveDuplicates()
                .hasSize(6)
                .contains("\"missing\"", "\"\"missing\"\"", "\"unseen\"", "month")
                .endsWith("unseen", "missing");
    }

    @Test
    void sentencesTellThemApart() {
        PopulationStability drift =
                PopulationStability.of(new double[] {1000, 3000, 2000}, new double[] {3000, 1000, 2000}, 0.01);
        DriftSentences sentences = new DriftSentences();

        sentences.about(new DriftRow(
                Subject.SIGNAL,
                "plan",
                List.of(
                        new Bin("\"missing\"", 0.0003, 0.4993),
                        new Bin("missing", 0.5, 0.1),
                        new Bin("month", 0.4997, 0.4007)),
                drift,
                0.00042));

        assertThat(sentences.alerts())
                .singleElement()
                .asString()
                .endsWith(
                        "; share of level \"missing\" rose from 0.030 % to 49.9 %, share of \"missing\" fell from 50.0 %"
                                + " to 10.0 %; 0.042 % were out of range");
    }
}
