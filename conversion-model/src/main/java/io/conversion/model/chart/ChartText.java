package io.conversion.model.chart;

/** How much room text takes. Readers have different fonts, so it is that of a wide one, DejaVu Sans. */
final class ChartText {

    /** In pixels of a chart {@value ChartCanvas#WIDTH} wide, so that it is still read on a phone. */
    static final double FONT = 15;

    private ChartText() {}

    /** About how wide a text is at most, in pixels. */
    static double width(String text) {
        return FONT * text.chars().mapToDouble(ChartText::width).sum();
    }

    private static double width(int letter) {
        if (letter > 0x24F || "mwMW@%".indexOf(letter) >= 0) {
            return 1;
        } else if (" !'()*,-./:;I[]fijlrt|".indexOf(letter) >= 0) {
            return 0.41;
        }
        return letter >= 'A' && letter <= 'Z' ? 0.78 : 0.64;
    }

    /** A text that is cut, between two characters, where it has no room. */
    static String fitted(String text, double room) {
        if (width(text) <= room) {
            return text;
        }
        int end = text.length();
        do {
            end = text.offsetByCodePoints(end, -1);
        } while (end > 0 && width(text.substring(0, end) + "\u2026") > room);
        return text.substring(0, end) + "\u2026";
    }
}
