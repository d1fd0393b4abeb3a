package io.conversion.model.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.conversion.core.shapes.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChartAxisTest {

    @Test
    void ticksAreRoundAndInside() {
        assertThat(labels(ChartAxis.linear("x", -0.3, 0.85)))
                .containsExactly("\u22120.2", "0.0", "0.2", "0.4", "0.6", "0.8");
        assertThat(labels(ChartAxis.linear("x", 0, 30))).containsExactly("0", "5", "10", "15", "20", "25", "30");
        assertThat(labels(ChartAxis.percent("x", 0, 0.1))).containsExactly("0%", "2%", "4%", "6%", "8%", "10%");
        assertThat(labels(ChartAxis.percent("x", 0, 0.01)))
                .containsExactly("0.0%", "0.2%", "0.4%", "0.6%", "0.8%", "1.0%");
    }

    @Test
    void longLabelsAreFewer() {
        assertThat(labels(ChartAxis.linear("x", 0, 6e6))).containsExactly("0", "2,000,000", "4,000,000", "6,000,000");
        assertThat(labels(ChartAxis.linear("x", 0, 6e8)))
                .containsExactly("0", "1e8", "2e8", "3e8", "4e8", "5e8", "6e8");
    }

    @Test
    void signedLogarithmsAreLabelledInTheUnitOfTheSignal() {
        ChartAxis axis = ChartAxis.of("x", Shape.Scale.SIGNED_LOG, -200, 5000, 1);

        assertThat(axis.min()).isEqualTo(Shape.Scale.SIGNED_LOG.of(-200));
        assertThat(axis.ticks())
                .contains(
                        new ChartMark("0", 0),
                        new ChartMark("\u2212100", Shape.Scale.SIGNED_LOG.of(-100)),
                        new ChartMark("1,000", Shape.Scale.SIGNED_LOG.of(1000)));
    }

    @Test
    void ticksOfAPartOfTheAxisAreFewer() {
        assertThat(labels(ChartAxis.of("x", Shape.Scale.SIGNED_LOG, 0, 9e6, 1)))
                .containsExactlyInAnyOrder("0", "10", "1,000", "100,000", "3,000,000");
        assertThat(labels(ChartAxis.of("x", Shape.Scale.SIGNED_LOG, 0, 9e6, 0.6)))
                .containsExactlyInAnyOrder("0", "10", "1,000", "100,000");
    }

    @Test
    void decadesAreLabelledInTheUnitOfTheirNumbers() {
        assertThat(labels(ChartAxis.decades("x", -2, 2))).containsExactly("0.01", "0.1", "1", "10", "100");
        assertThat(labels(ChartAxis.decades("x", -0.1, 0.6))).containsExactly("1", "3", "2");
    }

    @Test
    void axesWithoutExtentAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ChartAxis.linear("x", 1, 1))
                .withMessage("axis \"x\" of a chart runs from 1.0 to 1.0; its ends must be finite and differ");
    }

    private static List<String> labels(ChartAxis axis) {
        return axis.ticks().stream().map(ChartMark::name).toList();
    }
}
