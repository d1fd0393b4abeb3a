package io.conversion.model.chart;

import io.conversion.core.json.ArtifactText;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What the charts have in common: marks in a panel between two axes, rows of text above it, in one look. Positions are
 * those of the axes; marks outside the panel are cut off. Marks lie over each other, and rows stand above each other, in
 * the order of the calls. For one thread.
 */
final class ChartCanvas {

    /** In pixels, as all lengths here; a page shows the chart at the width that it has. */
    static final int WIDTH = 520;

    private static final double HEIGHT = 230;
    private static final double SQUARE = 300;
    private static final double RIGHT = 18;

    /** From one row of text to the next. */
    private static final double ROW = 23;

    /** Between text and what it belongs to. */
    private static final double GAP = 8;

    private static final double SAMPLE = 32;

    /** Half of a point, which a panel shows whole at its edge. */
    private static final double POINT = 4;

    private static final Pattern ID = Pattern.compile("[A-Za-z][A-Za-z0-9_-]*");

    private final ChartAxis x;
    private final ChartAxis y;
    private final double left;
    private final double width;
    private final double height;
    private final ChartSvg marks = new ChartSvg();
    private final ChartSvg outside = new ChartSvg();

    /** How far what stands above the panel reaches. */
    private double top = 4;

    ChartCanvas(ChartAxis x, ChartAxis y) {
        this(x, y, HEIGHT, RIGHT);
    }

    /** A panel of a height, with room at its right. */
    ChartCanvas(ChartAxis x, ChartAxis y, double height, double right) {
        this.x = x;
        this.y = y;
        this.left = left(y);
        this.width = width(y, right);
        this.height = height;
    }

    /** A panel with another axis for the same heights at its right. */
    static ChartCanvas between(ChartAxis x, ChartAxis y, ChartAxis right) {
        ChartCanvas canvas = new ChartCanvas(x, y, HEIGHT, left(right));
        for (ChartMark tick : right.ticks()) {
            canvas.outside.text(tick.name(), canvas.width + GAP, canvas.y(tick.at()), "start", ChartInk.TEXT);
        }
        canvas.outside
                .open("g", "transform", translate(WIDTH - canvas.left - ChartText.FONT / 2, HEIGHT / 2) + " rotate(90)")
                .text(right.title(), 0, 0, "middle", ChartInk.TEXT)
                .close("g");
        return canvas;
    }

    /** Shares from 0 to {@code end} on both axes, and the diagonal. */
    static ChartCanvas square(double end, String xTitle, String yTitle) {
        return new ChartCanvas(ChartAxis.percent(xTitle, 0, end), ChartAxis.percent(yTitle, 0, end), SQUARE, RIGHT)
                .segment(0, 0, end, end, ChartInk.QUIET);
    }

    /** How wide the panel is beside an axis. */
    static double width(ChartAxis y, double right) {
        return WIDTH - left(y) - Math.max(right, RIGHT);
    }

    private static double left(ChartAxis y) {
        double labels = y.ticks().stream()
                .mapToDouble(tick -> ChartText.width(tick.name()))
                .max()
                .orElse(0);
        return labels + GAP + (y.title().isEmpty() ? 0 : ROW);
    }

    private double x(double at) {
        return (at - x.min()) / x.span() * width;
    }

    private double y(double at) {
        return (y.max() - at) / y.span() * height;
    }

    /** Joins points in their order. A point that cannot be told from the one drawn before it is left out. */
    ChartCanvas line(List<ChartPoint> points, ChartInk ink) {
        List<String> corners = new ArrayList<>();
        ChartPoint drawn = points.get(0);
        for (int i = 0; i < points.size(); i++) {
            ChartPoint point = points.get(i);
            if (i == 0 || i == points.size() - 1 || isApart(drawn, point)) {
                corners.add(corner(point.x(), point.y()));
                drawn = point;
            }
        }
        marks.curve("M" + String.join("L", corners), ink);
        return this;
    }

    private boolean isApart(ChartPoint one, ChartPoint other) {
        return Math.abs(x(one.x()) - x(other.x())) > 1 || Math.abs(y(one.y()) - y(other.y())) > 1;
    }

    private String corner(double x, double y) {
        return ChartSvg.number(x(x)) + " " + ChartSvg.number(y(y));
    }

    /** Fills between the ends of the intervals. */
    ChartCanvas ribbon(List<ChartPoint> points, ChartInk ink) {
        List<String> corners = new ArrayList<>();
        points.forEach(point -> corners.add(corner(point.x(), point.upper())));
        for (int i = points.size() - 1; i >= 0; i--) {
            corners.add(corner(points.get(i).x(), points.get(i).lower()));
        }
        marks.element("path", "d", "M" + String.join("L", corners) + "Z", "fill", ink.color(), "fill-opacity", 0.2);
        return this;
    }

    /** Points, and their intervals as vertical lines where they have one. */
    ChartCanvas points(List<ChartPoint> points, ChartInk ink) {
        for (ChartPoint point : points) {
            if (point.lower() < point.upper()) {
                marks.line(x(point.x()), y(point.lower()), x(point.x()), y(point.upper()), ink, "none");
            }
            point(x(point.x()), y(point.y()), ink);
        }
        return this;
    }

    private void point(double x, double y, ChartInk ink) {
        if (ink == ChartInk.FIRST) {
            marks.element("circle", "cx", x, "cy", y, "r", POINT, "fill", ink.color());
        } else {
            marks.rectangle(x - POINT, y - POINT, 2 * POINT, 2 * POINT, ink);
        }
    }

    /** Estimates one below the other, the first at 0 on the y axis, and their intervals as horizontal lines. */
    ChartCanvas rows(List<ChartRow> rows, ChartInk ink) {
        for (int i = 0; i < rows.size(); i++) {
            ChartRow row = rows.get(i);
            marks.line(x(row.lower()), y(-i), x(row.upper()), y(-i), ink, "none");
            point(x(row.estimate()), y(-i), ink);
        }
        return this;
    }

    /** A straight line. */
    ChartCanvas segment(double x, double y, double xEnd, double yEnd, ChartInk ink) {
        marks.line(x(x), y(y), x(xEnd), y(yEnd), ink, ink.dashes());
        return this;
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
        for (ChartBin bin : bins) {
            double from = x(bin.from());
            double tip = y(bottom + unit * bin.height());
            // Half a pixel is left free at either side.
            double wide = Math.max(x(bin.to()) - from - 1, 0.5);
            marks.rectangle(from + 0.5, tip, wide, y(bottom) - tip, ChartInk.BAR);
        }
        return this;
    }

    /** Vertical lines, and their names above the panel. */
    ChartCanvas marks(List<ChartMark> named) {
        MarkLabels placed = MarkLabels.of(named, this::x, width);
        for (MarkLabels.Label label : placed.labels()) {
            double middle = ROW * (label.row() - placed.rows() + 0.5) - top;
            boolean right = label.from() == label.at();
            double at = label.at() + (right ? MarkLabels.GAP : -MarkLabels.GAP);
            marks.line(label.at(), height, label.at(), 0, ChartInk.QUIET, ChartInk.QUIET.dashes());
            outside.line(label.at(), 0, label.at(), middle - ROW / 3, ChartInk.QUIET, ChartInk.QUIET.dashes())
                    .text(label.name(), at, middle, right ? "start" : "end", ChartInk.TEXT);
        }
        top += ROW * placed.rows();
        return this;
    }

    /** What the series are called, side by side above the panel. */
    ChartCanvas key(ChartKey... entries) {
        ChartSvg rows = new ChartSvg();
        double from = 0;
        double middle = ROW / 2;
        for (ChartKey entry : entries) {
            ChartInk ink = entry.ink();
            double end = from + SAMPLE + GAP + ChartText.width(entry.name());
            if (from > 0 && end > width) {
                end -= from;
                from = 0;
                middle += ROW;
            }
            if (ink == ChartInk.BAR) {
                rows.rectangle(from, middle - POINT, SAMPLE, 2 * POINT, ChartInk.BAR);
            } else {
                rows.line(from, middle, from + SAMPLE, middle, ink, ink.dashes());
            }
            rows.text(entry.name(), from + SAMPLE + GAP, middle, "start", ink.textColor());
            from = end + 2 * GAP;
        }
        top += middle + ROW / 2;
        outside.open("g", "transform", translate(0, -top)).add(rows).close("g");
        return this;
    }

    /** Texts at the right of the rows, and their title above. */
    ChartCanvas notes(String title, List<ChartRow> rows) {
        double end = WIDTH - left;
        for (int i = 0; i < rows.size(); i++) {
            outside.text(rows.get(i).note(), end, y(-i), "end", ChartInk.TEXT);
        }
        if (!title.isEmpty()) {
            outside.text(title, end, -top - ROW / 2, "end", ChartInk.TEXT);
            top += ROW;
        }
        return this;
    }

    /**
     * Draws.
     *
     * @param id what the ids in the SVG start with, such as {@code roc}; differs between the charts of one page
     * @return the SVG, as wide as the element around it
     */
    String svg(String id) {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("the id of a chart is " + ArtifactText.quoted(id)
                    + "; it must be a letter, then letters, digits, - and _");
        }
        String panel = id + "-panel";
        double above = top + GAP;
        ChartSvg svg = new ChartSvg()
                .open(
                        "svg",
                        "xmlns",
                        "http://www.w3.org/2000/svg",
                        "viewBox",
                        "0 0 " + WIDTH + " " + ChartSvg.number(above + height + 2 * ROW + GAP),
                        "width",
                        "100%",
                        "role",
                        "img",
                        "aria-label",
                        y.title().isEmpty() ? x.title() : y.title() + " against " + x.title(),
                        "font-family",
                        "system-ui, sans-serif",
                        "font-size",
                        ChartText.FONT)
                .open("g", "transform", translate(left, above));
        axes(svg);
        return svg.open("clipPath", "id", panel)
                .element("rect", "x", -POINT, "y", -POINT, "width", width + 2 * POINT, "height", height + 2 * POINT)
                .close("clipPath")
                .open("g", "clip-path", "url(#" + panel + ")")
                .add(marks)
                .close("g")
                .add(outside)
                .close("g")
                .close("svg")
                .toString();
    }

    private void axes(ChartSvg svg) {
        StringBuilder grid = new StringBuilder();
        for (ChartMark tick : y.ticks()) {
            grid.append('M').append(corner(x.min(), tick.at())).append('h').append(ChartSvg.number(width));
            svg.text(tick.name(), -GAP, y(tick.at()), "end", ChartInk.TEXT);
        }
        for (ChartMark tick : x.ticks()) {
            grid.append('M').append(corner(tick.at(), y.max())).append('v').append(ChartSvg.number(height));
            below(svg, tick.name(), x(tick.at()), height + 0.65 * ROW);
        }
        svg.element("path", "d", grid, "stroke", ChartInk.FAINT.color());
        below(svg, ChartText.fitted(x.title(), WIDTH), width / 2, height + 1.55 * ROW);
        if (!y.title().isEmpty()) {
            svg.open("g", "transform", translate(ChartText.FONT / 2 - left, height / 2) + " rotate(-90)")
                    .text(y.title(), 0, 0, "middle", ChartInk.TEXT)
                    .close("g");
        }
    }

    /** Text below the panel, moved inwards where it would not be inside the chart. */
    private void below(ChartSvg svg, String text, double at, double middle) {
        double half = ChartText.width(text) / 2;
        double inside = Math.max(half - left, Math.min(at, WIDTH - left - half));
        svg.text(text, inside, middle, "middle", ChartInk.TEXT);
    }

    private static String translate(double x, double y) {
        return "translate(" + ChartSvg.number(x) + " " + ChartSvg.number(y) + ")";
    }
}
