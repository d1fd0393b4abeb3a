package io.conversion.model.report;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes the SVG of Lets-Plot fit to stand with others in one page: the same bytes each time, ids that start with a given
 * name, no style sheet that would reach beyond it, and no size but that of the element around it.
 */
final class ChartSvg {

    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]*");
    private static final Pattern NOT_TEXT =
            Pattern.compile("[^\\x{20}-\\x{7E}\\x{A0}-\\x{D7FF}\\x{E000}-\\x{FFFD}\\x{10000}-\\x{10FFFF}]");
    private static final Pattern TAG = Pattern.compile("<[^>]*>");
    private static final Pattern LONG_NUMBER = Pattern.compile("(?<![#\\w.])(-?)(\\d+\\.\\d+(?:E-?\\d+)?)");
    private static final Pattern CLIP =
            Pattern.compile("<defs><clipPath id=\"[^\"]*\">(<rect [^>]*>)</rect></clipPath></defs>");

    private ChartSvg() {}

    /** Text that Lets-Plot draws as it is: what XML cannot hold, and line ends, become spaces. */
    static String plain(String text) {
        return NOT_TEXT.matcher(text).replaceAll(" ");
    }

    static String of(String drawn, String id, int width, int height, double font, String label) {
        if (!NAME.matcher(id).matches()) {
            throw new IllegalArgumentException(
                    "the id of a chart is \"" + id + "\"; it must be a letter, then letters, digits, - and _");
        }
        String body = drawn.substring(drawn.indexOf("</style>") + "</style>".length(), drawn.lastIndexOf("</svg>"));
        body = body.replaceAll(">\\s+", ">").replaceAll("\\s+<", "<");
        // The first group holds the plot, the second one tooltips, of which there are none.
        body = body.replaceAll("<g id=\"[^\"]*\"></g>", "").replaceFirst("<g id=\"[^\"]*\">", "<g>");
        body = body.replaceAll("<path [^>]*fill-opacity=\"0\\.0\"[^>]*stroke-width=\"0\\.0\"[^>]*></path>", "");
        body = body.replaceAll(" clip-bounds-jfx=\"[^\"]*\"", "");
        body = body.replaceAll(" class=\"[^\"]*\"", "");
        body = body.replaceAll("style=\"fill:([^;]*);font-size:[^;]*;font-family:[^;]*;\"", "fill=\"$1\"");
        return String.format(
                        Locale.ROOT,
                        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"100%%\" role=\"img\""
                                + " aria-label=\"%s\" font-family=\"system-ui, sans-serif\" font-size=\"%.0f\" fill=\"%s\">",
                        width,
                        height,
                        escaped(label),
                        font,
                        ChartInk.TEXT)
                + withOneClip(rounded(body), id + "-panel")
                + "</svg>";
    }

    /** Every layer comes with a clip path of its own, all of them the panel. */
    private static String withOneClip(String body, String id) {
        Matcher first = CLIP.matcher(body);
        if (!first.find()) {
            return body;
        }
        String clip = "<defs><clipPath id=\"" + id + "\">" + first.group(1) + "</rect></clipPath></defs>";
        return clip
                + CLIP.matcher(body)
                        .replaceAll("")
                        .replaceAll("clip-path=\"url\\(#[^)]*\\)\"", "clip-path=\"url(#" + id + ")\"");
    }

    /** Two decimals are a hundredth of a pixel. */
    private static String rounded(String body) {
        return TAG.matcher(body)
                .replaceAll(tag -> Matcher.quoteReplacement(LONG_NUMBER
                        .matcher(tag.group())
                        .replaceAll(number -> rounded(number.group(1), Double.parseDouble(number.group(2))))));
    }

    private static String rounded(String sign, double value) {
        long hundredths = Math.round(100 * value);
        if (hundredths == 0) {
            return "0";
        }
        String whole = sign + hundredths / 100;
        return switch ((int) (hundredths % 100)) {
            case 0 -> whole;
            default -> {
                String decimals = String.format(Locale.ROOT, ".%02d", hundredths % 100);
                yield whole + (decimals.endsWith("0") ? decimals.substring(0, 2) : decimals);
            }
        };
    }

    private static String escaped(String text) {
        return plain(text)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
