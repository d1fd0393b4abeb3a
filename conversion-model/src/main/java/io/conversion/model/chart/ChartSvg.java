package io.conversion.model.chart;

import java.io.StringReader;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Makes the SVG of Lets-Plot fit to stand with others in one page: the same bytes each time, ids that start with a given
 * name, no style sheet that would reach beyond it, and no size but that of the element around it. Read once, by one thread.
 */
final class ChartSvg {

    private static final Pattern ID = Pattern.compile("[A-Za-z][A-Za-z0-9_-]*");
    private static final Pattern NO_TEXT =
            Pattern.compile("[^\\x{20}-\\x{7E}\\x{A0}-\\x{D7FF}\\x{E000}-\\x{FFFD}\\x{10000}-\\x{10FFFF}]");
    private static final Pattern FRACTION = Pattern.compile("-?\\d+\\.\\d+(?:E-?\\d+)?");

    private final XMLStreamReader drawn;
    private final String clip;
    private final StringBuilder svg = new StringBuilder();
    private boolean clipIsThere;
    private boolean tagIsOpen;

    private ChartSvg(XMLStreamReader drawn, String id) {
        this.drawn = drawn;
        this.clip = id + "-panel";
    }

    /** Text that a chart can show: what XML cannot hold, and line ends, become spaces. */
    static String plain(String text) {
        return NO_TEXT.matcher(text).replaceAll(" ");
    }

    static String of(String drawn, String id, int width, int height, double font, String label) {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException(
                    "the id of a chart is \"" + id + "\"; it must be a letter, then letters, digits, - and _");
        }
        String root = String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"100%%\" role=\"img\""
                        + " aria-label=\"%s\" font-family=\"system-ui, sans-serif\" font-size=\"%.0f\" fill=\"%s\">",
                width,
                height,
                escaped(plain(label)),
                font,
                ChartInk.TEXT);
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        try {
            return root + new ChartSvg(factory.createXMLStreamReader(new StringReader(drawn)), id).body() + "</svg>";
        } catch (XMLStreamException e) {
            throw new IllegalStateException("the chart \"" + id + "\" was not drawn as XML", e);
        }
    }

    private String body() throws XMLStreamException {
        drawn.nextTag();
        for (int event = drawn.next(); event != XMLStreamConstants.END_DOCUMENT; event = drawn.next()) {
            if (event == XMLStreamConstants.START_ELEMENT) {
                start();
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                end();
            } else if (event == XMLStreamConstants.CHARACTERS) {
                text(drawn.getText().strip());
            }
        }
        return svg.toString();
    }

    private void start() throws XMLStreamException {
        String name = drawn.getLocalName();
        boolean isClip = name.equals("defs");
        // Each layer comes with a clip path of its own, all of them the panel.
        if (name.equals("style") || (isClip && clipIsThere) || isInvisible(name)) {
            skip();
            return;
        }
        clipIsThere |= isClip;
        closeTag();
        svg.append('<').append(name);
        for (int i = 0; i < drawn.getAttributeCount(); i++) {
            attribute(name, drawn.getAttributeLocalName(i), drawn.getAttributeValue(i));
        }
        tagIsOpen = true;
    }

    private void end() {
        if (drawn.getLocalName().equals("svg")) {
            return;
        }
        if (tagIsOpen) {
            svg.append("/>");
            tagIsOpen = false;
        } else {
            svg.append("</").append(drawn.getLocalName()).append('>');
        }
    }

    private void text(String text) {
        if (!text.isEmpty()) {
            closeTag();
            svg.append(escaped(text));
        }
    }

    private void closeTag() {
        if (tagIsOpen) {
            svg.append('>');
            tagIsOpen = false;
        }
    }

    private void attribute(String element, String name, String value) {
        switch (name) {
            case "id" -> {
                if (element.equals("clipPath")) {
                    append("id", clip);
                }
            }
            case "clip-path" -> append(name, "url(#" + clip + ")");
            // Of the style of text, size and font are those of the whole chart.
            case "style" -> append("fill", value.replaceAll(".*fill:([^;]*);.*", "$1"));
            case "class", "clip-bounds-jfx" -> {}
            default -> append(name, FRACTION.matcher(value).replaceAll(ChartSvg::rounded));
        }
    }

    private void append(String name, String value) {
        svg.append(' ').append(name).append("=\"").append(escaped(value)).append('"');
    }

    /** The background that the theme leaves out. */
    private boolean isInvisible(String name) {
        boolean hasArea = drawn.getAttributeValue(null, "d") != null;
        boolean isClear = "0.0".equals(drawn.getAttributeValue(null, "fill-opacity"))
                && "0.0".equals(drawn.getAttributeValue(null, "stroke-width"));
        return name.equals("path") && (!hasArea || isClear);
    }

    private void skip() throws XMLStreamException {
        for (int depth = 1; depth > 0; ) {
            int event = drawn.next();
            depth += event == XMLStreamConstants.START_ELEMENT ? 1 : event == XMLStreamConstants.END_ELEMENT ? -1 : 0;
        }
    }

    /** To a hundredth of a pixel. */
    private static String rounded(MatchResult number) {
        String text = String.format(Locale.ROOT, "%.2f", Double.parseDouble(number.group()))
                .replaceFirst("\\.?0+$", "");
        return text.equals("-0") ? "0" : text;
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
