package io.conversion.model.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.conversion.core.shapes.Shape;
import io.conversion.model.chart.ChartBin;
import io.conversion.model.chart.ChartCurve;
import io.conversion.model.chart.ChartMark;
import io.conversion.model.chart.ChartPoint;
import io.conversion.model.chart.ChartRow;
import io.conversion.model.chart.PenaltyChart;
import io.conversion.model.chart.RankingChart;
import io.conversion.model.chart.ReliabilityChart;
import io.conversion.model.chart.RowChart;
import io.conversion.model.chart.ScoreChart;
import io.conversion.model.chart.ShapeChart;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

class ChartsTest {

    private static final Map<String, String> CHARTS = SampleCharts.drawn();

    @Test
    void chartsHoldMarksAndTextAlone() throws Exception {
        for (String svg : CHARTS.values()) {
            DrawnChart chart = DrawnChart.of(svg);

            assertThat(chart.elements("*"))
                    .extracting(Element::getTagName)
                    .containsOnlyOnce("svg")
                    .isSubsetOf("svg", "g", "defs", "clipPath", "rect", "path", "line", "circle", "text");
            assertThat(svg.replace("xmlns=\"http://www.w3.org/2000/svg\"", ""))
                    .doesNotContain("http", "href", "style", "class=", "@", "javascript");
        }
    }

    @Test
    void chartsAreAsWideAsWhatIsAroundThem() throws Exception {
        for (String svg : CHARTS.values()) {
            Element root = DrawnChart.of(svg).document().getDocumentElement();

            assertThat(root.getAttribute("viewBox")).startsWith("0 0 520 ");
            assertThat(root.getAttribute("width")).isEqualTo("100%");
            assertThat(root.hasAttribute("height")).isFalse();
            assertThat(root.getAttribute("aria-label")).isNotBlank();
        }
    }

    @Test
    void sameDataGiveTheSameBytes() {
        assertThat(SampleCharts.drawn()).isEqualTo(CHARTS);
    }

    @Test
    void idsAreThoseOfTheirChart() throws Exception {
        for (Map.Entry<String, String> entry : CHARTS.entrySet()) {
            DrawnChart chart = DrawnChart.of(entry.getValue());
            String clip = entry.getKey() + "-panel";

            assertThat(chart.elements("*"))
                    .extracting(element -> element.getAttribute("id"))
                    .filteredOn(id -> !id.isEmpty())
                    .containsExactly(clip);
            assertThat(chart.elements("*"))
                    .extracting(element -> element.getAttribute("clip-path"))
                    .filteredOn(reference -> !reference.isEmpty())
                    .isNotEmpty()
                    .containsOnly("url(#" + clip + ")");
        }
    }

    @Test
    void namesAreShownAsTheyAre() throws Exception {
        String name = "<a href=\"x\">&'</a>";

        assertThat(DrawnChart.of(SampleCharts.shape(name, null, null).svg("s")).texts())
                .contains(name);
        assertThat(DrawnChart.of(RankingChart.roc("r", List.of(SampleCharts.curve(name))))
                        .texts())
                .contains(name);
        assertThat(DrawnChart.of(RowChart.svg("l", name, name, List.of(new ChartRow(name, 1, 0, 2, name))))
                        .texts())
                .filteredOn(name::equals)
                .hasSize(4);
        assertThat(DrawnChart.of(ScoreChart.svg(
                                "s", SampleCharts.CONVERTERS, SampleCharts.OTHERS, List.of(new ChartMark(name, 0.1))))
                        .texts())
                .contains(name);
    }

    @Test
    void whatXmlCannotHoldBecomesASpace() throws Exception {
        String name = "a\u0000b\nc\uD800d\uFFFEe";

        assertThat(DrawnChart.of(SampleCharts.shape(name, null, null).svg("s")).texts())
                .contains("a b c d e");
    }

    @Test
    void longNamesAreCutBetweenCharacters() throws Exception {
        String name = "\uD83C\uDFAC".repeat(25);

        assertThat(DrawnChart.of(RowChart.svg("l", "x", "", List.of(new ChartRow(name, 1, 0, 2, ""))))
                        .texts())
                .contains("\uD83C\uDFAC".repeat(5) + "\u2026");
    }

    @Test
    void everyGroupIsAPointWithItsInterval() throws Exception {
        DrawnChart chart = DrawnChart.of(chart("reliability"));

        assertThat(chart.elements("circle")).hasSize(SampleCharts.GROUPS.size());
        assertThat(chart.inFirstInk("line")).hasSize(SampleCharts.GROUPS.size());
    }

    @Test
    void pointsStandWhereTheirNumbersSay() throws Exception {
        DrawnChart chart = DrawnChart.of(chart("reliability"));
        double[] x = chart.numbers("circle", "cx");
        double[] y = chart.numbers("circle", "cy");

        // Means of 0.01, 0.05 and 0.21, shares of 0.012, 0.04 and 0.3; y points down in SVG.
        assertThat((x[2] - x[0]) / (x[1] - x[0])).isCloseTo(0.20 / 0.04, within(0.01));
        assertThat((y[2] - y[0]) / (y[1] - y[0])).isCloseTo(0.288 / 0.028, within(0.01));
        assertThat(x[0]).isLessThan(x[1]);
        assertThat(y[0]).isGreaterThan(y[1]);
    }

    @Test
    void penaltiesStandOnALogarithmicAxis() throws Exception {
        DrawnChart chart = DrawnChart.of(chart("penalty"));
        double[] x = chart.numbers("circle", "cx");

        assertThat(x).hasSize(SampleCharts.PATH.size());
        assertThat(x[2] - x[1]).isCloseTo(x[1] - x[0], within(0.02));
        assertThat(chart.texts()).contains("0.01", "1", "100", "chosen");
    }

    @Test
    void rowsAreNamedAndNoted() throws Exception {
        DrawnChart chart = DrawnChart.of(chart("levels"));

        assertThat(chart.elements("circle")).hasSize(SampleCharts.LEVELS.size());
        assertThat(chart.inFirstInk("line")).hasSize(SampleCharts.LEVELS.size());
        assertThat(chart.texts()).contains("tier_1", "tier_2", "tier_3", "12,000", "5,400", "48", "users");
        assertThat(chart.numbers("circle", "cy")).isSorted();
    }

    @Test
    void shapesShowDistributionPointMassAndMissing() throws Exception {
        DrawnChart whole = DrawnChart.of(chart("shape"));
        DrawnChart bare = DrawnChart.of(
                new ShapeChart("x", Shape.Scale.PLAIN, SampleCharts.CURVE, List.of(), 4, null, "", null).svg("bare"));

        // One rectangle is the clip path, one the square of the missing value.
        assertThat(whole.elements("rect")).hasSize(2 + SampleCharts.HOURS.size());
        assertThat(bare.elements("rect")).hasSize(1);
        assertThat(whole.elements("circle")).hasSize(1);
        assertThat(bare.elements("circle")).isEmpty();
        assertThat(whole.texts()).contains("missing", "reference");
        assertThat(bare.texts()).contains("reference").doesNotContain("missing");
    }

    @Test
    void curvesKeepEveryPointThatCanBeTold() throws Exception {
        List<ChartPoint> dense = new ArrayList<>(IntStream.range(0, 10_000)
                .mapToObj(i -> ChartPoint.of(i / 10_000.0, Math.sqrt(i / 10_000.0)))
                .toList());
        dense.add(ChartPoint.of(1, 1));

        assertThat(corners(chart("gain")))
                .isEqualTo(SampleCharts.curve("").points().size());
        assertThat(corners(RankingChart.gain("dense", List.of(new ChartCurve("m", dense)))))
                .isBetween(250, 1000);
    }

    @Test
    void bandsAndGroupsAreNamed() throws Exception {
        DrawnChart chart = DrawnChart.of(chart("scores"));

        assertThat(chart.texts()).contains("low_intent", "medium_intent", "high_intent", "converters", "other users");
        // Of the bars, the sample in the key and the clip path.
        assertThat(chart.elements("rect")).hasSize(SampleCharts.OTHERS.size() + 2);
    }

    @Test
    void netBenefitFarBelowZeroIsCutOff() throws Exception {
        assertThat(DrawnChart.of(chart("decision")).texts())
                .contains("0.00", "0.05", "0.10", "model", "treat all", "treat none")
                .noneMatch(text -> text.startsWith("\u22121"));
    }

    @Test
    void numbersThatCannotBeDrawnAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ChartPoint.of(1, Double.NaN))
                .withMessage("a point of a chart has x 1.0, y NaN and the interval NaN to NaN; all must be finite and y"
                        + " within its interval");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ChartBin(1, 1, 2))
                .withMessage(
                        "a bar of a chart spans 1.0 to 1.0 with height 2.0; its edges must be finite and ascend, its"
                                + " height finite and at least 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ChartBin.of(new double[] {0, 1}, new double[] {1, 2}))
                .withMessage("2 edges do not match 2 bars; there must be one edge more than bars");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ChartRow("tier_1", 1, 2, 3, ""))
                .withMessage("row \"tier_1\" of a chart has the estimate 1.0 and the interval 2.0 to 3.0; all must be"
                        + " finite and the estimate within its interval");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ChartMark("low_intent", Double.POSITIVE_INFINITY))
                .withMessage("mark \"low_intent\" of a chart is at Infinity; it must be finite");
    }

    @Test
    void chartsOfNothingAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ReliabilityChart.svg("reliability", List.of()))
                .withMessage("a chart has nothing to draw; it needs at least one point");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ChartCurve("m", List.of()))
                .withMessage("curve \"m\" of a chart has no point; it needs at least one");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RankingChart.roc("roc", List.of()))
                .withMessage("chart \"roc\" has 0 curves; it can show 1 to 3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PenaltyChart.svg("penalty", SampleCharts.PATH, 0))
                .withMessage("chart \"penalty\" has a lambda that is not above 0; its axis is logarithmic");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ShapeChart(
                        "x", Shape.Scale.PLAIN, List.of(ChartPoint.of(1, 1)), List.of(), 1, null, "", null))
                .withMessage(
                        "signal \"x\": the curve of its chart has 1 points; it needs at least two, whose x ascend");
    }

    @Test
    void idsThatWouldNotDoInAPageAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ReliabilityChart.svg("a b", SampleCharts.GROUPS))
                .withMessage("the id of a chart is \"a b\"; it must be a letter, then letters, digits, - and _");
    }

    @Test
    void chartsOfOneNumberAreDrawn() throws Exception {
        assertThat(DrawnChart.of(ReliabilityChart.svg("r", List.of(ChartPoint.of(0, 0))))
                        .elements("circle"))
                .hasSize(1);
        assertThat(DrawnChart.of(PenaltyChart.svg("p", List.of(ChartPoint.of(1, 0.3)), 1))
                        .elements("circle"))
                .hasSize(1);
        assertThat(DrawnChart.of(RowChart.svg("l", "x", "", List.of(new ChartRow("a", 0, 0, 0, ""))))
                        .elements("circle"))
                .hasSize(1);
    }

    private static String chart(String name) {
        return Objects.requireNonNull(CHARTS.get(name));
    }

    /** How many points the line in the first ink joins. */
    private static int corners(String svg) throws Exception {
        Element line = DrawnChart.of(svg).inFirstInk("path").get(0);
        return line.getAttribute("d").split("L", -1).length;
    }
}
