package io.conversion.model.chart;

/**
 * How a series is drawn. The colours are those of Okabe and Ito, which colour-blind readers can tell apart; line type and
 * shape of the points differ as well, so that colour never says anything alone.
 */
enum ChartInk {
    FIRST("#0072B2", "solid", 19),
    SECOND("#D55E00", "dashed", 15),
    THIRD("#009E73", "longdash", 17),
    QUIET("#767676", "dotted", 18),
    FAINT("#E6E6E6", "solid", 18),
    BAR("#CFCFCF", "solid", 15);

    /** Text and axes. */
    static final String TEXT = "#404040";

    private final String color;
    private final String line;
    private final int shape;

    ChartInk(String color, String line, int shape) {
        this.color = color;
        this.line = line;
        this.shape = shape;
    }

    String color() {
        return color;
    }

    /** The colour of text about a series that is drawn with this ink. */
    String textColor() {
        return this == BAR || this == FAINT ? TEXT : color;
    }

    /** The line type, by the name that Lets-Plot has for it. */
    String line() {
        return line;
    }

    /** The shape of points, by the number that R and Lets-Plot have for it. */
    int shape() {
        return shape;
    }
}
