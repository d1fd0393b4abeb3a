package io.conversion.model.chart;

/**
 * How a series is drawn. The colours are those of Okabe and Ito, which colour-blind readers can tell apart; line type and
 * shape of the points differ as well, so that colour never says anything alone.
 */
enum ChartInk {
    FIRST("#0072B2", "none"),
    SECOND("#D55E00", "9 6"),
    THIRD("#009E73", "15 5"),
    QUIET("#767676", "1.5 4.5"),
    FAINT("#E6E6E6", "none"),
    BAR("#CFCFCF", "none");

    /** Text and axes. */
    static final String TEXT = "#404040";

    private final String color;
    private final String dashes;

    ChartInk(String color, String dashes) {
        this.color = color;
        this.dashes = dashes;
    }

    String color() {
        return color;
    }

    /** The colour of text about a series that is drawn with this ink. */
    String textColor() {
        return this == BAR ? TEXT : color;
    }

    /** Lengths of dashes and gaps of a line, in pixels. */
    String dashes() {
        return dashes;
    }
}
