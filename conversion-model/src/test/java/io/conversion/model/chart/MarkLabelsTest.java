package io.conversion.model.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MarkLabelsTest {

    @Test
    void marksThatAreNearTheEndStandInRowsOfTheirOwn() {
        List<ChartMark> bands = Stream.of(0.02, 0.05, 0.3, 0.31, 0.5, 0.9, 0.94, 0.98)
                .map(at -> new ChartMark("medium_intent", at))
                .toList();

        List<MarkLabels.Label> labels =
                MarkLabels.of(bands, at -> 400 * at, 400).labels();

        assertThat(labels).hasSameSizeAs(bands).allMatch(label -> label.from() >= 0 && label.to() <= 400);
        for (MarkLabels.Label label : labels) {
            assertThat(labels.stream().filter(other -> !other.equals(label))).noneMatch(label::clashes);
        }
    }

    @Test
    void marksThatAreNearStandInRowsOfTheirOwn() {
        List<ChartMark> bands = Stream.of(0.0, 0.05, 0.1, 0.97)
                .map(at -> new ChartMark("medium_intent", at))
                .toList();

        List<MarkLabels.Label> labels =
                MarkLabels.of(bands, at -> 400 * at, 400).labels();

        assertThat(labels).extracting(MarkLabels.Label::row).containsExactly(0, 1, 2, 0);
        assertThat(labels.get(3).to()).isEqualTo(388);
        for (MarkLabels.Label label : labels) {
            assertThat(labels.stream().filter(other -> !other.equals(label))).noneMatch(label::clashes);
        }
    }
}
