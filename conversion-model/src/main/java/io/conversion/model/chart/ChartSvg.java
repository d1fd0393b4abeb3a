package io.conversion.model.chart;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/**
 * SVG, written element by element. Everything is escaped, and lengths are rounded to a hundredth of a pixel in decimal, so
 * that every JVM writes the same bytes. For one thread.
 */
final class ChartSvg {

    private static final Pattern NO_TEXT =
            Pattern.compile("[^\\x{20}-\\x{7E}\\x{A0}-\\x{D7FF}\\x{E000}-\\x{FFFD}\\x{10000}-\\x{10FFFF}]");

    private final StringBuilder svg = new StringBuilder();

    /** Begins an element; names and values of its attributes take turns. */
    ChartSvg open(String name, Object... attributes) {
        return raw("<" + name).attributes(attributes).raw(">");
    }

    ChartSvg close(String name) {
        return raw("</" + name + ">");
    }

    /** An element without content. */
    ChartSvg element(String name, Object... attributes) {
        return raw("<" + name).attributes(attributes).raw("/>");
    }

    /** A straight line. */
    ChartSvg line(double x1, double y1, double x2, double y2, ChartInk ink, String dashes) {
        return raw("<line")
                .attributes("x1", x1, "y1", y1, "x2", x2, "y2", y2)
                .stroke(ink, 1.8, dashes)
                .raw("/>");
    }

    /** A line through many points. */
    ChartSvg curve(String path, ChartInk ink) {
        return raw("<path")
                .attributes("d", path, "fill", "none", "stroke-linejoin", "round")
                .stroke(ink, 2.6, ink.dashes())
                .raw("/>");
    }

    ChartSvg rectangle(double x, double y, double width, double height, ChartInk ink) {
        return element("rect", "x", x, "y", y, "width", width, "height", height, "fill", ink.color());
    }

    /** Text whose start, middle or end is at a position. */
    ChartSvg text(String text, double x, double middle, String anchor, String color) {
        return open("text", "x", x, "y", middle, "dy", "0.35em", "text-anchor", anchor, "fill", color)
                .raw(escaped(text))
                .close("text");
    }

    /** What another one holds. */
    ChartSvg add(ChartSvg other) {
        return raw(other.toString());
    }

    private ChartSvg stroke(ChartInk ink, double width, String dashes) {
        return attributes("stroke", ink.color(), "stroke-width", width, "stroke-dasharray", dashes);
    }

    private ChartSvg attributes(Object... namesAndValues) {
        for (int i = 0; i < namesAndValues.length; i += 2) {
            Object value = namesAndValues[i + 1];
            String text = value instanceof Double length ? number(length) : escaped(value.toString());
            raw(" " + namesAndValues[i] + "=\"" + text + "\"");
        }
        return this;
    }

    private ChartSvg raw(String text) {
        svg.append(text);
        return this;
    }

    static String number(double pixels) {
        return BigDecimal.valueOf(Math.round(100 * pixels), 2)
                .stripTrailingZeros()
                .toPlainString();
    }

    /** What XML cannot hold, and line ends, become spaces. */
    private static String escaped(String text) {
        return NO_TEXT.matcher(text)
                .replaceAll(" ")
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    @Override
    public String toString() {
        return svg.toString();
    }
}
