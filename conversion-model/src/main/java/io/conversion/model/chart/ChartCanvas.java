package io.conversion.model.chart;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.jetbrains.letsPlot.commons.geometry.DoubleVector;
import org.jetbrains.letsPlot.core.util.MonolithicCommon;
import org.jetbrains.letsPlot.datamodel.svg.util.SvgToString;

/**
 * What the charts have in common: layers of marks over two axes, in one look, drawn by Lets-Plot as SVG without AWT.
 * Positions are those of the axes; marks outside are cut off. Layers lie over each other in the order of the calls. For one
 * thread.
 */
final class ChartCanvas {

    static final int WIDTH = 520;
    static final int HEIGHT = 300;

    /** In pixels of a chart {@value #WIDTH} wide, so that it is still read on a phone. */
    private static final double FONT = 15;

    /** From one row of text to the next, in the same pixels. */
    static final double ROW = 26;

    /** Above, right, below, left: the last tick of the x axis may need room at its right. */
    private static final Map<String, Object> MARGIN = options("t", 6.0, "r", 18.0, "b", 4.0, "l", 4.0);

    private static final int LONGEST_TITLE = 48;

    /** A pixel, as a share of an axis. */
    private static final double PIXEL = 2e-3;

    private final ChartAxis x;
    private final ChartAxis y;
    private final int height;
    private final List<Map<String, Object>> layers = new ArrayList<>();

    ChartCanvas(ChartAxis x, ChartAxis y) {
        this(x, y, HEIGHT);
    }

    ChartCanvas(ChartAxis x, ChartAxis y, int height) {
        this.x = x;
        this.y = y;
        this.height = height;
    }

    /** Joins points in their order. A point that cannot be told from the one drawn before it is left out. */
    ChartCanvas line(List<ChartPoint> points, ChartInk ink) {
        List<ChartPoint> drawn = new ArrayList<>();
        for (int i = 0; i < points.size(); i++) {
            ChartPoint point = points.get(i);
            if (i == 0 || i == points.size() - 1 || isApart(drawn.get(drawn.size() - 1), point)) {
                drawn.add(point);
            }
        }
        return layer("path", data("x", drawn, ChartPoint::x, "y", ChartPoint::y), ink, "size", 1.3);
    }

    private boolean isApart(ChartPoint one, ChartPoint other) {
        return Math.abs(one.x() - other.x()) > PIXEL * x.span() || Math.abs(one.y() - other.y()) > PIXEL * y.span();
    }

    /** Fills between the ends of the intervals. */
    ChartCanvas ribbon(List<ChartPoint> points, ChartInk ink) {
        Map<String, Object> data = data("x", points, ChartPoint::x, "ymin", ChartPoint::lower);
        data.put("ymax", column(points, ChartPoint::upper));
        return layer("ribbon", data, ink, "size", 0.0, "fill", ink.color(), "alpha", 0.2);
    }

    /** Points, and their intervals as vertical lines where they have one. */
    ChartCanvas points(List<ChartPoint> points, ChartInk ink) {
        List<ChartPoint> wide =
                points.stream().filter(point -> point.lower() < point.upper()).toList();
        if (!wide.isEmpty()) {
            Map<String, Object> data = data("x", wide, ChartPoint::x, "y", ChartPoint::lower);
            data.put("xend", column(wide, ChartPoint::x));
            data.put("yend", column(wide, ChartPoint::upper));
            layer("segment", data, ink, "size", 0.9, "linetype", "solid");
        }
        return layer(
                "point", data("x", points, ChartPoint::x, "y", ChartPoint::y), ink, "size", 3.5, "shape", ink.shape());
    }

    /** Estimates one below the other, the first at 0 on the y axis, and their intervals as horizontal lines. */
    ChartCanvas rows(List<ChartRow> rows, ChartInk ink) {
        List<Double> positions =
                IntStream.range(0, rows.size()).mapToObj(i -> (double) -i).toList();
        Map<String, Object> intervals = new LinkedHashMap<>();
        intervals.put("x", column(rows, ChartRow::lower));
        intervals.put("y", positions);
        intervals.put("xend", column(rows, ChartRow::upper));
        intervals.put("yend", positions);
        Map<String, Object> estimates = new LinkedHashMap<>();
        estimates.put("x", column(rows, ChartRow::estimate));
        estimates.put("y", positions);
        return layer("segment", intervals, ink, "size", 0.9, "linetype", "solid")
                .layer("point", estimates, ink, "size", 3.5, "shape", ink.shape());
    }

    /** A straight line. */
    ChartCanvas segment(double x, double y, double xEnd, double yEnd, ChartInk ink) {
        Map<String, Object> data = data("x", List.of(x), Double::doubleValue, "y", ignored -> y);
        data.put("xend", List.of(xEnd));
        data.put("yend", List.of(yEnd));
        return layer("segment", data, ink, "size", 0.9);
    }

    /** A line from bottom to top. */
    ChartCanvas vertical(double at, ChartInk ink) {
        return segment(at, y.min(), at, y.max(), ink);
    }

    /** A line from left to right. */
    ChartCanvas horizontal(double at, ChartInk ink) {
        return segment(x.min(), at, x.max(), at, ink);
    }

    /** Grey bars that stand on {@code bottom}, {@code unit} high for each unit of their height. */
    ChartCanvas bars(List<ChartBin> bins, double bottom, double unit) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("xmin", column(bins, ChartBin::from));
        data.put("xmax", column(bins, ChartBin::to));
        data.put("ymin", column(bins, bin -> bottom));
        data.put("ymax", column(bins, bin -> bottom + unit * bin.height()));
        return layer(
                "rect",
                data,
                ChartInk.QUIET,
                "fill",
                ChartInk.BAR.color(),
                "color",
                "white",
                "size",
                0.4,
                "linetype",
                "solid");
    }

    /** Text whose left end, middle or right end (0, 0.5 or 1) is at a position. */
    ChartCanvas text(String text, double x, double y, double end, String color) {
        return texts(List.of(new ChartMark(text, y)), x, end, color);
    }

    /** Texts at positions on the y axis, one below the other. */
    ChartCanvas texts(List<ChartMark> texts, double x, double end, String color) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("x", column(texts, text -> x));
        data.put("y", column(texts, ChartMark::at));
        data.put(
                "text",
                new ArrayList<>(
                        texts.stream().map(text -> ChartSvg.plain(text.name())).toList()));
        return layer("text", data, ChartInk.QUIET, "size", FONT / 2, "color", color, "hjust", end, "vjust", 0.5);
    }

    /** Text beside a vertical line, on the side with more room. */
    ChartCanvas beside(String text, double x, double y) {
        boolean right = x <= this.x.at(0.55);
        double gap = (right ? 0.015 : -0.015) * this.x.span();
        return text(text, x + gap, y, right ? 0 : 1, ChartInk.TEXT);
    }

    /** How a series is drawn, for a key. */
    ChartCanvas sample(double x, double y, double xEnd, ChartInk ink) {
        return ink == ChartInk.BAR
                ? bars(List.of(new ChartBin(x, xEnd, 0.6 * row())), y - 0.3 * row(), 1)
                : segment(x, y, xEnd, y, ink);
    }

    ChartCanvas key(ChartKey key) {
        key.drawOn(this, x, y);
        return this;
    }

    /** About how high a row of text is, in units of the y axis. */
    double row() {
        return ROW / height * y.span();
    }

    /**
     * Draws.
     *
     * @param id what the ids in the SVG start with, such as {@code roc}; differs between the charts of one page
     * @return the SVG, as wide as the element around it
     */
    String svg(String id) {
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("kind", "plot");
        spec.put("layers", layers);
        spec.put("scales", new ArrayList<>(List.of(scale("x", x), scale("y", y))));
        spec.put(
                "coord",
                options("name", "cartesian", "xlim", List.of(x.min(), x.max()), "ylim", List.of(y.min(), y.max())));
        spec.put("theme", theme());
        List<String> svgs = MonolithicCommon.INSTANCE.buildSvgImagesFromRawSpecs(
                spec, new DoubleVector(WIDTH, height), new SvgToString(ChartCanvas::noImage, false), messages -> {
                    throw new IllegalStateException("the chart \"" + id + "\" was not drawn as asked: " + messages);
                });
        return ChartSvg.of(
                svgs.get(0),
                id,
                WIDTH,
                height,
                FONT,
                y.title().isEmpty() ? x.title() : y.title() + " against " + x.title());
    }

    private static String noImage(int width, int height, int[] pixels) {
        throw new IllegalStateException("a chart holds an image; charts are drawn of lines and text alone");
    }

    private static Map<String, Object> scale(String aesthetic, ChartAxis axis) {
        return options(
                "aesthetic",
                aesthetic,
                "name",
                ChartSvg.plain(ChartAxis.shortened(axis.title(), LONGEST_TITLE)),
                "breaks",
                column(axis.ticks(), ChartMark::at),
                "labels",
                new ArrayList<>(axis.ticks().stream()
                        .map(tick -> ChartSvg.plain(tick.name()))
                        .toList()),
                "expand",
                List.of(0.0, 0.0));
    }

    private Map<String, Object> theme() {
        Map<String, Object> nothing = options("blank", true);
        Map<String, Object> text = options("size", FONT, "color", ChartInk.TEXT);
        Map<String, Object> grid = options("color", ChartInk.FAINT.color(), "size", 1.0);
        Map<String, Object> theme = options(
                "name",
                "minimal",
                "axis_title",
                text,
                "axis_text",
                text,
                "axis_text_x",
                options("angle", 0),
                "axis_ticks",
                nothing,
                "panel_grid_minor",
                nothing,
                "panel_grid_major",
                grid,
                "plot_background",
                nothing,
                "plot_margin",
                MARGIN);
        if (y.title().isEmpty()) {
            theme.put("axis_title_y", nothing);
            theme.put("panel_grid_major_y", nothing);
        }
        return theme;
    }

    private ChartCanvas layer(String geom, Map<String, Object> data, ChartInk ink, Object... options) {
        Map<String, Object> mapping = new LinkedHashMap<>();
        data.keySet().forEach(name -> mapping.put(name.equals("text") ? "label" : name, name));
        Map<String, Object> layer = options(
                "geom",
                geom,
                "data",
                data,
                "mapping",
                mapping,
                "tooltips",
                "none",
                "sampling",
                "none",
                "color",
                ink.color(),
                "linetype",
                ink.line());
        layer.putAll(options(options));
        layers.add(layer);
        return this;
    }

    private static <T> Map<String, Object> data(
            String first, List<T> rows, ToDoubleFunction<T> firstOf, String second, ToDoubleFunction<T> secondOf) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put(first, column(rows, firstOf));
        data.put(second, column(rows, secondOf));
        return data;
    }

    private static <T> List<Double> column(List<T> rows, ToDoubleFunction<T> of) {
        List<Double> column = new ArrayList<>();
        rows.forEach(row -> column.add(of.applyAsDouble(row)));
        return column;
    }

    /** A map in a fixed order that Lets-Plot may change. */
    private static Map<String, Object> options(Object... namesAndValues) {
        Map<String, Object> options = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            options.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return options;
    }
}
